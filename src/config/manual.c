#include "manual.h"

#include "reference.h"

#include <stdbool.h>

/* Text as roff: `code` in bold, and nothing that roff would take for its own. */
static void
write_text(struct buf *out, const char *text)
{
    bool bold = false, line_start = true;
    for (; *text; text++) {
        if (*text == '`') {
            bold = !bold;
            buf_string(out, bold ? "\\fB" : "\\fR");
        } else if (*text == '\\') {
            buf_string(out, "\\e");
        } else if (*text == '-') {
            buf_string(out, "\\-");
        } else {
            if (line_start && (*text == '.' || *text == '\''))
                buf_string(out, "\\&");
            buf_char(out, *text);
        }
        line_start = *text == '\n';
    }
}

static void
heading(struct buf *out, int level, const char *text)
{
    buf_string(out, level > 2 ? ".SS " : ".SH ");
    for (; *text; text++)
        buf_char(out, level > 2 || *text < 'a' || *text > 'z' ? *text : (char)(*text - 'a' + 'A'));
    buf_char(out, '\n');
}

static void
paragraph(struct buf *out, const char *text)
{
    buf_string(out, ".PP\n");
    write_text(out, text);
    buf_char(out, '\n');
}

static void
example(struct buf *out, const char *lines)
{
    buf_string(out, ".PP\n.in +2\n.nf\n");
    write_text(out, lines);
    buf_string(out, ".fi\n.in\n");
}

static void
open(struct buf *out)
{
    (void)out;
}

static void
row(struct buf *out, const char *key, const char *value, const char *fallback, const char *what)
{
    buf_string(out, ".TP\n.B ");
    write_text(out, key);
    buf_char(out, '\n');
    write_text(out, what);
    buf_string(out, ".\n");
    if (value && *value) {
        write_text(out, value);
        buf_string(out, fallback && *fallback ? "; " : ".\n");
    }
    if (fallback && *fallback) {
        write_text(out, fallback[0] == '`' ? "default " : "");
        write_text(out, fallback);
        buf_string(out, ".\n");
    }
}

static void
close(struct buf *out)
{
    (void)out;
}

void
manual_write(struct buf *out)
{
    static const struct sheet roff = {heading, paragraph, example, open, row, close};
    buf_string(out, ".\\\" Written by `sefpack reference manual` from the table of keys.\n"
                    ".TH SEFPACK\\-CONFIG 5 \"\" sefpack \"File formats\"\n"
                    ".SH NAME\nsefpack\\-config \\- the config file of sefpack\n"
                    ".SH DESCRIPTION\n");
    reference_body(&roff, out);
    buf_string(out, ".SH SEE ALSO\n.BR sefpack (1)\n");
}
