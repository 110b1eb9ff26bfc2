/* smtp: one mail after the other to one server, by libcurl.
 *
 * smtps:// is TLS from the first byte. smtp:// must become TLS by STARTTLS unless the server is
 * this machine (localhost, 127.0.0.0/8, ::1) and `require_tls` is not set. Certificates are always
 * checked, against the system's or `ca_file`. */
#ifndef SEFPACK_PUBLISH_SMTP_H
#define SEFPACK_PUBLISH_SMTP_H

#include "text.h"

#include <stdbool.h>

struct smtp;

struct smtp_server {
    const char *url;             /* smtp://host:port, without user or path */
    const char *ca_file;         /* or NULL */
    const char *user, *password; /* or NULL: no log-in; read by smtp_open alone */
    const char *greeting;        /* the domain to greet with */
    bool require_tls;
};

enum smtp_outcome {
    SMTP_SENT,
    SMTP_REFUSED, /* for good: this mail, or its recipient */
    SMTP_LATER,   /* put off by the server, or not reached, or the connection broke before the end:
                     not delivered, worth another try */
    SMTP_UNSURE,  /* the connection broke when all was sent and nothing answered yet */
    SMTP_FORBIDDEN, /* log-in, certificate, no TLS: no mail will get through */
};

struct smtp_reply {
    enum smtp_outcome outcome;
    bool reached;   /* there was a conversation with the server */
    char text[300]; /* what was wrong: the server's words, or libcurl's */
};

/* NULL when libcurl cannot be started. The strings of `server` are copied. */
struct smtp *
smtp_open(const struct smtp_server *server);

/* `from` and `to` are mailboxes. A connection is kept for the next mail. A signal that ends the
 * program breaks a mail off as long as that means it is not delivered. */
struct smtp_reply
smtp_send(struct smtp *smtp, const char *from, const char *to, struct text mail);

void
smtp_close(struct smtp *smtp); /* NULL is allowed */

#endif
