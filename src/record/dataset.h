/* dataset: the ten tables as typed columns, linked.
 *
 * Every table is a struct of arrays in ascending byte order of id; a row is a 32-bit index, and
 * NONE is no row. Money is minor units of the reporting currency (MONEY_NONE unknown), days are
 * day numbers (DAY_NONE unknown), text that repeats is interned in `words` (WORD_EMPTY is ""), ids
 * and names are columns of texts. Rows dated after as-of are not here. Nothing changes after
 * dataset_load. */
#ifndef SEFPACK_RECORD_DATASET_H
#define SEFPACK_RECORD_DATASET_H

#include "arena.h"
#include "column.h"
#include "day.h"
#include "diag.h"
#include "number.h"
#include "symbols.h"
#include "texts.h"

#include <stdbool.h>
#include <stdint.h>

#define NONE UINT32_MAX
#define DEAL_UNKNOWN (NONE - 1) /* in meets.deal: names a deal that is not there */
#define WORD_EMPTY 0u

struct config;
struct extract_log;
struct holdings;

/* Sellers 0..count-1, then one pseudo-seller at index `count`: the unknown owner (id "", team the
 * company, no start). All arrays have count + 1 entries. */
struct sellers {
    uint32_t count;
    struct text *id;
    uint32_t *name, *email, *role; /* words */
    uint32_t *team;                /* NONE: directly below the company */
    uint32_t *manager;             /* seller or NONE */
    day *start, *end;
    bool *left; /* end known and before as-of */
};

struct teams {
    uint32_t count;
    struct text *id;
    uint32_t *name, *email; /* words */
    uint32_t *parent;       /* NONE: directly below the company */
    uint32_t *manager;      /* seller or NONE */
};

enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };
enum level { LEVEL_UNKNOWN, LEVEL_STAFF, LEVEL_MANAGER, LEVEL_DIRECTOR, LEVEL_EXECUTIVE };
enum segment { SEGMENT_NEW, SEGMENT_EXPANSION, SEGMENT_RENEWAL, SEGMENT_COUNT };
enum tq_source { TQ_UNKNOWN, TQ_FIELD, TQ_HISTORY, TQ_CREATED };

struct accounts {
    bool present; /* the extract is configured */
    uint32_t count;
    struct texts id, name;
    uint32_t *owner;  /* seller; sellers.count for an unknown or empty owner */
    uint32_t *parent; /* account or NONE */
    int64_t *potential;
    uint8_t *icp, *customer; /* enum answer */
};

struct contacts {
    bool present;
    uint32_t count;
    uint8_t *level; /* enum level */
};

/* State: what a deal is at as-of. A deal closed after as-of is OPEN here (measures.md 14). */
struct deals {
    uint32_t count;
    struct texts id, name;
    uint32_t *owner;             /* seller; sellers.count when unknown */
    uint32_t *account;           /* NONE when unknown or empty */
    int16_t *stage;              /* config stage; -1 unknown (closed after as-of without history) */
    uint8_t *outcome;            /* enum outcome at as-of */
    uint8_t *segment, *category; /* enum segment; enum category of the deal's own field or stage */
    day *created, *qualified /* tq, DAY_NONE unknown or after as-of */, *close;
    uint8_t *qualified_from; /* enum tq_source */
    int64_t *amount;
    uint32_t *source, *loss_reason, *plan, *story, *next_step; /* words */
    day *next_step_date;
    uint8_t *strategic; /* enum answer */
    uint32_t letters;   /* configured qualification letters */
    int8_t *letter;     /* [deal * letters + i]: 0..3 or -1 unknown */
    bool mapped_next_step, mapped_next_step_date, mapped_close, mapped_loss_reason, mapped_source;
    /* Deals of one owner, ascending id: by_owner[owner_first[s] .. owner_first[s + 1]); s up to
     * and with the unknown owner. */
    uint32_t *owner_first, *by_owner;
    /* Deals of one account likewise; deals without account are in none. */
    uint32_t *account_first, *by_account;
};

/* History rows sorted by deal, day, file order: of deal d rows first[d] .. first[d + 1). Unknown
 * parts of a row ("empty is unchanged"): stage -1, MONEY_NONE, DAY_NONE, NONE, 0xFF. */
struct history_rows {
    bool present;
    uint64_t count;
    uint64_t *first;
    struct column day, close, owner;
    int16_t *stage;
    int64_t *amount;
    uint8_t *category;
};

/* Activities folded while they streamed by. Windows T and R end at as-of. An activity touches a
 * deal when it names it, or names none and its account is the deal's. */
