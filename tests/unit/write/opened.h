/* opened: the fonts and metrics that a group of the writers' tests shares; after cmocka.h. */
#ifndef SEFPACK_TESTS_WRITE_OPENED_H
#define SEFPACK_TESTS_WRITE_OPENED_H

#include "layout.h"

static struct diag *diag;
static struct fonts *fonts;
static struct metrics metrics;

static int
open_fonts(void **state)
{
    (void)state;
    diag = diag_new(NULL, false, false);
    fonts = fonts_open(diag);
    metrics = fonts_metrics(fonts);
    return fonts ? 0 : -1;
}

static int
close_fonts(void **state)
{
    (void)state;
    fonts_close(fonts);
    diag_free(diag);
    return 0;
}

#endif
