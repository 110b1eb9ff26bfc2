#include "fill.h"

#include "loader.h"

enum { BLOCK = 64 };

static const struct index *
index_of(const struct filling *filling)
{
    static const enum table tables[KIND_KINDS] = {
        [KIND_SELLER] = TABLE_SELLERS,   [KIND_ACCOUNT] = TABLE_ACCOUNTS,
        [KIND_CONTACT] = TABLE_CONTACTS, [KIND_DEAL] = TABLE_DEALS,
        [KIND_REFERENCE] = TABLE_DEALS,
    };
    return &filling->intake->loader->index[tables[filling->intake->field[filling->field].kind]];
}

static bool
is_unborn(const struct filling *filling, struct text id)
{
    enum kind kind = filling->intake->field[filling->field].kind;
    return (kind == KIND_DEAL || kind == KIND_REFERENCE) &&
           index_find(&filling->intake->loader->unborn, id) != INDEX_NONE;
}

/* A reference that no id answers: by name among sellers; else the row is an orphan, or rejected
 * where it cannot be without. */
static uint32_t
miss(const struct filling *filling, uint32_t row, struct text id)
{
    const struct intake *intake = filling->intake;
    const struct field *field = &intake->field[filling->field];
    if (index_is_null(id))
        id.length = 0;
    if (id.length && field->kind == KIND_SELLER) {
        uint32_t seller = index_find_name(index_of(filling), id);
        if (seller != INDEX_NONE) {
            filling->chunk->by_name++;
            return seller;
        }
    }
    bool unborn = id.length && is_unborn(filling, id);
    if (field->need == NEED_CELL && unborn)
        chunk_postpone(filling->chunk, row);
    else if (field->need == NEED_CELL && id.length == 0)
        reading_missed(fill_spot(filling, row), id, false);
    else if (field->need == NEED_CELL)
        chunk_refuse(filling->chunk, filling->rows, row, field->name, "deal not in deals");
    if (id.length)
        chunk_residue(filling->chunk, row, filling->field, id);
    if (index_of(filling)->open && !unborn && (id.length || field->need == NEED_COLUMN))
        filling->chunk->mark[row] |= MARK_ORPHAN;
    if (id.length && field->kind == KIND_SELLER)
        return intake->loader->dataset->sellers.count;
    return id.length && field->kind == KIND_REFERENCE ? ROW_UNKNOWN : NONE;
}

/* Ids that wait for their places in the table, and then for the texts there, to come from memory.
 * Rows mostly repeat the id of the row before: those follow it without a look. */
struct waiting {
    struct text id;
    uint64_t hash;
    uint32_t from, to; /* rows */
};

static void
look_up(const struct filling *filling, const struct waiting *waiting, uint32_t count)
{
    const struct index *index = index_of(filling);
    uint32_t *out = filling->column;
    for (uint32_t i = 0; i < count; i++)
        index_prefetch_row(index, waiting[i].hash);
    for (uint32_t i = 0; i < count; i++)
        index_prefetch_text(index, waiting[i].hash);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t found = index_find_hashed(index, waiting[i].id, waiting[i].hash);
        for (uint32_t row = waiting[i].from; row < waiting[i].to; row++)
            out[row] = found == INDEX_NONE ? miss(filling, row, waiting[i].id) : found;
    }
}

static void
fill_unindexed(const struct filling *filling)
{
    uint32_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++)
        out[row] = miss(filling, row, fill_cell(filling, row));
}

void
reference_fill(const struct filling *filling)
{
    const struct index *index = index_of(filling);
    struct waiting waiting[BLOCK];
    uint32_t count = 0, rows = filling->chunk->count;
    if (index->count == 0) {
        fill_unindexed(filling);
        return;
    }
    for (uint32_t row = 0; row < rows; row++) {
        struct text id = fill_cell(filling, row);
        if (count && index_same(id, waiting[count - 1].id)) {
            waiting[count - 1].to++;
            continue;
        }
        if (count == BLOCK) {
            look_up(filling, waiting, count);
            count = 0;
        }
        waiting[count] = (struct waiting){id, symbols_hash(id), row, row + 1};
        index_prefetch(index, waiting[count++].hash);
    }
    look_up(filling, waiting, count);
}
