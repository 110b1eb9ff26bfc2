#include "recollection.h"

#include "json_reader.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum room { KIND, ID, MEASURE, KEY, FIELD, WORD, ROOMS };

struct recalling {
    struct json_reader reader;
    struct buf room[ROOMS]; /* of texts with escapes */
    struct recalled_figure figure;
    const struct recollection_ear *ear;
    struct arena *arena;
};

/* ---- Values ---- */

/* A whole number that fits, else the nearest double; behind the digits stands another byte, and
 * the program stays in the C locale. */
static struct history_cell
number_of(struct text digits)
{
    int64_t whole;
    if (digits.length == 0)
        return (struct history_cell){HISTORY_NONE, TEXT(""), 0, 0};
    if (json_reader_whole(digits, &whole))
        return (struct history_cell){HISTORY_WHOLE, TEXT(""), whole, 0};
    return (struct history_cell){HISTORY_REAL, TEXT(""), 0, strtod(digits.bytes, NULL)};
}

/* Lists and objects are HISTORY_NONE. */
static struct history_cell
read_cell(struct recalling *recalling)
{
    struct json_reader *reader = &recalling->reader;
    enum json_kind kind = json_reader_kind(reader);
    if (kind == JSON_NUMBER)
        return number_of(json_reader_number(reader));
    if (kind == JSON_STRING)
        return (struct history_cell){HISTORY_TEXT,
                                     json_reader_string(reader, &recalling->room[WORD]), 0, 0};
    json_reader_skip(reader);
    if (kind == JSON_TRUE || kind == JSON_FALSE)
        return (struct history_cell){HISTORY_WHOLE, TEXT(""), kind == JSON_TRUE, 0};
    return (struct history_cell){HISTORY_NONE, TEXT(""), 0, 0};
}

/* What is no string is unknown. */
static struct text
read_text(struct recalling *recalling, enum room room)
{
    if (json_reader_kind(&recalling->reader) == JSON_STRING)
        return json_reader_string(&recalling->reader, &recalling->room[room]);
    json_reader_skip(&recalling->reader);
    return (struct text){NULL, 0};
}

/* ---- Figures ---- */

static void
tell_figure(struct recalling *recalling, struct text field)
{
    struct recalled_figure *figure = &recalling->figure;
    figure->cell = read_cell(recalling);
    figure->field = field;
    bool is_value = figure->key.length == 0 && text_equal(field, TEXT("value"));
    if (figure->cell.kind == HISTORY_NONE || (figure->cell.kind == HISTORY_TEXT && !is_value))
        return;
    if (!recalling->reader.fault)
        recalling->ear->figure(recalling->ear->context, figure);
}

/* A row is named by its key, its first member; one without is no figure. */
static void
read_row(struct recalling *recalling)
{
    struct json_reader *reader = &recalling->reader;
    struct text field;
    bool named = false, first = true;
    json_reader_enter(reader, JSON_OBJECT);
    for (; json_reader_member(reader, &recalling->room[FIELD], &field); first = false) {
        if (first && text_equal(field, TEXT("key"))) {
            recalling->figure.key = read_text(recalling, KEY);
            named = recalling->figure.key.length > 0;
        } else if (named) {
            tell_figure(recalling, field);
        } else {
            json_reader_skip(reader);
        }
    }
    recalling->figure.key = TEXT("");
}

static void
read_rows(struct recalling *recalling)
{
    struct json_reader *reader = &recalling->reader;
    json_reader_enter(reader, JSON_LIST);
    while (json_reader_item(reader))
        if (json_reader_kind(reader) == JSON_OBJECT)
            read_row(recalling);
        else
            json_reader_skip(reader);
}

static void
read_measure(struct recalling *recalling)
{
    struct json_reader *reader = &recalling->reader;
    struct text field;
    recalling->figure.key = TEXT("");
    json_reader_enter(reader, JSON_OBJECT);
    while (json_reader_member(reader, &recalling->room[FIELD], &field))
        if (text_equal(field, TEXT("rows")) && json_reader_kind(reader) == JSON_LIST)
            read_rows(recalling);
        else
            tell_figure(recalling, field);
}

