/* eml_mime: headers and parts as the bytes of a message, by GMime. */
#ifndef SEFPACK_WRITE_EML_MIME_H
#define SEFPACK_WRITE_EML_MIME_H

#include "buf.h"
#include "day.h"
#include "doc.h"

/* Everything is clean already: names and subject are one line each, addresses are ASCII. */
struct eml_message {
    const char *lang, *subject;
    struct doc_mailbox from, reply_to, to; /* an address of NULL: no such header */
    struct civil date;                     /* of which the Date is noon, UTC */
    const char *id;                        /* local part and domain, without <> */
    const char *boundary;                  /* [A-Za-z0-9_=]; the parts get a number behind it */
    const struct buf *text, *html;
    uint32_t attachment_count;
    const struct doc_attachment *attachment;
};

void
eml_mime_write(const struct eml_message *of, struct buf *out);

#endif
