#include "mailing.h"

#include "address.h"
#include "addressee.h"
#include "arena.h"
#include "config.h"
#include "csv.h"
#include "dataset.h"
#include "eml_header.h"
#include "json.h"
#include "memory.h"
#include "packing.h"
#include "publish.h"
#include "recipients.h"
#include "run.h"
#include "scope_name.h"
#include "write.h"

#include <errno.h>
#include <stdlib.h>

enum fault { GOES, NO_ADDRESS, MALFORMED, OUTSIDE, TOO_LARGE, FAULTS };

static const struct {
    const char *id, *what, *hint;
} faults[FAULTS] = {
    [NO_ADDRESS] = {"mail.no_address", "no address is known for its pack",
                    "an `email` in sellers or teams, or a row of mail.recipients"},
    [MALFORMED] = {"mail.malformed", "its pack would go to what is no mail address", NULL},
    [OUTSIDE] = {"mail.outside", "its pack would go outside the allowed domains",
                 "mail.allow lists them"},
    [TOO_LARGE] = {"mail.too_large", "its mail is larger than attachment_limit",
                   "`none` in the formats of mail.recipients sends it without the PDF"},
};

struct mail {
    uint32_t scope, pack;
    const char *name, *address; /* the address NULL: none */
    const char *language;       /* NULL: the pack's own */
    unsigned attach;            /* FORMAT_PDF, FORMAT_HTML */
    const char *path, *aside;   /* where it goes, and where when it cannot go out */
    enum fault fault;
};

struct mailing {
    struct arena *arena;
    size_t capacity;
    uint32_t count;
    struct mail *mail;
};

struct mailing *
mailing_new(void)
{
    struct mailing *mailing = memory_new(1, sizeof *mailing);
    mailing->arena = arena_new();
    return mailing;
}

void
mailing_free(struct mailing *mailing)
{
    if (!mailing)
        return;
    arena_free(mailing->arena);
    free(mailing->mail);
    free(mailing);
}

static enum fault
judge(const struct config *config, struct text address)
{
    if (address.length == 0)
        return NO_ADDRESS;
    if (!address_is_mailbox(address))
        return MALFORMED;
    for (uint32_t i = 0; i < config->mail.allow.count; i++)
        if (text_equal_nocase(address_domain(address), text_of(config->mail.allow.string[i])))
            return GOES;
    return OUTSIDE;
}

static void
add_mail(struct mailing *mailing, const struct batch *batch, struct mail mail, struct text address,
         const char *path)
{
    mail.fault = judge(batch->config, address);
    mail.address =
        address.length ? arena_copy(mailing->arena, address.bytes, address.length) : NULL;
    mail.path = path;
    mail.aside = arena_printf(mailing->arena, "undelivered/%s", path);
    memory_grow(&mailing->mail, &mailing->capacity, mailing->count + 1u, sizeof *mailing->mail);
    mailing->mail[mailing->count++] = mail;
}

void
mailing_plan(struct mailing *mailing, const struct batch *batch, uint32_t scope, uint32_t pack,
             const char *folder, const char *name)
{
    const struct config *config = batch->config;
    const struct recipients *recipients = batch->recipients;
    unsigned usual = FORMAT_PDF | (config->mail.attach_html ? FORMAT_HTML : 0u);
    uint32_t found = 0;
    for (uint32_t r = 0; r < recipients->count; r++) {
        const struct recipient *row = &recipients->row[r];
        if (row->scope != scope)
            continue;
        const char *path = found++
                               ? arena_printf(mailing->arena, "%s/%s.%u.eml", folder, name, found)
                               : arena_printf(mailing->arena, "%s/%s.eml", folder, name);
        add_mail(mailing, batch,
                 (struct mail){.scope = scope,
                               .pack = pack,
                               .language = row->language,
                               .attach = row->has_formats ? row->formats : usual},
                 text_of(row->address), path);
    }
    if (found)
        return;
    struct addressee to = {0};
    if (strcmp(config->mail.to, "file") != 0)
        to = addressee_of(batch->dataset, scope, strcmp(config->mail.to, "seller") == 0);
    add_mail(mailing, batch,
             (struct mail){.scope = scope,
                           .pack = pack,
                           .name = arena_copy(mailing->arena, to.name.length ? to.name.bytes : "",
                                              to.name.length),
                           .attach = usual},
             to.address, arena_printf(mailing->arena, "%s/%s.eml", folder, name));
}

