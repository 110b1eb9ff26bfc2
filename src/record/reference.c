#include "fill.h"

#include "loader.h"

enum { BLOCK = 64 };

static enum table
table_of(const struct filling *filling)
{
    static const enum table tables[KIND_KINDS] = {
        [KIND_SELLER] = TABLE_SELLERS,   [KIND_ACCOUNT] = TABLE_ACCOUNTS,
        [KIND_CONTACT] = TABLE_CONTACTS, [KIND_DEAL] = TABLE_DEALS,
        [KIND_REFERENCE] = TABLE_DEALS,
    };
    return tables[filling->intake->field[filling->field].kind];
}

static const struct index *
index_of(const struct filling *filling)
{
    return &filling->intake->loader->index[table_of(filling)];
}

static bool
is_unborn(const struct filling *filling, struct text id)
{
    return table_of(filling) == TABLE_DEALS &&
           index_find(&filling->intake->loader->unborn, id) != INDEX_NONE;
}

/* Where an account is asked for, CRMs also write a contact: its account is meant. False when it is
 * no contact; `account` is NONE when the contact has none. */
static bool
find_through_contact(const struct filling *filling, struct text id, uint32_t *account)
{
    const struct loader *loader = filling->intake->loader;
    if (table_of(filling) != TABLE_ACCOUNTS || filling->intake->table == TABLE_CONTACTS)
        return false;
    const struct index *contacts = &loader->index[TABLE_CONTACTS];
    uint32_t contact = index_find(contacts, id);
    if (contact == INDEX_NONE)
        contact = index_find_name(contacts, id);
    if (contact == INDEX_NONE) {
        chunk_missed(filling->chunk, TABLE_CONTACTS, id);
        return false;
    }
    *account = loader->dataset->contacts.account[contact];
    return true;
}

/* What a row is without the reference: rejected, of the future or an orphan. */
static void
go_without(const struct filling *filling, uint32_t row, struct text id)
{
    const struct intake *intake = filling->intake;
    const struct field *field = &intake->field[filling->field];
    /* one column may name a deal, an account or a contact: engage.c counts what names nothing */
    bool counted = intake->table != TABLE_ACTIVITIES || field->kind == KIND_SELLER;
    bool unborn = id.length && is_unborn(filling, id);
    if (field->need == NEED_CELL && unborn)
        chunk_postpone(filling->chunk, row);
    else if (field->need == NEED_CELL && id.length == 0)
        reading_missed(fill_spot(filling, row), id, false);
    else if (field->need == NEED_CELL)
        chunk_refuse(filling->chunk, filling->rows, row, field->name, "deal not in deals");
    if (id.length)
        chunk_residue(filling->chunk, row, filling->field, id);
    if (counted && index_of(filling)->open && !unborn && (id.length || field->need == NEED_COLUMN))
        chunk_orphan(filling->chunk, filling->rows, row, filling->field);
}

/* A reference that no id answers: by a name that one row alone has; else by what it leads to. */
static uint32_t
miss(const struct filling *filling, uint32_t row, struct text id)
{
    const struct intake *intake = filling->intake;
    enum kind kind = intake->field[filling->field].kind;
    uint32_t found;
    if (index_is_null(id))
        id.length = 0;
    if (id.length) {
        found = index_find_name(index_of(filling), id);
        if (found != INDEX_NONE) {
            filling->chunk->by_name++;
            return found;
        }
        if (find_through_contact(filling, id, &found))
            return found;
        chunk_missed(filling->chunk, table_of(filling), id);
    }
    go_without(filling, row, id);
    if (id.length && kind == KIND_SELLER)
        return intake->loader->dataset->sellers.count;
    return id.length && kind == KIND_REFERENCE ? ROW_UNKNOWN : NONE;
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
