#include "value.h"

#include "address.h"
#include "buf.h"
#include "currency.h"
#include "day.h"
#include "hint.h"
#include "number.h"

#include <stdlib.h>
#include <string.h>

/* Why a value was not taken. */
enum verdict { TAKEN, WRONG, OUTSIDE, REPORTED };

struct task {
    struct reader *reader;
    const struct trail *trail;
    const struct key *key;
    const struct tree *node;
    const char *text;
    void *slot;
};

static bool
has_control(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c < 0x20 || *c == 0x7F)
            return true;
    return false;
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static enum verdict
keep_text(struct task *task)
{
    const char *copy = arena_string(task->reader->arena, task->text);
    memcpy(task->slot, &copy, sizeof copy);
    return TAKEN;
}

/* Words compare without case; what is kept is the table's spelling. */
static const struct word *
find_word(const struct word *words, const char *text)
{
    for (; words && words->name; words++)
        if (text_equal_nocase(text_of(words->name), text_of(text)))
            return words;
    return NULL;
}

static enum verdict
unknown_word(struct task *task, const struct word *word)
{
    struct reader *reader = task->reader;
    const char *where = reader_where(reader, task->trail);
    if (word) {
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.not_supported",
                    task->node->place, "%s: %s", where, word->refused);
        return REPORTED;
    }
    char expected[256];
    keys_list_words(task->key->words, expected, sizeof expected);
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.unknown_word", task->node->place,
                "%s: unknown word '%s', expected %s", where, task->text, expected);
    hint_words(reader->diag, task->key->words, task->text);
    return REPORTED;
}

static enum verdict
read_word(struct task *task)
{
    const struct word *word = find_word(task->key->words, task->text);
    if (!word || word->refused)
        return unknown_word(task, word);
    memcpy(task->slot, &word->value, sizeof word->value);
    return TAKEN;
}

static enum verdict
read_text(struct task *task)
{
    if (!task->key->words)
        return keep_text(task);
    const struct word *word = find_word(task->key->words, task->text);
    if (!word || word->refused)
        return unknown_word(task, word);
    memcpy(task->slot, &word->name, sizeof word->name);
    return TAKEN;
}

static enum verdict
read_line(struct task *task)
{
    return has_control(task->text) || !*task->text ? WRONG : read_text(task);
}

static enum verdict
read_path(struct task *task)
{
    static const char *const nothing = "";
    if (find_word(task->key->words, task->text)) {
        memcpy(task->slot, &nothing, sizeof(const char *));
        return TAKEN;
    }
    if (!*task->text || has_control(task->text))
        return WRONG;
    struct reader *reader = task->reader;
    bool from_file = task->node->place.line > 0 || !task->node->place.file;
    if (task->text[0] == '/' || !from_file || !reader->folder || !*reader->folder)
        return keep_text(task);
    task->text = arena_printf(reader->arena, "%s/%s", reader->folder, task->text);
    return keep_text(task);
}

int
value_answer(const char *text)
{
    static const struct word answers[] = {
        {"yes", 1, NULL},
        {"no", 0, NULL},
        {"true", 1, NULL},
        {"false", 0, NULL},
        {"on", 1, NULL},
        {"off", 0, NULL},
        {0},
    };
    const struct word *word = find_word(answers, text);
    return word ? word->value : -1;
}

static enum verdict
read_yes(struct task *task)
{
    int answer = value_answer(task->text);
    if (answer < 0)
        return WRONG;
    *(bool *)task->slot = answer == 1;
    return TAKEN;
}

static enum verdict
read_char(struct task *task)
{
    const struct word *word = find_word(task->key->words, task->text);
    if (!word)
        return unknown_word(task, NULL);
    *(char *)task->slot = (char)word->value;
    return TAKEN;
}

static enum verdict
parse_number(struct task *task, struct decimal *number)
{
    if (!number_parse_plain(text_of(task->text), number))
        return WRONG;
    return TAKEN;
}

static enum verdict
parse_whole(struct task *task, int64_t *whole)
{
    struct decimal number;
    if (!number_parse_plain(text_of(task->text), &number) || number.scale != 0)
        return WRONG;
    *whole = number.coefficient;
    double real = (double)*whole;
    return real < task->key->low || real > task->key->high ? OUTSIDE : TAKEN;
}

