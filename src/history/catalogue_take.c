#include "catalogue.h"

#include "buf.h"
#include "catalogue_parts.h"
#include "memory.h"
#include "recollection.h"
#include "schema.h"
#include "symbols.h"

#include <stdlib.h>

enum statement { ADD_SCOPE, FIND_SCOPE, ADD_NAME, FIND_NAME, ADD_VALUE, ADD_DEAL, STATEMENTS };

/* Of two rows of one key the first stands. */
static const char *const statements[STATEMENTS] = {
    [ADD_SCOPE] = "INSERT OR IGNORE INTO scope (kind, id) VALUES (?, ?)",
    [FIND_SCOPE] = "SELECT scope FROM scope WHERE kind = ? AND id = ?",
    [ADD_NAME] = "INSERT OR IGNORE INTO name (measure, key, field) VALUES (?, ?, ?)",
    [FIND_NAME] = "SELECT name FROM name WHERE measure = ? AND key = ? AND field = ?",
    [ADD_VALUE] = "INSERT OR IGNORE INTO value VALUES (?, ?, ?, ?)",
    [ADD_DEAL] = "INSERT OR IGNORE INTO deal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};

/* Rows that are named by texts, and their numbers once they are known. */
struct numbering {
    struct symbols *texts; /* one behind the other, a NUL between */
    sqlite3_int64 *number; /* by symbol */
    size_t room;
};

/* One memory on its way into the tables. */
struct taking {
    struct catalogue *index;
    sqlite3_stmt *statement[STATEMENTS];
    sqlite3_int64 run;
    struct numbering scopes, names;
    struct buf key; /* of a numbering */
    bool good;
};

static bool
is_held(void *context, struct text kind, struct text id, struct text measure)
{
    const struct taking *taking = context;
    (void)kind, (void)id;
    for (const char *const *held = taking->index->measures; *held; held++)
        if (text_equal(text_of(*held), measure))
            return true;
    return false;
}

/* Adds the row if need be. 0 after a fault. */
static sqlite3_int64
look_up(struct taking *taking, enum statement add, enum statement find, int count,
        const struct text *texts)
{
    sqlite3_int64 number = 0;
    const enum statement both[] = {add, find};
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *statement = taking->statement[both[i]];
        for (int t = 0; t < count; t++)
            catalogue_bind(statement, t + 1, texts[t]);
        if (sqlite3_step(statement) == SQLITE_ROW)
            number = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
    }
    return number;
}

static sqlite3_int64
number_of(struct taking *taking, struct numbering *numbering, enum statement add,
          enum statement find, int count, const struct text *texts)
{
    buf_clear(&taking->key);
    for (int t = 0; t < count; t++) {
        buf_text(&taking->key, texts[t]);
        buf_char(&taking->key, '\0');
    }
    uint32_t known = symbols_count(numbering->texts);
    uint32_t symbol = symbols_intern(numbering->texts, buf_as_text(&taking->key));
    memory_grow(&numbering->number, &numbering->room, symbol + 1u, sizeof *numbering->number);
    if (symbol == known)
        numbering->number[symbol] = look_up(taking, add, find, count, texts);
    return numbering->number[symbol];
}

static void
take_figure(void *context, const struct recalled_figure *figure)
{
    struct taking *taking = context;
    sqlite3_stmt *add = taking->statement[ADD_VALUE];
    sqlite3_bind_int64(add, 1, taking->run);
    const struct text scope[] = {figure->kind, figure->id},
                      name[] = {figure->measure, figure->key, figure->field};
    sqlite3_bind_int64(add, 2, number_of(taking, &taking->scopes, ADD_SCOPE, FIND_SCOPE, 2, scope));
    sqlite3_bind_int64(add, 3, number_of(taking, &taking->names, ADD_NAME, FIND_NAME, 3, name));
    if (figure->cell.kind == HISTORY_WHOLE)
        sqlite3_bind_int64(add, 4, figure->cell.whole);
    else if (figure->cell.kind == HISTORY_REAL)
        sqlite3_bind_double(add, 4, figure->cell.real);
    else
        catalogue_bind(add, 4, figure->cell.text);
    taking->good = taking->good && sqlite3_step(add) == SQLITE_DONE;
    sqlite3_reset(add);
}

