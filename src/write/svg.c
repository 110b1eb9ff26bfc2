/* A scene as inline SVG, whose places do not turn with the direction of the page. Colours are
 * classes of the page's style sheet, so that dark mode and the theme reach them. A text says how
 * wide it was measured, so that a screen without the measured face cannot make neighbours overlap.
 */
#include "bidi.h"
#include "coordinate.h"
#include "escape.h"
#include "ink.h"
#include "write.h"

#include <math.h>

#define ISOLATE "\xE2\x81\xA8"
#define END_ISOLATE "\xE2\x81\xA9"

struct svg {
    struct buf *out;
    const char *id;
    const struct metrics *metrics;
};

static void
number(struct svg *svg, const char *name, double value)
{
    buf_char(svg->out, ' ');
    buf_string(svg->out, name);
    buf_string(svg->out, "=\"");
    coordinate_write(svg->out, value);
    buf_char(svg->out, '"');
}

static bool
is_hatched(const struct shape *shape)
{
    return shape->pattern == PATTERN_HATCH && shape->fill != INK_NONE;
}

static void
paint(struct svg *svg, const struct shape *shape)
{
    struct buf *out = svg->out;
    bool filled = shape->fill != INK_NONE && shape->pattern != PATTERN_NONE;
    if (is_hatched(shape))
        buf_printf(out, " fill=\"url(#%s-h-%s)\"", svg->id, ink_name(shape->fill));
    else if (!filled)
        buf_string(out, " fill=\"none\"");
    if ((filled && !is_hatched(shape)) || shape->stroke != INK_NONE) {
        buf_string(out, " class=\"");
        if (filled && !is_hatched(shape))
            buf_printf(out, "f-%s%s", ink_name(shape->fill), shape->stroke ? " " : "");
        if (shape->stroke != INK_NONE)
            buf_printf(out, "s-%s", ink_name(shape->stroke));
        buf_char(out, '"');
    }
    if (shape->stroke != INK_NONE && shape->stroke_width != 1)
        number(svg, "stroke-width", shape->stroke_width);
    if (shape->dash > 0)
        number(svg, "stroke-dasharray", shape->dash);
}

static void
draw_line(struct svg *svg, const struct shape *shape)
{
    buf_string(svg->out, "<line");
    number(svg, "x1", shape->x);
    number(svg, "y1", shape->y);
    number(svg, "x2", shape->x + shape->width);
    number(svg, "y2", shape->y + shape->height);
    paint(svg, shape);
    buf_string(svg->out, "/>");
}

static void
draw_rect(struct svg *svg, const struct shape *shape)
{
    buf_string(svg->out, "<rect");
    number(svg, "x", shape->x + fmin(shape->width, 0));
    number(svg, "y", shape->y + fmin(shape->height, 0));
    number(svg, "width", fabs(shape->width));
    number(svg, "height", fabs(shape->height));
    if (shape->radius > 0)
        number(svg, "rx", shape->radius);
    paint(svg, shape);
    buf_string(svg->out, "/>");
}

static void
draw_path(struct svg *svg, const struct shape *shape)
{
    buf_string(svg->out, shape->closed ? "<polygon points=\"" : "<polyline points=\"");
    for (uint32_t i = 0; i < 2 * shape->point_count; i++) {
        if (i)
            buf_char(svg->out, i % 2 ? ',' : ' ');
        coordinate_write(svg->out, shape->point[i]);
    }
    buf_char(svg->out, '"');
    paint(svg, shape);
    buf_string(svg->out, "/>");
}

static void
draw_circle(struct svg *svg, const struct shape *shape)
{
    buf_string(svg->out, "<circle");
    number(svg, "cx", shape->x);
    number(svg, "cy", shape->y);
    number(svg, "r", fmax(shape->width, 0));
    paint(svg, shape);
    buf_string(svg->out, "/>");
}

/* Latin, Greek and Cyrillic may be stretched a little; other scripts are left as they come. */
static bool
may_stretch(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0xD6 && (unsigned char)*text != 0xE2)
            return false;
    return true;
}

static void
draw_text(struct svg *svg, const struct shape *shape)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    struct buf *out = svg->out;
    buf_string(out, "<text");
    number(svg, "x", shape->x);
    number(svg, "y", shape->y);
    number(svg, "font-size", shape->size);
    if (svg->metrics && shape->text[0] && shape->text[1] && may_stretch(shape->text)) {
        number(svg, "textLength",
               svg->metrics->width(svg->metrics->context, shape->text, shape->size, shape->bold));
        buf_string(out, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    if (shape->bold)
        buf_string(out, " font-weight=\"bold\"");
    if (shape->anchor != ANCHOR_START)
        buf_printf(out, " text-anchor=\"%s\"", anchors[shape->anchor]);
    bool plain = bidi_is_plain(text_of(shape->text)); /* else its signs stay at its own ends */
    buf_printf(out, " class=\"f-%s\">%s", ink_name(shape->fill), plain ? "" : ISOLATE);
    escape_text(out, shape->text);
    buf_printf(out, "%s</text>", plain ? "" : END_ISOLATE);
}

static void (*const draw[])(struct svg *svg, const struct shape *shape) = {
    [SHAPE_LINE] = draw_line,     [SHAPE_RECT] = draw_rect, [SHAPE_PATH] = draw_path,
    [SHAPE_CIRCLE] = draw_circle, [SHAPE_TEXT] = draw_text,
};

/* One hatch for each ink that is hatched: 45 degrees, 3 points apart. */
static void
define_hatches(struct svg *svg, const struct scene *scene)
{
    bool used[INK_COUNT] = {false};
    for (uint32_t i = 0; i < scene->count; i++) {
        const struct shape *shape = &scene->shape[i];
        if (!is_hatched(shape) || used[shape->fill])
            continue;
        used[shape->fill] = true;
        buf_printf(svg->out,
                   "<pattern id=\"%s-h-%s\" width=\"3\" height=\"3\" "
                   "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                   "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"3\" class=\"s-%s\" "
                   "stroke-width=\"1.6\"/></pattern>",
                   svg->id, ink_name(shape->fill), ink_name(shape->fill));
    }
}

void
svg_write(const struct scene *scene, const char *id, const char *title, const char *description,
          struct buf *out)
{
    enum { NARROW = 300 /* points: fits a telephone as it is */ };
    struct svg svg = {out, id, scene->metrics};
    buf_printf(out,
               "<svg role=\"img\" direction=\"ltr\" class=\"%s\" aria-labelledby=\"%s-t %s-d\"",
               scene->width > NARROW ? "broad" : "small", id, id);
    number(&svg, "width", scene->width * 4 / 3);
    number(&svg, "height", scene->height * 4 / 3);
    buf_string(out, " viewBox=\"0 0 ");
    coordinate_write(out, scene->width);
    buf_char(out, ' ');
    coordinate_write(out, scene->height);
    buf_printf(out, "\"><title id=\"%s-t\">", id);
    escape_text(out, title);
    buf_printf(out, "</title><desc id=\"%s-d\">", id);
    escape_text(out, description);
    buf_string(out, "</desc>");
    define_hatches(&svg, scene);
    for (uint32_t i = 0; i < scene->count; i++)
        draw[scene->shape[i].kind](&svg, &scene->shape[i]);
    buf_string(out, "</svg>\n");
}
