/* Mails: their shape, their limits, and what foreign text cannot do in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "build.h"
#include "eml.h"
#include "eml_header.h"
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static const char pdf[] = "%PDF-1.7\n\0binary\r\nbytes\n";

struct letter {
    struct doc *doc;
    struct doc_envelope envelope;
    struct doc_attachment attachment;
    struct doc_figure figure[6];
    struct doc_link link[3];
    double share[6];
    const char *sentence[3];
};

static void
fill(struct letter *letter, const char *name)
{
    struct doc *doc = letter->doc = fixture_empty();
    for (int i = 0; i < 6; i++) {
        letter->figure[i] = (struct doc_figure){"m", "Expected", "EUR 1.2m", NULL, name};
        letter->share[i] = i / 4.0 - 0.25;
    }
    for (int i = 0; i < 3; i++) {
        letter->sentence[i] = i ? name : "EUR 160k of EUR 440k is booked.";
        letter->link[i] =
            (struct doc_link){name, "81% of 35%", i == 1 ? "binds now" : NULL, 0.8 * i};
    }
    doc->title = name;
    doc->mail_templates = SOURCE_DIR "/templates";
    doc->mail = (struct doc_mail_words){
        name,   name,       "The whole job", "Six figures",     "Dark: there.",
        "Bars", "Attached", "Data",          "Sent by sefpack", "Answers to"};
    doc->summary.sentence = letter->sentence;
    doc->summary.sentence_count = 3;
    doc->summary.figure = letter->figure;
    doc->summary.figure_share = letter->share;
    doc->summary.figure_count = 6;
    doc->summary.link = letter->link;
    doc->summary.link_count = 3;
    doc->summary.ask_title = "The one ask";
    doc->summary.ask = name;
    doc->summary.data_status = doc->reconciliation;
    build_text(doc, NULL, BLOCK_BANNER, "Do not use these numbers yet");
    letter->attachment = (struct doc_attachment){eml_file_name(doc->arena, name, ".pdf"),
                                                 "application/pdf", pdf, sizeof pdf - 1};
    letter->envelope = (struct doc_envelope){{"Sales, \"Operations\"", "ops@example.com"},
                                             {NULL, "answers@example.com"},
                                             {name, "ann@example.com"},
                                             1,
                                             &letter->attachment};
    doc->envelope = &letter->envelope;
}

static void
write_of(const char *name, struct buf *out)
{
    struct letter letter;
    fill(&letter, name);
    struct write_result result = eml_write(letter.doc, NULL, out);
    assert_null(result.fault);
    arena_free(letter.doc->arena);
}

/* Lines end in CRLF alone; none of a body is above 76, none of a part's header above 78, none of
 * the message's above 998. */
static void
check_lines(const struct buf *out)
{
    const char *body = strstr(out->bytes, "\r\n\r\n");
    assert_non_null(body);
    assert_int_equal(strlen(out->bytes), out->length);
    size_t start = 0;
    for (size_t i = 0; i < out->length; i++) {
        unsigned char byte = (unsigned char)out->bytes[i];
        assert_true(byte < 0x80);
        if (byte == '\r')
            assert_int_equal(out->bytes[i + 1], '\n');
        if (byte != '\n')
            continue;
        assert_true(i > 0 && out->bytes[i - 1] == '\r');
        size_t length = i - 1 - start;
        const char *line = out->bytes + start;
        bool of_part = *line == ' ' || strncmp(line, "Content-", 8) == 0;
        if (length > (line < body ? 998u : of_part ? 78u : 76u))
            fail_msg("%zu: %.*s", length, (int)length, line);
        start = i + 1;
    }
    assert_int_equal(start, out->length);
}

/* How often a line begins with `head`, in front of the first empty line. */
static int
headers_of(const struct buf *out, const char *head)
{
    int count = 0;
    const char *end = strstr(out->bytes, "\r\n\r\n");
    for (const char *line = out->bytes; line && line < end;) {
        count += strncmp(line, head, strlen(head)) == 0;
        line = strstr(line, "\r\n");
        line = line ? line + 2 : NULL;
    }
    return count;
}

