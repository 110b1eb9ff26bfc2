/* world: an invented company, Halden Instruments, and the life of everything in it.
 *
 * The life is fixed by seed and size alone; an extract shows what is known of it on one day. */
#ifndef SEFPACK_GENERATE_WORLD_H
#define SEFPACK_GENERATE_WORLD_H

#include "random.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    STAGE_DISCOVERY,
    STAGE_QUALIFIED,
    STAGE_PROPOSAL,
    STAGE_NEGOTIATION,
    STAGE_WON,
    STAGE_LOST,
    STAGE_NO_DECISION,
    STAGE_DISQUALIFIED
};

extern const char *const world_stage_names[];

struct world {
    uint64_t seed;
    uint32_t deals, sellers, teams, regions, accounts, contacts_per_account;
    int32_t first_day, last_day; /* deals are created in between */
    double activities_per_deal;
};

struct seller_life {
    char id[12], name[64], email[64];
    uint32_t team;
    int32_t start, end;            /* INT32_MIN none */
    double win, cycle, size, pace; /* own rate, days, EUR, share of the deals */
    double hygiene;                /* chance that a dead or late deal is tidied */
    double logging;                /* chance that a deal's activities reach the CRM */
    double breadth; /* chance that a meeting is with somebody else than the usual contact */
    double two_way;
    int64_t quota; /* EUR a quarter */
};

struct deal_event {
    int32_t day;
    int stage;
    int64_t amount; /* minor units of its currency; -1 unknown */
    int32_t close;
    uint32_t owner;
    int category; /* 0 omitted, 1 pipeline, 2 best, 3 commit */
};

enum { EVENTS_MOST = 24 };

struct deal_life {
    uint32_t number, account; /* account UINT32_MAX: none */
    char id[20];
    const char *type, *source, *currency, *loss_reason;
    int32_t qualified; /* INT32_MIN: never */
    int32_t end;       /* day of the decision; INT32_MAX never */
    int event_count;
    struct deal_event event[EVENTS_MOST];
    bool from_lead;
    uint32_t seed_low;
};

struct account_life {
    char id[12], name[80];
    uint32_t owner; /* UINT32_MAX: nobody */
    const char *industry;
    int64_t potential; /* EUR a year, -1 unknown */
    char icp;          /* 'y', 'n', ' ' */
    bool customer;
};

const char *
world_team_name(uint32_t team, uint32_t teams, char out[64]);

const char *
world_currency(uint32_t team, uint32_t teams);

struct seller_life
world_seller(const struct world *world, uint32_t number);

struct account_life
world_account(const struct world *world, uint32_t number);

struct deal_life
world_deal(const struct world *world, const struct seller_life *sellers, uint32_t number);

#endif
