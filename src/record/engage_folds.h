/* engage_folds: what activities have been folded into so far; shared by engage*.c alone. */
#ifndef SEFPACK_RECORD_ENGAGE_FOLDS_H
#define SEFPACK_RECORD_ENGAGE_FOLDS_H

#include "engage.h"
#include "tally.h"

#include <stdatomic.h>

enum { TRAILING = 365 }; /* days an account counts as active */

enum { FOLD_ALL, FOLD_TWO_WAY, FOLD_MEETINGS, FOLD_HELD, FOLD_SENIOR, FOLD_LEVELLED, FOLDS };
enum { NAMES_DEAL = 1, NAMES_ACCOUNT = 2, NAMES_CONTACT = 4, LINKS = 8 };
enum { TALLY_MEETS, TALLY_REACHED, TALLY_ON_DEALS, TALLIES };

/* What one thread has gathered; any thread may go on with it. */
struct share {
    atomic_flag busy;
    uint64_t link[LINKS];   /* rows by what they name */
    uint64_t *owner[FOLDS]; /* by owner, the unknown one too */
    struct tally tally[TALLIES];
};

/* What is known of a deal and of an account: side by side, so that one look fetches it all. */
struct deal_fold {
    day last_two_way;
    uint32_t account; /* the deal's own */
    bool any;
};

struct account_fold {
    day last, last_two_way, loose_two_way;
    bool loose_any;
};

/* Folds by deal and account are shared by all threads: days and marks only ever rise. */
struct engage {
    struct loader *loader;
    struct engagement *out;
    uint32_t shares;
    struct share *share;
    struct deal_fold *deal;
    struct account_fold *account; /* behind the deals */
};

#endif
