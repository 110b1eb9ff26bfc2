#include "pdf_tags.h"

#include "coordinate.h"
#include "pdf_text.h"

#include <string.h>

enum kid_kind { KID_ELEMENT, KID_MARK, KID_LINK };

struct kid {
    enum kid_kind kind;
    uint32_t value; /* tag, number of the mark, or index of the link */
    uint32_t page;
    uint32_t next; /* 0: the last */
};

struct element { /* of each tag */
    bool attached;
    uint32_t first, last; /* kids; 0: none */
    uint32_t number;      /* of the object */
};

struct marks { /* of each page: the tag of each piece */
    uint32_t count, capacity;
    uint32_t *tag;
};

struct link {
    uint32_t tag, object;
};

struct pdf_tags {
    struct arena *arena;
    const struct layout *layout;
    struct element *element;
    struct marks *marks;
    uint32_t kid_count, kid_capacity;
    struct kid *kid; /* 0 unused */
    uint32_t link_count, link_capacity;
    struct link *link;
};

/* Room for one more in an array of the arena. */
static void *
grow(struct arena *arena, void *array, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity)
        return array;
    *capacity = *capacity ? *capacity * 2 : 16;
    void *grown = arena_array(arena, *capacity, size);
    if (count)
        memcpy(grown, array, count * size);
    return grown;
}

struct pdf_tags *
pdf_tags_new(struct arena *arena, const struct layout *layout)
{
    struct pdf_tags *tags = arena_alloc(arena, sizeof *tags);
    *tags =
        (struct pdf_tags){.arena = arena,
                          .layout = layout,
                          .element = arena_array(arena, layout->tag_count, sizeof *tags->element),
                          .marks = arena_array(arena, layout->page_count, sizeof *tags->marks),
                          .kid_count = 1};
    tags->kid = grow(arena, NULL, 0, &tags->kid_capacity, sizeof *tags->kid);
    tags->element[TAG_DOCUMENT].attached = true;
    return tags;
}

static void
add_kid(struct pdf_tags *tags, uint32_t tag, struct kid kid)
{
    struct element *element = &tags->element[tag];
    tags->kid = grow(tags->arena, tags->kid, tags->kid_count, &tags->kid_capacity, sizeof kid);
    tags->kid[tags->kid_count] = kid;
    if (element->last)
        tags->kid[element->last].next = tags->kid_count;
    else
        element->first = tags->kid_count;
    element->last = tags->kid_count++;
}

void
pdf_tags_touch(struct pdf_tags *tags, uint32_t tag)
{
    if (tags->element[tag].attached)
        return;
    tags->element[tag].attached = true;
    uint32_t parent = tags->layout->tag[tag].parent;
    pdf_tags_touch(tags, parent);
    add_kid(tags, parent, (struct kid){.kind = KID_ELEMENT, .value = tag});
}

uint32_t
pdf_tags_mark(struct pdf_tags *tags, uint32_t page, uint32_t tag)
{
    struct marks *marks = &tags->marks[page];
    pdf_tags_touch(tags, tag);
    marks->tag = grow(tags->arena, marks->tag, marks->count, &marks->capacity, sizeof *marks->tag);
    marks->tag[marks->count] = tag;
    add_kid(tags, tag, (struct kid){.kind = KID_MARK, .value = marks->count, .page = page});
    return marks->count++;
}

uint32_t
pdf_tags_link(struct pdf_tags *tags, uint32_t page, uint32_t tag)
{
    pdf_tags_touch(tags, tag);
    tags->link =
        grow(tags->arena, tags->link, tags->link_count, &tags->link_capacity, sizeof *tags->link);
    tags->link[tags->link_count].tag = tag;
    add_kid(tags, tag, (struct kid){.kind = KID_LINK, .value = tags->link_count, .page = page});
    return tags->layout->page_count + tags->link_count++;
}

void
pdf_tags_link_object(struct pdf_tags *tags, uint32_t key, uint32_t object)
{
    tags->link[key - tags->layout->page_count].object = object;
}

static void
write_kid(const struct pdf_tags *tags, const struct kid *kid, const uint32_t *pages,
          uint32_t own_page, struct buf *out)
{
    switch (kid->kind) {
    case KID_ELEMENT:
        buf_int(out, tags->element[kid->value].number);
        buf_string(out, " 0 R");
        break;
    case KID_MARK:
        if (kid->page == own_page)
            buf_int(out, kid->value);
        else
            buf_printf(out, "<</Type/MCR/Pg %u 0 R/MCID %u>>", pages[kid->page], kid->value);
        break;
    case KID_LINK:
        buf_printf(out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", pages[kid->page],
                   tags->link[kid->value].object);
        break;
    }
}

static void
write_kids(const struct pdf_tags *tags, const struct element *element, const uint32_t *pages,
           struct buf *out)
{
    uint32_t page = UINT32_MAX;
    for (uint32_t k = element->first; k && page == UINT32_MAX; k = tags->kid[k].next)
        if (tags->kid[k].kind == KID_MARK)
            page = tags->kid[k].page;
    if (page != UINT32_MAX) {
        buf_string(out, "/Pg ");
        buf_int(out, pages[page]);
        buf_string(out, " 0 R");
    }
    if (!element->first)
        return;
    bool one = !tags->kid[element->first].next;
    buf_string(out, one ? "/K " : "/K[");
    for (uint32_t k = element->first; k; k = tags->kid[k].next) {
        write_kid(tags, &tags->kid[k], pages, page, out);
        if (tags->kid[k].next)
            buf_char(out, ' ');
    }
    if (!one)
        buf_char(out, ']');
}

