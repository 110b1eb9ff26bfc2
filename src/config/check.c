#include "check.h"

#include "config.h"
#include "hint.h"
#include "mail.h"
#include "query.h"
#include "reader.h"

#include <string.h>

#define FAULT(reader, id, place, ...)                                                              \
    diag_report((reader)->diag, SEVERITY_ERROR, EXIT_CONFIG, id, place, __VA_ARGS__)

void
check_field(struct reader *reader, const struct trail *trail, const struct tree *node, void *base)
{
    struct config_field *field = base;
    if (tree_find(node, "column") && tree_find(node, "columns"))
        FAULT(reader, "config.both_keys", node->place, "%s: give 'column' or 'columns', not both",
              reader_where(reader, trail));
    if (field->columns.count == 1 && !*field->columns.string[0])
        field->columns.count = 0; /* `close:` unmaps what the preset mapped */
}

/* A password in a connection string would stand in every copy of the config. */
static bool
has_password(const char *connection)
{
    const char *scheme = strstr(connection, "://");
    if (scheme) {
        size_t host = strcspn(scheme + 3, "/?");
        const char *at = memchr(scheme + 3, '@', host);
        const char *colon = at ? memchr(scheme + 3, ':', (size_t)(at - scheme - 3)) : NULL;
        if (colon && colon + 1 < at)
            return true;
    }
    static const char word[] = "password";
    for (const char *c = connection; *c; c++) {
        size_t left = strlen(c), length = sizeof word - 1;
        bool starts = c == connection || strchr(" \t?&", c[-1]);
        if (starts && left > length &&
            text_equal_nocase((struct text){c, (uint32_t)length}, TEXT("password")) &&
            strchr("= \t", c[length]))
            return true;
    }
    return false;
}

static void
check_source(struct reader *reader, const char *where, const struct config_extract *extract)
{
    struct place place = extract->place;
    if (!extract->file && !extract->postgres && !extract->query) {
        FAULT(reader, "config.no_source", place, "%s: neither 'file' nor 'postgres'", where);
    } else if (extract->file && (extract->postgres || extract->query)) {
        FAULT(reader, "config.both_keys", place, "%s: give 'file' or 'postgres', not both", where);
    } else if (!extract->file && !(extract->postgres && extract->query)) {
        FAULT(reader, "config.missing_key", place, "missing key '%s' in %s",
              extract->postgres ? "query" : "postgres", where);
    }
    if (extract->postgres && has_password(extract->postgres)) {
        FAULT(reader, "config.password", place, "%s.postgres: a password in the config", where);
        diag_hint(reader->diag, "put it into the service file, PGPASSWORD or .pgpass");
    }
}

static void
check_shape(struct reader *reader, const char *where, const struct config_extract *extract)
{
    struct place place = extract->place;
    if (!extract->xml.where != !extract->xml.equals)
        FAULT(reader, "config.missing_key", place, "missing key '%s' in %s.xml",
              extract->xml.where ? "equals" : "where", where);
    if (extract->xml.record && extract->xml.spreadsheet)
        FAULT(reader, "config.both_keys", place, "%s.xml: give 'record' or 'spreadsheet', not both",
              where);
    if (extract->history_form != HISTORY_COLUMNS)
        return;
    bool stages = extract->history_columns.count > 0;
    for (uint32_t i = 0; i < extract->history_columns.count; i++)
        stages = stages && strstr(extract->history_columns.string[i], "{stage}");
    if (!stages)
        FAULT(reader, "config.stage_column", place,
              "%s: the form 'columns' needs a 'stage_column' with {stage} in it", where);
}

/* The parts of a deal's state that a change of a field can be of. */
static void
check_field_names(struct reader *reader, const char *where, const struct config_extract *extract)
{
    static const char *const parts[] = {"stage", "amount", "close", "owner", "category"};
    for (uint32_t i = 0; i < extract->field_names.count; i++) {
        const struct config_pair *pair = &extract->field_names.pair[i];
        bool known = false;
        for (size_t j = 0; pair->to && j < sizeof parts / sizeof *parts; j++)
            known = known || strcmp(parts[j], pair->to) == 0;
        if (!pair->to || known)
            continue;
        FAULT(reader, "config.unknown_word", extract->place,
              "%s.field_names.%s: unknown word '%s', expected stage, amount, close, owner or "
              "category",
              where, pair->from, pair->to);
    }
}