static void
take_deal(void *context, const struct history_deal *deal)
{
    struct taking *taking = context;
    sqlite3_stmt *add = taking->statement[ADD_DEAL];
    sqlite3_clear_bindings(add);
    sqlite3_bind_int64(add, 1, taking->run);
    catalogue_bind(add, 2, deal->id);
    catalogue_bind(add, 3, deal->owner);
    catalogue_bind(add, 4, deal->stage);
    if (deal->has_amount)
        sqlite3_bind_int64(add, 5, deal->amount);
    if (deal->close != DAY_NONE)
        sqlite3_bind_int(add, 6, deal->close);
    if (deal->qualified != DAY_NONE)
        sqlite3_bind_int(add, 7, deal->qualified);
    sqlite3_bind_int(add, 8, deal->segment);
    sqlite3_bind_int(add, 9, deal->category);
    sqlite3_bind_double(add, 10, deal->q);
    taking->good = taking->good && sqlite3_step(add) == SQLITE_DONE;
    sqlite3_reset(add);
}

/* The run's row, before what belongs to it. */
static bool
add_run(struct taking *taking, const struct remembered *run)
{
    sqlite3_stmt *add =
        catalogue_prepare(taking->index->base, "INSERT INTO run (as_of, stamp) VALUES (?, ?)");
    if (add) {
        catalogue_bind(add, 1, text_of(run->as_of));
        catalogue_bind(add, 2, text_of(run->stamp));
    }
    bool added = add && sqlite3_step(add) == SQLITE_DONE;
    sqlite3_finalize(add);
    taking->run = sqlite3_last_insert_rowid(taking->index->base);
    return added;
}

static bool
describe_run(struct taking *taking, const struct recollection *recollection)
{
    const struct text texts[] = {recollection->id, recollection->program, recollection->name,
                                 recollection->start, recollection->end};
    sqlite3_stmt *set = catalogue_prepare(
        taking->index->base, "UPDATE run SET id = ?, version = ?, period = ?, period_start = ?,"
                             " period_end = ?, scopes = ?, deals = ? WHERE run = ?");
    for (int i = 0; set && i < 5; i++)
        if (texts[i].bytes)
            catalogue_bind(set, i + 1, texts[i]);
    if (set) {
        sqlite3_bind_int64(set, 6, recollection->scopes);
        sqlite3_bind_int64(set, 7, recollection->deals);
        sqlite3_bind_int64(set, 8, taking->run);
    }
    bool described = set && sqlite3_step(set) == SQLITE_DONE;
    sqlite3_finalize(set);
    return described;
}

static enum catalogue_taken
take_memory(struct taking *taking, const struct remembered *run, struct text memory, int *version)
{
    struct arena *arena = arena_new();
    struct recollection recollection;
    struct recollection_ear ear = {taking, is_held, take_figure, take_deal};
    bool read = recollection_read(arena, memory, SCHEMA_MEMORY, &ear, &recollection) &&
                text_equal(recollection.as_of, text_of(run->as_of));
    *version = read ? (int)recollection.version : 0;
    enum catalogue_taken taken = *version > SCHEMA_MEMORY ? CATALOGUE_FROM_NEWER
                                 : *version < 1           ? CATALOGUE_UNREADABLE
                                                          : CATALOGUE_TAKEN;
    bool kept = taking->good &&
                (taken == CATALOGUE_TAKEN ? describe_run(taking, &recollection)
                                          : catalogue_drop(taking->index, text_of(run->as_of)));
    arena_free(arena);
    return kept ? taken : CATALOGUE_FAULT;
}

enum catalogue_taken
catalogue_take(struct catalogue *index, const struct remembered *run, const char *memory,
               size_t length, int *version)
{
    struct taking taking = {.index = index,
                            .scopes.texts = symbols_new(1024),
                            .names.texts = symbols_new(1024),
                            .good = true};
    for (size_t s = 0; s < STATEMENTS; s++) {
        taking.statement[s] = catalogue_prepare(index->base, statements[s]);
        taking.good = taking.good && taking.statement[s];
    }
    bool begun = taking.good && catalogue_drop(index, text_of(run->as_of)) && add_run(&taking, run);
    enum catalogue_taken taken =
        begun ? take_memory(&taking, run, (struct text){memory, (uint32_t)length}, version)
              : CATALOGUE_FAULT;
    for (size_t s = 0; s < STATEMENTS; s++)
        sqlite3_finalize(taking.statement[s]);
    symbols_free(taking.scopes.texts);
    symbols_free(taking.names.texts);
    free(taking.scopes.number);
    free(taking.names.number);
    buf_free(&taking.key);
    return taken;
}
