/* generate DIR [--deals N] [--sellers N] [--teams N] [--regions N] [--activities N] [--as-of DAY]
 *              [--seed N] [--from DAY] [--until DAY] [--tidy] [--deals-xml]
 * Writes the extracts of an invented company as its CRM would give them on one day. The same
 * arguments give the same bytes. --activities is a number a deal; deals are created --from one day
 * --until another and shown as they stand on the third, --as-of. --tidy leaves out the dirt. */
#include "extracts.h"
#include "sheet.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A number or day asked for, and what it may be. */
struct option {
    const char *name;
    uint32_t *number, least, most;
    int32_t *day;
    bool *flag;
};

static _Noreturn void
refuse(const char *name, const char *what, const char *value)
{
    fprintf(stderr, "generate: %s: %s, got '%s'\n", name, what, value);
    exit(2);
}

static int32_t
parse_day(const char *name, const char *text)
{
    int year, month, day, length = 0;
    char back[16];
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || text[length])
        refuse(name, "expected a day as 2026-09-30", text);
    int32_t days = extracts_day(year, month, day);
    sheet_iso(days, back);
    if (strcmp(back, text) != 0 || year < 1971)
        refuse(name, "expected a day of the calendar, from 1971 on", text);
    return days;
}

static uint32_t
parse_number(const struct option *option, const char *text)
{
    char *end, what[80];
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    snprintf(what, sizeof what, "expected a number from %u to %u", option->least, option->most);
    if (*end || !isdigit((unsigned char)*text) || errno || value < option->least ||
        value > option->most)
        refuse(option->name, what, text);
    return (uint32_t)value;
}

static void
parse_options(int count, char **words, const struct option *options)
{
    for (int i = 0; i < count; i++) {
        const struct option *option = options;
        while (option->name && strcmp(option->name, words[i]) != 0)
            option++;
        if (!option->name)
            refuse("options", "expected one of those in the first lines of generate.c", words[i]);
        if (option->flag) {
            *option->flag = true;
            continue;
        }
        if (i + 1 == count)
            refuse(words[i], "expected a value", "");
        i++;
        if (option->day)
            *option->day = parse_day(option->name, words[i]);
        else
            *option->number = parse_number(option, words[i]);
    }
}

/* What single options cannot say: the days in order, no more teams than sellers. */
static void
check_world(const struct world *world)
{
    if (world->last_day - world->first_day < 180 || world->last_day - world->first_day > 20000) {
        fputs("generate: --from must be 180 to 20000 days before --until (or --as-of)\n", stderr);
        exit(2);
    }
    if (world->teams > world->sellers || world->regions > world->teams) {
        fputs("generate: expected no more regions than teams and no more teams than sellers\n",
              stderr);
        exit(2);
    }
}

int
main(int argc, char **argv)
{
    struct world world = {.seed = 14, .deals = 1500, .sellers = 30, .teams = 5, .regions = 2};
    uint32_t activities = 10, seed = 14;
    struct view view = {.as_of = extracts_day(2026, 9, 30)};
    world.first_day = extracts_day(2023, 10, 1);
    world.last_day = INT32_MIN;
    if (argc < 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: make_extracts DIR [options]\n");
        return 2;
    }
    const struct option options[] = {
        {"--deals", &world.deals, 1, 10000000, NULL, NULL},
        {"--sellers", &world.sellers, 1, 100000, NULL, NULL},
        {"--teams", &world.teams, 1, 10000, NULL, NULL},
        {"--regions", &world.regions, 0, 1000, NULL, NULL},
        {"--activities", &activities, 0, 100, NULL, NULL}, /* a deal, on average */
        {"--seed", &seed, 0, UINT32_MAX, NULL, NULL},
        {"--as-of", NULL, 0, 0, &view.as_of, NULL},
        {"--from", NULL, 0, 0, &world.first_day, NULL},
        {"--until", NULL, 0, 0, &world.last_day, NULL},
        {"--tidy", NULL, 0, 0, NULL, &view.tidy},
        {"--deals-xml", NULL, 0, 0, NULL, &view.deals_xml},
        {0},
    };
    parse_options(argc - 2, argv + 2, options);
    world.seed = seed;
    if (world.last_day == INT32_MIN)
        world.last_day = view.as_of;
    check_world(&world);
    world.activities_per_deal = activities;
    world.contacts_per_account = 5;
    world.accounts = world.deals / 4 < world.sellers * 8 ? world.sellers * 8 : world.deals / 4;
    world.accounts -= world.accounts % world.sellers;
    if (mkdir(argv[1], 0755) && errno != EEXIST) {
        perror(argv[1]);
        return 1;
    }
    view.world = &world;
    view.folder = argv[1];
    return extracts_write(&view) ? 0 : 1;
}
