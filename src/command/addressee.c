#include "addressee.h"

#include "dataset.h"
#include "memory.h"

#include <stdlib.h>

/* Nobody who left gets anything. */
static struct addressee
seller_address(const struct dataset *dataset, uint32_t seller)
{
    if (seller == NONE || seller >= dataset->sellers.count || dataset->sellers.left[seller])
        return (struct addressee){0};
    return (struct addressee){dataset_word(dataset, dataset->sellers.name[seller]),
                              text_trim(dataset_word(dataset, dataset->sellers.email[seller]))};
}

/* The one whom most of the present sellers of a scope have as their manager; of several the first
 * by id. */
static uint32_t
shared_manager(const struct dataset *dataset, const struct scope *scope)
{
    const struct sellers *sellers = &dataset->sellers;
    uint32_t *count = memory_new(sellers->count + 1u, sizeof *count), best = NONE;
    for (uint32_t i = scope->first; i < scope->end; i++) {
        uint32_t seller = dataset->order[i];
        if (seller < sellers->count && !sellers->left[seller] && sellers->manager[seller] != NONE)
            count[sellers->manager[seller]]++;
    }
    for (uint32_t s = 0; s < sellers->count; s++)
        if (count[s] > (best == NONE ? 0 : count[best]) &&
            seller_address(dataset, s).address.length)
            best = s;
    free(count);
    return best;
}

static struct addressee
team_address(const struct dataset *dataset, uint32_t team)
{
    const struct teams *teams = &dataset->teams;
    struct addressee manager = seller_address(dataset, teams->manager[team]);
    struct text own = text_trim(dataset_word(dataset, teams->email[team]));
    if (manager.address.length)
        return manager;
    if (own.length)
        return (struct addressee){dataset_word(dataset, teams->name[team]), own};
    const struct scope *scope = &dataset->scope[dataset->team_scope[team]];
    return seller_address(dataset, shared_manager(dataset, scope));
}

static struct addressee
manager_of_seller(const struct dataset *dataset, uint32_t seller)
{
    struct text own = seller_address(dataset, seller).address;
    struct addressee found = seller_address(dataset, dataset->sellers.manager[seller]);
    uint32_t team = dataset->sellers.team[seller];
    while (found.address.length == 0 && team != NONE) {
        found = team_address(dataset, team);
        if (own.length && text_equal_nocase(found.address, own))
            found = (struct addressee){0};
        team = dataset->teams.parent[team];
    }
    return found;
}

struct addressee
addressee_of(const struct dataset *dataset, uint32_t scope, bool to_seller)
{
    const struct scope *of = &dataset->scope[scope];
    if (of->kind == SCOPE_TEAM)
        return team_address(dataset, of->index);
    if (of->kind == SCOPE_COMPANY)
        return (struct addressee){0};
    return to_seller ? seller_address(dataset, of->index) : manager_of_seller(dataset, of->index);
}
