#include "faults.h"

#include "flow.h"

#include <math.h>
#include <stdio.h>

struct box {
    float left, top, right, low;
};

struct search {
    const struct layout *layout;
    const char *name;
    uint32_t page, found;
};

bool
faults_is_text(const struct item *item)
{
    return item->kind == ITEM_TEXT && item->word_count && item->width > 0;
}

/* The ink of a line of text, without the room above and below it. */
static struct box
box_of(const struct item *item)
{
    if (item->kind == ITEM_TEXT)
        return (struct box){item->x, item->y - 0.68f * item->size, item->x + item->width,
                            item->y + 0.2f * item->size};
    return (struct box){
        fminf(item->x, item->x + item->width), fminf(item->y, item->y + item->height),
        fmaxf(item->x, item->x + item->width), fmaxf(item->y, item->y + item->height)};
}

static bool
overlap(struct box a, struct box b)
{
    const float touch = 0.3f;
    return a.left + touch < b.right && b.left + touch < a.right && a.top + touch < b.low &&
           b.top + touch < a.low;
}

static void
say(const struct search *search, const char *what, const struct item *item)
{
    struct box box = box_of(item);
    printf("%s: page %u: %s (%.1f %.1f %.1f %.1f) ", search->name, search->page + 1, what,
           (double)box.left, (double)box.top, (double)box.right, (double)box.low);
    for (uint32_t w = 0; item->kind == ITEM_TEXT && w < item->word_count; w++)
        printf("%.*s", (int)item->word[w]->text.length, item->word[w]->text.bytes);
    printf("\n");
}

/* `other` may be NULL. */
static void
report(struct search *search, const char *what, const struct item *item, const struct item *other)
{
    enum { MOST = 12 };
    if (search->found++ >= MOST)
        return;
    say(search, what, item);
    if (other)
        say(search, "    this", other);
}

static void
check_margins(struct search *search, const struct item *item)
{
    float width, height;
    layout_size(search->layout, search->page, &width, &height);
    struct box box = box_of(item);
    bool content = item->tag != TAG_NONE,
         sides = box.left < MARGIN_SIDE - 0.5f || box.right > width - MARGIN_SIDE + 0.5f;
    bool ends = box.top < 20 || box.low > height - 15 ||
                (content && (box.top < MARGIN_TOP - 1 || box.low > height - MARGIN_BOTTOM + 2));
    if (sides || ends)
        report(search, "outside the margins", item, NULL);
}

/* Text against what else is on the page. */
static void
check_pair(struct search *search, const struct item *text, const struct item *other)
{
    enum { LARGEST = 40 /* points: no text is higher */ };
    bool far = other->kind == ITEM_TEXT && fabsf(other->y - text->y) > LARGEST;
    if (far || other->kind == ITEM_NOTHING || other->kind == ITEM_LINK)
        return; /* most pairs */
    struct box box = box_of(text), beside = box_of(other);
    switch (other->kind) {
    case ITEM_TEXT:
        if (other > text && faults_is_text(other) && overlap(box, beside))
            report(search, "text on text", text, other);
        break;
    case ITEM_SCENE:
    case ITEM_IMAGE:
        if (text->tag != other->tag && overlap(box, beside))
            report(search, "text on a chart or picture", text, other);
        break;
    case ITEM_LINE:
        beside.top -= 0.5f;
        beside.low += 0.5f;
        box.top += 1;
        box.low -= 1;
        if (overlap(box, beside))
            report(search, "struck through by a rule", text, other);
        break;
    default:
        break;
    }
}

/* The box of a shape in its chart; texts are items of the page. */
static struct box
box_of_shape(const struct shape *shape)
{
    double radius = shape->kind == SHAPE_CIRCLE ? shape->width : 0;
    double left = shape->x - radius, right = shape->x + (radius > 0 ? radius : shape->width);
    double top = shape->y - radius, low = shape->y + (radius > 0 ? radius : shape->height);
    for (uint32_t i = 0; shape->kind == SHAPE_PATH && i < shape->point_count; i++) {
        const double *point = shape->point + 2 * (size_t)i;
        left = i ? fmin(left, point[0]) : point[0];
        right = i ? fmax(right, point[0]) : point[0];
        top = i ? fmin(top, point[1]) : point[1];
        low = i ? fmax(low, point[1]) : point[1];
    }
    return (struct box){(float)fmin(left, right), (float)fmin(top, low), (float)fmax(left, right),
                        (float)fmax(top, low)};
}

static struct box
box_of_label(const struct scene *scene, const struct shape *shape)
{
    double width =
        scene->metrics->width(scene->metrics->context, shape->text, shape->size, shape->bold);
    double left = shape->x - width * (shape->anchor == ANCHOR_END      ? 1
                                      : shape->anchor == ANCHOR_MIDDLE ? 0.5
                                                                       : 0);
    return (struct box){(float)left, (float)(shape->y - 0.68 * shape->size), (float)(left + width),
                        (float)(shape->y + 0.2 * shape->size)};
}

static bool
covers(const struct shape *shape)
{
    return shape->fill != INK_NONE && shape->pattern != PATTERN_NONE && shape->kind != SHAPE_TEXT &&
           shape->kind != SHAPE_LINE;
}

static void
check_label(struct search *search, const struct item *item, uint32_t at)
{
    const struct scene *scene = item->scene;
    struct box box = box_of_label(scene, &scene->shape[at]);
    char what[160];
    if (box.left < -0.5f || box.right > (float)scene->width + 0.5f || box.top < -1 ||
        box.low > (float)scene->height + 1) {
        snprintf(what, sizeof what, "leaves its chart: '%.60s'", scene->shape[at].text);
        report(search, what, item, NULL);
    }
    for (uint32_t i = at + 1; i < scene->count; i++)
        if (covers(&scene->shape[i]) && overlap(box, box_of_shape(&scene->shape[i]))) {
            snprintf(what, sizeof what, "covered in its chart: '%.60s'", scene->shape[at].text);
            report(search, what, item, NULL);
        }
}

static void
check_scene(struct search *search, const struct item *item)
{
    const struct scene *scene = item->scene;
    for (uint32_t i = 0; i < scene->count; i++) {
        const struct shape *shape = &scene->shape[i];
        struct box box = box_of_shape(shape);
        if (shape->kind == SHAPE_TEXT)
            check_label(search, item, i);
        else if (!(box.left >= -1 && box.right <= (float)scene->width + 1 && box.top >= -1 &&
                   box.low <= (float)scene->height + 1))
            report(search, "a shape leaves its chart", item, NULL);
    }
}

static void
check_page(struct search *search)
{
    const struct page *page = &search->layout->page[search->page];
    for (uint32_t i = 0; i < page->count; i++) {
        const struct item *item = &page->item[i];
        bool chart = item->kind == ITEM_SCENE || item->kind == ITEM_IMAGE;
        if (!chart && !faults_is_text(item))
            continue;
        check_margins(search, item);
        if (item->kind == ITEM_SCENE)
            check_scene(search, item);
        for (uint32_t j = 0; j < page->count; j++) {
            const struct item *other = &page->item[j];
            if (!chart)
                check_pair(search, item, other);
            else if (j > i && (other->kind == ITEM_SCENE || other->kind == ITEM_IMAGE) &&
                     overlap(box_of(item), box_of(other)))
                report(search, "a chart on a chart", item, other);
        }
    }
}

uint32_t
faults_count(const struct layout *layout, const char *name)
{
    struct search search = {.layout = layout, .name = name};
    for (; search.page < layout->page_count; search.page++)
        check_page(&search);
    return search.found;
}