static void
write_attributes(const struct pdf_tags *tags, const struct tag *tag, struct buf *out)
{
    if (tag->scope) {
        buf_printf(out, "/A<</O/Table/Scope/%s", tag->scope);
        if (tag->span > 1)
            buf_printf(out, "/ColSpan %u", tag->span);
        buf_string(out, ">>");
    }
    if (tag->type[0] == 'L' && tag->type[1] == '\0')
        buf_string(out, "/A<</O/List/ListNumbering/Disc>>");
    if (tag->alternative) {
        float width, height;
        layout_size(tags->layout, tag->page, &width, &height);
        const float box[] = {tag->box[0], height - tag->box[1] - tag->box[3],
                             tag->box[0] + tag->box[2], height - tag->box[1]};
        buf_string(out, "/Alt");
        pdf_text_string(text_of(tag->alternative), out);
        buf_string(out, "/A<</O/Layout/BBox[");
        for (int i = 0; i < 4; i++) {
            coordinate_write(out, (double)box[i]);
            buf_char(out, ' ');
        }
        buf_string(out, "]>>");
    }
}

static void
write_element(const struct pdf_tags *tags, uint32_t at, uint32_t root, const uint32_t *pages,
              struct buf *out)
{
    const struct tag *tag = &tags->layout->tag[at];
    uint32_t parent = at == TAG_DOCUMENT ? root : tags->element[tag->parent].number;
    buf_string(out, "/S/");
    buf_string(out, tag->type);
    buf_string(out, "/P ");
    buf_int(out, parent);
    buf_string(out, " 0 R");
    write_attributes(tags, tag, out);
    write_kids(tags, &tags->element[at], pages, out);
}

/* A leaf of the tree of parents for each page: the element of each of its marks. */
static void
write_leaf(const struct pdf_tags *tags, uint32_t page, struct buf *out)
{
    buf_printf(out, "/Limits[%u %u]/Nums[%u[", page, page, page);
    for (uint32_t m = 0; m < tags->marks[page].count; m++) {
        buf_int(out, tags->element[tags->marks[page].tag[m]].number);
        buf_string(out, " 0 R ");
    }
    buf_string(out, "]]");
}

/* And one for all links. */
static void
write_link_leaf(const struct pdf_tags *tags, struct buf *out)
{
    uint32_t first = tags->layout->page_count;
    buf_printf(out, "/Limits[%u %u]/Nums[", first, first + tags->link_count - 1);
    for (uint32_t l = 0; l < tags->link_count; l++)
        buf_printf(out, "%u %u 0 R ", first + l, tags->element[tags->link[l].tag].number);
    buf_char(out, ']');
}

/* The root is libharu's: the catalog refers to it. */
static uint32_t
add_root(struct pdf_tags *tags, struct pdf *pdf, uint32_t tree)
{
    uint32_t root = pdf_next_number(pdf);
    const char *entries = arena_printf(
        tags->arena, "/Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %u",
        root + 1, tree, tags->layout->page_count + tags->link_count);
    pdf_object(pdf, text_of(entries));
    pdf_catalog(pdf, "StructTreeRoot", root);
    return root;
}

static void
begin(struct pdf_objects *objects)
{
    buf_string(&objects->bytes, "<<");
}

static void
end(struct pdf_objects *objects)
{
    buf_string(&objects->bytes, ">>");
    pdf_objects_end(objects);
}

static void
write_parents(const struct pdf_tags *tags, uint32_t tree, struct pdf_objects *objects)
{
    uint32_t pages = tags->layout->page_count, leaves = pages + (tags->link_count > 0);
    begin(objects);
    buf_string(&objects->bytes, "/Kids[");
    for (uint32_t l = 1; l <= leaves; l++)
        buf_printf(&objects->bytes, "%u 0 R ", tree + l);
    buf_char(&objects->bytes, ']');
    end(objects);
    for (uint32_t p = 0; p < leaves; p++) {
        begin(objects);
        if (p < pages)
            write_leaf(tags, p, &objects->bytes);
        else
            write_link_leaf(tags, &objects->bytes);
        end(objects);
    }
}

void
pdf_tags_write(struct pdf_tags *tags, struct pdf *pdf, const uint32_t *pages,
               struct pdf_objects *objects)
{
    uint32_t next = pdf_next_number(pdf) + 1;
    objects->first = next;
    for (uint32_t t = TAG_DOCUMENT; t < tags->layout->tag_count; t++)
        if (tags->element[t].attached)
            tags->element[t].number = next++;
    uint32_t root = add_root(tags, pdf, next);
    for (uint32_t t = TAG_DOCUMENT; t < tags->layout->tag_count; t++)
        if (tags->element[t].attached) {
            begin(objects);
            write_element(tags, t, root, pages, &objects->bytes);
            end(objects);
        }
    write_parents(tags, next, objects);
}
