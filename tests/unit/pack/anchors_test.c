/* Every measure that a pack shows has its anchor once, and leads to what it is and back. */
#include "speaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 2000 };

struct found {
    uint32_t count, links, rows;
    const char *anchor[MOST], *link[MOST];
};

static void
note(struct found *found, const char *anchor)
{
    if (!anchor)
        return;
    assert_true(found->count < MOST);
    found->anchor[found->count++] = anchor;
}

static void
note_links(struct found *found, const struct runs *runs)
{
    for (uint32_t r = 0; r < runs->count; r++)
        if (runs->run[r].anchor) {
            assert_true(found->links < MOST);
            found->link[found->links++] = runs->run[r].anchor;
        }
}

static void
walk(struct found *found, const struct doc *doc, const struct block *block)
{
    for (; block; block = block->next) {
        note(found, block->anchor);
        for (uint32_t i = 0; i < block->mark_count; i++)
            note(found, block->mark[i]);
        for (uint32_t f = 0; f < block->figure_count; f++) {
            note(found, block->figure[f].anchor);
            assert_true(doc->defined);
            assert_true(found->links < MOST);
            found->link[found->links++] =
                arena_printf(doc->arena, "definition.%s", block->figure[f].anchor);
        }
        if (block->exhibit)
            note(found, block->exhibit->anchor);
        for (uint32_t r = 0; block->table && r < block->table->row_count; r++) {
            const struct doc_row *row = &block->table->row[r];
            note(found, row->anchor);
            found->rows += row->anchor && strncmp(row->anchor, "definition.", 11) == 0;
            for (uint32_t c = 0; c < block->table->column_count; c++)
                note_links(found, &row->cell[c]);
        }
        note_links(found, &block->text);
        walk(found, doc, block->children);
    }
}

static uint32_t
times(const struct found *found, const char *anchor)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < found->count; i++)
        count += strcmp(found->anchor[i], anchor) == 0;
    return count;
}

static struct builder *
company(void)
{
    struct builder *b = builder_new("2026-08-31");
    build_team(b, "T1", NULL);
    build_seller(b, "Anna", "T1", "2020-01-01");
    build_seller(b, "Bert", "T1", "2020-01-01");
    for (int i = 0; i < 24; i++)
        build_closed(b, build_id(b, "C", i), i % 2 ? "Anna" : "Bert", 40 + 2 * i, 100 + 5 * i,
                     i % 4 < 2 ? "Won" : "Lost", 1000000);
    build_open(b, "O1", "Anna", 20, 15, 1200000);
    build_open(b, "O2", "Bert", 30, -80, 900000);
    build_quota(b, "Anna", NULL, 2000000);
    build_quota(b, "Bert", NULL, 2000000);
    return b;
}

static void
both_ways(void **state)
{
    static const struct {
        const char *id;
        uint32_t least; /* measures it shows */
    } packs[] = {{"company", 60}, {"T1", 60}, {"Anna", 25}};
    (void)state;
    struct speaker *speaker = speaker_new(company(), "en-GB");
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        struct found *found = calloc(1, sizeof *found);
        struct doc *doc = speaker_doc(speaker, packs[i].id);
        walk(found, doc, doc->blocks);
        for (uint32_t l = 0; l < found->links; l++)
            if (times(found, found->link[l]) != 1)
                fail_msg("%s: %u times #%s", packs[i].id, times(found, found->link[l]),
                         found->link[l]);
        for (enum measure_id m = 0; m < MEASURE_COUNT; m++) {
            const char *name = measure_table[m].name;
            uint32_t defined = times(found, arena_printf(doc->arena, "definition.%s", name));
            /* one of the company alone is drawn in a team's pack, too */
            bool here = measures_get(speaker->builder->measures,
                                     builder_scope(speaker->builder, packs[i].id), m)
                            ->why != WHY_NOT_DEFINED;
            if ((here && times(found, name) != defined) || defined > 1)
                fail_msg("%s: %s stands %u times, is defined %u times", packs[i].id, name,
                         times(found, name), defined);
        }
        assert_true(found->rows >= packs[i].least);
        arena_free(doc->arena);
        free(found);
    }
    speaker_free(speaker);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