static void
read_measures(struct recalling *recalling)
{
    struct json_reader *reader = &recalling->reader;
    struct recalled_figure *figure = &recalling->figure;
    const struct recollection_ear *ear = recalling->ear;
    json_reader_enter(reader, JSON_OBJECT);
    while (json_reader_member(reader, &recalling->room[MEASURE], &figure->measure))
        if (ear->figure && json_reader_kind(reader) == JSON_OBJECT &&
            (!ear->wants || ear->wants(ear->context, figure->kind, figure->id, figure->measure)))
            read_measure(recalling);
        else
            json_reader_skip(reader);
}

/* Its kind and id stand before its measures. */
static void
read_scope(struct recalling *recalling)
{
    struct json_reader *reader = &recalling->reader;
    struct recalled_figure *figure = &recalling->figure;
    struct text key;
    figure->kind = figure->id = (struct text){NULL, 0};
    json_reader_enter(reader, JSON_OBJECT);
    while (json_reader_member(reader, &recalling->room[FIELD], &key))
        if (text_equal(key, TEXT("kind")))
            figure->kind = read_text(recalling, KIND);
        else if (text_equal(key, TEXT("id")))
            figure->id = read_text(recalling, ID);
        else if (text_equal(key, TEXT("measures")) && figure->kind.bytes && figure->id.bytes)
            read_measures(recalling);
        else
            json_reader_skip(reader);
}

/* ---- Deals ---- */

static const struct {
    const char *name;
    size_t at;
    enum room room;
} deal_texts[] = {{"id", offsetof(struct history_deal, id), ID},
                  {"owner", offsetof(struct history_deal, owner), KIND},
                  {"stage", offsetof(struct history_deal, stage), MEASURE}},
  deal_days[] = {{"close", offsetof(struct history_deal, close), KEY},
                 {"qualified", offsetof(struct history_deal, qualified), KEY}};

enum {
    DEAL_TEXTS = sizeof deal_texts / sizeof *deal_texts,
    DEAL_DAYS = sizeof deal_days / sizeof *deal_days
};

static void
read_deal_number(struct recalling *recalling, struct text key, struct history_deal *deal)
{
    struct history_cell cell = read_cell(recalling);
    if (cell.kind != HISTORY_WHOLE && cell.kind != HISTORY_REAL)
        return;
    if (text_equal(key, TEXT("q"))) {
        deal->q = cell.kind == HISTORY_REAL ? cell.real : (double)cell.whole;
    } else if (text_equal(key, TEXT("amount"))) {
        deal->has_amount = cell.kind == HISTORY_WHOLE;
        deal->amount = cell.whole;
    } else if (text_equal(key, TEXT("segment"))) {
        deal->segment = (uint8_t)cell.whole;
    } else if (text_equal(key, TEXT("category"))) {
        deal->category = (int)cell.whole;
    }
}

static void
read_deal_member(struct recalling *recalling, struct text key, struct history_deal *deal)
{
    for (size_t i = 0; i < DEAL_TEXTS; i++)
        if (text_equal(key, text_of(deal_texts[i].name))) {
            struct text text = read_text(recalling, deal_texts[i].room);
            memcpy((char *)deal + deal_texts[i].at, &text, sizeof text);
            return;
        }
    for (size_t i = 0; i < DEAL_DAYS; i++)
        if (text_equal(key, text_of(deal_days[i].name))) {
            struct text iso = read_text(recalling, deal_days[i].room);
            day d = iso.bytes ? day_from_iso(iso.bytes, iso.length) : DAY_NONE;
            memcpy((char *)deal + deal_days[i].at, &d, sizeof d);
            return;
        }
    read_deal_number(recalling, key, deal);
}

