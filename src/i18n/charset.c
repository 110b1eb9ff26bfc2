#include "charset.h"

#include "decode.h"
#include "memory.h"
#include "trouble.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>

struct known {
    const char *name;
    enum decode_form form;
    bool big_endian;
    const char *aliases; /* blank-separated */
};

static const struct known known[] = {
    {"utf-8", DECODE_UTF8, false, "utf8 ascii us-ascii"},
    {"utf-16le", DECODE_UTF16, false, "utf16le utf-16 utf16 ucs-2 unicode"},
    {"utf-16be", DECODE_UTF16, true, "utf16be"},
    {"utf-32le", DECODE_UTF32, false, "utf32le utf-32 utf32"},
    {"utf-32be", DECODE_UTF32, true, "utf32be"},
    {"windows-1250", DECODE_BYTES, false, "cp1250"},
    {"windows-1251", DECODE_BYTES, false, "cp1251"},
    {"windows-1252", DECODE_BYTES, false, "cp1252 ansi"},
    {"windows-1253", DECODE_BYTES, false, "cp1253"},
    {"windows-1254", DECODE_BYTES, false, "cp1254"},
    {"windows-1255", DECODE_BYTES, false, "cp1255"},
    {"windows-1256", DECODE_BYTES, false, "cp1256"},
    {"windows-1257", DECODE_BYTES, false, "cp1257"},
    {"windows-1258", DECODE_BYTES, false, "cp1258"},
    {"iso-8859-1", DECODE_BYTES, false, "iso8859-1 iso_8859-1 latin1 latin-1"},
    {"iso-8859-2", DECODE_BYTES, false, "iso8859-2 latin2 latin-2"},
    {"iso-8859-5", DECODE_BYTES, false, "iso8859-5 cyrillic"},
    {"iso-8859-7", DECODE_BYTES, false, "iso8859-7 greek"},
    {"iso-8859-9", DECODE_BYTES, false, "iso8859-9 latin5 latin-5"},
    {"iso-8859-13", DECODE_BYTES, false, "iso8859-13"},
    {"iso-8859-15", DECODE_BYTES, false, "iso8859-15 latin9 latin-9"},
    {"macintosh", DECODE_BYTES, false, "macroman mac"},
    {"koi8-r", DECODE_BYTES, false, ""},
    {"koi8-u", DECODE_BYTES, false, ""},
};

enum { KNOWN_COUNT = sizeof known / sizeof *known, BYTE_VALUES = 256 };

struct charset {
    const struct known *known;
    struct decode decode;
    struct decode_letter letters[BYTE_VALUES];
    char rest[2 * DECODE_LONGEST]; /* a character cut by the end of the last block */
    size_t rest_length;
};

void
charset_convert(struct charset *charset, const char *bytes, size_t length, bool last,
                struct buf *out)
{
    size_t carried = charset->rest_length;
    if (carried) { /* the cut character, with enough of this block to complete it */
        size_t more =
            sizeof charset->rest - carried < length ? sizeof charset->rest - carried : length;
        if (more)
            memcpy(charset->rest + carried, bytes, more);
        size_t done = decode_block(&charset->decode, charset->rest, carried + more,
                                   last && more == length, out);
        if (done < carried) { /* the whole block was too short */
            charset->rest_length = carried + more - done;
            memmove(charset->rest, charset->rest + done, charset->rest_length);
            return;
        }
        charset->rest_length = 0;
        bytes += done - carried;
        length -= done - carried;
    }
    if (length == 0)
        return;
    size_t done = decode_block(&charset->decode, bytes, length, last, out);
    charset->rest_length = length - done;
    memcpy(charset->rest, bytes + done, charset->rest_length);
}

static bool
has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    while (*words) {
        size_t size = strcspn(words, " ");
        if (size == length && strncasecmp(words, word, length) == 0)
            return true;
        words += size + strspn(words + size, " ");
    }
    return false;
}

static const struct known *
find(const char *name)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (strcasecmp(known[i].name, name) == 0 || has_word(known[i].aliases, name))
            return &known[i];
    return NULL;
}

