/* fixture: docs made by hand, for the tests of the writers. */
#ifndef SEFPACK_TESTS_WRITE_FIXTURE_H
#define SEFPACK_TESTS_WRITE_FIXTURE_H

#include "doc.h"

struct fixture {
    const char *name;
    void (*fill)(struct doc *doc, const struct metrics *metrics);
};

/* "team" is a believable team pack of about 8 pages, 4 charts and 6 tables of 40 rows; the others
 * are hostile. Ends with a NULL name. */
extern const struct fixture fixtures[];

/* A doc of its own arena: the caller frees doc->arena. */
struct doc *
fixture_make(const struct fixture *fixture, const struct metrics *metrics);

/* The pieces, for tests of one of them. */
struct doc *
fixture_empty(void);

struct scene *
fixture_bars(struct doc *doc, const struct metrics *metrics, double width, const char *const *name,
             const double *value, uint32_t count);

void
fixture_fill_team(struct doc *doc, const struct metrics *metrics);

#endif