static void
read_deal(struct recalling *recalling)
{
    struct json_reader *reader = &recalling->reader;
    struct history_deal deal = {.close = DAY_NONE, .qualified = DAY_NONE};
    struct text key;
    json_reader_enter(reader, JSON_OBJECT);
    while (json_reader_member(reader, &recalling->room[FIELD], &key))
        read_deal_member(recalling, key, &deal);
    if (!reader->fault && recalling->ear->deal && deal.id.bytes)
        recalling->ear->deal(recalling->ear->context, &deal);
}

/* ---- The whole ---- */

static struct text
keep_text(struct recalling *recalling)
{
    struct text text = read_text(recalling, WORD);
    if (text.bytes)
        text.bytes = arena_copy(recalling->arena, text.bytes, text.length);
    return text;
}

static void
read_period(struct recalling *recalling, struct recollection *out)
{
    struct text key;
    json_reader_enter(&recalling->reader, JSON_OBJECT);
    while (json_reader_member(&recalling->reader, &recalling->room[FIELD], &key))
        if (text_equal(key, TEXT("name")))
            out->name = keep_text(recalling);
        else if (text_equal(key, TEXT("start")))
            out->start = keep_text(recalling);
        else if (text_equal(key, TEXT("end")))
            out->end = keep_text(recalling);
        else
            json_reader_skip(&recalling->reader);
}

static void
read_run(struct recalling *recalling, struct recollection *out)
{
    struct json_reader *reader = &recalling->reader;
    struct text key;
    json_reader_enter(reader, JSON_OBJECT);
    while (json_reader_member(reader, &recalling->room[FIELD], &key))
        if (text_equal(key, TEXT("as_of")))
            out->as_of = keep_text(recalling);
        else if (text_equal(key, TEXT("id")))
            out->id = keep_text(recalling);
        else if (text_equal(key, TEXT("version")))
            out->program = keep_text(recalling);
        else if (text_equal(key, TEXT("period")) && json_reader_kind(reader) == JSON_OBJECT)
            read_period(recalling, out);
        else
            json_reader_skip(reader);
}

/* The items of a list of objects; what is no object counts, and is passed over. */
static uint32_t
read_list(struct recalling *recalling, void (*read)(struct recalling *recalling))
{
    struct json_reader *reader = &recalling->reader;
    uint32_t count = 0;
    json_reader_enter(reader, JSON_LIST);
    for (; json_reader_item(reader); count++)
        if (read && json_reader_kind(reader) == JSON_OBJECT)
            read(recalling);
        else
            json_reader_skip(reader);
    return count;
}

bool
recollection_read(struct arena *arena, struct text memory, int newest,
                  const struct recollection_ear *ear, struct recollection *out)
{
    struct recalling recalling = {.reader = json_reader_on(memory), .ear = ear, .arena = arena};
    struct json_reader *reader = &recalling.reader;
    bool scopes = false, deals = false;
    struct text key;
    *out = (struct recollection){0};
    json_reader_enter(reader, JSON_OBJECT);
    while (json_reader_member(reader, &recalling.room[FIELD], &key)) {
        bool heard = out->version <= newest;
        enum json_kind kind = json_reader_kind(reader);
        if (text_equal(key, TEXT("schema"))) {
            out->version = read_cell(&recalling).whole;
        } else if (text_equal(key, TEXT("run")) && kind == JSON_OBJECT) {
            read_run(&recalling, out);
        } else if (text_equal(key, TEXT("scopes")) && kind == JSON_LIST) {
            out->scopes = read_list(&recalling, heard ? read_scope : NULL);
            scopes = true;
        } else if (text_equal(key, TEXT("deals")) && kind == JSON_LIST) {
            out->deals = read_list(&recalling, heard ? read_deal : NULL);
            deals = true;
        } else {
            json_reader_skip(reader);
        }
    }
    for (size_t i = 0; i < ROOMS; i++)
        buf_free(&recalling.room[i]);
    return json_reader_ended(reader) && scopes && deals;
}