void
check_extract(struct reader *reader, const struct trail *trail, const struct tree *node, void *base)
{
    struct config_extract *extract = base;
    if (node->kind != TREE_MAP && node->kind != TREE_SCALAR_NODE)
        return;
    const char *where = reader_where(reader, trail);
    query_complete(reader, where, extract);
    check_source(reader, where, extract);
    check_shape(reader, where, extract);
    check_field_names(reader, where, extract);
    if (extract->group == 'i') {
        extract->group = ',';
        extract->indian_groups = true;
    }
}

void
check_pack(struct reader *reader, const struct trail *trail, const struct tree *node, void *base)
{
    static const char *const usual[] = {[PACK_EACH_TEAM] = "team", [PACK_EACH_SELLER] = "seller"};
    struct config_pack *pack = base;
    bool each = tree_find(node, "each") != NULL;
    if (node->kind != TREE_MAP)
        return;
    if (each && pack->scope)
        FAULT(reader, "config.both_keys", node->place, "%s: give 'each' or 'scope', not both",
              reader_where(reader, trail));
    if (!each && !pack->scope)
        FAULT(reader, "config.missing_key", node->place, "missing key 'each' or 'scope' in %s",
              reader_where(reader, trail));
    if (!pack->template)
        pack->template = each                                                 ? usual[pack->each]
                         : pack->scope && strcmp(pack->scope, "company") == 0 ? "board"
                                                                              : "team";
}

struct place
check_place(const struct tree *root, const char *section, const char *key)
{
    const struct tree *node = tree_find(root, section);
    const struct tree *inner = key ? tree_find(node, key) : NULL;
    if (inner)
        return inner->key_place;
    return node ? node->key_place : root->place;
}

/* What a mapping of that table may name. */
static bool
is_canonical(const struct config *config, enum table table, const char *name)
{
    for (const struct config_canonical *field = config_canonical_fields[table]; field->name;
         field++)
        if (strcmp(field->name, name) == 0)
            return true;
    for (uint32_t i = 0; table == TABLE_DEALS && i < config->qualification.count; i++)
        if (strcmp(config->qualification.string[i], name) == 0)
            return true;
    return false;
}

static void
check_mapping(struct reader *reader, const struct config *config, enum table table,
              const struct config_extract *extract, const char *where)
{
    const char *known[32];
    uint32_t count = 0;
    for (const struct config_canonical *field = config_canonical_fields[table]; field->name;
         field++)
        if (count < 32)
            known[count++] = field->name;
    for (uint32_t i = 0; i < extract->field_count; i++) {
        const struct config_field *field = &extract->field[i];
        if (!field->name || is_canonical(config, table, field->name))
            continue;
        FAULT(reader, "config.unknown_key", field->place, "unknown key '%s' in %s.map", field->name,
              where);
        hint_names(reader->diag, "known fields", known, count, field->name);
    }
}

static void
check_mappings(struct reader *reader, const struct config *config)
{
    for (enum table table = 0; table < TABLE_COUNT; table++)
        check_mapping(reader, config, table, &config->extract[table],
                      arena_printf(reader->arena, "extracts.%s", table_names[table]));
    check_mapping(reader, config, TABLE_DEALS, &config->previous.deals, "previous.deals");
}

static void
check_money(struct reader *reader, const struct tree *root, struct config *config)
{
    config->currency_digits = currency_digits(text_of(config->currency));
    for (uint32_t i = 0; i < config->rate_count; i++)
        if (*config->currency && strcmp(config->rate[i].currency, config->currency) == 0)
            FAULT(reader, "config.own_rate", check_place(root, "currency", "rates"),
                  "currency.rates.%s: the reporting currency has no rate", config->currency);
}

static void
complete_out(struct reader *reader, struct config *config)
{
    if (!config->out.history && config->out.dir)
        config->out.history = arena_printf(reader->arena, "%s/history.sqlite", config->out.dir);
    else if (config->out.history && !*config->out.history)
        config->out.history = NULL;
}

void
check_config(struct reader *reader, const struct tree *root, struct config *config)
{
    check_mappings(reader, config);
    check_money(reader, root, config);
    mail_check(reader, root, config);
    complete_out(reader, config);
    const struct tree *day_node = tree_find(tree_find(root, "previous"), "day");
    if (config->previous.present && day_node && config->previous.day >= config->as_of)
        FAULT(reader, "config.previous_day", day_node->place, "previous.day: not before as_of");
}
