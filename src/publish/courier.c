#include "courier.h"

#include "address.h"
#include "interruption.h"
#include "ledger.h"
#include "memory.h"
#include "secret.h"
#include "smtp.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LONGEST_WAIT = 3600 };

enum state { TO_SEND, SENT, SENT_BEFORE, FAILED, UNSURE };

struct parcel {
    enum state state;
    char why[300]; /* TO_SEND: what a server said when it put the mail off */
};

struct round {
    const struct courier_order *order;
    struct ledger *ledger; /* NULL with a tester */
    struct smtp *smtp;
    struct diag *diag;
    struct parcel *parcel; /* by mail */
    uint32_t count;
    bool stopped;         /* nothing more is tried */
    bool unreachable;     /* nothing more in this round */
    bool again;           /* something was put off */
    struct timespec last; /* when the last mail began */
};

static const char *
address_of(const struct courier_order *order, const struct outbox_mail *mail)
{
    return order->tester ? order->tester : mail->to;
}

static uint32_t
count_of(const struct courier_order *order)
{
    uint32_t all = order->outbox->mail_count;
    return order->tester && order->samples && order->samples < all ? order->samples : all;
}

static void
report(struct diag *diag, const char *id, const struct courier_order *order,
       const struct outbox_mail *mail, const char *what)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_DELIVERY, id, (struct place){mail->path, 0, 0},
                "%s %s to %s: %s", mail->kind, mail->scope, address_of(order, mail), what);
}

/* What is known of a mail before anything is sent. */
static enum state
judge(const struct courier_order *order, const struct ledger *ledger,
      const struct outbox_mail *mail)
{
    if (!delivery_settings_allow(&order->settings, text_of(address_of(order, mail))))
        return FAILED;
    switch (ledger ? ledger_state(ledger, mail->sha256, mail->to) : LEDGER_NEW) {
    case LEDGER_SENT:
        return SENT_BEFORE;
    case LEDGER_SENDING:
        return order->resend ? TO_SEND : UNSURE;
    default:
        return TO_SEND;
    }
}

/* Until `seconds` after `since`; a signal ends the program meanwhile. */
static void
wait_until(struct timespec since, double seconds)
{
    struct timespec until = since;
    until.tv_sec += (time_t)seconds;
    until.tv_nsec += (long)((seconds - (double)(time_t)seconds) * 1e9);
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
        continue;
}

static void
keep_pace(struct round *round)
{
    if (round->last.tv_sec || round->last.tv_nsec)
        wait_until(round->last, 60.0 / round->order->settings.per_minute);
    clock_gettime(CLOCK_MONOTONIC, &round->last);
}

static bool
note(struct round *round, enum ledger_state state, const struct outbox_mail *mail, const char *text)
{
    if (!round->ledger ||
        ledger_add(round->ledger, state, mail->sha256, mail->to, mail->path, text))
        return true;
    diag_report(round->diag, SEVERITY_ERROR, EXIT_FAILED, "send.ledger",
                (struct place){"sent.tsv", 0, 0}, "%s", strerror(errno));
    round->stopped = true;
    return false;
}

/* What became of a mail: the ledger, the state, what is told. */
static void
settle(struct round *round, uint32_t index, const struct smtp_reply *reply)
{
    const struct outbox_mail *mail = &round->order->outbox->mail[index];
    static const enum ledger_state ledger[] = {[SMTP_SENT] = LEDGER_SENT,
                                               [SMTP_REFUSED] = LEDGER_FAILED,
                                               [SMTP_LATER] = LEDGER_FAILED,
                                               [SMTP_UNSURE] = LEDGER_SENDING,
                                               [SMTP_FORBIDDEN] = LEDGER_FAILED};
    note(round, ledger[reply->outcome], mail, reply->text);
    switch (reply->outcome) {
    case SMTP_SENT:
        round->parcel[index].state = SENT;
        printf("sent\t%s %s\t%s\n", mail->kind, mail->scope, address_of(round->order, mail));
        fflush(stdout);
        return;
    case SMTP_REFUSED:
        round->parcel[index].state = FAILED;
        report(round->diag, "send.refused", round->order, mail, reply->text);
        break;
    case SMTP_UNSURE:
        round->parcel[index].state = UNSURE;
        report(round->diag, "send.unsure", round->order, mail, reply->text);
        break;
    case SMTP_LATER:
        round->again = true;
        /* a server that cannot be reached at all is not asked once for each mail */
        round->unreachable = !reply->reached;
        memcpy(round->parcel[index].why, reply->text, sizeof reply->text);
        return;
    case SMTP_FORBIDDEN:
        diag_report(round->diag, SEVERITY_ERROR, EXIT_DELIVERY, "send.server",
                    (struct place){round->order->settings.smtp, 0, 0}, "%s", reply->text);
        round->stopped = true;
        return;
    }
    round->stopped = round->stopped || round->order->settings.stop_on_failure;
}