static void
has_the_headers(void **state)
{
    struct buf out = {0};
    (void)state;
    write_of("Team North, October 2026", &out);
    check_lines(&out);
    static const char *const lines[] = {
        "From: \"Sales, \\\"Operations\\\"\" <ops@example.com>\r\n",
        "Reply-To: answers@example.com\r\n",
        "To: \"Team North, October 2026\" <ann@example.com>\r\n",
        "Subject: Team North, October 2026\r\n",
        "Date: Thu, 15 Oct 2026 12:00:00 +0000\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "MIME-Version: 1.0\r\n",
        "Content-Type: multipart/mixed; boundary=",
        "multipart/alternative",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
        "Content-Language: en-GB\r\n",
        "filename=\"Team North, October 2026.pdf\"\r\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!strstr(out.bytes, lines[i]))
            fail_msg("no %s", lines[i]);
    buf_free(&out);
}

static void
same_doc_same_bytes_and_another_another_id(void **state)
{
    struct buf one = {0}, two = {0}, other = {0};
    (void)state;
    write_of("North", &one);
    write_of("North", &two);
    write_of("South", &other);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    const char *id = strstr(one.bytes, "Message-Id: <"),
               *id2 = strstr(other.bytes, "Message-Id: <");
    assert_non_null(id);
    assert_non_null(id2);
    assert_int_not_equal(strncmp(id, id2, 40), 0);
    assert_int_equal(strspn(id + 13, "0123456789abcdef"), 32);
    assert_memory_equal(id + 45, "@example.com>\r\n", 15);
    buf_free(&one);
    buf_free(&two);
    buf_free(&other);
}

/* Names as no CRM should hold them. */
static void
no_name_breaks_out(void **state)
{
    static const char *const names[] = {
        "North\r\nBcc: eve@evil.example",
        "North\nSubject: other",
        "North\rTo: eve@evil.example",
        "\r\n\r\n<script>alert(1)</script>",
        "\r\n.\r\nMAIL FROM:<eve@evil.example>",
        "=?utf-8?q?=0D=0ABcc:_eve@evil.example?=",
        "a\"b\\c\"; filename=\"evil.exe",
        "<eve@evil.example>, Eve",
        "\xE2\x80\xAE"
        "fdp.exe",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD8\xB3\xD9\x84\xD8\xA7\xD9\x85",
        "\xF0\x9F\x98\x80\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 "
        "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA",
        "Stra\xC3\x9F"
        "e \xC3\x89quipe \xE5\x8C\x97\xE4\xBA\xAC",
        "bad \xFF\xC3 utf-8 \xE2\x82",
        "tab\there \x01\x02\x1B[31m bell\a",
        "../../etc/passwd",
        "...",
        "--=_sefpack_1\r\n\r\n",
        ".",
        "From here on",
        "\xE2\x80\xA8line\xE2\x80\xA9paragraph",
        " ",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf out = {0};
        write_of(names[i], &out);
        check_lines(&out);
        static const char *const once[] = {
            "From: ", "To: ",         "Subject: ",      "Reply-To: ", "Date: ",
            "Bcc: ",  "Message-Id: ", "MIME-Version: ", "Cc: ",       "MAIL "};
        for (size_t h = 0; h < sizeof once / sizeof *once; h++) {
            bool never = once[h][0] == 'B' || once[h][0] == 'C' || strncmp(once[h], "MAIL", 4) == 0;
            bool empty = strcmp(once[h], "Subject: ") == 0 && strcmp(names[i], " ") == 0;
            assert_int_equal(headers_of(&out, once[h]), !never && !empty);
        }
        assert_null(strstr(strstr(out.bytes, "Content-Type: text/html"), "<script"));
        assert_null(strstr(out.bytes, "\r\n.\r\n"));
        buf_free(&out);
    }
}

static void
very_long_names_are_cut(void **state)
{
    char name[4001];
    struct buf out = {0};
    (void)state;
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    write_of(name, &out);
    check_lines(&out);
    assert_true(out.length < 60000);
    buf_clear(&out);
    for (size_t i = 0; i + 2 < sizeof name; i += 2)
        memcpy(name + i, "\xC3\xA9", 2);
    name[sizeof name - 1] = '\0';
    write_of(name, &out);
    check_lines(&out);
    buf_free(&out);
}

static void
header_text(void **state)
{
    static const struct {
        const char *from;
        unsigned most;
        const char *to;
    } cases[] = {
        {"plain", 10, "plain"},
        {"  a \t\r\n  b  ", 10, "a b"},
        {NULL, 10, ""},
        {"", 10, ""},
        {"0123456789", 10, "0123456789"},
        {"0123456789a", 10, "012345678\xE2\x80\xA6"},
        {"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 3, "\xC3\xA9\xC3\xA9\xE2\x80\xA6"},
        {"a\x01"
         "b\xFF",
         10,
         "a\xEF\xBF\xBD"
         "b\xEF\xBF\xBD"},
        {"a\xE2\x80\xAE"
         "b",
         10, "ab"},
        {"a\xC2\xA0"
         "b",
         10,
         "a\xC2\xA0"
         "b"},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(eml_line(arena, cases[i].from, cases[i].most), cases[i].to);
    assert_string_equal(eml_header(arena,
                                   "a\xC2\xA0\xE2\x80\xAF"
                                   "b",
                                   10),
                        "a b");
    assert_string_equal(eml_file_name(arena, "a/b\\c:d*e?f\"g<h>i|j", ".pdf"),
                        "a-b-c-d-e-f-g-h-i-j.pdf");
    assert_string_equal(eml_file_name(arena, "..", ".pdf"), "-..pdf");
    assert_string_equal(eml_file_name(arena, "\r\n", ".pdf"), "pack.pdf");
    arena_free(arena);
}

/* What mail programs do not know or do not show is not in the HTML part. */
static void
html_is_fit_for_mail(void **state)
{
    static const char *const forbidden[] = {
        "<svg",   "<img", "data:",     "<style", "<script", "<link", "class=", "http:",
        "https:", "url(", "position:", "flex",   "grid",    "{{",    "<form",  "onload"};
    struct letter letter;
    struct buf html = {0};
    (void)state;
    fill(&letter, "North & <South> \"East\"");
    assert_null(eml_html(letter.doc, &html));
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        assert_null(strstr(html.bytes, forbidden[i]));
    static const char *const wanted[] = {"North &amp; &lt;South&gt; &quot;East&quot;",
                                         "lang=\"en-GB\"",
                                         "Do not use these numbers yet",
                                         "The one ask",
                                         "binds now",
                                         "11 of 11 identities tie",
                                         "answers@example.com",
                                         "bgcolor=\"#12436D\""};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(html.bytes, wanted[i]))
            fail_msg("no %s", wanted[i]);
    size_t tables = 0, roles = 0;
    for (const char *at = html.bytes; (at = strstr(at, "<table")); at++)
        tables++;
    for (const char *at = html.bytes; (at = strstr(at, "<table role=\"presentation\"")); at++)
        roles++;
    assert_true(tables > 5);
    assert_int_equal(tables, roles);
    assert_true(html.length < 30000);
    buf_free(&html);
    arena_free(letter.doc->arena);
}

/* The width of a line in code points is enough here: the names have no wide ones. */
static void
text_is_wrapped(void **state)
{
    struct letter letter;
    struct buf text = {0};
    (void)state;
    fill(&letter, "Sehr lange W\xC3\xB6rter wie "
                  "Donaudampfschifffahrtselektrizit\xC3\xA4tenhauptbetriebswerkbauunterbeamtengesel"
                  "lschaft stehen hier und da in Namen von Teams");
    eml_text(letter.doc, &text);
    size_t width = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '\n') {
            assert_true(width <= 72);
            width = 0;
        } else {
            width += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
        }
    }
    assert_int_equal(text.bytes[text.length - 1], '\n');
    assert_non_null(strstr(text.bytes, "\n-- \n"));
    assert_non_null(strstr(text.bytes, "The one ask\n-----------\n"));
    buf_free(&text);
    arena_free(letter.doc->arena);
}

static void
faults_are_told(void **state)
{
    struct letter letter;
    struct buf out = {0};
    (void)state;
    fill(&letter, "North");
    letter.doc->mail_templates = "/nowhere";
    assert_non_null(strstr(eml_write(letter.doc, NULL, &out).fault, "mail.html cannot be read"));
    letter.doc->envelope = NULL;
    assert_string_equal(eml_write(letter.doc, NULL, &out).fault, "a mail without a sender");
    assert_int_equal(out.length, 0);
    arena_free(letter.doc->arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_headers),
        cmocka_unit_test(same_doc_same_bytes_and_another_another_id),
        cmocka_unit_test(no_name_breaks_out),
        cmocka_unit_test(very_long_names_are_cut),
        cmocka_unit_test(header_text),
        cmocka_unit_test(html_is_fit_for_mail),
        cmocka_unit_test(text_is_wrapped),
        cmocka_unit_test(faults_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
