#include "theme.h"

#include "config.h"
#include "tree.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

static const char plain_accent[] = "#12436D";

static int
hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Relative luminance, 0 to 1; -1 for what is no colour. */
static double
luminance(const char *colour)
{
    static const double weights[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    if (!colour || colour[0] != '#' || strlen(colour) != 7)
        return -1;
    for (int i = 0; i < 3; i++) {
        int high = hex_digit(colour[1 + 2 * i]), low = hex_digit(colour[2 + 2 * i]);
        if (high < 0 || low < 0)
            return -1;
        double channel = (high * 16 + low) / 255.0;
        sum += weights[i] *
               (channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double
theme_contrast(const char *one, const char *other)
{
    double a = luminance(one), b = luminance(other);
    return a < 0 || b < 0 ? 0 : (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static bool
check_accent(const char *accent, struct place place, struct diag *diag)
{
    double contrast = theme_contrast(accent, "#FFFFFF");
    if (contrast >= 4.5)
        return true;
    if (contrast == 0)
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "theme.colour", place,
                    "'%s' is no colour; one looks like #12436D", accent);
    else
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "theme.contrast", place,
                    "the accent %s stands out from white by %.1f to 1; text needs 4.5", accent,
                    contrast);
    return false;
}

static bool
read_keys(struct arena *arena, const struct tree *tree, const char *folder, struct theme *theme,
          struct diag *diag)
{
    bool good = true;
    for (const struct tree *key = tree->first; key; key = key->next) {
        const struct {
            const char *name;
            const char **into;
        } keys[] = {{"accent", &theme->accent},
                    {"logo", &theme->logo},
                    {"classification", &theme->classification},
                    {"watermark", &theme->watermark}};
        bool known = false;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (strcmp(keys[i].name, key->key) == 0) {
                known = true;
                if (key->kind == TREE_SCALAR_NODE && !tree_is_empty(key))
                    *keys[i].into = key->text;
            }
        if (!known) {
            diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "theme.key", key->key_place,
                        "'%s' is not known here: accent, logo, classification and watermark are",
                        key->key);
            good = false;
        }
    }
    if (theme->logo && theme->logo[0] != '/')
        theme->logo = arena_printf(arena, "%s/%s", folder, theme->logo);
    return good;
}

bool
theme_read(struct arena *arena, const struct config *config, const char *const *folders,
           struct theme *theme, struct diag *diag)
{
    bool good = true;
    struct place place = {config->path, 0, 0};
    *theme = (struct theme){.accent = plain_accent};
    for (; *folders; folders++) {
        const char *path = arena_printf(arena, "%s/theme.yaml", *folders);
        if (access(path, R_OK) != 0)
            continue;
        const struct tree *tree = tree_read(arena, path, NULL, diag),
                          *accent = tree_find(tree, "accent");
        good = tree && tree->kind == TREE_MAP && read_keys(arena, tree, *folders, theme, diag);
        if (accent)
            place = accent->place;
        break;
    }
    if (config->theme.accent && strcmp(config->theme.accent, plain_accent) != 0) {
        theme->accent = config->theme.accent;
        place = (struct place){config->path, 0, 0};
    }
    if (config->theme.logo)
        theme->logo = config->theme.logo;
    if (config->theme.classification)
        theme->classification = config->theme.classification;
    if (config->theme.watermark)
        theme->watermark = config->theme.watermark;
    return check_accent(theme->accent, place, diag) && good;
}
