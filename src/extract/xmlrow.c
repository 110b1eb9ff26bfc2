#include "xmlrow.h"

#include "memory.h"
#include "names.h"

#include <stdlib.h>

enum { VALUE_MOST = 1 << 20 };

struct xmlrow_level { /* one open element */
    uint32_t node;
    bool had_child, below_where, stored;
};

struct xmlrow_span {
    size_t start;
    uint32_t length;
};

void
xmlrow_open(struct xmlrow *row, const struct xml_shape *shape, uint32_t column_count,
            const char *const *columns)
{
    *row = (struct xmlrow){.shape = shape, .column_count = column_count};
    row->level = memory_new(XMLROW_DEPTH_MOST, sizeof *row->level);
    row->span = memory_new(column_count + 1u, sizeof *row->span);
    row->cell = memory_new(column_count + 1u, sizeof *row->cell);
    row->names = names_new(text_of(shape->record), column_count, columns);
}

void
xmlrow_close(struct xmlrow *row)
{
    names_free(row->names);
    free(row->level);
    free(row->span);
    free(row->cell);
    buf_free(&row->row);
    buf_free(&row->plain);
}

void
xmlrow_begin(struct xmlrow *row)
{
    row->in_record = false;
    buf_clear(&row->row);
    row->text = 0;
}

/* The parser replaces all references in attributes but those to `&`, for a second look that nobody
 * takes here. The text dies with the next call. */
static struct text
attribute_value(struct xmlrow *row, const struct xmlrow_attribute *attribute)
{
    static const char reference[] = "&#38;";
    enum { LENGTH = sizeof reference - 1 };
    struct text value = {(const char *)attribute->value,
                         (uint32_t)(attribute->end - attribute->value)};
    const char *at = memmem(value.bytes, value.length, reference, LENGTH);
    if (!at)
        return value;
    buf_clear(&row->plain);
    for (; at; at = memmem(value.bytes, value.length, reference, LENGTH)) {
        uint32_t before = (uint32_t)(at - value.bytes);
        buf_add(&row->plain, value.bytes, before);
        buf_char(&row->plain, '&');
        value = (struct text){at + LENGTH, value.length - before - LENGTH};
    }
    buf_text(&row->plain, value);
    return buf_as_text(&row->plain);
}

static const struct xmlrow_attribute *
find_attribute(const struct xmlrow_start *start, const char *name)
{
    for (uint32_t i = 0; name && i < start->count; i++)
        if (strcmp((const char *)start->attribute[i].local, name) == 0)
            return &start->attribute[i];
    return NULL;
}

struct text
xmlrow_value(struct xmlrow *row, const struct xmlrow_start *start, const char *name)
{
    const struct xmlrow_attribute *attribute = find_attribute(start, name);
    return attribute ? attribute_value(row, attribute) : TEXT("");
}

/* Forgets what the open element has said so far. */
static void
drop_text(struct xmlrow *row)
{
    row->row.length = row->text;
}

/* The text of the open element becomes the value of a node. The first value of a column stands;
 * later ones of a repeated element do not replace it. */
static void
store_text(struct xmlrow *row, uint32_t node)
{
    int32_t column = names_column(row->names, node);
    uint32_t length = (uint32_t)(row->row.length - row->text);
    if (column == NAMES_NO_COLUMN)
        names_note_unmapped(row->names, node);
    else if (row->span[column].length == 0 && length > 0) {
        row->span[column].start = row->text;
        row->span[column].length = length;
        row->text = row->row.length;
    }
}

static void
store(struct xmlrow *row, uint32_t node, struct text value)
{
    drop_text(row);
    buf_text(&row->row, value);
    store_text(row, node);
    drop_text(row);
}

static bool
store_attributes(struct xmlrow *row, uint32_t node, const struct xmlrow_start *start)
{
    for (uint32_t i = 0; i < start->count; i++) {
        const struct xmlrow_attribute *attribute = &start->attribute[i];
        uint32_t child = names_child(row->names, node, (const char *)attribute->local, true);
        if (child == NAMES_FULL)
            return false;
        store(row, child, attribute_value(row, attribute));
    }
    return true;
}

static bool
start_record(struct xmlrow *row, uint32_t node, const struct xmlrow_start *start)
{
    row->in_record = true;
    row->record_depth = start->depth;
    row->line = start->line;
    buf_clear(&row->row);
    row->text = 0;
    for (uint32_t c = 0; c < row->column_count; c++)
        row->span[c].length = 0;
    return store_attributes(row, node, start);
}

/* An element inside a record: the value may stand in an attribute. */
static bool
start_field(struct xmlrow *row, struct xmlrow_level *level, const struct xmlrow_start *start)
{
    const struct xml_shape *shape = row->shape;
    if (!shape->key)
        return store_attributes(row, level->node, start);
    const struct xmlrow_attribute *value = find_attribute(start, shape->value);
    if (value) {
        store(row, level->node, attribute_value(row, value));
        level->stored = true;
    }
    return true;
}

/* The node of an element: by its name, or by its key attribute inside a record. */
static uint32_t
find_node(struct xmlrow *row, uint32_t parent, const struct xmlrow_start *start)
{
    const struct xmlrow_attribute *key = NULL;
    if (row->in_record && row->shape->key)
        key = find_attribute(start, row->shape->key);
    if (key)
        return names_child_text(row->names, parent, attribute_value(row, key));
    return names_child(row->names, parent, start->local, false);
}

bool
xmlrow_start(struct xmlrow *row, const struct xmlrow_start *start)
{
    const struct xml_shape *shape = row->shape;
    struct xmlrow_level *level = &row->level[start->depth];
    struct xmlrow_level *above = start->depth ? level - 1 : NULL;
    drop_text(row);
    if (above)
        above->had_child = true;
    uint32_t node = find_node(row, above ? above->node : NAMES_ROOT, start);
    if (node == NAMES_FULL)
        return false;
    *level = (struct xmlrow_level){.node = node,
                                   .below_where = !shape->where || (above && above->below_where)};
    const struct xmlrow_attribute *where = find_attribute(start, shape->where);
    if (where && shape->equals && text_equal(attribute_value(row, where), text_of(shape->equals)))
        level->below_where = true;
    if (row->in_record)
        return start_field(row, level, start);
    if (level->below_where && names_is_record(row->names, node))
        return start_record(row, node, start);
    return true;
}

static void
end_record(struct xmlrow *row)
{
    const struct xmlrow_span *span = row->span;
    struct text *cell = row->cell;
    const char *bytes = row->row.bytes ? row->row.bytes : "";
    row->in_record = false;
    for (uint32_t c = 0, count = row->column_count; c < count; c++)
        cell[c] = (struct text){span[c].length ? bytes + span[c].start : bytes, span[c].length};
}

bool
xmlrow_end(struct xmlrow *row, uint32_t depth)
{
    const struct xmlrow_level *level = &row->level[depth];
    bool ended = row->in_record && depth == row->record_depth;
    if (ended) {
        end_record(row);
    } else if (row->in_record && !level->had_child && !level->stored) {
        store_text(row, level->node);
    }
    drop_text(row);
    return ended;
}

bool
xmlrow_text(struct xmlrow *row, struct text text)
{
    if (!row->in_record)
        return true;
    if (row->row.length - row->text + text.length > VALUE_MOST)
        return false;
    buf_text(&row->row, text);
    return true;
}
