/* Mail programs know the HTML of long ago: tables for layout, styles in the tags, no picture that
 * is not fetched. A bar is a row of coloured cells. */
#include "eml.h"

#include "eml_header.h"
#include "escape.h"
#include "template.h"

#include <math.h>

enum { LONGEST = 500, LONGEST_TITLE = 120 }; /* characters of one piece of text */

#define TABLE "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\""
#define INK "color:#1A1A1A"
#define SECONDARY "color:#4A4A4A"
#define MUTED "color:#6B6B6B"
#define BINDING "#B34F00" /* the ink of what binds, dark enough for small white letters */
#define HAVE_NOT "#C9D7E5"
#define GROUND "#EBEBEB"

static const double scale = 1.5; /* of the need, on the bars of the links */

static void
add_text(const struct doc *doc, struct buf *out, const char *text)
{
    escape_text(out, eml_line(doc->arena, text, LONGEST));
}

/* A paragraph of the style, nothing for empty text. */
static void
add_line(const struct doc *doc, struct buf *out, const char *style, const char *text)
{
    if (!text || !text[0])
        return;
    buf_printf(out, "<p style=\"margin:0;%s\">", style);
    add_text(doc, out, text);
    buf_string(out, "</p>\n");
}

static void
add_heading(const struct doc *doc, struct buf *out, const char *text)
{
    buf_string(out, "<h2 style=\"margin:0 0 8px 0;font-size:16px;line-height:21px;"
                    "font-weight:bold;" INK "\">");
    add_text(doc, out, text);
    buf_string(out, "</h2>\n");
}

static void
open_band(struct buf *out)
{
    buf_string(out, "<tr><td style=\"padding:18px 28px 0 28px\">\n");
}

static void
close_band(struct buf *out)
{
    buf_string(out, "</td></tr>\n");
}

/* One cell of a bar; `width` as HTML has it. */
static void
add_cell(struct buf *out, double percent, const char *colour)
{
    if (percent < 0.05)
        return;
    buf_string(out, "<td width=\"");
    buf_fixed(out, percent, 1);
    buf_printf(out,
               "%%\" height=\"9\" bgcolor=\"%s\" style=\"height:9px;font-size:0;line-height:0\">"
               "&nbsp;</td>",
               colour);
}

static void
add_mark(struct buf *out, const char *colour)
{
    buf_printf(out,
               "<td width=\"3\" height=\"9\" bgcolor=\"%s\" style=\"width:3px;height:9px;"
               "font-size:0;line-height:0\">&nbsp;</td>",
               colour);
}

/* What is there against the need, whose mark stands at one place in all bars. What would run on
 * beyond the end is cut, and a gap shows it. */
static void
add_link_bar(const struct doc *doc, struct buf *out, double share)
{
    double need = 100 / scale, have = 100 * fmin(share, scale) / scale;
    bool cut = share > scale;
    buf_string(out, TABLE " width=\"100%\" style=\"width:100%;table-layout:fixed\"><tr>");
    add_cell(out, fmin(have, need), doc->accent);
    add_cell(out, need - fmin(have, need), HAVE_NOT);
    add_mark(out, "#1A1A1A");
    add_cell(out, fmax(have - need, 0) - (cut ? 4 : 0), doc->accent);
    if (cut) {
        add_mark(out, "#FFFFFF");
        add_cell(out, 4, doc->accent);
    }
    add_cell(out, 100 - fmax(have, need), "#FFFFFF");
    buf_string(out, "</tr></table>\n");
}

static void
add_link(const struct doc *doc, struct buf *out, const struct doc_link *link)
{
    buf_string(out, TABLE " width=\"100%\" style=\"width:100%;margin-bottom:9px\"><tr>\n"
                          "<td style=\"font-size:13px;line-height:20px;" INK "\">");
    if (link->tag)
        buf_string(out, "<b>");
    add_text(doc, out, link->name);
    if (link->tag) {
        buf_string(out, "</b> <span style=\"background-color:" BINDING ";color:#FFFFFF;"
                        "font-size:11px;font-weight:bold;padding:1px 6px;white-space:nowrap\">");
        add_text(doc, out, link->tag);
        buf_string(out, "</span>");
    }
    buf_string(out, "</td>\n<td align=\"right\" style=\"text-align:right;font-size:13px;"
                    "line-height:20px;" SECONDARY "\">");
    add_text(doc, out, link->detail);
    buf_string(out, "</td></tr>\n<tr><td colspan=\"2\">");
    if (link->share >= 0)
        add_link_bar(doc, out, link->share);
    buf_string(out, "</td></tr></table>\n");
}

