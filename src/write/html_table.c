/* Runs of text and tables as HTML. */
#include "bidi.h"
#include "escape.h"
#include "html_blocks.h"

static void
raw(struct html *html, const char *markup)
{
    buf_string(html->out, markup);
}

void
html_id(struct html *html, const char *id)
{
    uint32_t known = symbols_count(html->ids);
    if (!id || !id[0] || symbols_intern(html->ids, text_of(id)) < known)
        return;
    raw(html, " id=\"");
    escape_id(html->out, id);
    raw(html, "\"");
}

void
html_mark(struct html *html, const char *id)
{
    if (symbols_find(html->ids, text_of(id)) != SYMBOL_NONE)
        return;
    raw(html, "<span class=\"mark\"");
    html_id(html, id);
    raw(html, "></span>");
}

void
html_element(struct html *html, const char *tag, const char *class, const char *text)
{
    if (!text || !text[0])
        return;
    raw(html, "<");
    raw(html, tag);
    if (class) {
        raw(html, " class=\"");
        raw(html, class);
        raw(html, "\"");
    }
    raw(html, ">");
    escape_text(html->out, text);
    raw(html, "</");
    raw(html, tag);
    raw(html, ">\n");
}

/* Opens the link of a run; false when there is none, or none that may be followed. */
static bool
open_link(struct html *html, const struct run *run)
{
    struct buf *out = html->out;
    size_t start = out->length;
    if (!run->anchor && !run->url)
        return false;
    raw(html, run->anchor ? "<a href=\"#" : "<a href=\"");
    if (run->anchor)
        escape_id(out, run->anchor);
    else if (!escape_url(out, run->url)) {
        out->length = start;
        return false;
    }
    raw(html, "\">");
    return true;
}

static void
write_run(struct html *html, const struct run *run)
{
    /* the signs at the ends of text of another direction stay with it */
    bool link = open_link(html, run),
         foreign = run->style & RUN_CRM || !bidi_is_plain(text_of(run->text));
    if (run->style & RUN_BOLD)
        raw(html, "<strong>");
    if (run->style & RUN_MUTED)
        raw(html, "<span class=\"muted\">");
    if (foreign)
        raw(html, "<bdi>");
    escape_text(html->out, run->text);
    if (foreign)
        raw(html, "</bdi>");
    if (run->style & RUN_MUTED)
        raw(html, "</span>");
    if (run->style & RUN_BOLD)
        raw(html, "</strong>");
    if (link)
        raw(html, "</a>");
}

void
html_runs(struct html *html, const struct runs *runs)
{
    for (uint32_t i = 0; i < runs->count; i++)
        write_run(html, &runs->run[i]);
}

static bool
is_empty(const struct runs *runs)
{
    for (uint32_t i = 0; i < runs->count; i++)
        if (runs->run[i].text && runs->run[i].text[0])
            return false;
    return true;
}

static const char *const alignments[] = {"", " class=\"end\"", " class=\"centre\""};

/* The first cell names its row, where it says something. */
static void
write_cell(struct html *html, const struct doc_table *table, const struct doc_row *row, uint32_t c)
{
    bool head = c == 0 && !is_empty(&row->cell[0]);
    raw(html, head ? "<th scope=\"row\"" : "<td");
    raw(html, alignments[table->column[c].align]);
    raw(html, ">");
    html_runs(html, &row->cell[c]);
    raw(html, head ? "</th>" : "</td>");
}

static void
write_row(struct html *html, const struct doc_table *table, const struct doc_row *row)
{
    static const char *const classes[] = {"<tr", "<tr class=\"group\"", "<tr class=\"total\""};
    raw(html, classes[row->role]);
    html_id(html, row->anchor);
    raw(html, ">");
    if (row->role == ROW_GROUP) {
        bool empty = is_empty(&row->cell[0]);
        buf_printf(html->out,
                   empty ? "<td colspan=\"%u\">" : "<th scope=\"rowgroup\" colspan=\"%u\">",
                   table->column_count);
        html_runs(html, &row->cell[0]);
        raw(html, empty ? "</td>" : "</th>");
    } else {
        for (uint32_t c = 0; c < table->column_count; c++)
            write_cell(html, table, row, c);
    }
    raw(html, "</tr>\n");
}

static void
write_head(struct html *html, const struct doc_table *table)
{
    raw(html, "<thead><tr>");
    for (uint32_t c = 0; c < table->column_count; c++) {
        const char *head = table->column[c].head;
        bool empty = !head || !head[0];
        raw(html, empty ? "<td" : "<th scope=\"col\"");
        raw(html, alignments[table->column[c].align]);
        raw(html, ">");
        escape_text(html->out, head);
        raw(html, empty ? "</td>" : "</th>");
    }
    raw(html, "</tr></thead>\n");
}

/* Many columns scroll on a narrow screen before they break their words. */
static void
open_table(struct html *html, const struct doc_table *table)
{
    enum { FEW = 4, SOME = 6 };
    const char *width = table->column_count > SOME  ? "wide"
                        : table->column_count > FEW ? "broad"
                                                    : "";
    raw(html, "\"><table");
    if (width[0] || table->small)
        buf_printf(html->out, " class=\"%s%s%s\"", width, width[0] && table->small ? " " : "",
                   table->small ? "small" : "");
    raw(html, ">\n");
    if (!table->caption || !table->caption[0])
        return;
    raw(html, "<caption>");
    html_element(html, "span", NULL, table->caption); /* stays in sight where the table scrolls */
    raw(html, "</caption>\n");
}

void
html_table(struct html *html, const struct doc_table *table)
{
    if (table->column_count == 0)
        return;
    enum { SHORT = 24 /* rows: stay on one page of paper */ };
    buf_printf(html->out, "<div class=\"scroll%s\" tabindex=\"0\" role=\"group\" aria-label=\"",
               table->row_count > SHORT ? " long" : "");
    escape_attribute(html->out, table->caption && table->caption[0] ? table->caption
                                                                    : html->doc->words.numbers);
    open_table(html, table);
    write_head(html, table);
    raw(html, "<tbody>\n");
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (r && table->row[r].role == ROW_GROUP) /* a group's head names a group of rows */
            raw(html, "</tbody>\n<tbody>\n");
        write_row(html, table, &table->row[r]);
    }
    raw(html, "</tbody></table></div>\n");
    html_element(html, "p", "note", table->note);
}
