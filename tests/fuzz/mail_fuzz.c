/* Any bytes as the names, sentences and addresses of a mail: the message keeps its shape. */
#include "address.h"
#include "eml.h"
#include "eml_header.h"
#include "fuzz.h"

#include <stdlib.h>

enum { PIECES = 6 };

/* The input in pieces, cut at bytes of 0xFF. */
static void
cut(struct arena *arena, const uint8_t *bytes, size_t size, const char *piece[PIECES])
{
    for (int p = 0; p < PIECES; p++) {
        const uint8_t *end = size ? memchr(bytes, 0xFF, size) : NULL;
        size_t length = end && p + 1 < PIECES ? (size_t)(end - bytes) : size;
        piece[p] = arena_copy(arena, length ? (const char *)bytes : "", length);
        bytes += length < size ? length + 1 : length;
        size -= length < size ? length + 1 : length;
    }
}

/* CRLF alone, ASCII, no line of a dot, headers once each and none of the piece's making. */
static void
check_message(const struct buf *out)
{
    static const char *const heads[] = {
        "From: ",       "Reply-To: ",       "To: ",           "Subject: ",      "Date: ",
        "Message-Id: ", "Auto-Submitted: ", "MIME-Version: ", "Content-Type: ", " "};
    bool header = true;
    for (size_t start = 0; start < out->length;) {
        const char *line = out->bytes + start, *end = strstr(line, "\r\n");
        CHECK(end != NULL);
        size_t length = (size_t)(end - line);
        header = header && length > 0;
        CHECK(length <= (header ? 998u : 78u));
        CHECK(!(length == 1 && *line == '.'));
        bool known = !header;
        for (size_t h = 0; h < sizeof heads / sizeof *heads && !known; h++)
            known = strncmp(line, heads[h], strlen(heads[h])) == 0;
        CHECK(known);
        for (size_t i = 0; i < length; i++)
            CHECK(line[i] != '\r' && line[i] != '\n' && (unsigned char)line[i] < 0x80);
        start += length + 2;
    }
    CHECK(!header && strlen(out->bytes) == out->length);
}

static void
write_mail(struct arena *arena, const char *const piece[PIECES])
{
    const char *sentences[] = {piece[2], piece[3]};
    struct doc_figure figure = {"m", piece[1], piece[2], NULL, piece[3]};
    struct doc_link link = {piece[4], piece[1], piece[5], 0.5};
    double share = 0.5;
    struct doc_attachment attachment = {eml_file_name(arena, piece[0], ".pdf"), "application/pdf",
                                        piece[5], strlen(piece[5])};
    struct doc_envelope envelope = {
        {piece[4], "ops@example.com"}, {NULL, NULL}, {piece[0], "ann@example.com"}, 1, &attachment};
    struct doc doc = {.arena = arena,
                      .lang = "en-GB",
                      .title = piece[0],
                      .subtitle = piece[1],
                      .company = piece[4],
                      .as_of_iso = "2026-09-30",
                      .accent = "#12436D",
                      .footer = piece[5],
                      .mail_templates = SOURCE_DIR "/templates",
                      .envelope = &envelope};
    doc.mail = (struct doc_mail_words){
        .subject = piece[0], .preheader = piece[2], .links = piece[1], .figures = piece[3]};
    doc.summary.sentence = sentences;
    doc.summary.sentence_count = 2;
    doc.summary.figure = &figure;
    doc.summary.figure_share = &share;
    doc.summary.figure_count = doc.summary.link_count = 1;
    doc.summary.link = &link;
    doc.summary.ask = piece[3];
    struct buf out = {NULL, 0, 0};
    CHECK(eml_write(&doc, NULL, &out).fault == NULL);
    check_message(&out);
    buf_free(&out);
}

static void
try_address(const char *text)
{
    struct text name, mailbox;
    if (!address_split(text, &name, &mailbox))
        return;
    CHECK(mailbox.length <= 318 && memchr(mailbox.bytes, '@', mailbox.length));
    for (uint32_t i = 0; i < mailbox.length; i++)
        CHECK((unsigned char)mailbox.bytes[i] > ' ' && (unsigned char)mailbox.bytes[i] < 0x7F &&
              !strchr("<>()[]:;,\\\"", mailbox.bytes[i]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    const char *piece[PIECES];
    cut(arena, bytes, size, piece);
    try_address(piece[0]);
    write_mail(arena, piece);
    arena_free(arena);
    return 0;
}
