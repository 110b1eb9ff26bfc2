/* generate DIR [--deals N] [--sellers N] [--teams N] [--regions N] [--activities N] [--as-of DAY]
 *              [--seed N] [--from DAY] [--until DAY] [--tidy] [--deals-xml]
 * Writes the extracts of an invented company as its CRM would give them on one day. The same
 * arguments give the same bytes. --tidy leaves out the dirt. */
#include "extracts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int32_t
parse_day(const char *text)
{
    int year = 0, month = 0, day = 0;
    if (sscanf(text, "%d-%d-%d", &year, &month, &day) != 3) {
        fprintf(stderr, "generate: '%s' is no day\n", text);
        exit(2);
    }
    return extracts_day(year, month, day);
}

struct option {
    const char *name;
    uint32_t *number;
    int32_t *day;
    bool *flag;
};

static void
parse_options(int count, char **words, const struct option *options)
{
    for (int i = 0; i < count; i++) {
        const struct option *option = options;
        while (option->name && strcmp(option->name, words[i]) != 0)
            option++;
        if (!option->name || (!option->flag && i + 1 == count)) {
            fprintf(stderr, "generate: '%s' is no option of mine\n", words[i]);
            exit(2);
        }
        if (option->flag)
            *option->flag = true;
        else if (option->day)
            *option->day = parse_day(words[++i]);
        else
            *option->number = (uint32_t)strtoul(words[++i], NULL, 10);
    }
}

int
main(int argc, char **argv)
{
    struct world world = {.seed = 11, .deals = 1500, .sellers = 30, .teams = 5, .regions = 2};
    uint32_t activities = 10, seed = 11;
    struct view view = {.as_of = extracts_day(2026, 9, 30)};
    world.first_day = extracts_day(2023, 10, 1);
    world.last_day = INT32_MIN;
    if (argc < 2) {
        fprintf(stderr, "usage: generate DIR [options]\n");
        return 2;
    }
    const struct option options[] = {
        {"--deals", &world.deals, NULL, NULL},        {"--sellers", &world.sellers, NULL, NULL},
        {"--teams", &world.teams, NULL, NULL},        {"--regions", &world.regions, NULL, NULL},
        {"--activities", &activities, NULL, NULL},    {"--seed", &seed, NULL, NULL},
        {"--as-of", NULL, &view.as_of, NULL},         {"--from", NULL, &world.first_day, NULL},
        {"--until", NULL, &world.last_day, NULL},     {"--tidy", NULL, NULL, &view.tidy},
        {"--deals-xml", NULL, NULL, &view.deals_xml}, {0},
    };
    parse_options(argc - 2, argv + 2, options);
    world.seed = seed;
    if (world.last_day == INT32_MIN)
        world.last_day = view.as_of;
    world.activities_per_deal = activities;
    world.contacts_per_account = 5;
    world.accounts = world.deals / 4 < world.sellers * 8 ? world.sellers * 8 : world.deals / 4;
    world.accounts -= world.accounts % world.sellers;
    mkdir(argv[1], 0755);
    view.world = &world;
    view.folder = argv[1];
    return extracts_write(&view) ? 0 : 1;
}
