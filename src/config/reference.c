#include "reference.h"

#include "config.h"
#include "keys.h"
#include "prose.h"
#include "value.h"

#include <string.h>

/* What stands in the column of values: "a number of at most 9 places, 0..1". */
static const char *
describe_value(struct arena *arena, const struct key *key)
{
    const char *noun = value_noun(arena, key);
    if (key->kind == KIND_LIST && key->item->kind != KIND_MAP)
        return arena_printf(arena, "%s, or several in a list", value_noun(arena, key->item));
    if (key->kind == KIND_LIST)
        return "a list of mappings";
    if (key->kind == KIND_MAP && key->brief && key->brief->kind != KIND_LIST)
        return arena_printf(arena, "a mapping, or %s", value_noun(arena, key->brief));
    if (key->kind == KIND_WORDS)
        return arena_printf(arena, "several of %s", noun);
    if (key->kind == KIND_WHOLE && key->low == key->high)
        return arena_printf(arena, "%d", (int)key->low);
    if (key->kind != KIND_WHOLE && key->kind != KIND_REAL && key->kind != KIND_LONG)
        return noun;
    struct buf limits = {0};
    buf_string(&limits, key->kind == KIND_REAL ? "a number" : noun);
    if (key->high < 1e18) {
        buf_string(&limits, ", ");
        buf_real(&limits, key->low);
        buf_string(&limits, "..");
        buf_real(&limits, key->high);
    }
    const char *text = arena_copy(arena, limits.bytes, limits.length);
    buf_free(&limits);
    return text;
}

static const char *
describe_default(struct arena *arena, const struct key *key)
{
    if (key->required)
        return "required";
    if (key->brief && key->brief->hidden && key->brief->fallback)
        return arena_printf(arena, "`%s`", key->brief->fallback);
    return key->fallback ? arena_printf(arena, "`%s`", key->fallback) : "";
}

static void
write_rows(const struct sheet *sheet, struct buf *out, struct arena *arena, const struct key *keys)
{
    sheet->open(out);
    for (const struct key *key = keys; key->name; key++)
        if (!key->hidden)
            sheet->row(out, key->name, describe_value(arena, key), describe_default(arena, key),
                       key->what ? key->what : "");
    sheet->close(out);
}

/* The mapping that is the value, or an item of it; NULL where its keys need no table of their own:
 * free keys with one value each. */
static const struct key *
inner_keys(const struct key *key)
{
    if (key->kind == KIND_MAP)
        return key->keys;
    if (key->kind == KIND_LIST && key->item->kind == KIND_MAP)
        return key->item->keys;
    return key->item == &keys_field ? key->item->keys : NULL;
}

/* `rules`: the flags, and below them the thresholds that each has. */
static void
write_rules(const struct sheet *sheet, struct buf *out, struct arena *arena)
{
    write_rows(sheet, out, arena, keys_rules);
    sheet->open(out);
    for (const struct key *rule = keys_rules; rule->name; rule++)
        for (const struct key *key = rule->keys; key->name; key++)
            if (!key->hidden && key->fallback)
                sheet->row(out, arena_printf(arena, "%s.%s", rule->name, key->name),
                           describe_value(arena, key), describe_default(arena, key), key->what);
    sheet->close(out);
}

static void
write_section(const struct sheet *sheet, struct buf *out, struct arena *arena, const char *path,
              const struct key *key, int level)
{
    const struct key *keys = inner_keys(key);
    if (!keys)
        return;
    sheet->heading(out, level, path);
    if (key->what)
        sheet->paragraph(out, arena_printf(arena, "%s.", key->what));
    if (keys == keys_rules) {
        write_rules(sheet, out, arena);
        return;
    }
    write_rows(sheet, out, arena, keys);
    bool once = keys == keys_extracts || key->pointer; /* their inside is told elsewhere */
    for (; !once && keys->name; keys++)
        if (!keys->hidden && keys->keys != keys_extract)
            write_section(sheet, out, arena, arena_printf(arena, "%s.%s", path, keys->name), keys,
                          level + 1);
}

static void
write_canonical(const struct sheet *sheet, struct buf *out)
{
    for (enum table table = 0; table < TABLE_COUNT; table++) {
        const struct config_canonical *field = config_canonical_fields[table];
        sheet->heading(out, 3, table_names[table]);
        sheet->open(out);
        for (; field->name; field++)
            sheet->row(out, field->name, "", field->required ? "required" : "", field->what);
        sheet->close(out);
    }
}

static void
write_prose(const struct sheet *sheet, struct buf *out, enum prose_part part)
{
    for (const struct prose *prose = prose_parts[part]; prose->text; prose++) {
        if (prose->kind == PROSE_HEADING)
            sheet->heading(out, 2, prose->text);
        else if (prose->kind == PROSE_EXAMPLE)
            sheet->example(out, prose->text);
        else
            sheet->paragraph(out, prose->text);
    }
}

void
reference_body(const struct sheet *sheet, struct buf *out)
{
    static const struct key extract = {
        .kind = KIND_MAP, .keys = keys_extract, .what = "How one table is read"};
    struct arena *arena = arena_new();
    write_prose(sheet, out, PROSE_START);
    sheet->heading(out, 2, "Keys");
    write_rows(sheet, out, arena, keys_config);
    for (const struct key *key = keys_config; key->name; key++)
        write_section(sheet, out, arena, key->name, key, 3);
    write_section(sheet, out, arena, "extracts.<table>", &extract, 3);
    write_prose(sheet, out, PROSE_TABLES);
    write_canonical(sheet, out);
    write_prose(sheet, out, PROSE_END);
    arena_free(arena);
}

/* Markdown */

static void
heading(struct buf *out, int level, const char *text)
{
    for (int i = 0; i < level; i++)
        buf_char(out, '#');
    buf_printf(out, level > 2 ? " `%s`\n\n" : " %s\n\n", text);
}

static void
paragraph(struct buf *out, const char *text)
{
    buf_printf(out, "%s\n\n", text);
}

static void
example(struct buf *out, const char *lines)
{
    buf_printf(out, "```yaml\n%s```\n\n", lines);
}

static void
open(struct buf *out)
{
    buf_string(out, "| key | value | default | |\n|---|---|---|---|\n");
}

static void
cell(struct buf *out, const char *text)
{
    buf_string(out, text && *text ? " " : "");
    for (; text && *text; text++)
        buf_string(out, *text == '|' ? "\\|" : (char[]){*text, 0});
    buf_string(out, " |");
}

static void
row(struct buf *out, const char *key, const char *value, const char *fallback, const char *what)
{
    buf_printf(out, "| `%s` |", key);
    cell(out, value);
    cell(out, fallback);
    cell(out, what);
    buf_char(out, '\n');
}

static void
close(struct buf *out)
{
    buf_char(out, '\n');
}

void
reference_write(struct buf *out)
{
    static const struct sheet markdown = {heading, paragraph, example, open, row, close};
    buf_string(out, "# The config\n\n");
    buf_string(out, "<!-- Written by `sefpack reference config` from the table of keys. -->\n\n");
    reference_body(&markdown, out);
    while (out->length > 1 && out->bytes[out->length - 2] == '\n')
        out->bytes[--out->length] = 0;
}
