#include "scope.h"

#include "link.h"
#include "memory.h"

#include <stdlib.h>

/* Who is directly below each team; the company stands at the end, as team number `teams`. */
struct tree {
    uint32_t teams;
    uint32_t *seller_first, *sellers, *team_first, *below;
};

struct building {
    struct dataset *dataset;
    struct tree tree;
    uint32_t seats; /* sellers placed in `order` */
};

static uint32_t *
parents(const uint32_t *parent, uint32_t count, uint32_t company)
{
    uint32_t *out = memory_new((size_t)count + 1, sizeof *out);
    for (uint32_t row = 0; row < count; row++)
        out[row] = parent[row] == NONE ? company : parent[row];
    return out;
}

static struct tree
plant(struct loader *loader)
{
    const struct dataset *dataset = loader->dataset;
    struct tree tree = {.teams = dataset->teams.count};
    uint32_t *team = parents(dataset->sellers.team, dataset->sellers.count, tree.teams);
    uint32_t *parent = parents(dataset->teams.parent, tree.teams, tree.teams);
    link_rows(loader, team, dataset->sellers.count, tree.teams + 1, &tree.seller_first,
              &tree.sellers);
    link_rows(loader, parent, tree.teams, tree.teams + 1, &tree.team_first, &tree.below);
    free(team);
    free(parent);
    return tree;
}

static uint32_t
add(struct building *building, struct scope scope)
{
    struct dataset *dataset = building->dataset;
    scope.first = building->seats;
    dataset->scope[dataset->scope_count] = scope;
    return dataset->scope_count++;
}

/* A team, or the company, and its own sellers. */
static void
add_team(struct building *building, uint32_t team, uint32_t parent, uint32_t depth)
{
    struct dataset *dataset = building->dataset;
    const struct tree *tree = &building->tree;
    bool company = team == tree->teams;
    uint32_t at = add(building, (struct scope){.kind = company ? SCOPE_COMPANY : SCOPE_TEAM,
                                               .index = company ? 0 : team,
                                               .parent = parent,
                                               .depth = depth});
    dataset->team_scope[team] = at;
    for (uint32_t i = tree->seller_first[team]; i < tree->seller_first[team + 1]; i++) {
        uint32_t seller = tree->sellers[i];
        uint32_t place = add(
            building, (struct scope){
                          .kind = SCOPE_SELLER, .index = seller, .parent = at, .depth = depth + 1});
        dataset->seller_scope[seller] = place;
        dataset->order[building->seats++] = seller;
        dataset->scope[place].end = building->seats;
        dataset->scope[place].next = dataset->scope_count;
    }
}

/* Walks down the teams with a stack of its own: chains of teams may be long. */
static void
walk(struct building *building)
{
    struct dataset *dataset = building->dataset;
    const struct tree *tree = &building->tree;
    uint32_t *next = memory_new((size_t)tree->teams + 1, sizeof *next); /* child to visit */
    uint32_t *path = memory_new((size_t)tree->teams + 2, sizeof *path), depth = 0;
    path[0] = tree->teams;
    next[tree->teams] = tree->team_first[tree->teams];
    add_team(building, tree->teams, NONE, 0);
    for (;;) {
        uint32_t team = path[depth], scope = dataset->team_scope[team];
        if (next[team] < tree->team_first[team + 1]) {
            uint32_t child = tree->below[next[team]++];
            path[++depth] = child;
            next[child] = tree->team_first[child];
            add_team(building, child, scope, depth);
            continue;
        }
        dataset->scope[scope].end = building->seats;
        dataset->scope[scope].next = dataset->scope_count;
        if (depth-- == 0)
            break;
    }
    free(next);
    free(path);
}

void
scope_build(struct loader *loader)
{
    struct dataset *dataset = loader->dataset;
    struct building building = {dataset, plant(loader), 0};
    size_t sellers = dataset->sellers.count, teams = dataset->teams.count;
    dataset->scope = loader_keep(loader, memory_new(sellers + teams + 1, sizeof *dataset->scope));
    dataset->order = loader_keep(loader, memory_new(sellers + 1, sizeof *dataset->order));
    dataset->seller_scope =
        loader_keep(loader, memory_new(sellers + 1, sizeof *dataset->seller_scope));
    dataset->team_scope = loader_keep(loader, memory_new(teams + 1, sizeof *dataset->team_scope));
    walk(&building);
    dataset->order[building.seats] = dataset->sellers.count;
    dataset->scope[0].end = building.seats + 1;
    dataset->seller_scope[sellers] = NONE;
}
