#include "html.h"
#include "pdf.h"
#include "write.h"

static struct write_result
dump_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    (void)fonts;
    doc_dump(doc, out);
    return (struct write_result){0};
}

/* A writer is added by one row here. `format` is the bit of enum format in config.h. */
const struct writer writers[] = {
    {"html", "html", 1, html_write},
    {"pdf", "pdf", 2, pdf_write},
    {"dump", "txt", 8, dump_write},
    {0},
};
