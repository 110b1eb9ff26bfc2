#include "message.h"

#include "bidi.h"
#include "day.h"
#include "locale.h"

#include <math.h>
#include <string.h>

enum part_kind { PART_TEXT, PART_ARGUMENT, PART_PLURAL, PART_SELECT, PART_HASH };
enum format {
    FORMAT_PLAIN,
    FORMAT_MONEY,
    FORMAT_FULL,
    FORMAT_SHARE,
    FORMAT_POINTS,
    FORMAT_NUMBER,
    FORMAT_WHOLE,
    FORMAT_DAYS,
    FORMAT_DAY,
    FORMAT_RATIO,
    FORMAT_SIGNED,
    FORMAT_SHORT,
    FORMAT_MONTH,
    FORMAT_UPPER,
    FORMAT_COUNT
};

static const char *const formats[FORMAT_COUNT] = {"",       "money", "full",  "share", "points",
                                                  "number", "whole", "days",  "day",   "ratio",
                                                  "signed", "short", "month", "upper"};

struct branch {
    const char *key;
    struct message *message;
    struct branch *next;
};

struct part {
    enum part_kind kind;
    const char *text; /* or the argument's name */
    enum format format;
    struct branch *branch;
    struct part *next;
};

struct message {
    struct part *first, *last;
};

struct parser {
    struct arena *arena;
    const char *pattern, *at;
    struct place place;
    struct diag *diag;
    bool failed, in_plural;
    int depth;
};

static void
fail(struct parser *parser, const char *what)
{
    struct place place = parser->place;
    for (const char *c = parser->pattern; place.column && c < parser->at; c++)
        place.column += ((unsigned char)*c & 0xC0) != 0x80; /* characters */
    if (!parser->failed)
        diag_report(parser->diag, SEVERITY_ERROR, EXIT_CONFIG, "words.pattern", place, "%s", what);
    parser->failed = true;
}

static struct part *
add_part(struct parser *parser, struct message *message, enum part_kind kind)
{
    struct part *part = arena_alloc(parser->arena, sizeof *part);
    part->kind = kind;
    if (message->last)
        message->last->next = part;
    else
        message->first = part;
    message->last = part;
    return part;
}

static void
skip_blanks(struct parser *parser)
{
    parser->at += strspn(parser->at, " \t\n");
}

/* A name, a key or a format: everything up to a blank, a comma or a brace. */
static const char *
read_word(struct parser *parser)
{
    skip_blanks(parser);
    size_t length = strcspn(parser->at, " \t\n,{}");
    const char *word = arena_copy(parser->arena, parser->at, length);
    parser->at += length;
    skip_blanks(parser);
    if (length == 0)
        fail(parser, "a name is missing");
    return word;
}

static struct message *
parse_until(struct parser *parser, bool nested);

static void
parse_branches(struct parser *parser, struct part *part)
{
    bool other = false, was = parser->in_plural;
    struct branch **end = &part->branch;
    parser->in_plural = part->kind == PART_PLURAL || was;
    while (!parser->failed && *parser->at != '}') {
        struct branch *branch = arena_alloc(parser->arena, sizeof *branch);
        branch->key = read_word(parser);
        if (*parser->at != '{') {
            fail(parser, "'{' is missing behind a branch's name");
            break;
        }
        parser->at++;
        branch->message = parse_until(parser, true);
        skip_blanks(parser);
        other |= strcmp(branch->key, "other") == 0;
        *end = branch;
        end = &branch->next;
    }
    parser->in_plural = was;
    if (!other)
        fail(parser, "a plural or select needs a branch 'other'");
}

static void
parse_format(struct parser *parser, struct part *part)
{
    const char *word = read_word(parser);
    if (strcmp(word, "plural") == 0 || strcmp(word, "select") == 0) {
        part->kind = word[0] == 'p' ? PART_PLURAL : PART_SELECT;
        if (*parser->at == ',')
            parser->at++;
        skip_blanks(parser);
        parse_branches(parser, part);
        return;
    }
    for (enum format f = FORMAT_MONEY; f < FORMAT_COUNT; f++)
        if (strcmp(formats[f], word) == 0)
            part->format = f;
    if (part->format == FORMAT_PLAIN)
        fail(parser, "an unknown format stands");
}

static void
parse_argument(struct parser *parser, struct message *message)
{
    struct part *part = add_part(parser, message, PART_ARGUMENT);
    parser->at++;
    part->text = read_word(parser);
    if (*parser->at == ',') {
        parser->at++;
        parse_format(parser, part);
    }
    skip_blanks(parser);
    if (*parser->at == '}')
        parser->at++;
    else
        fail(parser, "'}' is missing");
}