void
mailing_readers(const struct batch *batch, uint32_t scope, uint32_t pack, struct buf *out)
{
    enum { NAMED = 3 }; /* before the rest is left to an ellipsis */
    const struct config *config = batch->config;
    uint32_t found = 0;
    if (!(config->pack[pack].formats & FORMAT_EML))
        return;
    for (uint32_t r = 0; r < batch->recipients->count && found <= NAMED; r++) {
        const struct recipient *row = &batch->recipients->row[r];
        if (row->scope != scope)
            continue;
        buf_string(out, found ? ", " : "");
        buf_string(out, found++ < NAMED ? row->address : "\xE2\x80\xA6");
    }
    if (found || strcmp(config->mail.to, "file") == 0)
        return;
    struct addressee to =
        addressee_of(batch->dataset, scope, strcmp(config->mail.to, "seller") == 0);
    if (to.address.length)
        buf_text(out, to.name);
}

static const struct writer *
writer_of(unsigned format)
{
    const struct writer *writer = writers;
    while (writer->format != format)
        writer++;
    return writer;
}

/* The files that go along, made by their writers or taken from what was made already. */
static const char *
attach(const struct mail *mail, const struct batch *batch, const struct doc *doc,
       const struct made *made, struct buf bytes[2], struct doc_attachment attachment[2],
       uint32_t *count)
{
    static const struct {
        unsigned format;
        const char *extension, *type;
    } kinds[2] = {{FORMAT_PDF, ".pdf", "application/pdf"},
                  {FORMAT_HTML, ".html", "text/html; charset=utf-8"}};
    for (size_t k = 0; k < 2; k++) {
        if (!(mail->attach & kinds[k].format))
            continue;
        const struct buf *file = k == 0 ? &made->pdf : &made->html;
        if (mail->language || file->length == 0) {
            struct write_result written =
                writer_of(kinds[k].format)->write(doc, batch->fonts, &bytes[k]);
            if (written.fault)
                return written.fault;
            file = &bytes[k];
        }
        attachment[(*count)++] =
            (struct doc_attachment){eml_file_name(doc->arena, doc->title, kinds[k].extension),
                                    kinds[k].type, file->bytes, file->length};
    }
    return NULL;
}

static struct doc_mailbox
mailbox_of(struct arena *arena, const char *configured)
{
    struct text name, mailbox;
    if (!configured || !address_split(configured, &name, &mailbox))
        return (struct doc_mailbox){0};
    return (struct doc_mailbox){arena_copy(arena, name.length ? name.bytes : "", name.length),
                                arena_copy(arena, mailbox.bytes, mailbox.length)};
}

static const char *
compose(const struct mail *mail, const struct batch *batch, struct doc *doc,
        const struct made *made, struct buf *out)
{
    struct buf bytes[2] = {0};
    struct doc_attachment attachment[2];
    struct doc_envelope envelope = {
        .from = mailbox_of(doc->arena, batch->config->mail.from),
        .reply_to = mailbox_of(doc->arena, batch->config->mail.reply_to),
        .to = {mail->name, mail->fault == MALFORMED ? NULL : mail->address},
        .attachment = attachment};
    const char *fault =
        attach(mail, batch, doc, made, bytes, attachment, &envelope.attachment_count);
    doc->envelope = &envelope;
    if (!fault)
        fault = writer_of(FORMAT_EML)->write(doc, batch->fonts, out).fault;
    doc->envelope = NULL;
    for (int i = 0; i < 2; i++)
        buf_free(&bytes[i]);
    return fault;
}

static void
write_mail(const struct mail *mail, const struct batch *batch, struct doc *doc,
           const struct made *made, struct job_report *report)
{
    struct buf out = {0};
    const char *fault = compose(mail, batch, doc, made, &out);
    bool goes = mail->fault == GOES && out.length <= (size_t)batch->config->mail.attachment_limit;
    const char *path = goes ? mail->path : mail->aside;
    if (!fault && !publication_write_private(batch->publication, path, buf_as_text(&out)))
        fault = strerror(errno);
    if (fault) {
        report->state = JOB_FAILED;
        snprintf(report->fault, sizeof report->fault, "%.90s: %.100s", path, fault);
    }
    buf_free(&out);
}

void
mailing_write(const struct mailing *mailing, const struct batch *batch, uint32_t scope,
              uint32_t pack, struct doc *doc, const struct made *made, struct job_report *report)
{
    for (uint32_t m = 0; m < mailing->count && report->state == JOB_DONE; m++) {
        const struct mail *mail = &mailing->mail[m];
        if (mail->scope != scope || mail->pack != pack)
            continue;
        if (!mail->language) {
            write_mail(mail, batch, doc, made, report);
            continue;
        }
        struct doc *other = packing_doc(batch, scope, pack, mail->language);
        write_mail(mail, batch, other, made, report);
        arena_free(other->arena);
    }
}

static void
report_fault(const struct batch *batch, const struct mail *mail)
{
    struct scope_name name = scope_name_of(batch->dataset, batch->config, mail->scope);
    diag_report(batch->diag, SEVERITY_ERROR, EXIT_DELIVERY, faults[mail->fault].id,
                (struct place){mail->aside, 0, 0}, "%s %.*s (%.*s): %s%s%s", name.kind,
                (int)name.id.length, name.id.bytes, (int)name.name.length, name.name.bytes,
                faults[mail->fault].what, mail->address ? ": " : "",
                mail->address ? mail->address : "");
}

