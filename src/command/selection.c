#include "selection.h"

#include "config.h"
#include "dataset.h"
#include "run.h"
#include "scope_name.h"
#include "text.h"
#include "wildcard.h"
#include "write.h"

#include <string.h>

/* The next word of a list with commas between, moving *at behind it; false at the end. */
static bool
next_format(const char **at, struct text *out)
{
    if (!*at)
        return false;
    size_t length = strcspn(*at, ",");
    *out = (struct text){*at, (uint32_t)length};
    *at = (*at)[length] ? *at + length + 1 : NULL;
    return true;
}

static const struct writer *
find_writer(struct text name)
{
    for (const struct writer *writer = writers; writer->name; writer++)
        if (text_equal(name, text_of(writer->name)))
            return writer;
    return NULL;
}

bool
selection_check(const struct options *options, struct diag *diag)
{
    const char *at = options->format;
    for (struct text name; next_format(&at, &name);) {
        if (find_writer(name))
            continue;
        struct buf known = {0};
        for (const struct writer *writer = writers; writer->name; writer++)
            buf_printf(&known, "%s%s", known.length ? ", " : "", writer->name);
        diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "usage.format", (struct place){NULL, 0, 0},
                    "--format: no format is called '%.*s'", (int)name.length, name.bytes);
        diag_hint(diag, "there are %s", known.bytes);
        buf_free(&known);
        return false;
    }
    return true;
}

unsigned
selection_formats(const struct batch *batch, const struct config_pack *pack)
{
    const char *at = batch->options->format;
    unsigned only = at ? 0 : pack->formats;
    for (struct text name; next_format(&at, &name);) {
        const struct writer *writer = find_writer(name);
        only |= writer ? writer->format : 0;
    }
    return only;
}

bool
selection_has(const struct batch *batch, const struct config_pack *pack, uint32_t index)
{
    const struct dataset *dataset = batch->dataset;
    const struct scope *scope = &dataset->scope[index];
    bool left = scope->kind == SCOPE_SELLER && dataset->sellers.left[scope->index];
    if (left && !pack->left)
        return false;
    switch (pack->each) {
    case PACK_EACH_TEAM:
        return scope->kind == SCOPE_TEAM;
    case PACK_EACH_SELLER:
        return scope->kind == SCOPE_SELLER;
    case PACK_SCOPE:
        break;
    }
    if (scope->kind == SCOPE_COMPANY)
        return strcmp(pack->scope, "company") == 0;
    struct text id = scope->kind == SCOPE_TEAM ? dataset->teams.id[scope->index]
                                               : dataset->sellers.id[scope->index];
    return text_equal(id, text_of(pack->scope));
}

bool
selection_wants(const struct batch *batch, const struct scope_name *name, const char *folder)
{
    const char *only = batch->options->only;
    if (!only)
        return true;
    const struct text parts[] = {name->id, name->name, text_of(folder)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char text[256];
        snprintf(text, sizeof text, "%.*s", (int)parts[i].length, parts[i].bytes);
        if (wildcard_fits(only, text))
            return true;
    }
    return false;
}
