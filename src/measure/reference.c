/* README.md of this folder, from the table of measures and the table of flags. */
#include "cells.h"
#include "config.h"

static const char *const better_words[] = {
    [BETTER_NEITHER] = "-", [BETTER_HIGHER] = "higher", [BETTER_LOWER] = "lower"};
static const char *const scope_words[] = {[IN_ALL] = "all",
                                          [IN_COMPANY] = "company",
                                          [IN_SELLERS] = "sellers",
                                          [IN_TEAMS] = "teams, company"};
static const char *const roll_up_words[] = {[ROLL_OWN] = "own rows",
                                            [ROLL_SUM] = "sum",
                                            [ROLL_WEIGHTED] = "weighted",
                                            [ROLL_DISTRIBUTION] = "own distribution",
                                            [ROLL_COMPANY] = "company's"};

/* A cell of a Markdown table: bars would end it. */
static void
write_cell(struct buf *out, const char *string)
{
    buf_string(out, "| ");
    for (; *string; string++) {
        if (*string == '|')
            buf_char(out, '\\');
        buf_char(out, *string);
    }
    buf_char(out, ' ');
}

/* The part of a name before its first dot. */
static uint32_t
view_length(const char *name)
{
    return (uint32_t)strcspn(name, ".");
}

static void
write_heading(struct buf *out, const char *name)
{
    buf_string(out, "\n## ");
    buf_text(out, (struct text){name, view_length(name)});
    buf_string(out, "\n\n| id | unit | better | scopes | of a team | formula | made of | source |\n"
                    "|---|---|---|---|---|---|---|---|\n");
}

static void
write_measure(struct buf *out, const struct measure_row *row)
{
    buf_string(out, "| `");
    buf_string(out, row->name);
    buf_string(out, "` ");
    write_cell(out, cells_unit_names[row->unit]);
    write_cell(out, better_words[row->better]);
    write_cell(out, scope_words[row->scopes]);
    write_cell(out, roll_up_words[row->roll_up]);
    write_cell(out, row->formula);
    write_cell(out, row->inputs);
    write_cell(out, row->source);
    buf_string(out, "|\n");
}

static bool
same_view(const char *a, const char *b)
{
    return view_length(a) == view_length(b) && strncmp(a, b, view_length(a)) == 0;
}

static const char head[] =
    "# The measures\n"
    "\n"
    "Written by `sefpack reference measures` from `measures.def`; a test checks that it is\n"
    "current. A measure is added there, in one place, and computed in the module of its view.\n"
    "\n"
    "The way through: `measures.c` runs the preparations (of the whole company, side by side "
    "where\n"
    "they need the dataset alone), then every scope's sheet (in parallel), then the identities.\n"
    "`work.h` holds what the modules share.\n"
    "`states.c` knows what a deal was on an earlier day; `flags.c` is the table of integrity "
    "flags;\n"
    "`findings*.c` are the tables of findings; `cells.c` writes a measure as JSON; `explain.c` "
    "and\n"
    "`rows_behind.c` lead back to the records.\n";

static void
write_flags(struct buf *out)
{
    buf_string(out,
               "\n## Integrity flags\n\nIn the order in which a deal's primary flag is found:\n");
    for (int flag = 0; flag < FLAG_COUNT; flag++)
        buf_printf(out, "%s`%s`", flag ? ", " : "\n", config_flag_names[flag]);
    buf_string(out, ".\n");
}

void
measures_write_reference(struct buf *out)
{
    buf_string(out, head);
    for (uint32_t id = 0; id < MEASURE_COUNT; id++) {
        if (id == 0 || !same_view(measure_table[id].name, measure_table[id - 1].name))
            write_heading(out, measure_table[id].name);
        write_measure(out, &measure_table[id]);
    }
    write_flags(out);
}
