#include "fill.h"

#include "loader.h"

enum { BLOCK = 64 }; /* rows whose ids are looked up together */

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
    if (field->need == NEED_CELL && id.length == 0)
        reading_missed(fill_spot(filling, row), id, false);
    else if (field->need == NEED_CELL)
        chunk_refuse(filling->chunk, filling->rows, row, field->name, "deal not in deals");
    if (index_of(filling)->ids && (id.length || field->need == NEED_COLUMN))
        filling->chunk->mark[row] |= MARK_ORPHAN;
    if (id.length && field->kind == KIND_SELLER)
        return intake->loader->dataset->sellers.count;
    return id.length && field->kind == KIND_REFERENCE ? ROW_UNKNOWN : NONE;
}

static void
fill_block(const struct filling *filling, uint32_t from, uint32_t count)
{
    const struct index *index = index_of(filling);
    uint32_t *out = filling->column;
    struct text id[BLOCK];
    uint64_t hash[BLOCK];
    for (uint32_t i = 0; i < count; i++) {
        id[i] = fill_cell(filling, from + i);
        if (id[i].length == 0 || !index->ids)
            continue;
        hash[i] = symbols_hash(id[i]);
        symbols_prefetch(index->ids, hash[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = INDEX_NONE;
        if (id[i].length && index->ids)
            row = index_find_hashed(index, id[i], hash[i]);
        out[from + i] = row == INDEX_NONE ? miss(filling, from + i, id[i]) : row;
    }
}

void
reference_fill(const struct filling *filling)
{
    uint32_t count = filling->chunk->count;
    for (uint32_t from = 0; from < count; from += BLOCK)
        fill_block(filling, from, count - from < BLOCK ? count - from : BLOCK);
}
