/* deals.json: an open deal behind a scope's sums. */
#include "config.h"
#include "dataset.h"
#include "json.h"
#include "measures.h"
#include "memory.h"

#include <stdlib.h>

static const char *const level_names[] = {[LEVEL_UNKNOWN] = "",
                                          [LEVEL_STAFF] = "staff",
                                          [LEVEL_MANAGER] = "manager",
                                          [LEVEL_DIRECTOR] = "director",
                                          [LEVEL_EXECUTIVE] = "executive"};

static int
ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The facts of many sellers lie near to one another: the others are passed over. */
static uint32_t
sift_facts(const struct measures *measures, const struct scope *scope, uint32_t *fact)
{
    const struct dataset *dataset = measures->dataset;
    bool *inside = memory_new(dataset->sellers.count + 1u, sizeof *inside);
    uint32_t count = 0;
    for (uint32_t i = scope->first; i < scope->end; i++)
        inside[dataset->order[i]] = true;
    for (uint32_t f = 0; f < measures->fact_count; f++)
        if (inside[dataset->deals.owner[measures->fact[f].deal]])
            fact[count++] = f;
    free(inside);
    return count;
}

static uint32_t
gather_facts(const struct measures *measures, const struct scope *scope, uint32_t *fact)
{
    const struct dataset *dataset = measures->dataset;
    const struct deals *deals = &dataset->deals;
    uint32_t count = 0;
    for (uint32_t i = scope->first; i < scope->end; i++) {
        uint32_t owner = dataset->order[i];
        for (uint32_t j = deals->owner_first[owner]; j < deals->owner_first[owner + 1]; j++) {
            uint32_t found = measures->fact_of_deal[deals->by_owner[j]];
            if (found != NONE)
                fact[count++] = found;
        }
    }
    qsort(fact, count, sizeof *fact, ascending);
    return count;
}

uint32_t *
measures_facts(const struct measures *measures, uint32_t index, uint32_t *count)
{
    const struct dataset *dataset = measures->dataset;
    const struct scope *scope = &dataset->scope[index];
    uint32_t most = 0;
    for (uint32_t i = scope->first; i < scope->end; i++) {
        const uint32_t *first = &dataset->deals.owner_first[dataset->order[i]];
        most += first[1] - first[0];
    }
    most = most < measures->fact_count ? most : measures->fact_count;
    uint32_t *fact = memory_new(most, sizeof *fact);
    *count = most > measures->fact_count / 16 ? sift_facts(measures, scope, fact)
                                              : gather_facts(measures, scope, fact);
    return fact;
}

static void
write_flags(struct json *json, const struct deal_fact *fact)
{
    json_key(json, "flags");
    json_open(json, '[');
    for (int f = 0; f < FLAG_COUNT; f++) {
        if (fact->flags & (1u << f)) {
            json_string(json, config_flag_names[f]);
        }
    }
    json_close(json, ']');
    json_key(json, "primary");
    json_string(json, fact->primary >= 0 ? config_flag_names[fact->primary] : NULL);
    json_key(json, "clean");
    json_bool(json, fact->clean);
}

static void
write_letters(struct json *json, const struct deal_fact *fact)
{
    if (fact->complete < 0) { /* no letters configured */
        return;
    }
    json_key(json, "weakest");
    if (fact->weakest >= 0) {
        json_int(json, fact->weakest);
    } else {
        json_null(json);
    }
    json_key(json, "complete");
    json_real(json, fact->complete);
}

static void
write_influence(struct json *json, const struct deal_fact *fact)
{
    json_key(json, "people");
    json_int(json, fact->people);
    json_key(json, "levels");
    json_open(json, '{');
    for (int level = LEVEL_EXECUTIVE; level >= LEVEL_UNKNOWN; level--) {
        if (fact->levels[level] > 0) {
            json_key(json, level_names[level]);
            json_int(json, fact->levels[level]);
        }
    }
    json_close(json, '}');
    json_key(json, "new_people");
    json_int(json, fact->new_people);
    json_key(json, "highest");
    json_string(json, level_names[fact->highest]);
    json_key(json, "effective");
    json_real(json, fact->effective);
    json_key(json, "silent_days");
    if (fact->silent_days >= 0) {
        json_int(json, fact->silent_days);
    } else {
        json_null(json);
    }
}

void
measures_write_deal(const struct measures *measures, uint32_t index, struct buf *out)
{
    const struct dataset *dataset = measures->dataset;
    const struct deal_fact *fact = &measures->fact[index];
    struct json in_list = {.out = out, .indent = 1, .depth = 1}, *json = &in_list;
    const struct deals *deals = &dataset->deals;
    uint32_t owner = deals->owner[fact->deal];
    json_open(json, '{');
    json_key(json, "id");
    json_text(json, texts_at(&deals->id, fact->deal));
    json_key(json, "owner");
    json_text(json, owner < dataset->sellers.count ? dataset->sellers.id[owner] : TEXT(""));
    json_key(json, "amount");
    if (deals->amount[fact->deal] == MONEY_NONE) {
        json_null(json);
    } else {
        json_int(json, deals->amount[fact->deal]);
    }
    json_key(json, "age");
    json_int(json, fact->age);
    json_key(json, "q");
    json_real(json, fact->q);
    json_key(json, "size_effect");
    json_real(json, fact->size_effect);
    write_flags(json, fact);
    write_letters(json, fact);
    if (fact->strategic) {
        write_influence(json, fact);
    }
    json_close(json, '}');
}
