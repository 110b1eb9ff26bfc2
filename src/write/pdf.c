#include "pdf.h"
struct write_result
pdf_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    (void)doc, (void)fonts, (void)out;
    return (struct write_result){.fault = "not yet"};
}