/* Plain text up to the next thing that is not. */
static void
parse_text(struct parser *parser, struct message *message)
{
    struct buf text = {0};
    while (*parser->at && *parser->at != '{' && *parser->at != '}' &&
           !(*parser->at == '#' && parser->in_plural)) {
        if (*parser->at == '\'' && (parser->at[1] == '{' || parser->at[1] == '}'))
            parser->at++;
        buf_char(&text, *parser->at++);
    }
    add_part(parser, message, PART_TEXT)->text =
        arena_copy(parser->arena, text.bytes ? text.bytes : "", text.length);
    buf_free(&text);
}

static struct message *
parse_until(struct parser *parser, bool nested)
{
    struct message *message = arena_alloc(parser->arena, sizeof *message);
    if (++parser->depth > 16)
        fail(parser, "braces are nested too deeply");
    while (!parser->failed && *parser->at && *parser->at != '}') {
        if (*parser->at == '{')
            parse_argument(parser, message);
        else if (*parser->at == '#' && parser->in_plural) {
            add_part(parser, message, PART_HASH);
            parser->at++;
        } else
            parse_text(parser, message);
    }
    if (nested && *parser->at == '}')
        parser->at++;
    else if (nested)
        fail(parser, "'}' is missing");
    else if (*parser->at == '}')
        fail(parser, "a '}' stands alone");
    parser->depth--;
    return message;
}

struct message *
message_parse(struct arena *arena, const char *pattern, struct place place, struct diag *diag)
{
    struct parser parser = {
        .arena = arena, .pattern = pattern, .at = pattern, .place = place, .diag = diag};
    struct message *message = parse_until(&parser, false);
    return parser.failed ? NULL : message;
}

struct writer_state {
    const struct locale *locale;
    struct message_money money;
    struct arguments arguments;
    struct buf *out;
};

/* Counts as they are, estimates with one decimal. */
static int
decimals_of(double value)
{
    return fabs(value - round(value)) < 1e-9 || fabs(value) >= 100 ? 0 : 1;
}

static void
write_day(const struct writer_state *state, double value, enum locale_date form)
{
    static const double first = -135140, last = 2932531; /* of 1600 and of 9998 */
    struct buf text = {0};
    if (value >= first && value <= last) {
        locale_day(state->locale, &text, (day)value, form);
        for (size_t i = 0; i < text.length; i++) /* no line ends inside a date */
            if (text.bytes[i] == ' ')
                buf_string(state->out, "\xC2\xA0");
            else
                buf_char(state->out, text.bytes[i]);
        buf_free(&text);
    } else
        buf_string(state->out, "\xE2\x80\x93");
}

static void
write_number(const struct writer_state *state, enum format format, double value)
{
    const struct locale *locale = state->locale;
    struct buf *out = state->out;
    switch (format) {
    case FORMAT_MONEY:
        locale_money(locale, out, value, state->money.code, state->money.digits, SIGN_MINUS);
        break;
    case FORMAT_SIGNED:
        locale_money(locale, out, value, state->money.code, state->money.digits, SIGN_ALWAYS);
        break;
    case FORMAT_SHORT:
        locale_money(locale, out, value, NULL, state->money.digits, SIGN_MINUS);
        break;
    case FORMAT_MONTH:
        write_day(state, value, DATE_MONTH);
        break;
    case FORMAT_FULL:
        locale_money_full(locale, out, llround(value), state->money.code, state->money.digits,
                          SIGN_MINUS);
        break;
    case FORMAT_SHARE:
        locale_percent(locale, out, value);
        break;
    case FORMAT_POINTS:
        locale_points(locale, out, value);
        break;
    case FORMAT_RATIO:
        locale_ratio(locale, out, value, 1);
        break;
    case FORMAT_DAY:
        write_day(state, value, DATE_SHORT);
        break;
    case FORMAT_WHOLE:
    case FORMAT_DAYS:
        locale_number(locale, out, round(value), 0, SIGN_MINUS);
        break;
    default:
        locale_number(locale, out, value, decimals_of(value), SIGN_MINUS);
        break;
    }
}

/* Whether a text could reorder the sentence around it. */
static bool
may_turn(const struct writer_state *state, struct text text)
{
    if (!bidi_is_plain(text))
        return true;
    bool latin = false;
    for (uint32_t i = 0; i < text.length && locale_right_to_left(state->locale); i++)
        latin |= (text.bytes[i] >= 'a' && text.bytes[i] <= 'z') ||
                 (text.bytes[i] >= 'A' && text.bytes[i] <= 'Z');
    return latin;
}

