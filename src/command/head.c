#include "head.h"

#include "config.h"
#include "dataset.h"
#include "extract.h"
#include "json.h"
#include "mailing.h"
#include "measures.h"
#include "pack.h"
#include "packing.h"
#include "recipients.h"
#include "run.h"
#include "sha256.h"
#include "write.h"

#include <string.h>

static void
add_inputs(struct buf *bytes, const struct extract_report *report)
{
    for (uint32_t f = 0; f < report->file_count; f++)
        buf_printf(bytes, "%s\n", report->file[f].sha256);
    for (uint32_t l = 0; l < report->lookup_count; l++)
        buf_printf(bytes, "%s\n", report->lookup[l].sha256);
}

static void
add_presets(struct buf *bytes, const struct config *config)
{
    for (uint32_t i = 0; i < config->preset_count; i++)
        buf_printf(bytes, "%s\n", config->preset[i].hash);
}

/* Where a run is written changes nothing of it, and its day is counted already. */
static void
add_settings(struct buf *bytes, const struct options *options)
{
    for (uint32_t i = 0; i < options->set_count; i++)
        if (strncmp(options->set[i], "out.", 4) != 0 && strncmp(options->set[i], "as_of=", 6) != 0)
            buf_printf(bytes, "%s\n", options->set[i]);
}

/* Covers name them. */
static void
add_recipients(struct buf *bytes, const struct recipients *recipients)
{
    for (uint32_t r = 0; recipients && r < recipients->count; r++)
        buf_printf(bytes, "%u %s %s\n", recipients->row[r].scope, recipients->row[r].address,
                   recipients->row[r].language ? recipients->row[r].language : "");
}

/* Names with versions: other fonts are other glyphs and widths. */
static void
add_fonts(struct buf *bytes, const struct fonts *fonts)
{
    for (const char *const *name = fonts_names(fonts); *name; name++)
        buf_printf(bytes, "%s\n", *name);
}

void
head_run_id(struct batch *batch)
{
    struct buf bytes = {0};
    char hex[65], as_of[11];
    day_to_iso(batch->config->as_of, as_of);
    packs_hash(batch->packs, hex);
    buf_printf(&bytes, "%s\n%s\n%s\n%s\n", SEFPACK_VERSION, batch->config->hash, as_of, hex);
    add_presets(&bytes, batch->config);
    add_fonts(&bytes, batch->fonts);
    add_settings(&bytes, batch->options);
    add_recipients(&bytes, batch->recipients);
    for (enum table t = 0; t < TABLE_COUNT; t++)
        add_inputs(&bytes, &batch->log->table[t]);
    add_inputs(&bytes, &batch->log->previous);
    sha256_hex(bytes.bytes, bytes.length, hex);
    memcpy(batch->id, hex, sizeof batch->id - 1);
    batch->id[sizeof batch->id - 1] = '\0';
    buf_free(&bytes);
}

/* A path as the config's folder sees it: a manifest must not tell where on a disk it was made. */
static const char *
below(const char *path, const struct config *config)
{
    size_t length = strlen(config->folder);
    return strncmp(path, config->folder, length) == 0 && path[length] == '/' ? path + length + 1
                                                                             : path;
}

static void
write_count(struct json *json, const char *key, uint64_t count)
{
    json_key(json, key);
    json_int(json, (int64_t)count);
}

/* A file that is known by its bytes alone. */
static void
write_source(struct json *json, const char *key, const char *name, const char *hash)
{
    json_open(json, '{');
    json_key(json, key), json_string(json, name);
    json_key(json, "sha256"), json_string(json, hash);
    json_close(json, '}');
}