/* A signal waits until the mail is through or broken off, and the ledger says so. */
static void
send_mail(struct round *round, uint32_t index, struct buf *bytes)
{
    const struct courier_order *order = round->order;
    const struct outbox_mail *mail = &order->outbox->mail[index];
    if (!outbox_read(order->outbox, mail, bytes)) {
        report(round->diag, "send.changed", order, mail,
               errno ? strerror(errno) : "not what the run wrote: its hash is another");
        round->parcel[index].state = FAILED;
        round->stopped = true;
        return;
    }
    keep_pace(round);
    interruption_hold();
    if (note(round, LEDGER_SENDING, mail, NULL)) {
        struct smtp_reply reply = smtp_send(round->smtp, order->settings.from,
                                            address_of(order, mail), buf_as_text(bytes));
        settle(round, index, &reply);
    }
    interruption_release();
}

static void
go_round(struct round *round)
{
    struct buf bytes = {0};
    round->again = round->unreachable = false;
    for (uint32_t i = 0; i < round->count && !round->stopped && !round->unreachable; i++)
        if (round->parcel[i].state == TO_SEND)
            send_mail(round, i, &bytes);
    buf_free(&bytes);
}

/* At once: a wait that nobody explains looks like a program that hangs. */
static void
tell_of_waiting(const struct round *round, double seconds)
{
    const char *why = "";
    for (uint32_t i = 0; i < round->count && !why[0]; i++)
        if (round->parcel[i].state == TO_SEND)
            why = round->parcel[i].why;
    diag_report(round->diag, SEVERITY_NOTE, EXIT_OK, "send.waiting",
                (struct place){round->order->settings.smtp, 0, 0}, "%s; trying again in %.0f s",
                why, seconds);
    diag_flush(round->diag);
}

/* One round, and further ones for what was put off. */
static void
go_rounds(struct round *round)
{
    const struct delivery_settings *settings = &round->order->settings;
    double seconds = settings->retry_seconds;
    struct timespec now;
    go_round(round);
    for (int retry = 0; retry < settings->retries && round->again && !round->stopped; retry++) {
        seconds = seconds < LONGEST_WAIT ? seconds : LONGEST_WAIT;
        tell_of_waiting(round, seconds);
        clock_gettime(CLOCK_MONOTONIC, &now);
        wait_until(now, seconds);
        seconds *= 2;
        go_round(round);
    }
}

static void
tell_what_is_left(struct round *round)
{
    for (uint32_t i = 0; i < round->count; i++)
        if (round->parcel[i].state == TO_SEND)
            report(round->diag, "send.not_sent", round->order, &round->order->outbox->mail[i],
                   round->parcel[i].why[0] ? round->parcel[i].why : "not tried any more");
}

