/* publish: a run becomes visible whole or not at all.
 *
 * out/.runs/<as-of>-<hash>/ is filled, listed in manifest.json and brought to the disk; then
 * out/<as-of> and out/latest, which is the run of the latest day, are symbolic links replaced by
 * rename. A lock keeps two runs apart. */
#ifndef SEFPACK_PUBLISH_PUBLISH_H
#define SEFPACK_PUBLISH_PUBLISH_H

#include "buf.h"
#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct publication;

/* Locks `out_dir` (made if absent; waits up to `wait_seconds`), clears what lies unfinished, makes
 * the run's folder. NULL with an error (exit 1). */
struct publication *
publication_open(const char *out_dir, const char *as_of, const char *run_id, int wait_seconds,
                 struct diag *diag);

/* Writes one file below the run's folder, making folders, and notes its hash; the commit brings it
 * to the disk. Safe to call from forked workers. `path` holds no "..". False with errno. */
bool
publication_write(struct publication *publication, const char *path, struct text bytes);

/* The same for what only its owner may read: the file has mode 0600, folders made for it 0700. */
bool
publication_write_private(struct publication *publication, const char *path, struct text bytes);

/* Whether a file was written, by whatever process. */
bool
publication_holds(const struct publication *publication, const char *path);

/* The folder name of a scope: slug-xxxxxxxx, safe, unique, stable; `out` has 64 bytes. `slug` is
 * already [a-z0-9-]. */
void
publication_folder(const char *slug, struct text id, char out[64]);

/* Writes manifest.json from `head` (members of its object as JSON, without braces) and the list of
 * files, hashes on `jobs` threads those of which the hash is not known from their writing, waits
 * until all is on the disk, and swaps the links. */
bool
publication_commit(struct publication *publication, struct text head, unsigned jobs,
                   struct diag *diag);

/* Publishes a copy of the as-of day's run in which one file at its top is replaced: the others are
 * hard links, and in the manifest that file's entry alone changes. The new folder is empty before;
 * nothing else is written into it. */
bool
publication_amend(struct publication *publication, const char *path, struct text bytes,
                  struct diag *diag);

/* Drops the runs of the earliest days until `keep` are left (0: all), never that of the day being
 * published; a note says which. */
void
publication_keep(struct publication *publication, uint32_t keep, struct diag *diag);

/* Removes what was not committed, from a thread that ends the process next. */
void
publication_abandon(struct publication *publication);

/* Removes what was not committed and unlocks. */
void
publication_close(struct publication *publication);

/* Forked workers: job(context, item) for each item in the order given, in `jobs` processes; each
 * returns a small report. A worker that dies costs its item: state says so. */
enum job_state { JOB_DONE, JOB_FAILED, JOB_DIED };

struct job_report {
    enum job_state state;
    int signal; /* JOB_DIED */
    uint32_t pages, boxed;
    char fault[200];
};

/* Who is told now and then how many items are done; told NULL: nobody. */
struct watching {
    void (*told)(void *context, uint32_t done, uint32_t count);
    void *context;
};

void
workers_run(unsigned jobs, uint32_t count,
            void (*job)(void *context, uint32_t item, struct job_report *report), void *context,
            struct job_report *reports, struct watching watching);

#endif
