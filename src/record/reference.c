#include "fill.h"

#include "loader.h"
#include "recent.h"

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
    *account = loader->contacts.account[contact];
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

/* The different ids of a chunk, numbered by first sight. The last ones wait to be looked up
 * together. */
struct search {
    const struct index *index;
    uint32_t count, waiting;
    struct text id[INDEX_TOGETHER];
    uint32_t *found; /* by number */
    bool missed;     /* an id that is none of the table's */
};

static void
look_up(struct search *search)
{
    uint32_t *found = search->found + search->count - search->waiting;
    index_find_together(search->index, search->id, search->waiting, found);
    for (uint32_t i = 0; i < search->waiting; i++)
        search->missed |= (search->id[i].length > 0) & (found[i] == INDEX_NONE);
    search->waiting = 0;
}

static inline uint32_t
number(struct search *search, struct text id)
{
    if (search->waiting == INDEX_TOGETHER)
        look_up(search);
    search->id[search->waiting++] = id;
    return search->count++;
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
    const struct cells cells = fill_cells(filling);
    struct search search = {.index = index_of(filling), .found = filling->scratch};
    struct recent recent;
    uint32_t *out = filling->column;
    if (search.index->count == 0) {
        fill_unindexed(filling);
        return;
    }
    recent_open(&recent);
    for (uint32_t row = 0; row < cells.count; row++) {
        struct recent_place *place;
        if (!recent_has(&recent, cells_at(&cells, row), &place))
            place->value = number(&search, chunk_trim(place->cell));
        out[row] = place->value;
    }
    look_up(&search);
    for (uint32_t row = 0; row < cells.count; row++)
        out[row] = search.found[out[row]];
    if (!search.missed && filling->need == NEED_NOTHING)
        return;
    for (uint32_t row = 0; row < cells.count; row++)
        if (out[row] == INDEX_NONE)
            out[row] = miss(filling, row, fill_cell(filling, row));
}