struct engagement {
    bool present;
    /* I11: by the first known of deal, account, contact */
    uint64_t read_used, with_deal, with_account, with_contact, orphan;
    /* per deal, counting only activities that name it */
    day *deal_last_two_way;
    bool *deal_any;
    /* per account: activities of the account that name no deal; and all activities */
    day *account_loose_two_way;
    bool *account_loose_any;
    day *account_last, *account_last_two_way; /* all, any owner, with or without a deal */
    bool *account_in_t;                       /* any activity in T */
    /* per owner (with the unknown one), in R, weighted by count */
    uint64_t *activities, *two_way, *meetings, *meetings_held, *two_way_senior, *two_way_levelled;
    /* Two-way with a known contact, folded to distinct (contact, owner, account, deal, day),
     * sorted in that order; deal and account may be NONE, a deal that is named but not there is
     * DEAL_UNKNOWN. All days up to as-of. */
    struct {
        uint64_t count;
        struct column contact, owner, account, deal, day, times;
    } meets;
    /* Distinct (owner, account) with a two-way activity in T, sorted. */
    struct {
        uint64_t count;
        struct column owner, account;
    } reached;
    /* Two-way meetings in R that name a deal, each with its count: for advance_rate. */
    struct {
        uint64_t count;
        struct column owner, deal, day, times;
    } meetings_on_deals;
};

struct leads {
    bool present;
    uint32_t count;
    struct texts id;
    struct column owner, deal; /* deal NONE when unknown; owner then sellers.count */
    struct column source;      /* word */
    /* days; later steps after as-of are DAY_NONE; `worked` implied by a later step stands on the
     * day of creation */
    struct column worked, replied, met, qualified, closed;
};
/* The steps a lead has taken, as bits: a later one implies the earlier. */
enum { LEAD_WORKED = 1, LEAD_REPLIED = 2, LEAD_MET = 4, LEAD_QUALIFIED = 8 };

struct quotas {
    bool present;
    uint32_t count;
    struct period *period;
    uint32_t *seller, *team; /* exactly one is not NONE; QUOTA_COMPANY for the company's own row */
    int64_t *amount;
};
#define QUOTA_COMPANY (UINT32_MAX - 1)

struct calls { /* forecast judgements */
    bool present;
    uint32_t count;
    uint32_t *owner;
    struct period *period;
    day *day;
    int64_t *commit, *best;
};

/* An earlier state of the deals from the `previous` config key: only what movement needs. Rows of
 * deals unknown today have deal NONE (they were removed). */
struct earlier {
    bool present;
    day day;
    uint32_t count;
    uint32_t *deal, *owner;
    int16_t *stage;
    int64_t *amount;
    day *close, *qualified;
    uint8_t *segment;
};

enum scope_kind { SCOPE_COMPANY, SCOPE_TEAM, SCOPE_SELLER };

/* Scopes in preorder: the company first, then each team before its sellers and teams below, in
 * ascending id order (sellers of a team before its child teams). The unknown owner is no scope. */
struct scope {
    enum scope_kind kind;
    uint32_t index;  /* team or seller */
    uint32_t parent; /* scope; NONE for the company */
    uint32_t depth;
    /* sellers below, the unknown owner's index included in the company's range as its last */
    uint32_t first, end; /* in dataset.order */
    uint32_t next;       /* the scope after this one's subtree */
};

/* What became of the rows of one extract: read = used + rejected + ignored + future (I7). */
struct row_fate {
    const char *extract;
    uint64_t read, used, rejected, ignored, future;
};

struct dataset {
    struct arena *arena;
    day as_of;
    struct period period, next_period, previous_period;
    int currency_digits;
    struct symbols *words;
    struct sellers sellers;
    struct teams teams;
    struct accounts accounts;
    struct contacts contacts;
    struct deals deals;
    struct history_rows history;
    struct engagement engagement;
    struct leads leads;
    struct quotas quotas;
    struct calls calls;
    struct earlier earlier;
    uint32_t fate_count; /* of the extracts that were read */
    struct row_fate *fate;
    uint32_t scope_count;
    struct scope *scope;
    uint32_t *order;           /* sellers in preorder of the scopes, the unknown owner last */
    uint32_t *seller_scope;    /* of a seller */
    uint32_t *team_scope;      /* of a team */
    struct holdings *holdings; /* what dataset_free frees */
};

/* Reads all extracts. Errors (a faulty file, a missing required column, a cycle of teams or
 * managers, too many rejected rows) are reported with exit code 5 and give NULL. Rejected rows and
 * counts are in `log`. `zone` is the configured time zone. Free with dataset_free. */
struct dataset *
dataset_load(const struct config *config, const struct zone *zone, unsigned jobs, bool strict,
             struct extract_log *log, struct diag *diag);

void
dataset_free(struct dataset *dataset);

static inline uint8_t
leads_reached(const struct leads *leads, uint32_t lead)
{
    if (column_at(&leads->qualified, lead) != NONE)
        return LEAD_QUALIFIED | LEAD_MET | LEAD_REPLIED | LEAD_WORKED;
    if (column_at(&leads->met, lead) != NONE)
        return LEAD_MET | LEAD_REPLIED | LEAD_WORKED;
    if (column_at(&leads->replied, lead) != NONE)
        return LEAD_REPLIED | LEAD_WORKED;
    return column_at(&leads->worked, lead) != NONE ? LEAD_WORKED : 0;
}

static inline struct text
dataset_word(const struct dataset *dataset, uint32_t word)
{
    return symbols_text(dataset->words, word);
}

#endif
