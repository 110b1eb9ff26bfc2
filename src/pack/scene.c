#include "scene.h"

#include "text.h"

#include <math.h>
#include <string.h>

struct scene *
scene_new(struct arena *arena, const struct metrics *metrics, double width, double height)
{
    struct scene *scene = arena_alloc(arena, sizeof *scene);
    *scene = (struct scene){.arena = arena, .metrics = metrics, .width = width, .height = height};
    return scene;
}

static double
finite_or_zero(double value)
{
    return isfinite(value) ? value : 0;
}

static struct shape *
add(struct scene *scene, enum shape_kind kind, double x, double y, double width, double height)
{
    if (scene->count == scene->capacity) {
        uint32_t capacity = scene->capacity ? scene->capacity * 2 : 64;
        struct shape *grown = arena_array(scene->arena, capacity, sizeof *grown);
        if (scene->count)
            memcpy(grown, scene->shape, scene->count * sizeof *grown);
        scene->shape = grown;
        scene->capacity = capacity;
    }
    struct shape *shape = &scene->shape[scene->count++];
    *shape = (struct shape){.kind = kind,
                            .x = finite_or_zero(x),
                            .y = finite_or_zero(y),
                            .width = finite_or_zero(width),
                            .height = finite_or_zero(height)};
    return shape;
}

void
scene_line(struct scene *scene, double x1, double y1, double x2, double y2, enum ink ink,
           double width, double dash)
{
    struct shape *shape = add(scene, SHAPE_LINE, x1, y1, x2 - x1, y2 - y1);
    shape->stroke = ink;
    shape->stroke_width = width;
    shape->dash = dash;
}

struct shape *
scene_rect(struct scene *scene, double x, double y, double width, double height, enum ink fill,
           enum ink stroke, double stroke_width)
{
    if (width < 0) { /* a bar to the left */
        x += width;
        width = -width;
    }
    struct shape *shape = add(scene, SHAPE_RECT, x, y, width, height);
    shape->fill = fill;
    shape->stroke = stroke;
    shape->stroke_width = stroke_width;
    return shape;
}

struct shape *
scene_path(struct scene *scene, uint32_t point_count, const double *points, bool closed,
           enum ink fill, enum ink stroke, double stroke_width)
{
    double *copy = arena_array(scene->arena, (size_t)point_count * 2, sizeof *copy);
    for (uint32_t i = 0; i < point_count * 2; i++)
        copy[i] = finite_or_zero(points[i]);
    struct shape *shape = add(scene, SHAPE_PATH, 0, 0, 0, 0);
    shape->point = copy;
    shape->point_count = point_count;
    shape->closed = closed;
    shape->fill = fill;
    shape->stroke = stroke;
    shape->stroke_width = stroke_width;
    return shape;
}

void
scene_circle(struct scene *scene, double x, double y, double radius, enum ink fill, enum ink stroke,
             double stroke_width)
{
    struct shape *shape = add(scene, SHAPE_CIRCLE, x, y, radius, radius);
    shape->fill = fill;
    shape->stroke = stroke;
    shape->stroke_width = stroke_width;
}

static double
width_of(const struct scene *scene, const char *utf8, double size, bool bold)
{
    return scene->metrics->width(scene->metrics->context, utf8, size, bold);
}

/* Where the character before `end` begins. */
static size_t
step_back(const char *utf8, size_t end)
{
    if (end > 0)
        end--;
    while (end > 0 && ((unsigned char)utf8[end] & 0xC0) == 0x80)
        end--;
    return end;
}

/* The longest beginning that fits with an ellipsis behind it. */
static const char *
shorten(struct scene *scene, const char *utf8, double size, bool bold, double room)
{
    size_t low = 0, high = strlen(utf8);
    char *copy = arena_alloc(scene->arena, high + 4);
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        while (middle < high && ((unsigned char)utf8[middle] & 0xC0) == 0x80)
            middle++;
        memcpy(copy, utf8, middle);
        memcpy(copy + middle, "\xE2\x80\xA6", 4);
        if (width_of(scene, copy, size, bold) <= room)
            low = middle;
        else
            high = step_back(utf8, middle);
    }
    while (low > 0 && utf8[low - 1] == ' ')
        low--;
    memcpy(copy, utf8, low);
    memcpy(copy + low, "\xE2\x80\xA6", 4);
    return copy;
}

double
scene_text(struct scene *scene, double x, double y, const char *utf8, double size, bool bold,
           enum ink ink, enum anchor anchor, double room)
{
    if (!utf8 || !utf8[0])
        return 0;
    double width = width_of(scene, utf8, size, bold);
    const char *shown = utf8;
    if (room > 0 && width > room) {
        shown = shorten(scene, utf8, size, bold, room);
        width = width_of(scene, shown, size, bold);
    }
    struct shape *shape = add(scene, SHAPE_TEXT, x, y, width, size);
    shape->text = shown == utf8 ? arena_string(scene->arena, utf8) : shown;
    shape->size = size;
    shape->bold = bold;
    shape->fill = ink;
    shape->anchor = anchor;
    return width;
}

/* The end of the longest line that starts at `from` and fits; at least one word. */
static size_t
fill_line(struct scene *scene, const char *utf8, size_t from, double width, double size, bool bold)
{
    size_t length = strlen(utf8), end = from;
    while (end < length) {
        size_t next = end;
        while (next < length && utf8[next] == ' ')
            next++;
        while (next < length && utf8[next] != ' ')
            next++;
        const char *line = arena_copy(scene->arena, utf8 + from, next - from);
        if (end > from && width_of(scene, line, size, bold) > width)
            break;
        end = next;
    }
    return end;
}

double
scene_paragraph(struct scene *scene, double x, double y, double width, const char *utf8,
                double size, bool bold, enum ink ink, double leading, int lines)
{
    size_t from = 0, length = utf8 ? strlen(utf8) : 0;
    int drawn = 0;
    while (from < length && (lines == 0 || drawn < lines)) {
        size_t end = fill_line(scene, utf8, from, width, size, bold);
        bool last = lines > 0 && drawn == lines - 1;
        const char *line = arena_copy(scene->arena, utf8 + from, (last ? length : end) - from);
        scene_text(scene, x, y + drawn * leading, line, size, bold, ink, ANCHOR_START, width);
        drawn++;
        from = end;
        while (from < length && utf8[from] == ' ')
            from++;
    }
    return drawn * leading;
}
