#include "schema.h"

#include "config.h"
#include "json.h"
#include "keys.h"
#include "value.h"

#include <stdlib.h>

static void
write_key(struct json *json, const struct key *key);

static void
write_reference(struct json *json, const char *name)
{
    json_key(json, "$ref");
    json_string(json, name);
}

static void
write_pattern(struct json *json, const char *pattern)
{
    json_key(json, "type");
    json_string(json, "string");
    json_key(json, "pattern");
    json_string(json, pattern);
}

/* An editor reads plain 42 and yes as a number and a truth; to us they are text. */
static void
write_any_scalar(struct json *json)
{
    json_key(json, "type");
    json_open(json, '[');
    json_string(json, "string");
    json_string(json, "number");
    json_string(json, "boolean");
    json_close(json, ']');
}

static void
write_words(struct json *json, const struct word *words)
{
    json_key(json, "enum");
    json_open(json, '[');
    for (; words->name && !words->refused; words++) {
        json_string(json, words->name);
        if (strcmp(words->name, "true") == 0 || strcmp(words->name, "false") == 0)
            json_bool(json, words->name[0] == 't');
    }
    json_close(json, ']');
}

static void
write_limits(struct json *json, const struct key *key, const char *type)
{
    json_key(json, "type");
    json_string(json, type);
    json_key(json, "minimum");
    json_real(json, key->low);
    json_key(json, "maximum");
    json_real(json, key->high);
}

static void
write_yes(struct json *json)
{
    static const char *const spellings[] = {"yes", "no", "on", "off", "true", "false"};
    json_key(json, "enum");
    json_open(json, '[');
    json_bool(json, true);
    json_bool(json, false);
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        json_string(json, spellings[i]);
    json_close(json, ']');
}

static void
open_choice(struct json *json)
{
    json_key(json, "anyOf");
    json_open(json, '[');
    json_open(json, '{');
}

static void
next_choice(struct json *json)
{
    json_close(json, '}');
    json_open(json, '{');
}

static void
close_choice(struct json *json)
{
    json_close(json, '}');
    json_close(json, ']');
}

static void
write_properties(struct json *json, const struct key *keys)
{
    json_key(json, "type");
    json_string(json, "object");
    json_key(json, "additionalProperties");
    json_bool(json, false);
    json_key(json, "properties");
    json_open(json, '{');
    for (const struct key *key = keys; key->name; key++) {
        if (key->hidden)
            continue;
        json_key(json, key->name);
        json_open(json, '{');
        write_key(json, key);
        json_close(json, '}');
    }
    json_close(json, '}');
    json_key(json, "required");
    json_open(json, '[');
    for (const struct key *key = keys; key->name; key++)
        if (key->required && strcmp(key->name, "stages") != 0) /* a preset may know them */
            json_string(json, key->name);
    json_close(json, ']');
}

static void
write_map(struct json *json, const struct key *key)
{
    if (!key->brief) {
        write_properties(json, key->keys);
        return;
    }
    open_choice(json);
    write_key(json, key->brief);
    next_choice(json);
    write_properties(json, key->keys);
    close_choice(json);
}

/* An extract, and the canonical names of its table for `map`. */
static void
write_extract(struct json *json, const struct key *key)
{
    enum table table = 0;
    while (table < TABLE_COUNT && strcmp(table_names[table], key->name) != 0)
        table++;
    write_reference(json, "#/$defs/extract");
    json_key(json, "properties");
    json_open(json, '{');
    json_key(json, "map");
    json_open(json, '{');
    json_key(json, "properties");
    json_open(json, '{');
    for (const struct config_canonical *field = config_canonical_fields[table]; field->name;
         field++) {
        json_key(json, field->name);
        json_open(json, '{');
        json_key(json, "description");
        json_string(json, field->what);
        json_close(json, '}');
    }
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, '}');
}

static void
write_list(struct json *json, const struct key *key)
{
    bool scalars = key->item->kind != KIND_MAP || key->item->brief;
    if (scalars) {
        open_choice(json);
        write_key(json, key->item);
        next_choice(json);
    }
    json_key(json, "type");
    json_string(json, "array");
    json_key(json, "items");
    json_open(json, '{');
    write_key(json, key->item);
    json_close(json, '}');
    if (scalars)
        close_choice(json);
}

