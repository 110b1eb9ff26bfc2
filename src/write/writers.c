#include "eml.h"
#include "html.h"
#include "pdf.h"
#include "picture.h"
#include "write.h"

/* The bits are those of the config's `formats`. */
enum { HTML = 1, PDF = 2, EML = 4, DUMP = 8 };

static struct write_result
dump_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    (void)fonts;
    doc_dump(doc, out);
    return (struct write_result){0};
}

const char *
write_check_logo(const char *path)
{
    struct arena *arena = arena_new();
    struct picture logo;
    const char *fault = picture_read(arena, path, &logo); /* its words are no part of the arena */
    arena_free(arena);
    return fault;
}

const struct writer writers[] = {
    {"html", "html", HTML, html_write},
    {"pdf", "pdf", PDF, pdf_write},
    {"eml", "eml", EML, eml_write},
    {"dump", "txt", DUMP, dump_write},
    {NULL, NULL, 0, NULL},
};
