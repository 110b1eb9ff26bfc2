/* The JSON Schema against the example, and the generated documents against what is committed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json.h"
#include "loading.h"
#include "product_example.h"
#include "tree.h"

/* A scalar as an editor reads it: YAML 1.2's core schema. */
static void
write_scalar(struct json *json, const struct tree *node)
{
    char *end = NULL;
    if (node->plain && (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0)) {
        json_bool(json, node->text[0] == 't');
        return;
    }
    double number = strtod(node->text, &end);
    if (tree_is_empty(node))
        json_null(json);
    else if (node->plain && !*end)
        json_real(json, number);
    else
        json_string(json, node->text);
}

static void
write_node(struct json *json, const struct tree *node)
{
    if (node->kind == TREE_SCALAR_NODE) {
        write_scalar(json, node);
        return;
    }
    bool list = node->kind == TREE_LIST;
    json_open(json, list ? '[' : '{');
    for (const struct tree *child = node->first; child; child = child->next) {
        if (!list)
            json_key(json, child->key);
        write_node(json, child);
    }
    json_close(json, list ? ']' : '}');
}

static void
save(const char *path, struct buf *bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->bytes, 1, bytes->length, file), bytes->length);
    fclose(file);
    buf_free(bytes);
}

static void
save_as_json(const char *path, const char *yaml)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(stderr, false, false);
    const struct tree *root = tree_parse(arena, text_of(yaml), "example", true, diag);
    diag_flush(diag);
    assert_non_null(root);
    struct buf out = {0};
    struct json json = {.out = &out};
    write_node(&json, root);
    save(path, &out);
    diag_free(diag);
    arena_free(arena);
}

/* Asks the program beside this one. */
static bool
fits_schema(const char *yaml)
{
    char folder[32], program[4096], command[8192], answer[8] = "";
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    assert_true(length > 0);
    program[length] = 0;
    *strrchr(program, '/') = 0;
    enter_folder(folder);
    struct buf schema = {0};
    config_write_schema(&schema);
    save("schema.json", &schema);
    save_as_json("c.json", yaml);
    snprintf(command, sizeof command, "'%s/schema_fits' schema.json c.json", program);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_non_null(fgets(answer, sizeof answer, pipe));
    assert_int_equal(pclose(pipe), 0);
    unlink("schema.json");
    unlink("c.json");
    leave_folder(folder);
    return strcmp(answer, "yes\n") == 0;
}

static void
the_example_fits_the_schema(void **state)
{
    (void)state;
    assert_true(fits_schema(product_example));
    assert_true(fits_schema(LEAST));
}

/* What the loader refuses by kind and by name, the schema refuses too. */
static void
faults_do_not_fit(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        LEAST "perid: quarter\n",
        "company: a\n",
        LEAST "period: quater\n",
        LEAST "fiscal_year_starts: 13\n",
        LEAST "forecast: {correlation: 0.7}\n",
        LEAST "rules: {past_close: perhaps}\n",
        LEAST "rules: {silent: {day: 3}}\n",
        LEAST "packs: [{each: team, formats: [docx]}]\n",
        LEAST "previous: {day: yesterday, deals: x}\n",
        LEAST "theme: {accent: blue}\n",
        LEAST "segments: {a: upsell}\n",
        LEAST "ramp: [2]\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct loaded loaded = load_text(wrong[i]);
        assert_null(loaded.config);
        unload(&loaded);
        if (fits_schema(wrong[i]))
            fail_msg("fits, but should not: %s", wrong[i]);
    }
}

static void
what_may_be_short_fits(void **state)
{
    (void)state;
    static const char *const good[] = {
        LEAST "limits: {rejected_rows: none}\n",
        LEAST "limits: {rejected_rows: 5}\n",
        LEAST "what_if: [0.4, {win_rate: 0.5}]\n",
        LEAST "levels: {executive: chief}\n",
        LEAST "rules: {aged: off, silent: {fatal: true}}\n",
        LEAST "packs: [{each: team, formats: pdf, left: yes}]\n",
        LEAST "mail: {attachment_limit: 15 MiB, attach_html: no}\n",
        LEAST "previous: {day: 2026-01-01, deals: {file: a, map: {id: [A, B]}}}\n",
        LEAST "segments: {a: new}\n",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct loaded loaded = load_text(good[i]);
        assert_string_equal(loaded.said, "");
        unload(&loaded);
        if (!fits_schema(good[i]))
            fail_msg("does not fit, but should: %s", good[i]);
    }
}

static void
check_current(const char *path, void (*write)(struct buf *out), const char *how)
{
    struct buf out = {0};
    write(&out);
    char *committed = calloc(1, out.length + 2);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(committed, 1, out.length + 1, file);
    fclose(file);
    if (length != out.length || memcmp(committed, out.bytes, length) != 0)
        fail_msg("%s is not current: `sefpack reference %s` writes it", path, how);
    free(committed);
    buf_free(&out);
}

static void
the_documents_are_current(void **state)
{
    (void)state;
    check_current(SOURCE_DIR "/config/README.md", config_write_reference, "config");
    check_current(SOURCE_DIR "/src/man/sefpack-config.5", config_write_manual, "manual");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_fits_the_schema),
        cmocka_unit_test(faults_do_not_fit),
        cmocka_unit_test(what_may_be_short_fits),
        cmocka_unit_test(the_documents_are_current),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
