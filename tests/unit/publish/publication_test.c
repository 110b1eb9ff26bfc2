#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish.h"
#include "sha256.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct place_of_test {
    char folder[64];
    struct diag *diag;
};

static int
set_up(void **state)
{
    static struct place_of_test test;
    strcpy(test.folder, "/tmp/sefpack-publication-XXXXXX");
    test.diag = diag_new(NULL, false, false);
    *state = &test;
    return mkdtemp(test.folder) ? 0 : 1;
}

static int
tear_down(void **state)
{
    struct place_of_test *test = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", test->folder);
    diag_free(test->diag);
    return system(command);
}

static bool
exists(const struct place_of_test *test, const char *path)
{
    char full[200];
    snprintf(full, sizeof full, "%s/%s", test->folder, path);
    return access(full, F_OK) == 0;
}

static struct publication *
open_run(struct place_of_test *test, const char *id)
{
    return publication_open(test->folder, "2026-10-31", id, 0, test->diag);
}

static void
a_commit_makes_the_run_visible(void **state)
{
    struct place_of_test *test = *state;
    struct publication *publication = open_run(test, "aaaaaaaaaaaa");
    assert_non_null(publication);
    assert_true(publication_write(publication, "teams/north/pack.html", TEXT("<p>")));
    assert_false(exists(test, "2026-10-31"));
    assert_true(publication_commit(publication, TEXT("\"schema\": 1"), 2, test->diag));
    publication_close(publication);
    assert_true(exists(test, "2026-10-31/teams/north/pack.html"));
    assert_true(exists(test, "latest/manifest.json"));
}

static mode_t
mode_of(const struct place_of_test *test, const char *path)
{
    char full[200];
    struct stat is;
    snprintf(full, sizeof full, "%s/%s", test->folder, path);
    return stat(full, &is) == 0 ? is.st_mode & 0777 : 0;
}

/* Whatever the umask: what is private is its owner's, also in a copy of the run. */
static void
private_files_are_the_owners_alone(void **state)
{
    struct place_of_test *test = *state;
    mode_t before = umask(0);
    struct publication *publication = open_run(test, "pppppppppppp");
    assert_true(publication_write(publication, "teams/north/pack.html", TEXT("<p>")));
    assert_true(publication_write(publication, "memory.json", TEXT("{}")));
    assert_false(publication_holds(publication, "teams/north/pack.eml"));
    assert_true(publication_write_private(publication, "teams/north/pack.eml", TEXT("To: x")));
    assert_true(publication_write_private(publication, "undelivered/a/pack.eml", TEXT("To: y")));
    assert_true(publication_holds(publication, "teams/north/pack.eml"));
    assert_false(publication_write_private(publication, "../pack.eml", TEXT("out")));
    assert_true(publication_commit(publication, TEXT(""), 2, test->diag));
    publication_close(publication);
    for (int copy = 0; copy < 2; copy++) {
        assert_int_equal(mode_of(test, "latest/teams/north/pack.eml"), 0600);
        assert_int_equal(mode_of(test, "latest/teams/north/pack.html"), 0640);
        assert_int_equal(mode_of(test, "latest/teams/north"), 0750);
        assert_int_equal(mode_of(test, "latest/undelivered"), 0700);
        assert_int_equal(mode_of(test, "latest/undelivered/a"), 0700);
        if (copy)
            break;
        publication = open_run(test, "qqqqqqqqqqqq");
        assert_true(publication_amend(publication, "memory.json", TEXT("{ }"), test->diag));
        publication_close(publication);
    }
    umask(before);
}

static void
without_commit_nothing_stays(void **state)
{
    struct place_of_test *test = *state;
    struct publication *publication = open_run(test, "bbbbbbbbbbbb");
    assert_true(publication_write(publication, "index.html", TEXT("<p>")));
    publication_close(publication);
    assert_false(exists(test, "2026-10-31"));
    assert_false(exists(test, ".runs/2026-10-31-bbbbbbbbbbbb"));
}

