#include "smtp.h"

#include "interruption.h"
#include "memory.h"

#include <curl/curl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_SECONDS = 30, ANSWER_SECONDS = 120, MAIL_SECONDS = 600 };

struct smtp {
    CURL *curl;
    char error[CURL_ERROR_SIZE];
    struct text mail;
    size_t at;
    bool ended;       /* all bytes are on their way: what is left is the end and the answer */
    char answer[200]; /* the last line of the server's that says no */
};

static size_t
read_mail(char *room, size_t size, size_t count, void *context)
{
    struct smtp *smtp = context;
    size_t left = smtp->mail.length - smtp->at;
    size_t length = size * count < left ? size * count : left;
    memcpy(room, smtp->mail.bytes + smtp->at, length);
    smtp->at += length;
    smtp->ended = length == 0;
    return length;
}

/* Of all that is said, the server's last refusal is kept; the rest, with the log-in in it, is not
 * looked at. */
static int
listen_to(CURL *curl, curl_infotype type, char *bytes, size_t length, void *context)
{
    struct smtp *smtp = context;
    (void)curl;
    if (type == CURLINFO_HEADER_IN && length > 3 && (bytes[0] == '4' || bytes[0] == '5')) {
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r'))
            length--;
        snprintf(smtp->answer, sizeof smtp->answer, "%.*s", (int)length, bytes);
    }
    return 0;
}

static int
look_up(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct smtp *smtp = context;
    (void)a, (void)b, (void)c, (void)d;
    return interruption_asked() && !smtp->ended;
}

static bool
is_loopback(const char *url)
{
    const char *host = strstr(url, "://") + 3;
    size_t length = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
    struct text name = {host, (uint32_t)length};
    return text_equal_nocase(name, TEXT("localhost")) || text_equal(name, TEXT("[::1]")) ||
           (length > 4 && memcmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == length);
}

static void
set_encryption(CURL *curl, const struct smtp_server *server)
{
    bool must = server->require_tls || !is_loopback(server->url);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, must ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (server->ca_file) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
        curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    }
}

static void
set_limits(CURL *curl)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)ANSWER_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)MAIL_SECONDS);
}

static void
set_callbacks(struct smtp *smtp)
{
    CURL *curl = smtp->curl;
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, smtp->error);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_mail);
    curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_to);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, smtp);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, smtp);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

struct smtp *
smtp_open(const struct smtp_server *server)
{
    struct smtp *smtp = memory_new(1, sizeof *smtp);
    char url[600];
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
        smtp->curl = curl_easy_init();
    if (!smtp->curl) {
        free(smtp);
        return NULL;
    }
    snprintf(url, sizeof url, "%s/%s", server->url, server->greeting);
    curl_easy_setopt(smtp->curl, CURLOPT_URL, url);
    set_limits(smtp->curl);
    set_encryption(smtp->curl, server);
    set_callbacks(smtp);
    if (server->user && server->password) {
        curl_easy_setopt(smtp->curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, server->password);
    }
    return smtp;
}

static bool
is_about_trust(CURLcode code)
{
    static const CURLcode codes[] = {CURLE_LOGIN_DENIED,       CURLE_PEER_FAILED_VERIFICATION,
                                     CURLE_SSL_CACERT_BADFILE, CURLE_USE_SSL_FAILED,
                                     CURLE_AUTH_ERROR,         CURLE_SSL_CERTPROBLEM,
                                     CURLE_SSL_ISSUER_ERROR};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (code == codes[i])
            return true;
    return false;
}

/* The server's own word goes before what libcurl makes of it; without one it counts how far the
 * mail had come. */
static enum smtp_outcome
judge(const struct smtp *smtp, CURLcode code)
{
    bool for_now = smtp->answer[0] == '4', for_good = smtp->answer[0] == '5';
    if (code == CURLE_OK)
        return SMTP_SENT;
    if (is_about_trust(code))
        return for_now ? SMTP_LATER : SMTP_FORBIDDEN;
    if (for_good)
        return SMTP_REFUSED;
    return smtp->ended && !for_now ? SMTP_UNSURE : SMTP_LATER;
}

struct smtp_reply
smtp_send(struct smtp *smtp, const char *from, const char *to, struct text mail)
{
    struct smtp_reply reply = {0};
    long said = 0;
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    if (!recipients)
        memory_exhausted(strlen(to));
    smtp->mail = mail;
    smtp->at = 0;
    smtp->ended = false;
    smtp->error[0] = smtp->answer[0] = '\0';
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients);
    CURLcode code = curl_easy_perform(smtp->curl);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
    curl_easy_getinfo(smtp->curl, CURLINFO_RESPONSE_CODE, &said);
    reply.outcome = judge(smtp, code);
    reply.reached = said > 0 && code != CURLE_SSL_CONNECT_ERROR;
    if (code != CURLE_OK)
        snprintf(reply.text, sizeof reply.text, "%s",
                 smtp->answer[0]  ? smtp->answer
                 : smtp->error[0] ? smtp->error
                                  : curl_easy_strerror(code));
    return reply;
}

void
smtp_close(struct smtp *smtp)
{
    if (!smtp)
        return;
    curl_easy_cleanup(smtp->curl);
    curl_global_cleanup();
    free(smtp);
}