static void
add_links(const struct doc *doc, struct buf *out)
{
    if (doc->summary.link_count == 0)
        return;
    open_band(out);
    add_heading(doc, out, doc->mail.links);
    for (uint32_t i = 0; i < doc->summary.link_count; i++)
        add_link(doc, out, &doc->summary.link[i]);
    add_line(doc, out, "font-size:12px;line-height:17px;" MUTED, doc->mail.link_note);
    close_band(out);
}

static void
add_figure(const struct doc *doc, struct buf *out, uint32_t index)
{
    const struct doc_figure *figure = &doc->summary.figure[index];
    double share = doc->summary.figure_share ? doc->summary.figure_share[index] : -1;
    buf_printf(out,
               "<td width=\"50%%\" valign=\"top\" style=\"width:50%%;padding:10px %s 12px %s;"
               "border-top:1px solid #D9D9D9\">\n",
               index % 2 ? "0" : "14px", index % 2 ? "14px" : "0");
    add_line(doc, out, "font-size:13px;line-height:18px;" SECONDARY, figure->label);
    buf_string(out,
               "<p style=\"margin:0;font-size:22px;line-height:28px;font-weight:bold;" INK "\">");
    add_text(doc, out, figure->value);
    if (figure->unit) {
        buf_char(out, ' ');
        add_text(doc, out, figure->unit);
    }
    buf_string(out, "</p>\n");
    if (share >= 0 && share <= 1) {
        buf_string(out, TABLE " width=\"100%\" style=\"width:100%;table-layout:fixed;"
                              "margin:2px 0 4px 0\"><tr>");
        add_cell(out, 100 * share, doc->accent);
        add_cell(out, 100 - 100 * share, GROUND);
        buf_string(out, "</tr></table>\n");
    }
    add_line(doc, out, "font-size:12px;line-height:17px;" MUTED, figure->detail);
    buf_string(out, "</td>\n");
}

static void
add_figures(const struct doc *doc, struct buf *out)
{
    uint32_t count = doc->summary.figure_count;
    if (count == 0)
        return;
    open_band(out);
    add_heading(doc, out, doc->mail.figures);
    buf_string(out, TABLE " width=\"100%\" style=\"width:100%;table-layout:fixed\">\n");
    for (uint32_t i = 0; i < count; i += 2) {
        buf_string(out, "<tr>\n");
        add_figure(doc, out, i);
        if (i + 1 < count)
            add_figure(doc, out, i + 1);
        else
            buf_string(out,
                       "<td width=\"50%\" style=\"border-top:1px solid #D9D9D9\">&nbsp;</td>\n");
        buf_string(out, "</tr>\n");
    }
    buf_string(out, "</table>\n");
    add_line(doc, out, "font-size:12px;line-height:17px;" MUTED, doc->mail.figure_note);
    close_band(out);
}

/* A ground of its own with a bar at the side: the ask, and what must not be overlooked. */
static void
add_box(const struct doc *doc, struct buf *out, const char *bar, const char *title,
        const char *text)
{
    if (!text || !text[0])
        return;
    open_band(out);
    buf_printf(out,
               TABLE " width=\"100%%\" style=\"width:100%%\"><tr><td width=\"5\" bgcolor=\"%s\" "
                     "style=\"width:5px;font-size:0\">&nbsp;</td>\n"
                     "<td bgcolor=\"#F3F5F8\" style=\"padding:12px 16px;background-color:"
                     "#F3F5F8\">\n",
               bar);
    add_line(doc, out, "font-size:13px;line-height:18px;font-weight:bold;" SECONDARY, title);
    add_line(doc, out, "font-size:16px;line-height:23px;" INK, text);
    buf_string(out, "</td></tr></table>\n");
    close_band(out);
}