static void
write_extract(struct json *json, const char *name, const struct extract_report *report,
              const struct config *config)
{
    json_open(json, '{');
    json_key(json, "table"), json_string(json, name);
    json_key(json, "files"), json_open(json, '[');
    for (uint32_t f = 0; f < report->file_count; f++) {
        const struct extract_file *file = &report->file[f];
        json_open(json, '{');
        json_key(json, "path"), json_string(json, below(file->path, config));
        json_key(json, "encoding"), json_string(json, file->encoding);
        write_count(json, "bytes", file->bytes);
        write_count(json, "rows", file->rows);
        json_key(json, "sha256"), json_string(json, file->sha256);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_key(json, "lookups"), json_open(json, '[');
    for (uint32_t l = 0; l < report->lookup_count; l++)
        write_source(json, "path", below(report->lookup[l].path, config), report->lookup[l].sha256);
    json_close(json, ']');
    write_count(json, "read", report->read);
    write_count(json, "used", report->used);
    write_count(json, "rejected", report->rejected);
    write_count(json, "ignored", report->ignored);
    write_count(json, "future", report->future);
    write_count(json, "orphans", report->orphans);
    json_close(json, '}');
}

static void
write_extracts(struct json *json, const struct batch *batch)
{
    json_key(json, "extracts"), json_open(json, '[');
    for (enum table t = 0; t < TABLE_COUNT; t++)
        if (batch->log->table[t].configured)
            write_extract(json, table_names[t], &batch->log->table[t], batch->config);
    if (batch->log->previous.configured)
        write_extract(json, "previous", &batch->log->previous, batch->config);
    json_close(json, ']');
}

static void
write_presets(struct json *json, const struct config *config)
{
    json_key(json, "presets"), json_open(json, '[');
    for (uint32_t i = 0; i < config->preset_count; i++)
        write_source(json, "preset", config->preset[i].name, config->preset[i].hash);
    json_close(json, ']');
}

static void
write_checks(struct json *json, const struct measures *measures)
{
    json_key(json, "checks"), json_open(json, '[');
    for (uint32_t i = 0; i < measures->identity_count; i++) {
        const struct identity *identity = &measures->identity[i];
        json_open(json, '{');
        json_key(json, "id"), json_string(json, identity->id);
        json_key(json, "applies"), json_bool(json, identity->applies);
        json_key(json, "holds"), json_bool(json, identity->holds);
        json_key(json, "what"), json_string(json, identity->what);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void
write_packs(struct json *json, const struct packing_result *result)
{
    json_key(json, "packs"), json_open(json, '[');
    for (uint32_t i = 0; i < result->scope_count; i++) {
        const struct packed_scope *scope = &result->scopes[i];
        json_open(json, '{');
        json_key(json, "folder"), json_string(json, scope->folder);
        write_count(json, "pages", scope->pages);
        write_count(json, "boxed", scope->boxed);
        json_key(json, "failed"), json_bool(json, scope->failed);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void
write_inputs(struct json *json, const char *table, const struct extract_report *report)
{
    for (uint32_t f = 0; f < report->file_count; f++)
        write_source(json, "table", table, report->file[f].sha256);
    for (uint32_t l = 0; l < report->lookup_count; l++)
        write_source(json, "table", table, report->lookup[l].sha256);
}

/* What was written into `object`, without its braces. */
static struct text
members_of(const struct buf *object)
{
    return text_trim((struct text){object->bytes + 1, (uint32_t)object->length - 2});
}

void
head_write_run(const struct batch *batch, struct buf *out)
{
    struct buf object = {0};
    struct json json = {.out = &object};
    json_open(&json, '{');
    json_key(&json, "id"), json_string(&json, batch->id);
    json_key(&json, "version"), json_string(&json, SEFPACK_VERSION);
    json_key(&json, "inputs"), json_open(&json, '[');
    for (enum table t = 0; t < TABLE_COUNT; t++)
        write_inputs(&json, table_names[t], &batch->log->table[t]);
    write_inputs(&json, "previous", &batch->log->previous);
    json_close(&json, ']');
    json_close(&json, '}');
    buf_text(out, members_of(&object));
    buf_free(&object);
}

void
head_write(const struct batch *batch, const struct packing_result *result, struct buf *out)
{
    struct buf object = {0};
    struct json json = {.out = &object, .indent = 1};
    char as_of[11];
    day_to_iso(batch->config->as_of, as_of);
    json_open(&json, '{');
    json_key(&json, "schema"), json_int(&json, 1);
    json_key(&json, "program"), json_string(&json, "sefpack " SEFPACK_VERSION);
    json_key(&json, "run"), json_string(&json, batch->id);
    json_key(&json, "as_of"), json_string(&json, as_of);
    json_key(&json, "config_sha256"), json_string(&json, batch->config->hash);
    write_presets(&json, batch->config);
    write_extracts(&json, batch);
    write_checks(&json, batch->measures);
    write_packs(&json, result);
    mailing_write_head(result->mailing, batch, &json);
    json_key(&json, "fonts"), json_open(&json, '[');
    for (const char *const *name = fonts_names(batch->fonts); *name; name++)
        json_string(&json, *name);
    json_close(&json, ']');
    json_close(&json, '}');
    /* the members alone: the list of files joins them in one object */
    buf_text(out, members_of(&object));
    buf_free(&object);
}
