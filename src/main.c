/* sefpack: CRM extracts to printed judgement. Reads the words of the command line, runs one verb,
 * leaves with the worst that was reported. */
#include "buf.h"
#include "caches.h"
#include "interruption.h"
#include "memory.h"
#include "options.h"
#include "progress.h"
#include "run.h"
#include "verbs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
wants_color(const struct options *options)
{
    const char *when = options->color ? options->color : "auto", *none = getenv("NO_COLOR");
    if (strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return isatty(STDERR_FILENO) && !(none && none[0]);
}

static int
print_help(const struct options *options)
{
    struct buf out = {0};
    if (options->version)
        buf_string(&out, "sefpack " SEFPACK_VERSION "\n");
    else
        options_write_help(&out);
    bool printed = fwrite(out.bytes, 1, out.length, stdout) == out.length && fflush(stdout) == 0;
    buf_free(&out);
    return printed ? EXIT_OK : EXIT_FAILED;
}

int
main(int argc, char **argv)
{
    struct options options;
    struct diag *diag = diag_new(stderr, false, false);
    umask(027);
    memory_open();
    caches_open();
    bool understood = options_read(&options, argc - 1, argv + 1, diag);
    if (understood && (options.help || options.version)) {
        diag_free(diag);
        return print_help(&options);
    }
    if (understood) {
        diag_free(diag);
        interruption_watch();
        diag = diag_new(stderr, wants_color(&options),
                        options.log_format && strcmp(options.log_format, "json") == 0);
        diag_quiet(diag, options.quiet);
        struct batch batch = {
            .options = &options, .diag = diag, .progress = progress_wanted(&options)};
        verbs_do(&batch);
        run_close(&batch);
        interruption_end();
    }
    diag_flush(diag);
    int code = (int)diag_exit(diag);
    diag_free(diag);
    caches_free();
    return code;
}