static void
write_entries(struct json *json, const struct key *key)
{
    json_key(json, "type");
    json_string(json, "object");
    json_key(json, "additionalProperties");
    json_open(json, '{');
    if (key->item == &keys_field)
        write_reference(json, "#/$defs/field");
    else if (key->item->brief) /* the rest of its keys is the free key itself */
        write_key(json, key->item->brief);
    json_close(json, '}');
}

static void
write_word_list(struct json *json, const struct key *key)
{
    open_choice(json);
    write_words(json, key->words);
    next_choice(json);
    json_key(json, "type");
    json_string(json, "array");
    json_key(json, "items");
    json_open(json, '{');
    write_words(json, key->words);
    json_close(json, '}');
    close_choice(json);
}

static void
write_long(struct json *json, const struct key *key)
{
    if (!key->words) {
        write_limits(json, key, "integer");
        return;
    }
    open_choice(json);
    write_words(json, key->words);
    next_choice(json);
    write_limits(json, key, "integer");
    close_choice(json);
}

static void
write_rate(struct json *json)
{
    json_key(json, "type");
    json_string(json, "number");
    json_key(json, "exclusiveMinimum");
    json_int(json, 0);
}

static void
write_value(struct json *json, const struct key *key)
{
    switch (key->kind) {
    case KIND_MAP:
        write_map(json, key);
        break;
    case KIND_LIST:
        write_list(json, key);
        break;
    case KIND_ENTRIES:
        write_entries(json, key);
        break;
    case KIND_WORDS:
        write_word_list(json, key);
        break;
    case KIND_YES:
        write_yes(json);
        break;
    case KIND_WHOLE:
        write_limits(json, key, "integer");
        break;
    case KIND_LONG:
        write_long(json, key);
        break;
    case KIND_REAL:
        write_limits(json, key, "number");
        break;
    case KIND_RATE:
        write_rate(json);
        break;
    case KIND_DAY:
        write_pattern(json, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        break;
    case KIND_CURRENCY:
        write_pattern(json, "^[A-Z]{3}$");
        break;
    case KIND_COLOR:
        write_pattern(json, "^#[0-9A-Fa-f]{6}$");
        break;
    default:
        if (key->words && key->kind != KIND_PATH)
            write_words(json, key->words);
        else
            write_any_scalar(json);
    }
}

static void
write_default(struct json *json, const struct key *key)
{
    bool number = key->kind == KIND_WHOLE || key->kind == KIND_REAL || key->kind == KIND_LONG;
    if (!key->fallback || strchr("[{'", key->fallback[0]))
        return;
    struct decimal value;
    json_key(json, "default");
    if (number && number_parse_plain(text_of(key->fallback), &value))
        json_real(json, number_to_real(value));
    else if (key->kind == KIND_YES)
        json_bool(json, value_answer(key->fallback) == 1);
    else
        json_string(json, key->fallback);
}

static void
write_key(struct json *json, const struct key *key)
{
    if (key->kind == KIND_MAP && key->keys == keys_extract)
        write_extract(json, key);
    else
        write_value(json, key);
    if (key->what) {
        json_key(json, "description");
        json_string(json, key->what);
    }
    write_default(json, key);
}

static void
write_definition(struct json *json, const char *name, const struct key *key)
{
    json_key(json, name);
    json_open(json, '{');
    write_map(json, key);
    json_close(json, '}');
}

void
schema_write(struct buf *out)
{
    struct json json = {.out = out, .indent = 1};
    json_open(&json, '{');
    json_key(&json, "$schema");
    json_string(&json, "https://json-schema.org/draft/2020-12/schema");
    json_key(&json, "title");
    json_string(&json, "The config of sefpack");
    write_properties(&json, keys_config);
    json_key(&json, "$defs");
    json_open(&json, '{');
    write_definition(&json, "extract", &keys_extracts[0]);
    write_definition(&json, "field", &keys_field);
    json_close(&json, '}');
    json_close(&json, '}');
    buf_char(out, '\n');
}