static void
add_banners(const struct doc *doc, struct buf *out)
{
    for (const struct block *block = doc->blocks; block; block = block->next)
        if (block->kind == BLOCK_BANNER)
            for (uint32_t r = 0; r < block->text.count; r++)
                add_box(doc, out, BINDING, NULL, block->text.run[r].text);
}

static void
add_sentences(const struct doc *doc, struct buf *out)
{
    for (uint32_t i = 0; i < doc->summary.sentence_count; i++)
        add_line(doc, out,
                 i == 0 ? "padding-bottom:8px;font-size:18px;line-height:25px;font-weight:bold;" INK
                        : "padding-bottom:8px;font-size:16px;line-height:23px;" INK,
                 doc->summary.sentence[i]);
}

static void
add_fact(const struct doc *doc, struct buf *out, const char *name, const char *text)
{
    if (!text || !text[0])
        return;
    buf_string(out, "<p style=\"margin:0 0 4px 0\">");
    if (name && name[0]) {
        buf_string(out, "<b style=\"" SECONDARY "\">");
        add_text(doc, out, name);
        buf_string(out, ":</b> ");
    }
    add_text(doc, out, text);
    buf_string(out, "</p>\n");
}

static void
add_facts(const struct doc *doc, struct buf *out)
{
    const struct doc_envelope *envelope = doc->envelope;
    for (uint32_t i = 0; i < envelope->attachment_count; i++)
        add_fact(doc, out, i ? NULL : doc->mail.attached, envelope->attachment[i].name);
    add_fact(doc, out, doc->mail.data, doc->summary.data_status);
    const char *answers =
        envelope->reply_to.address ? envelope->reply_to.address : envelope->from.address;
    add_fact(doc, out, doc->mail.answers, answers);
    const char *marks[] = {doc->classification, doc->footer, doc->mail.automatic};
    struct buf line = {0};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!marks[i] || !marks[i][0])
            continue;
        buf_string(&line, line.length ? " \xC2\xB7 " : "");
        buf_string(&line, marks[i]);
    }
    add_fact(doc, out, NULL, line.bytes);
    buf_free(&line);
}

static const char *
escaped(const struct doc *doc, const char *text, unsigned most)
{
    struct buf bytes = {0};
    escape_text(&bytes, eml_line(doc->arena, text, most));
    const char *copy = arena_copy(doc->arena, bytes.bytes ? bytes.bytes : "", bytes.length);
    buf_free(&bytes);
    return copy;
}

const char *
eml_html(const struct doc *doc, struct buf *out)
{
    static const char file[] = "mail.html";
    enum { BANNERS, SENTENCES, ASK, FIGURES, LINKS, FACTS, PARTS };
    struct buf part[PARTS] = {0}, frame = {0};
    add_banners(doc, &part[BANNERS]);
    add_sentences(doc, &part[SENTENCES]);
    add_box(doc, &part[ASK], doc->accent, doc->summary.ask_title, doc->summary.ask);
    add_figures(doc, &part[FIGURES]);
    add_links(doc, &part[LINKS]);
    add_facts(doc, &part[FACTS]);
    const struct template_slot slots[] = {{"lang", escaped(doc, doc->lang, LONGEST)},
                                          {"dir", doc->right_to_left ? "rtl" : "ltr"},
                                          {"title", escaped(doc, doc->title, LONGEST_TITLE)},
                                          {"preheader", escaped(doc, doc->mail.preheader, LONGEST)},
                                          {"accent", doc->accent},
                                          {"company", escaped(doc, doc->company, LONGEST)},
                                          {"subtitle", escaped(doc, doc->subtitle, LONGEST)},
                                          {"banners", part[BANNERS].bytes},
                                          {"sentences", part[SENTENCES].bytes},
                                          {"ask", part[ASK].bytes},
                                          {"figures", part[FIGURES].bytes},
                                          {"links", part[LINKS].bytes},
                                          {"facts", part[FACTS].bytes},
                                          {NULL, NULL}};
    const char *fault =
        template_read(doc->mail_templates, file, &frame)
            ? template_fill(doc->arena, file, buf_as_text(&frame), slots, out)
            : arena_printf(doc->arena, "%s: %s cannot be read", doc->mail_templates, file);
    for (int i = 0; i < PARTS; i++)
        buf_free(&part[i]);
    buf_free(&frame);
    return fault;
}
