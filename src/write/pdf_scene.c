/* A chart's shapes as paths. */
#include "pdf_content.h"

#include <math.h>

struct canvas { /* a chart on its page */
    struct pdf_content *content;
    float x, y, scale; /* of its upper left corner, from the page's lower left */
};

static void
operator(struct canvas *canvas, const char *name)
{
    buf_string(canvas->content->out, name);
    buf_char(canvas->content->out, '\n');
}

static void
points(struct canvas *canvas, const double *xy, uint32_t count, const char *name)
{
    float out[6];
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = canvas->x + (float)xy[2 * i] * canvas->scale;
        out[2 * i + 1] = canvas->y - (float)xy[2 * i + 1] * canvas->scale;
    }
    pdf_content_numbers(canvas->content, out, 2 * (int)count);
    operator(canvas, name);
}

static void
curve(struct canvas *canvas, double x1, double y1, double x2, double y2, double x3, double y3)
{
    points(canvas, (const double[]){x1, y1, x2, y2, x3, y3}, 3, "c");
}

static const double circle_part = 0.5522847498; /* of a radius: a quarter's control points */

static void
trace_line(struct canvas *canvas, const struct shape *shape)
{
    points(canvas, (const double[]){shape->x, shape->y}, 1, "m");
    points(canvas, (const double[]){shape->x + shape->width, shape->y + shape->height}, 1, "l");
}

static void
trace_rounded(struct canvas *canvas, double x, double y, double w, double h, double r)
{
    double k = r * (1 - circle_part);
    points(canvas, (const double[]){x + r, y}, 1, "m");
    points(canvas, (const double[]){x + w - r, y}, 1, "l");
    curve(canvas, x + w - k, y, x + w, y + k, x + w, y + r);
    points(canvas, (const double[]){x + w, y + h - r}, 1, "l");
    curve(canvas, x + w, y + h - k, x + w - k, y + h, x + w - r, y + h);
    points(canvas, (const double[]){x + r, y + h}, 1, "l");
    curve(canvas, x + k, y + h, x, y + h - k, x, y + h - r);
    points(canvas, (const double[]){x, y + r}, 1, "l");
    curve(canvas, x, y + k, x + k, y, x + r, y);
    operator(canvas, "h");
}

static void
trace_rect(struct canvas *canvas, const struct shape *shape)
{
    double x = shape->x + fmin(shape->width, 0), y = shape->y + fmin(shape->height, 0);
    double w = fabs(shape->width), h = fabs(shape->height);
    double radius = fmin(shape->radius, fmin(w, h) / 2);
    if (radius > 0) {
        trace_rounded(canvas, x, y, w, h, radius);
        return;
    }
    const float box[] = {canvas->x + (float)x * canvas->scale,
                         canvas->y - (float)(y + h) * canvas->scale, (float)w * canvas->scale,
                         (float)h * canvas->scale};
    pdf_content_numbers(canvas->content, box, 4);
    operator(canvas, "re");
}

static void
trace_path(struct canvas *canvas, const struct shape *shape)
{
    for (uint32_t i = 0; i < shape->point_count; i++)
        points(canvas, shape->point + 2 * (size_t)i, 1, i ? "l" : "m");
    if (shape->closed && shape->point_count)
        operator(canvas, "h");
}

static void
trace_circle(struct canvas *canvas, const struct shape *shape)
{
    double x = shape->x, y = shape->y, r = shape->width, k = r * circle_part;
    points(canvas, (const double[]){x + r, y}, 1, "m");
    curve(canvas, x + r, y + k, x + k, y + r, x, y + r);
    curve(canvas, x - k, y + r, x - r, y + k, x - r, y);
    curve(canvas, x - r, y - k, x - k, y - r, x, y - r);
    curve(canvas, x + k, y - r, x + r, y - k, x + r, y);
    operator(canvas, "h");
}

static void (*const trace[])(struct canvas *canvas, const struct shape *shape) = {
    [SHAPE_LINE] = trace_line,
    [SHAPE_RECT] = trace_rect,
    [SHAPE_PATH] = trace_path,
    [SHAPE_CIRCLE] = trace_circle,
};

/* The smallest upright box around a shape. */
static void
bounds(const struct shape *shape, double *left, double *top, double *right, double *low)
{
    double radius = shape->kind == SHAPE_CIRCLE ? shape->width : 0;
    *left = fmin(shape->x, shape->x + shape->width) - radius;
    *right = fmax(shape->x, shape->x + shape->width) + radius;
    *top = fmin(shape->y, shape->y + shape->height) - radius;
    *low = fmax(shape->y, shape->y + shape->height) + radius;
    for (uint32_t i = 0; shape->kind == SHAPE_PATH && i < shape->point_count; i++) {
        const double *point = shape->point + 2 * (size_t)i;
        *left = i ? fmin(*left, point[0]) : point[0];
        *right = i ? fmax(*right, point[0]) : point[0];
        *top = i ? fmin(*top, point[1]) : point[1];
        *low = i ? fmax(*low, point[1]) : point[1];
    }
}

/* Slanting lines, cut to the shape: there are no patterns in libharu 2.3. */
static void
hatch(struct canvas *canvas, const struct shape *shape)
{
    enum { PITCH = 3, MOST = 2000 };
    struct pdf_content *content = canvas->content;
    double left, top, right, low, step = PITCH * sqrt(2);
    bounds(shape, &left, &top, &right, &low);
    double height = low - top;
    operator(canvas, "q");
    trace[shape->kind](canvas, shape);
    operator(canvas, "W n");
    struct pdf_content before = *content;
    pdf_content_stroke(content, shape->fill, 1.2f * canvas->scale, 0);
    double x = floor((left - height) / step) * step;
    for (int i = 0; x < right && i < MOST; x += step, i++) {
        points(canvas, (const double[]){x, low}, 1, "m");
        points(canvas, (const double[]){x + height, top}, 1, "l");
    }
    operator(canvas, "S");
    operator(canvas, "Q");
    content->now = before.now;
}

static void
draw_shape(struct canvas *canvas, const struct shape *shape)
{
    struct pdf_content *content = canvas->content;
    bool hatched = shape->fill != INK_NONE && shape->pattern == PATTERN_HATCH;
    bool filled =
        shape->fill != INK_NONE && shape->pattern == PATTERN_SOLID && shape->kind != SHAPE_LINE;
    bool stroked = shape->stroke != INK_NONE && shape->stroke_width > 0;
    if (hatched)
        hatch(canvas, shape);
    if (!filled && !stroked)
        return;
    if (filled)
        pdf_content_fill(content, shape->fill);
    if (stroked)
        pdf_content_stroke(content, shape->stroke, (float)shape->stroke_width * canvas->scale,
                           (float)shape->dash * canvas->scale);
    trace[shape->kind](canvas, shape);
    operator(canvas, filled &&stroked ? "B" : filled ? "f" : "S");
}

void
pdf_content_scene(struct pdf_content *content, const struct item *item)
{
    struct canvas canvas = {content, item->x, content->height - item->y, item->scale};
    for (uint32_t i = 0; i < item->scene->count; i++) {
        const struct shape *shape = &item->scene->shape[i];
        if (shape->kind != SHAPE_TEXT && (shape->kind != SHAPE_PATH || shape->point_count))
            draw_shape(&canvas, shape);
    }
}
