/* Writes the fixtures of the writers' tests into a folder, in every format but mail: the system
 * tests look at them. fixture_packs FOLDER [REPEAT]; with REPEAT it times one writer after the
 * other. */
#include "fixture.h"
#include "write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double
seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int
save(const char *folder, const char *name, const char *extension, const struct buf *bytes)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, extension);
    FILE *file = fopen(path, "wbe");
    if (!file || fwrite(bytes->bytes, 1, bytes->length, file) != bytes->length) {
        perror(path);
        return 1;
    }
    return fclose(file);
}

static int
write_one(const char *folder, const struct fixture *fixture, const struct writer *writer,
          struct fonts *fonts, long repeat)
{
    struct metrics metrics = fonts_metrics(fonts);
    struct buf bytes = {0};
    struct doc *doc = fixture_make(fixture, &metrics);
    struct write_result result = writer->write(doc, fonts, &bytes);
    int failed = result.fault ? 1 : save(folder, fixture->name, writer->extension, &bytes);
    printf("%-10s %-5s %3u pages %3u boxed %8zu bytes %s", fixture->name, writer->name,
           result.pages, result.boxed, bytes.length, result.fault ? result.fault : "");
    double start = seconds();
    for (long i = 0; i < repeat; i++) {
        buf_clear(&bytes);
        writer->write(doc, fonts, &bytes);
    }
    if (repeat)
        printf(" %7.3f ms", (seconds() - start) * 1000 / (double)repeat);
    putchar('\n');
    buf_free(&bytes);
    arena_free(doc->arena);
    return failed;
}

int
main(int count, char **argument)
{
    struct diag *diag = diag_new(stderr, false, false);
    struct fonts *fonts = fonts_open(diag);
    long repeat = count > 2 ? strtol(argument[2], NULL, 10) : 0;
    int failed = !fonts || count < 2;
    for (const struct fixture *fixture = fixtures; !failed && fixture->name; fixture++)
        for (const struct writer *writer = writers; writer->name; writer++)
            if (strcmp(writer->name, "eml") != 0) /* a fixture has no sender */
                failed |= write_one(argument[1], fixture, writer, fonts, repeat);
    diag_flush(diag);
    if (fonts)
        fonts_close(fonts);
    diag_free(diag);
    return failed;
}