static enum verdict
read_whole(struct task *task)
{
    int64_t whole = 0;
    enum verdict verdict = parse_whole(task, &whole);
    if (verdict == TAKEN)
        *(int *)task->slot = (int)whole;
    return verdict;
}

static enum verdict
read_long(struct task *task)
{
    int64_t whole = 0;
    const struct word *word = find_word(task->key->words, task->text);
    enum verdict verdict = word ? TAKEN : parse_whole(task, &whole);
    if (word)
        whole = word->value;
    if (verdict == TAKEN)
        memcpy(task->slot, &whole, sizeof whole);
    return verdict;
}

static enum verdict
read_bytes(struct task *task)
{
    static const struct word units[] = {
        {"", 0, NULL}, {"B", 0, NULL}, {"KiB", 10, NULL}, {"MiB", 20, NULL}, {0}};
    size_t digits = strspn(task->text, "0123456789");
    struct decimal number;
    const struct word *unit =
        find_word(units, task->text + digits + strspn(task->text + digits, " "));
    if (!unit || digits > 12 ||
        !number_parse_plain((struct text){task->text, (uint32_t)digits}, &number))
        return WRONG;
    int64_t bytes = number.coefficient;
    for (int i = 0; i < unit->value && bytes <= INT64_MAX / 2; i++)
        bytes *= 2;
    if ((double)bytes > task->key->high)
        return OUTSIDE;
    memcpy(task->slot, &bytes, sizeof bytes);
    return TAKEN;
}

static enum verdict
read_real(struct task *task)
{
    struct decimal number;
    if (parse_number(task, &number) != TAKEN)
        return WRONG;
    double real = number_to_real(number);
    if (real < task->key->low || real > task->key->high)
        return OUTSIDE;
    memcpy(task->slot, &real, sizeof real);
    return TAKEN;
}

static enum verdict
read_rate(struct task *task)
{
    struct decimal rate;
    if (parse_number(task, &rate) != TAKEN || rate.coefficient <= 0)
        return WRONG;
    memcpy(task->slot, &rate, sizeof rate);
    return TAKEN;
}

static enum verdict
read_day(struct task *task)
{
    day d = day_from_iso(task->text, (uint32_t)strlen(task->text));
    if (d == DAY_NONE)
        return WRONG;
    memcpy(task->slot, &d, sizeof d);
    return TAKEN;
}

static enum verdict
read_currency(struct task *task)
{
    const char *c = task->text;
    bool is_code = strlen(c) == 3 && c[0] >= 'A' && c[0] <= 'Z' && currency_length(text_of(c)) == 3;
    if (!is_code) {
        struct reader *reader = task->reader;
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.currency", task->node->place,
                    "%s: %s is no currency of ISO 4217", reader_where(reader, task->trail),
                    tree_describe(reader->arena, task->node));
        return REPORTED;
    }
    memcpy(task->slot, c, 4);
    return TAKEN;
}

static enum verdict
read_color(struct task *task)
{
    bool is_color = task->text[0] == '#' && strlen(task->text) == 7 &&
                    strspn(task->text + 1, "0123456789abcdefABCDEF") == 6;
    return is_color ? keep_text(task) : WRONG;
}

static enum verdict
read_domain(struct task *task)
{
    return address_is_domain(text_of(task->text)) ? keep_text(task) : WRONG;
}

static enum verdict
read_address(struct task *task)
{
    struct text name, mailbox;
    return !has_control(task->text) && address_split(task->text, &name, &mailbox) ? keep_text(task)
                                                                                  : WRONG;
}

/* The shape of BCP 47: parts of letters and digits with hyphens; whether it is known, i18n says. */
static enum verdict
read_locale(struct task *task)
{
    const char *c = task->text;
    size_t part = strcspn(c, "-");
    bool good = part >= 2 && part <= 3;
    for (size_t i = 0; c[i]; i++)
        good = good && (is_letter(c[i]) || (i > part && is_digit(c[i])) ||
                        (c[i] == '-' && c[i + 1] && c[i + 1] != '-'));
    return good ? keep_text(task) : WRONG;
}

