#include "scope_name.h"

#include "config.h"
#include "dataset.h"
#include "diag.h"

struct scope_name
scope_name_of(const struct dataset *dataset, const struct config *config, uint32_t index)
{
    const struct scope *scope = &dataset->scope[index];
    uint32_t i = scope->index;
    switch (scope->kind) {
    case SCOPE_TEAM:
        return (struct scope_name){"team", "teams", dataset->teams.id[i],
                                   dataset_word(dataset, dataset->teams.name[i])};
    case SCOPE_SELLER:
        return (struct scope_name){"seller", "sellers", dataset->sellers.id[i],
                                   dataset_word(dataset, dataset->sellers.name[i])};
    case SCOPE_COMPANY:
        break;
    }
    return (struct scope_name){"company", "company", TEXT("company"), text_of(config->company)};
}

/* How well a name fits, the lowest best: an id, a name, then by how many letters it is off. */
enum { FIT_ID, FIT_NAME, FIT_NEAR, FIT_FAR = FIT_NEAR + 4 };

static int
fit(struct scope_name name, struct text given)
{
    if (text_equal(name.id, given))
        return FIT_ID;
    if (text_equal_nocase(name.name, given))
        return FIT_NAME;
    int by_id = text_distance(name.id, given, 3), by_name = text_distance(name.name, given, 3);
    int off = by_id < by_name ? by_id : by_name;
    return off < FIT_FAR - FIT_NEAR ? FIT_NEAR + off : FIT_FAR;
}

uint32_t
scope_name_find(const struct dataset *dataset, const struct config *config, struct text given,
                struct diag *diag)
{
    static const enum scope_kind order[] = {SCOPE_COMPANY, SCOPE_TEAM, SCOPE_SELLER};
    int best = FIT_FAR;
    uint32_t found = NONE;
    if (given.length == 0)
        return 0;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (uint32_t s = 0; s < dataset->scope_count; s++) {
            int now = dataset->scope[s].kind == order[k]
                          ? fit(scope_name_of(dataset, config, s), given)
                          : FIT_FAR;
            if (now < best) {
                best = now;
                found = s;
            }
        }
    if (best < FIT_NEAR)
        return found;
    diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "explain.scope", (struct place){NULL, 0, 0},
                "no team or seller has the id or name '%.*s'", (int)given.length, given.bytes);
    if (found != NONE) {
        struct scope_name near = scope_name_of(dataset, config, found);
        diag_hint(diag, "did you mean %.*s (%.*s)?", (int)near.id.length, near.id.bytes,
                  (int)near.name.length, near.name.bytes);
    }
    return NONE;
}
