/* A PNG of every kind as pixels; damaged ones are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "deflate.h"
#include "picture.h"
#include "png.h"

#include <string.h>

enum { WIDTH = 2, HEIGHT = 2 };

struct sample {
    uint8_t depth, kind;
    const char *rows; /* each behind its filter */
    size_t length;
    const char *colour;  /* expected: 4 pixels of 3 bytes */
    const char *opacity; /* expected, or NULL */
};

#define BYTES(text) (text), sizeof(text) - 1

/* Two rows of two pixels: every kind, and every filter of rows. */
static const struct sample samples[] = {
    {8, 0, BYTES("\0\x10\x20\0\x30\x40"), "\x10\x10\x10 \x20\x20\x30\x30\x30@@@", NULL},
    {1, 0, BYTES("\0\x80\0\x40"), "\xFF\xFF\xFF\0\0\0\0\0\0\xFF\xFF\xFF", NULL},
    {4, 0, BYTES("\0\x1F\0\xF1"), "\x11\x11\x11\xFF\xFF\xFF\xFF\xFF\xFF\x11\x11\x11", NULL},
    {16, 0, BYTES("\0\x10\x99\x20\x99\0\x30\x99\x40\x99"), "\x10\x10\x10 \x20\x20\x30\x30\x30@@@",
     NULL},
    {8, 2, BYTES("\0ABCDEF\0GHIJKL"), "ABCDEFGHIJKL", NULL},
    {8, 2,
     BYTES("\x01"
           "ABC\3\3\3"
           "\x02\6\6\6\6\6\6"),
     "ABCDEFGHIJKL", NULL},
    {8, 2, BYTES("\0ABCDEF\x03\x27\x27\x28\x05\x05\x05"), "ABCDEFGHIJKL", NULL},
    {8, 2, BYTES("\0ABCDEF\x04\6\6\6\3\3\3"), "ABCDEFGHIJKL", NULL},
    {8, 3, BYTES("\0\1\0\0\0\1"), "defabcabcdef", "\xFF\x07\x07\xFF"},
    {2, 3, BYTES("\0\x40\0\x10"), "defabcabcdef", "\xFF\x07\x07\xFF"},
    {8, 4, BYTES("\0A\1B\2\0C\3D\4"), "AAABBBCCCDDD", "\1\2\3\4"},
    {8, 6, BYTES("\0ABC\1DEF\2\0GHI\3JKL\4"), "ABCDEFGHIJKL", "\1\2\3\4"},
};

static void
add_chunk(struct buf *out, const char *name, const void *bytes, size_t length)
{
    const char size[] = {0, 0, (char)(length >> 8), (char)length};
    buf_add(out, size, sizeof size);
    buf_string(out, name);
    buf_add(out, bytes, length);
    buf_add(out, "check", 4);
}

static struct buf
make(const struct sample *sample, char interlaced)
{
    struct buf out = {0}, packed = {0};
    struct deflate *deflate = deflate_open();
    const char head[] = {
        0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, (char)sample->depth, (char)sample->kind, 0, 0, interlaced};
    buf_add(&out, "\x89PNG\r\n\x1A\n", 8);
    add_chunk(&out, "IHDR", head, sizeof head);
    add_chunk(&out, "PLTE", "abcdef", 6);
    add_chunk(&out, "tRNS", "\x07", 1);
    add_chunk(&out, "tEXt", "unknown to the reader", 21);
    deflate_add(deflate, sample->rows, sample->length, &packed);
    add_chunk(&out, "IDAT", packed.bytes, 3);
    add_chunk(&out, "IDAT", packed.bytes + 3, packed.length - 3);
    add_chunk(&out, "IEND", "", 0);
    deflate_close(deflate);
    buf_free(&packed);
    return out;
}

static void
test_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct arena *arena = arena_new();
        struct buf file = make(&samples[i], 0);
        struct png png;
        assert_null(png_read(arena, buf_as_text(&file), &png));
        assert_int_equal(png.width, WIDTH);
        assert_int_equal(png.height, HEIGHT);
        assert_memory_equal(png.colour, samples[i].colour, 3 * WIDTH * HEIGHT);
        assert_int_equal(png.opacity != NULL, samples[i].opacity != NULL);
        if (png.opacity)
            assert_memory_equal(png.opacity, samples[i].opacity, WIDTH * HEIGHT);
        buf_free(&file);
        arena_free(arena);
    }
}

/* Cut anywhere, it is refused. */
static void
test_cut(void **state)
{
    (void)state;
    struct buf file = make(&samples[4], 0);
    for (uint32_t length = 0; length < file.length - 12; length++) {
        struct arena *arena = arena_new();
        struct png png;
        assert_non_null(png_read(arena, (struct text){file.bytes, length}, &png));
        arena_free(arena);
    }
    buf_free(&file);
}

static const char *
fault_of(struct buf file, size_t at, char byte)
{
    struct arena *arena = arena_new();
    struct png png;
    file.bytes[at] = byte;
    const char *fault = png_read(arena, buf_as_text(&file), &png);
    arena_free(arena);
    buf_free(&file);
    return fault;
}

static void
test_refused(void **state)
{
    (void)state;
    enum { SIGNATURE = 0, WIDTH_HIGH = 16, DEPTH = 24, KIND = 25 };
    struct sample filtered = {8, 0, BYTES("\5\x10\x20\0\x30\x40"), "", NULL};
    struct sample brief = {8, 0, BYTES("\0\x10\x20\0\x30"), "", NULL};
    struct buf interlaced = make(&samples[0], 1);
    assert_string_equal(fault_of(interlaced, 0, '\x89'), "is an interlaced PNG; save it without");
    assert_string_equal(fault_of(make(&samples[0], 0), SIGNATURE, 'x'), "is not a PNG");
    assert_string_equal(fault_of(make(&samples[0], 0), DEPTH, 3), "is a PNG of no known kind");
    assert_string_equal(fault_of(make(&samples[0], 0), KIND, 5), "is a PNG of no known kind");
    assert_string_equal(fault_of(make(&samples[0], 0), WIDTH_HIGH, 1),
                        "has no size, or more than 4 million pixels");
    assert_string_equal(fault_of(make(&filtered, 0), SIGNATURE, '\x89'), "is a damaged PNG");
    assert_string_equal(fault_of(make(&brief, 0), SIGNATURE, '\x89'), "is a damaged PNG");
}

static void
test_files(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct picture picture;
    assert_null(picture_read(arena, SOURCE_DIR "/tests/unit/write/logo.png", &picture));
    assert_int_equal(picture.png.width, 240);
    assert_non_null(picture.png.opacity);
    assert_string_equal(picture_read(arena, "/nowhere.png", &picture), "cannot be read");
    assert_string_equal(picture_read(arena, SOURCE_DIR "/CMakeLists.txt", &picture),
                        "is not a PNG");
    arena_free(arena);
}

static void
test_base64(void **state)
{
    (void)state;
    static const char *const expected[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="};
    for (uint32_t length = 0; length < 5; length++) {
        struct buf out = {0};
        picture_base64((struct text){"foob", length}, &out);
        buf_char(&out, '\0');
        assert_string_equal(out.bytes, expected[length]);
        buf_free(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds), cmocka_unit_test(test_cut),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_files), cmocka_unit_test(test_base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