/* Runs of Y, M and D, each once, in any order; what stands between them does not matter. */
static enum verdict
read_dates(struct task *task)
{
    int runs[3] = {0};
    static const char letters[] = "YMD";
    for (const char *c = task->text; *c; c++) {
        const char *letter = strchr(letters, *c);
        if (letter && (c == task->text || c[-1] != *c))
            runs[letter - letters]++;
        if (!letter && is_letter(*c))
            return WRONG;
    }
    return runs[0] == 1 && runs[1] == 1 && runs[2] == 1 ? keep_text(task) : WRONG;
}

static const struct {
    const char *noun;
    enum verdict (*read)(struct task *task);
} kinds[KIND_COUNT] = {
    [KIND_TEXT] = {"a text", read_text},
    [KIND_LINE] = {"a text of one line", read_line},
    [KIND_PATH] = {"a path", read_path},
    [KIND_WORD] = {"a word", read_word},
    [KIND_WORDS] = {"a list of words", NULL},
    [KIND_YES] = {"yes or no", read_yes},
    [KIND_CHAR] = {"a character", read_char},
    [KIND_WHOLE] = {"a whole number", read_whole},
    [KIND_LONG] = {"a whole number", read_long},
    [KIND_BYTES] = {"a size such as 15 MiB", read_bytes},
    [KIND_REAL] = {"a number of at most 9 places", read_real},
    [KIND_RATE] = {"a number above 0 of at most 9 places", read_rate},
    [KIND_DAY] = {"a day as YYYY-MM-DD", read_day},
    [KIND_CURRENCY] = {"a currency code such as EUR", read_currency},
    [KIND_COLOR] = {"a colour as \"#RRGGBB\"", read_color},
    [KIND_ADDRESS] = {"a mail address", read_address},
    [KIND_DOMAIN] = {"a domain such as example.com", read_domain},
    [KIND_LOCALE] = {"a language and region such as en-GB", read_locale},
    [KIND_DATES] = {"an order of YYYY, MM and DD such as DD/MM/YYYY", read_dates},
    [KIND_MAP] = {"a mapping", NULL},
    [KIND_LIST] = {"a list", NULL},
    [KIND_ENTRIES] = {"a mapping", NULL},
};

const char *
value_noun(struct arena *arena, const struct key *key)
{
    char words[256];
    if (!key->words || key->kind == KIND_LONG || key->kind == KIND_PATH)
        return kinds[key->kind].noun;
    keys_list_words(key->words, words, sizeof words);
    return arena_string(arena, words);
}

static void
read_words(struct task *task)
{
    unsigned all = 0;
    const struct tree *list = task->node;
    const struct tree *one = list->kind == TREE_LIST ? list->first : list;
    for (; one; one = list->kind == TREE_LIST ? one->next : NULL) {
        int value = 0;
        struct task part = *task;
        part.node = one;
        part.text = one->text;
        part.slot = &value;
        if (one->kind == TREE_SCALAR_NODE)
            read_word(&part);
        else if (one->kind != TREE_FAULTY)
            reader_expected(task->reader, task->trail, one,
                            value_noun(task->reader->arena, task->key));
        all |= (unsigned)value;
    }
    memcpy(task->slot, &all, sizeof all);
}

static void
report_outside(struct task *task)
{
    const struct key *key = task->key;
    struct buf limits = {0};
    buf_real(&limits, key->low);
    buf_string(&limits, "..");
    buf_real(&limits, key->high);
    diag_report(task->reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.out_of_range",
                task->node->place, "%s: %s is outside %s", reader_where(task->reader, task->trail),
                task->text, limits.bytes);
    buf_free(&limits);
}

void
value_read(struct reader *reader, const struct trail *trail, const struct key *key,
           const struct tree *node, void *slot)
{
    struct task task = {reader, trail, key, node, node->text, slot};
    if (key->kind == KIND_WORDS && node->kind != TREE_MAP) {
        read_words(&task);
        return;
    }
    enum verdict verdict = node->kind == TREE_SCALAR_NODE ? kinds[key->kind].read(&task) : WRONG;
    if (verdict == OUTSIDE)
        report_outside(&task);
    else if (verdict == WRONG)
        reader_expected(reader, trail, node, value_noun(reader->arena, key));
}
