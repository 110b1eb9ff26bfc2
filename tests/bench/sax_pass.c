/* sax_pass FILE: libxml2's own SAX2 push parse of a file, with handlers that only count: what any
 * reader on that library pays. */
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

enum { PIECE = 256 * 1024 };

struct counts {
    unsigned long long elements, characters;
};

static void
start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
      int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted,
      const xmlChar **attributes)
{
    struct counts *counts = context;
    (void)name, (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
    (void)attribute_count, (void)defaulted, (void)attributes;
    counts->elements++;
}

static void
characters(void *context, const xmlChar *bytes, int length)
{
    struct counts *counts = context;
    (void)bytes;
    counts->characters += (unsigned)length;
}

int
main(int count, char **words)
{
    static char piece[PIECE];
    struct counts counts = {0, 0};
    xmlSAXHandler handler;
    FILE *file = count > 1 ? fopen(words[1], "rb") : NULL;
    if (!file)
        return 1;
    memset(&handler, 0, sizeof handler);
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = start;
    handler.characters = characters;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, &counts, NULL, 0, words[1]);
    int failed = !parser;
    for (size_t got; !failed && (got = fread(piece, 1, sizeof piece, file)) > 0;)
        failed = xmlParseChunk(parser, piece, (int)got, 0);
    failed = failed || xmlParseChunk(parser, piece, 0, 1);
    printf("%llu elements, %llu bytes of text\n", counts.elements, counts.characters);
    xmlFreeParserCtxt(parser);
    fclose(file);
    return failed != 0;
}
