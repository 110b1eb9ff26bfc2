#include "ledger.h"

#include "buf.h"
#include "memory.h"
#include "symbols.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define NAME "sent.tsv"

static const char *const words[] = {
    [LEDGER_SENDING] = "sending", [LEDGER_SENT] = "sent", [LEDGER_FAILED] = "failed"};

struct ledger {
    int fd;
    struct symbols *mails; /* "sha256 address" */
    size_t capacity;
    enum ledger_state *state; /* by symbol */
};

static void
name_mail(struct buf *name, const char *sha256, const char *address)
{
    buf_printf(name, "%s %s", sha256, address);
}

static void
set_state(struct ledger *ledger, struct text name, enum ledger_state state)
{
    uint32_t symbol = symbols_intern(ledger->mails, name);
    memory_grow(&ledger->state, &ledger->capacity, symbol + 1u, sizeof *ledger->state);
    ledger->state[symbol] = state;
}

/* A line that is none, such as one that a crash cut off, tells nothing. */
static void
read_line(struct ledger *ledger, char *line)
{
    char *field[4] = {line};
    for (int f = 1; f < 4; f++) {
        char *tab = strchr(field[f - 1], '\t');
        if (!tab)
            return;
        *tab = '\0';
        field[f] = tab + 1;
    }
    field[3][strcspn(field[3], "\t")] = '\0';
    struct buf name = {0};
    name_mail(&name, field[2], field[3]);
    for (enum ledger_state s = LEDGER_SENDING; s <= LEDGER_FAILED; s++)
        if (strcmp(field[1], words[s]) == 0)
            set_state(ledger, buf_as_text(&name), s);
    buf_free(&name);
}

static bool
read_lines(struct ledger *ledger, bool look)
{
    struct buf bytes = {0};
    char block[1 << 14];
    ssize_t length;
    while ((length = read(ledger->fd, block, sizeof block)) > 0)
        buf_add(&bytes, block, (size_t)length);
    bool good = length == 0;
    bool torn = bytes.length > 0 && bytes.bytes[bytes.length - 1] != '\n';
    for (char *line = bytes.bytes; good && line && *line;) {
        char *end = strchr(line, '\n');
        if (!end)
            break;
        *end = '\0';
        read_line(ledger, line);
        line = end + 1;
    }
    buf_free(&bytes);
    if (good && torn && !look)
        good = write(ledger->fd, "\n", 1) == 1 && fsync(ledger->fd) == 0;
    return good;
}

static struct ledger *
refuse(struct ledger *ledger, const char *id, const char *what, struct diag *diag)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, id, (struct place){NAME, 0, 0}, "%s", what);
    ledger_close(ledger);
    return NULL;
}

struct ledger *
ledger_open(int out, bool look, struct diag *diag)
{
    struct ledger *ledger = memory_new(1, sizeof *ledger);
    int flags = look ? O_RDONLY : O_RDWR | O_APPEND | O_CREAT;
    ledger->mails = symbols_new(1024);
    ledger->fd = openat(out, NAME, flags | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (ledger->fd < 0 && look && errno == ENOENT)
        return ledger;
    if (ledger->fd < 0)
        return refuse(ledger, "send.ledger", strerror(errno), diag);
    if (!look && flock(ledger->fd, LOCK_EX | LOCK_NB) != 0)
        return refuse(ledger, "send.busy", "another process is sending", diag);
    if (!read_lines(ledger, look) || (!look && fsync(out) != 0))
        return refuse(ledger, "send.ledger", strerror(errno), diag);
    return ledger;
}

void
ledger_close(struct ledger *ledger)
{
    if (!ledger)
        return;
    if (ledger->fd >= 0)
        close(ledger->fd);
    symbols_free(ledger->mails);
    free(ledger->state);
    free(ledger);
}

enum ledger_state
ledger_state(const struct ledger *ledger, const char *sha256, const char *address)
{
    struct buf name = {0};
    name_mail(&name, sha256, address);
    uint32_t symbol = symbols_find(ledger->mails, buf_as_text(&name));
    buf_free(&name);
    return symbol == SYMBOL_NONE ? LEDGER_NEW : ledger->state[symbol];
}

bool
ledger_add(struct ledger *ledger, enum ledger_state state, const char *sha256, const char *address,
           const char *path, const char *note)
{
    char moment[32];
    time_t now = time(NULL);
    struct tm utc;
    struct buf line = {0}, name = {0};
    strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    buf_printf(&line, "%s\t%s\t%s\t%s\t%s\t", moment, words[state], sha256, address, path);
    for (const char *c = note ? note : ""; *c; c++) /* a server's words are foreign text */
        buf_char(&line, (unsigned char)*c < ' ' || *c == 0x7F ? ' ' : *c);
    buf_char(&line, '\n');
    /* one write with O_APPEND: the line is there whole or is cut off at its end */
    bool added = write(ledger->fd, line.bytes, line.length) == (ssize_t)line.length &&
                 fsync(ledger->fd) == 0;
    if (added) {
        name_mail(&name, sha256, address);
        set_state(ledger, buf_as_text(&name), state);
    }
    buf_free(&line);
    buf_free(&name);
    return added;
}