const char *
charset_find(const char *name)
{
    const struct known *found = find(name);
    return found ? found->name : NULL;
}

/* Windows leaves some bytes without a letter, which ICU maps to control characters all the same. */
static bool
set_letters(struct charset *charset)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset->known->name, &status);
    if (trouble(status))
        return false;
    bool windows = charset->known->name[0] == 'w';
    for (int i = 0; i < BYTE_VALUES; i++) {
        char byte = (char)i;
        UChar units[4];
        UErrorCode letter_status = U_ZERO_ERROR;
        int32_t count = ucnv_toUChars(converter, units, 4, &byte, 1, &letter_status);
        if (trouble(letter_status) || count != 1 || units[0] == 0xFFFD ||
            (windows && units[0] >= 0x80 && units[0] < 0xA0))
            continue;
        struct decode_letter *letter = &charset->letters[i];
        int32_t length = 0;
        UBool failed = 0;
        U8_APPEND((uint8_t *)letter->bytes, length, 3, units[0], failed);
        letter->length = failed ? 0 : (unsigned char)length;
    }
    ucnv_close(converter);
    return true;
}

struct charset *
charset_open(const char *name)
{
    const struct known *found = find(name);
    if (!found)
        return NULL;
    struct charset *charset = memory_new(1, sizeof *charset);
    charset->known = found;
    charset->decode = (struct decode){
        .form = found->form, .big_endian = found->big_endian, .letters = charset->letters};
    if (found->form == DECODE_BYTES && !set_letters(charset)) {
        free(charset);
        return NULL;
    }
    return charset;
}

void
charset_close(struct charset *charset)
{
    free(charset);
}

const char *
charset_name(const struct charset *charset)
{
    return charset->known->name;
}

uint64_t
charset_faults(const struct charset *charset)
{
    return charset->decode.faults;
}

uint64_t
charset_first_fault(const struct charset *charset)
{
    return charset->decode.first_fault;
}

enum { GUESSED_BYTES = 4096, LEAST_BYTES = 8 };

static const struct {
    const char *name, *bytes;
    uint32_t length;
} marks[] = {
    /* UTF-32LE before UTF-16LE, which begins alike */
    {"utf-8", "\xEF\xBB\xBF", 3}, {"utf-32le", "\xFF\xFE\0\0", 4}, {"utf-32be", "\0\0\xFE\xFF", 4},
    {"utf-16le", "\xFF\xFE", 2},  {"utf-16be", "\xFE\xFF", 2},
};

/* Zero bytes by their place among four. Every UTF-32 character has one or two where the others
 * have none; in UTF-16 each ASCII character has one on its upper side, and at least every eighth
 * character of a table is ASCII: separators, digits, line ends. */
static const char *
guess_by_zeros(const char *bytes, size_t length)
{
    size_t zeros[4] = {0}, quads = length / 4;
    for (size_t i = 0; i < quads * 4; i++)
        zeros[i % 4] += bytes[i] == '\0';
    size_t even = zeros[0] + zeros[2], odd = zeros[1] + zeros[3], least = quads / 4 + 2;
    if (zeros[3] == quads && zeros[2] >= quads - quads / 16 && zeros[0] <= quads / 16)
        return "utf-32le";
    if (zeros[0] == quads && zeros[1] >= quads - quads / 16 && zeros[3] <= quads / 16)
        return "utf-32be";
    if (odd >= least && even <= odd / 8)
        return "utf-16le";
    if (even >= least && odd <= even / 8)
        return "utf-16be";
    return NULL;
}

struct charset_guess
charset_detect(const char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length && memcmp(bytes, marks[i].bytes, marks[i].length) == 0)
            return (struct charset_guess){marks[i].name, marks[i].length};
    if (length < LEAST_BYTES)
        return (struct charset_guess){NULL, 0};
    if (length > GUESSED_BYTES)
        length = GUESSED_BYTES;
    return (struct charset_guess){guess_by_zeros(bytes, length), 0};
}
