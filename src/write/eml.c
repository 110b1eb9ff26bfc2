#include "eml.h"

#include "address.h"
#include "day.h"
#include "eml_header.h"
#include "eml_mime.h"
#include "sha256.h"

enum { LARGEST_HTML = 90000 };

static struct doc_mailbox
clean_mailbox(struct arena *arena, struct doc_mailbox mailbox)
{
    return (struct doc_mailbox){eml_header(arena, mailbox.name, EML_LONGEST_NAME), mailbox.address};
}

static void
hash_string(struct sha256 *sha, const char *text)
{
    sha256_add(sha, text ? text : "", text ? strlen(text) + 1 : 1);
}

/* Of everything that makes the message: another byte anywhere, another id. */
static void
hash_message(const struct eml_message *message, const char *as_of, char hex[65])
{
    struct sha256 *sha = sha256_new();
    const struct doc_mailbox boxes[] = {message->from, message->reply_to, message->to};
    hash_string(sha, as_of);
    hash_string(sha, message->lang);
    hash_string(sha, message->subject);
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        hash_string(sha, boxes[i].name);
        hash_string(sha, boxes[i].address);
    }
    hash_string(sha, message->text->bytes);
    hash_string(sha, message->html->bytes);
    for (uint32_t i = 0; i < message->attachment_count; i++) {
        hash_string(sha, message->attachment[i].name);
        sha256_add(sha, message->attachment[i].bytes, message->attachment[i].length);
    }
    sha256_finish(sha, hex);
}

static void
write_message(const struct doc *doc, const struct buf *text, const struct buf *html,
              struct buf *out)
{
    const struct doc_envelope *envelope = doc->envelope;
    char hex[65];
    struct eml_message message = {
        .lang = doc->lang,
        .subject = eml_header(doc->arena, doc->mail.subject, EML_LONGEST_SUBJECT),
        .from = clean_mailbox(doc->arena, envelope->from),
        .reply_to = clean_mailbox(doc->arena, envelope->reply_to),
        .to = clean_mailbox(doc->arena, envelope->to),
        .text = text,
        .html = html,
        .attachment_count = envelope->attachment_count,
        .attachment = envelope->attachment};
    message.date = day_to_civil(day_from_iso(doc->as_of_iso, 10));
    hash_message(&message, doc->as_of_iso, hex);
    struct text domain = address_domain(text_of(message.from.address));
    message.id = arena_printf(doc->arena, "%.32s@%.*s", hex, (int)domain.length, domain.bytes);
    message.boundary = arena_printf(doc->arena, "=_sefpack_%.24s", hex + 32);
    eml_mime_write(&message, out);
}

struct write_result
eml_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    struct write_result result = {0};
    struct buf text = {0}, html = {0};
    (void)fonts;
    if (!doc->envelope || !doc->envelope->from.address)
        result.fault = "a mail without a sender";
    else
        result.fault = eml_html(doc, &html);
    if (!result.fault && html.length > LARGEST_HTML)
        result.fault = arena_printf(doc->arena, "the HTML part has %zu bytes, more than %d",
                                    html.length, LARGEST_HTML);
    if (!result.fault) {
        eml_text(doc, &text);
        write_message(doc, &text, &html, out);
    }
    buf_free(&text);
    buf_free(&html);
    return result;
}
