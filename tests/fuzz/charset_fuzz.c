/* Any bytes in any encoding, in blocks of any size. */
#include "charset.h"
#include "fuzz.h"

#include <stdlib.h>

static const char *const names[] = {"utf-8",        "utf-16le",   "utf-16be",  "utf-32le",
                                    "utf-32be",     "iso-8859-1", "macintosh", "windows-1252",
                                    "windows-1255", "koi8-r"};

struct result {
    struct buf out;
    uint64_t faults, first;
};

static struct result
convert(const char *name, const uint8_t *bytes, size_t size, size_t block)
{
    struct result result = {{NULL, 0, 0}, 0, 0};
    struct charset *charset = charset_open(name);
    for (size_t at = 0; at < size; at += block) {
        size_t length = size - at < block ? size - at : block;
        char *copy = malloc(length); /* the sanitizer sees reads behind the block */
        memcpy(copy, bytes + at, length);
        charset_convert(charset, copy, length, at + length == size, &result.out);
        free(copy);
    }
    result.faults = charset_faults(charset);
    result.first = charset_first_fault(charset);
    charset_close(charset);
    return result;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    const char *name = names[bytes[0] % (sizeof names / sizeof *names)];
    size_t block = 1 + bytes[1];
    bytes += 2;
    size -= 2;
    struct charset_guess guess = charset_detect((const char *)bytes, size);
    CHECK(guess.bom <= size && (!guess.name || charset_find(guess.name) == guess.name));
    struct result whole = convert(name, bytes, size, size + 1),
                  parts = convert(name, bytes, size, block);
    CHECK(whole.out.length == parts.out.length && whole.faults == parts.faults);
    CHECK(whole.first == parts.first && whole.first <= size);
    CHECK(!whole.out.length || memcmp(whole.out.bytes, parts.out.bytes, whole.out.length) == 0);
    CHECK(text_valid_utf8(whole.out.bytes, whole.out.length) == whole.out.length);
    CHECK(whole.out.length <= size * 3 && whole.faults <= size);
    if (bytes[-2] % (sizeof names / sizeof *names) == 0)
        CHECK((whole.faults == 0) == (text_valid_utf8((const char *)bytes, size) == size));
    buf_free(&whole.out);
    buf_free(&parts.out);
    return 0;
}
