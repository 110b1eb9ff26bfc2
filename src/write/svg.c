/* A scene as inline SVG. Colours are classes of the page's style sheet, so that dark mode and the
 * theme reach them; text is live text. */
#include "escape.h"
#include "write.h"

#include <math.h>

static const char *const inks[INK_COUNT] = {
    [INK_NONE] = "n",      [INK_TEXT] = "t",        [INK_SECONDARY] = "s",   [INK_MUTED] = "m",
    [INK_AXIS] = "x",      [INK_RULE] = "r",        [INK_GRID] = "g",        [INK_PAPER] = "p",
    [INK_ACCENT] = "a",    [INK_ACCENT_MID] = "a2", [INK_ACCENT_LOW] = "a3", [INK_SERIES_2] = "c2",
    [INK_SERIES_3] = "c3", [INK_SERIES_4] = "c4",   [INK_BINDING] = "b",     [INK_GOOD] = "good",
    [INK_BAD] = "bad",
};

struct svg {
    struct buf *out;
    const char *id;
};

static void
number(struct svg *svg, const char *name, double value)
{
    buf_printf(svg->out, " %s=\"", name);
    buf_fixed(svg->out, value, 2);
    while (svg->out->bytes[svg->out->length - 1] == '0')
        svg->out->bytes[--svg->out->length] = '\0';
    if (svg->out->bytes[svg->out->length - 1] == '.')
        svg->out->bytes[--svg->out->length] = '\0';
    buf_char(svg->out, '"');
}

static void
paint(struct svg *svg, const struct shape *shape)
{
    bool hatch = shape->pattern == PATTERN_HATCH && shape->fill != INK_NONE;
    buf_string(svg->out, " class=\"f-");
    buf_string(svg->out, hatch ? "n" : inks[shape->fill]);
    if (shape->stroke != INK_NONE)
        buf_printf(svg->out, " k-%s", inks[shape->stroke]);
    buf_char(svg->out, '"');
    if (hatch)
        buf_printf(svg->out, " fill=\"url(#%s-h-%s)\"", svg->id, inks[shape->fill]);
    if (shape->stroke != INK_NONE)
        number(svg, "stroke-width", shape->stroke_width);
    if (shape->dash > 0)
        buf_printf(svg->out, " stroke-dasharray=\"%.4g\"", shape->dash);
}

static void
draw_path(struct svg *svg, const struct shape *shape)
{
    buf_string(svg->out, shape->closed ? "<polygon points=\"" : "<polyline points=\"");
    for (uint32_t i = 0; i < shape->point_count; i++) {
        if (i)
            buf_char(svg->out, ' ');
        buf_fixed(svg->out, shape->point[2 * i], 2);
        buf_char(svg->out, ',');
        buf_fixed(svg->out, shape->point[2 * i + 1], 2);
    }
    buf_char(svg->out, '"');
    paint(svg, shape);
    buf_string(svg->out, "/>");
}

static void
draw_text(struct svg *svg, const struct shape *shape)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    buf_string(svg->out, "<text");
    number(svg, "x", shape->x);
    number(svg, "y", shape->y);
    number(svg, "font-size", shape->size);
    if (shape->bold)
        buf_string(svg->out, " font-weight=\"bold\"");
    if (shape->anchor != ANCHOR_START)
        buf_printf(svg->out, " text-anchor=\"%s\"", anchors[shape->anchor]);
    buf_printf(svg->out, " class=\"f-%s\">", inks[shape->fill]);
    escape_text(svg->out, shape->text);
    buf_string(svg->out, "</text>");
}

static void
draw_shape(struct svg *svg, const struct shape *shape)
{
    struct buf *out = svg->out;
    switch (shape->kind) {
    case SHAPE_LINE:
        buf_string(out, "<line");
        number(svg, "x1", shape->x), number(svg, "y1", shape->y);
        number(svg, "x2", shape->x + shape->width), number(svg, "y2", shape->y + shape->height);
        break;
    case SHAPE_RECT:
        buf_string(out, "<rect");
        number(svg, "x", shape->x), number(svg, "y", shape->y);
        number(svg, "width", fmax(shape->width, 0)), number(svg, "height", fmax(shape->height, 0));
        if (shape->radius > 0)
            number(svg, "rx", shape->radius);
        break;
    case SHAPE_CIRCLE:
        buf_string(out, "<circle");
        number(svg, "cx", shape->x), number(svg, "cy", shape->y), number(svg, "r", shape->width);
        break;
    case SHAPE_PATH:
        draw_path(svg, shape);
        return;
    case SHAPE_TEXT:
        draw_text(svg, shape);
        return;
    }
    paint(svg, shape);
    buf_string(out, "/>");
}

/* One hatch pattern for each ink that is hatched. */
static void
define_hatches(struct svg *svg, const struct scene *scene)
{
    bool used[INK_COUNT] = {false};
    for (uint32_t i = 0; i < scene->count; i++) {
        const struct shape *shape = &scene->shape[i];
        if (shape->pattern != PATTERN_HATCH || shape->fill == INK_NONE || used[shape->fill])
            continue;
        used[shape->fill] = true;
        buf_printf(
            svg->out,
            "<pattern id=\"%s-h-%s\" width=\"3\" height=\"3\" patternUnits=\"userSpaceOnUse\" "
            "patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"3\" "
            "class=\"k-%s\" stroke-width=\"1.2\"/></pattern>",
            svg->id, inks[shape->fill], inks[shape->fill]);
    }
}

void
svg_write(const struct scene *scene, const char *id, const char *title, const char *description,
          struct buf *out)
{
    struct svg svg = {out, id};
    buf_string(out, "<svg role=\"img\" viewBox=\"0 0 ");
    buf_fixed(out, scene->width, 1);
    buf_char(out, ' ');
    buf_fixed(out, scene->height, 1);
    buf_printf(out, "\" aria-labelledby=\"%s-t %s-d\"><title id=\"%s-t\">", id, id, id);
    escape_text(out, title);
    buf_printf(out, "</title><desc id=\"%s-d\">", id);
    escape_text(out, description);
    buf_string(out, "</desc>");
    define_hatches(&svg, scene);
    for (uint32_t i = 0; i < scene->count; i++)
        draw_shape(&svg, &scene->shape[i]);
    buf_string(out, "</svg>");
}