static void
list_fault(const struct batch *batch, const struct mail *mail, struct csv *csv)
{
    struct scope_name name = scope_name_of(batch->dataset, batch->config, mail->scope);
    csv_plain(csv, name.kind);
    csv_text(csv, name.id);
    csv_text(csv, name.name);
    csv_text(csv, text_of(mail->address));
    csv_text(csv, text_of(faults[mail->fault].what));
    csv_text(csv, text_of(mail->aside));
    csv_end(csv);
}

bool
mailing_settle(struct mailing *mailing, const struct batch *batch,
               bool (*failed)(const void *context, uint32_t scope), const void *context)
{
    static const char *const heads[] = {"kind", "scope", "name", "address", "reason", "file"};
    struct buf list = {0};
    struct csv csv = {.out = &list};
    uint32_t kept = 0, aside = 0, told = 0;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        csv_plain(&csv, heads[i]);
    csv_end(&csv);
    for (uint32_t m = 0; m < mailing->count; m++) {
        struct mail mail = mailing->mail[m];
        if (failed(context, mail.scope))
            continue;
        if (mail.fault == GOES && !publication_holds(batch->publication, mail.path))
            mail.fault = TOO_LARGE;
        if (mail.fault != GOES) {
            report_fault(batch, &mail);
            if (faults[mail.fault].hint && !(told & 1u << mail.fault))
                diag_hint(batch->diag, "%s", faults[mail.fault].hint);
            told |= 1u << mail.fault;
            list_fault(batch, &mail, &csv);
            aside++;
        }
        mailing->mail[kept++] = mail;
    }
    mailing->count = kept;
    bool written =
        aside == 0 || publication_write_private(batch->publication, "undelivered/reasons.csv",
                                                buf_as_text(&list));
    buf_free(&list);
    return written;
}

static void
write_string(struct json *json, const char *key, const char *value)
{
    if (!value)
        return;
    json_key(json, key);
    json_string(json, value);
}

static void
write_number(struct json *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_int(json, value);
}

/* How the mails are to be delivered, but for secrets and places on a disk: of a file there stands
 * only that there is one. */
static void
write_delivery(const struct config *config, struct json *json)
{
    json_key(json, "delivery"), json_open(json, '{');
    write_string(json, "from", config->mail.from);
    write_string(json, "smtp", config->mail.smtp);
    write_string(json, "tls", config->mail.tls);
    write_string(json, "user", config->mail.user);
    write_string(json, "user_env", config->mail.user_env);
    write_string(json, "password_env", config->mail.password_env);
    json_key(json, "files"), json_bool(json, config->mail.password_file || config->mail.ca_file);
    write_number(json, "per_minute", config->mail.per_minute);
    write_number(json, "retries", config->mail.retries);
    write_number(json, "retry_seconds", config->mail.retry_seconds);
    json_key(json, "stop_on_failure"), json_bool(json, config->mail.stop_on_failure);
    json_key(json, "allow"), json_open(json, '[');
    for (uint32_t i = 0; i < config->mail.allow.count; i++)
        json_string(json, config->mail.allow.string[i]);
    json_close(json, ']');
    json_close(json, '}');
}

static void
write_mails(const struct mailing *mailing, const struct batch *batch, bool going, struct json *json)
{
    json_key(json, going ? "mails" : "undelivered"), json_open(json, '[');
    for (uint32_t m = 0; m < mailing->count; m++) {
        const struct mail *mail = &mailing->mail[m];
        if ((mail->fault == GOES) != going)
            continue;
        struct scope_name name = scope_name_of(batch->dataset, batch->config, mail->scope);
        json_open(json, '{');
        json_key(json, "kind"), json_string(json, name.kind);
        json_key(json, "scope"), json_text(json, name.id);
        json_key(json, "to"), json_string(json, mail->address);
        json_key(json, "path"), json_string(json, going ? mail->path : mail->aside);
        if (!going)
            write_string(json, "reason", faults[mail->fault].what);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void
mailing_write_head(const struct mailing *mailing, const struct batch *batch, struct json *json)
{
    if (mailing->count == 0)
        return;
    write_delivery(batch->config, json);
    write_mails(mailing, batch, true, json);
    write_mails(mailing, batch, false, json);
}

void
mailing_list(const struct mailing *mailing, uint32_t scope, struct buf *out)
{
    for (uint32_t m = 0; m < mailing->count; m++) {
        const struct mail *mail = &mailing->mail[m];
        if (mail->scope != scope)
            continue;
        if (mail->fault == GOES)
            buf_printf(out, " mail:%s", mail->address);
        else
            buf_printf(out, " mail:(%s)", faults[mail->fault].what);
    }
}