/* Puts what was written since `before` between marks that give it a direction of its own; marks
 * that it brings along are left out. */
static void
isolate(struct buf *out, size_t before)
{
    struct buf copy = {0};
    buf_add(&copy, out->bytes + before, out->length - before);
    out->length = before;
    buf_string(out, "\xE2\x81\xA8");
    for (size_t i = 0; i < copy.length; i++) {
        const char *at = copy.bytes + i;
        bool mark = i + 2 < copy.length && at[0] == '\xE2' && at[1] == '\x81' && at[2] >= '\xA6' &&
                    at[2] <= '\xA9';
        if (mark)
            i += 2;
        else
            buf_char(out, *at);
    }
    buf_string(out, "\xE2\x81\xA9");
    buf_free(&copy);
}

/* Text as it is, or with its first letter as at the start of a sentence (ASCII and Latin-1). */
static void
write_words(const struct writer_state *state, enum format format, const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (format == FORMAT_UPPER && bytes[0] >= 'a' && bytes[0] <= 'z') {
        buf_char(state->out, (char)(bytes[0] - 32));
        text += 1;
    } else if (format == FORMAT_UPPER && bytes[0] == 0xC3 && bytes[1] >= 0xA0 && bytes[1] <= 0xBE &&
               bytes[1] != 0xB7) {
        buf_char(state->out, text[0]);
        buf_char(state->out, (char)(bytes[1] - 32));
        text += 2;
    }
    buf_string(state->out, text);
}

/* An argument; isolated where it could reorder the sentence: a name, or a day with its month. */
static void
write_argument(const struct writer_state *state, enum format format,
               const struct argument *argument)
{
    struct buf *out = state->out;
    size_t before = out->length;
    if (argument->kind == ARGUMENT_NUMBER)
        write_number(state, format, argument->number);
    else
        write_words(state, format, argument->text ? argument->text : "\xE2\x80\x93");
    const struct text written = {out->bytes + before, (uint32_t)(out->length - before)};
    if (written.length && may_turn(state, written))
        isolate(out, before);
}

static const struct message *
choose(const struct writer_state *state, const struct part *part, const struct argument *argument)
{
    const char *category = argument->kind == ARGUMENT_TEXT && argument->text ? argument->text
                           : argument->kind == ARGUMENT_NUMBER               ? "known"
                                                                             : "unknown";
    const struct message *other = NULL;
    char exact[32] = "";
    if (part->kind == PART_PLURAL && argument->kind == ARGUMENT_NUMBER) {
        snprintf(exact, sizeof exact, "=%.0f", argument->number);
        category = locale_plural_names[locale_plural(state->locale, argument->number,
                                                     decimals_of(argument->number))];
        if (decimals_of(argument->number))
            exact[0] = '\0';
    }
    for (const struct branch *branch = part->branch; branch; branch = branch->next)
        if (exact[0] && strcmp(branch->key, exact) == 0)
            return branch->message;
    for (const struct branch *branch = part->branch; branch; branch = branch->next) {
        if (strcmp(branch->key, category) == 0)
            return branch->message;
        if (strcmp(branch->key, "other") == 0)
            other = branch->message;
    }
    return other;
}

static void
write_parts(const struct writer_state *state, const struct message *message, double hash)
{
    for (const struct part *part = message->first; part; part = part->next) {
        struct argument argument = {0};
        if (part->kind == PART_TEXT) {
            buf_string(state->out, part->text);
            continue;
        }
        if (part->kind == PART_HASH) {
            locale_number(state->locale, state->out, hash, decimals_of(hash), SIGN_MINUS);
            continue;
        }
        bool known = state->arguments.find(state->arguments.context, part->text, &argument);
        if (part->kind == PART_PLURAL || part->kind == PART_SELECT)
            write_parts(state, choose(state, part, &argument),
                        part->kind == PART_PLURAL ? argument.number : hash);
        else if (!known)
            buf_printf(state->out, "{%s}", part->text);
        else
            write_argument(state, part->format, &argument);
    }
}

void
message_write(const struct message *message, const struct locale *locale,
              struct message_money money, struct arguments arguments, struct buf *out)
{
    const struct writer_state state = {locale, money, arguments, out};
    write_parts(&state, message, 0);
}

void
message_names(const struct message *message, void (*visit)(void *context, const char *name),
              void *context)
{
    for (const struct part *part = message->first; part; part = part->next) {
        if (part->kind != PART_TEXT && part->kind != PART_HASH)
            visit(context, part->text);
        for (const struct branch *branch = part->branch; branch; branch = branch->next)
            message_names(branch->message, visit, context);
    }
}