static void
what_a_killed_run_left_is_cleared(void **state)
{
    struct place_of_test *test = *state;
    pid_t child = fork();
    if (child == 0) {
        struct publication *killed = open_run(test, "cccccccccccc");
        publication_write(killed, "company/pack.html", TEXT("half"));
        _exit(9);
    }
    waitpid(child, NULL, 0);
    assert_true(exists(test, ".runs/2026-10-31-cccccccccccc"));
    struct publication *next = open_run(test, "dddddddddddd");
    assert_non_null(next);
    assert_false(exists(test, ".runs/2026-10-31-cccccccccccc"));
    publication_close(next);
}

static void
a_rerun_replaces_the_old_one(void **state)
{
    struct place_of_test *test = *state;
    for (int again = 0; again < 3; again++) {
        struct publication *publication = open_run(test, "eeeeeeeeeeee");
        char name[32];
        snprintf(name, sizeof name, "file%d", again);
        assert_true(publication_write(publication, name, TEXT("x")));
        assert_true(publication_commit(publication, TEXT(""), 2, test->diag));
        publication_close(publication);
    }
    assert_true(exists(test, "2026-10-31/file2"));
    assert_false(exists(test, "2026-10-31/file1"));
}

static void
a_path_cannot_leave_the_run(void **state)
{
    struct place_of_test *test = *state;
    struct publication *publication = open_run(test, "ffffffffffff");
    static const char *const paths[] = {"../evil", "teams/../../evil", "/evil", "teams//evil", ""};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_false(publication_write(publication, paths[i], TEXT("x")));
    assert_true(publication_write(publication, "once", TEXT("x")));
    assert_false(publication_write(publication, "once", TEXT("y")));
    assert_int_equal(errno, EEXIST);
    publication_close(publication);
}

static void
a_second_run_says_who_holds_the_folder(void **state)
{
    struct place_of_test *test = *state;
    struct publication *first = open_run(test, "111111111111");
    assert_null(open_run(test, "222222222222"));
    assert_int_equal(diag_exit(test->diag), EXIT_FAILED);
    publication_close(first);
}

/* Publishes a day with a file at the top and one below. */
static void
publish_day(struct place_of_test *test, const char *day, const char *memory)
{
    struct publication *publication =
        publication_open(test->folder, day, "abcabcabcabc", 0, test->diag);
    assert_true(publication_write(publication, "memory.json", text_of(memory)));
    assert_true(publication_write(publication, "teams/north/pack.html", TEXT("<p>")));
    assert_true(publication_commit(publication, TEXT("\"schema\": 1"), 2, test->diag));
    publication_close(publication);
}

static void
assert_content(const struct place_of_test *test, const char *path, const char *expected)
{
    char full[200], content[1024] = "";
    snprintf(full, sizeof full, "%s/%s", test->folder, path);
    FILE *file = fopen(full, "r");
    assert_non_null(file);
    content[fread(content, 1, sizeof content - 1, file)] = '\0';
    fclose(file);
    assert_non_null(strstr(content, expected));
}

static void
assert_listed(const struct place_of_test *test, const char *path, struct text bytes)
{
    char sha256[65], entry[300];
    sha256_hex(bytes.bytes, bytes.length, sha256);
    snprintf(entry, sizeof entry, "{\"path\":\"%s\",\"bytes\":%u,\"sha256\":\"%s\"}", path,
             bytes.length, sha256);
    assert_content(test, "latest/manifest.json", entry);
}

