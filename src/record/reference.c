#include "fill.h"

#include "loader.h"

enum { BLOCK = 32, MOST_LUCK = 16, NO_LUCK = 256 };

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
    if (id.length)
        chunk_residue(filling->chunk, row, filling->field, id);
    if (index_of(filling)->open && (id.length || field->need == NEED_COLUMN))
        filling->chunk->mark[row] |= MARK_ORPHAN;
    if (id.length && field->kind == KIND_SELLER)
        return intake->loader->dataset->sellers.count;
    return id.length && field->kind == KIND_REFERENCE ? ROW_UNKNOWN : NONE;
}

/* Ids that neither repeat the one before nor lie near it wait for a look into the table. */
struct waiting {
    struct text id;
    uint64_t hash;
    uint32_t row;
};

/* Exports mostly stand in some order, so that an id is near the one before more often than not;
 * `luck` stops looking there where it is not so, and tries again from time to time. */
struct looking {
    const struct index *index;
    uint32_t last;
    int luck;
};

static uint32_t
look_near(struct looking *looking, struct text id)
{
    if (looking->last == INDEX_NONE)
        return INDEX_NONE;
    if (looking->luck < 0 && !text_equal(looking->index->id[looking->last], id)) {
        looking->luck++;
        return INDEX_NONE;
    }
    uint32_t row = index_find_near(looking->index, id, looking->last);
    if (row != INDEX_NONE)
        looking->luck = looking->luck < MOST_LUCK ? looking->luck + 1 : MOST_LUCK;
    else if (--looking->luck < 0)
        looking->luck = -NO_LUCK;
    return row;
}

static void
look_up(const struct filling *filling, const struct waiting *waiting, uint32_t count,
        struct looking *looking)
{
    uint32_t *out = filling->column;
    for (uint32_t i = 0; i < count; i++)
        index_prefetch_text(looking->index, waiting[i].hash);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t found = index_find_hashed(looking->index, waiting[i].id, waiting[i].hash);
        out[waiting[i].row] =
            found == INDEX_NONE ? miss(filling, waiting[i].row, waiting[i].id) : found;
        if (found != INDEX_NONE)
            looking->last = found;
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
    struct looking looking = {index_of(filling), INDEX_NONE, MOST_LUCK};
    struct waiting waiting[BLOCK];
    uint32_t *out = filling->column, count = 0;
    if (looking.index->count == 0) {
        fill_unindexed(filling);
        return;
    }
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text id = fill_cell(filling, row);
        uint32_t found = id.length ? look_near(&looking, id) : INDEX_NONE;
        if (found != INDEX_NONE) {
            out[row] = looking.last = found;
            continue;
        }
        if (id.length == 0) {
            out[row] = miss(filling, row, id);
            continue;
        }
        waiting[count] = (struct waiting){id, symbols_hash(id), row};
        index_prefetch(looking.index, waiting[count++].hash);
        if (count == BLOCK) {
            look_up(filling, waiting, count, &looking);
            count = 0;
        }
    }
    look_up(filling, waiting, count, &looking);
}