static void
tell_what_is_known(struct round *round)
{
    const struct courier_order *order = round->order;
    for (uint32_t i = 0; i < round->count; i++) {
        const struct outbox_mail *mail = &order->outbox->mail[i];
        round->parcel[i].state = judge(order, round->ledger, mail);
        if (round->parcel[i].state == FAILED)
            report(round->diag, "send.outside", order, mail, "outside the allowed domains");
        if (round->parcel[i].state == UNSURE) {
            report(round->diag, "send.unsure", order, mail,
                   "an earlier sending was interrupted; whether it arrived is not known");
            diag_hint(round->diag, "--resend sends it again");
        }
    }
    for (uint32_t i = 0; i < order->outbox->left_count && !order->tester; i++)
        diag_report(round->diag, SEVERITY_ERROR, EXIT_DELIVERY, "send.undelivered",
                    (struct place){order->outbox->dir, 0, 0},
                    "%s %s: %s; its mail is below undelivered", order->outbox->left[i].kind,
                    order->outbox->left[i].scope, order->outbox->left[i].reason);
}

static bool
find_secrets(const struct delivery_settings *settings, char user[SECRET_SIZE],
             char password[SECRET_SIZE], struct diag *diag)
{
    user[0] = password[0] = '\0';
    if (settings->user && strlen(settings->user) < SECRET_SIZE)
        strcpy(user, settings->user); /* NOLINT(clang-analyzer-security.insecureAPI.strcpy) */
    if (settings->user_env && !secret_from_environment(settings->user_env, user, diag))
        return false;
    if (settings->password_env && !secret_from_environment(settings->password_env, password, diag))
        return false;
    return !settings->password_file || secret_from_file(settings->password_file, password, diag);
}

static struct smtp *
connect_to(const struct delivery_settings *settings, struct diag *diag)
{
    char user[SECRET_SIZE], password[SECRET_SIZE];
    struct smtp *smtp = NULL;
    secret_shield();
    if (find_secrets(settings, user, password, diag)) {
        smtp = smtp_open(&(struct smtp_server){
            .url = settings->smtp,
            .ca_file = settings->ca_file,
            .user = user[0] ? user : NULL,
            .password = password,
            .greeting = address_domain(text_of(settings->from)).bytes,
            .require_tls = settings->tls && strcmp(settings->tls, "required") == 0});
        if (!smtp)
            diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "send.server",
                        (struct place){settings->smtp, 0, 0}, "libcurl cannot be started");
    }
    secret_forget(user);
    secret_forget(password);
    return smtp;
}

void
courier_deliver(const struct courier_order *order, struct diag *diag)
{
    struct round round = {.order = order, .diag = diag, .count = count_of(order)};
    if (!delivery_settings_check(&order->settings, diag))
        return;
    if (!order->tester && !(round.ledger = ledger_open(order->outbox->out, false, diag)))
        return;
    round.smtp = connect_to(&order->settings, diag);
    if (round.smtp) {
        round.parcel = memory_new(round.count, sizeof *round.parcel);
        tell_what_is_known(&round);
        go_rounds(&round);
        tell_what_is_left(&round);
        free(round.parcel);
    }
    smtp_close(round.smtp);
    ledger_close(round.ledger);
}

void
courier_list(const struct courier_order *order, struct buf *out, struct diag *diag)
{
    static const char *const words[] = {[TO_SEND] = "to send",
                                        [SENT_BEFORE] = "sent before",
                                        [FAILED] = "outside the allowed domains",
                                        [UNSURE] = "may have arrived"};
    const struct outbox *outbox = order->outbox;
    struct ledger *ledger = ledger_open(outbox->out, true, diag);
    if (!ledger)
        return;
    buf_string(out, "state\tscope\taddress\tKiB\tfile\n");
    for (uint32_t i = 0; i < count_of(order); i++) {
        const struct outbox_mail *mail = &outbox->mail[i];
        enum state state = judge(order, order->tester ? NULL : ledger, mail);
        buf_printf(out, "%s\t%s %s\t%s\t%lld\t%s\n", words[state], mail->kind, mail->scope,
                   address_of(order, mail), (long long)((mail->bytes + 1023) / 1024), mail->path);
    }
    for (uint32_t i = 0; i < outbox->left_count && !order->tester; i++)
        buf_printf(out, "undelivered\t%s %s\t-\t-\t%s\n", outbox->left[i].kind,
                   outbox->left[i].scope, outbox->left[i].reason);
    ledger_close(ledger);
}