/* Whoever wrote a file: this process, a worker, or somebody else. */
static void
the_manifest_lists_every_file(void **state)
{
    struct place_of_test *test = *state;
    static char many[300000];
    struct text large = {many, sizeof many};
    char path[200];
    memset(many, 'm', sizeof many);
    struct publication *publication = open_run(test, "999999999999");
    assert_true(publication_write(publication, "company/large", large));
    pid_t worker = fork();
    if (worker == 0)
        _exit(!publication_write(publication, "company/of-a-worker", TEXT("w")));
    int status = 1;
    waitpid(worker, &status, 0);
    assert_int_equal(status, 0);
    snprintf(path, sizeof path, "%s/.runs/2026-10-31-999999999999/company/by-hand", test->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_not_equal(fputs("hand", file), EOF);
    assert_int_equal(fclose(file), 0);
    assert_true(publication_commit(publication, TEXT(""), 2, test->diag));
    publication_close(publication);
    assert_listed(test, "company/large", large);
    assert_listed(test, "company/of-a-worker", TEXT("w"));
    assert_listed(test, "company/by-hand", TEXT("hand"));
}

static void
latest_is_the_latest_day_in_any_order(void **state)
{
    struct place_of_test *test = *state;
    publish_day(test, "2026-02-28", "february");
    publish_day(test, "2026-03-31", "march");
    publish_day(test, "2026-01-31", "january");
    assert_content(test, "latest/memory.json", "march");
    assert_content(test, "2026-01-31/memory.json", "january");
}

static void
the_earliest_days_are_dropped(void **state)
{
    struct place_of_test *test = *state;
    publish_day(test, "2026-02-28", "february");
    publish_day(test, "2026-03-31", "march");
    publish_day(test, "2026-04-30", "april");
    struct publication *publication =
        publication_open(test->folder, "2026-01-31", "abcabcabcabc", 0, test->diag);
    publication_keep(publication, 0, test->diag);
    assert_true(exists(test, "2026-02-28/memory.json"));
    publication_keep(publication, 2, test->diag);
    assert_false(exists(test, "2026-02-28"));
    assert_false(exists(test, ".runs/2026-02-28-abcabcabcabc"));
    assert_true(exists(test, "2026-03-31/memory.json"));
    assert_true(publication_write(publication, "memory.json", TEXT("january")));
    assert_true(publication_commit(publication, TEXT(""), 2, test->diag));
    publication_keep(publication, 2, test->diag); /* what was just made stays */
    assert_true(exists(test, "2026-01-31/memory.json"));
    assert_false(exists(test, "2026-03-31"));
    assert_content(test, "latest/memory.json", "april");
    publication_close(publication);
    assert_int_equal(diag_count(test->diag, SEVERITY_NOTE), 2);
}

static void
an_amended_run_changes_in_one_file(void **state)
{
    struct place_of_test *test = *state;
    publish_day(test, "2026-02-28", "february");
    struct publication *publication =
        publication_open(test->folder, "2026-02-28", "abcabcabcabc", 0, test->diag);
    assert_true(publication_amend(publication, "memory.json", TEXT("{}"), test->diag));
    publication_close(publication);
    assert_content(test, "2026-02-28/memory.json", "{}");
    assert_content(test, "2026-02-28/teams/north/pack.html", "<p>");
    assert_content(test, "2026-02-28/manifest.json", "\"schema\": 1");
    /* SHA-256 of {} */
    assert_content(
        test, "2026-02-28/manifest.json",
        "{\"path\":\"memory.json\",\"bytes\":2,\"sha256\":\"44136fa355b3678a1146ad16f7e8649e"
        "94fb4fc21fe77e8310c060f61caaff8a\"}");
    assert_content(test, "2026-02-28/manifest.json", "teams/north/pack.html");
    assert_false(exists(test, ".runs/2026-02-28-abcabcabcabc"));
}

static void
what_is_not_there_cannot_be_amended(void **state)
{
    struct place_of_test *test = *state;
    publish_day(test, "2026-02-28", "february");
    struct publication *publication =
        publication_open(test->folder, "2026-02-28", "abcabcabcabc", 0, test->diag);
    assert_false(publication_amend(publication, "other.json", TEXT("{}"), test->diag));
    publication_close(publication);
    assert_content(test, "2026-02-28/memory.json", "february");
    assert_false(exists(test, ".runs/2026-02-28-abcabcabcabc.2"));
}

static void
folder_names_are_safe_and_distinct(void **state)
{
    char one[64], other[64];
    (void)state;
    publication_folder("team-north", TEXT("T1"), one);
    publication_folder("team-north", TEXT("t1"), other);
    assert_string_not_equal(one, other);
    assert_int_equal(strspn(one, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(one));
    publication_folder("", TEXT("../../etc"), one);
    assert_int_equal(strlen(one), 8);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_commit_makes_the_run_visible, set_up, tear_down),
        cmocka_unit_test_setup_teardown(private_files_are_the_owners_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_commit_nothing_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_killed_run_left_is_cleared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rerun_replaces_the_old_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_path_cannot_leave_the_run, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_run_says_who_holds_the_folder, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_manifest_lists_every_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(latest_is_the_latest_day_in_any_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_earliest_days_are_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_amended_run_changes_in_one_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_there_cannot_be_amended, set_up, tear_down),
        cmocka_unit_test(folder_names_are_safe_and_distinct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
