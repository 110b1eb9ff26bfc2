/* keys: the table of config keys. It drives loading, defaults, checking, the JSON Schema, the
 * reference and the man page: a key is added here and nowhere else. */
#ifndef SEFPACK_CONFIG_KEYS_H
#define SEFPACK_CONFIG_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader;
struct trail;
struct tree;

enum kind {
    KIND_TEXT,     /* const char * */
    KIND_LINE,     /* const char *, without CR, LF and other control characters */
    KIND_PATH,     /* const char *, joined to the config's folder; a word of `words` gives "" */
    KIND_WORD,     /* 4 bytes: the value of one of `words` */
    KIND_WORDS,    /* unsigned: values of `words`, or-ed */
    KIND_YES,      /* bool */
    KIND_CHAR,     /* char: one of `words`, or where there are none any one character */
    KIND_WHOLE,    /* int, low..high */
    KIND_LONG,     /* int64_t or uint64_t, low..high; `words` name special values */
    KIND_BYTES,    /* int64_t: 15 MiB */
    KIND_REAL,     /* double, low..high */
    KIND_RATE,     /* struct decimal above 0, at most 9 places */
    KIND_DAY,      /* day */
    KIND_CURRENCY, /* char[4] */
    KIND_COLOR,    /* const char *: #RRGGBB */
    KIND_ADDRESS,  /* const char *: name@host or Name <name@host> */
    KIND_DOMAIN,   /* const char *: a host name */
    KIND_LOCALE,   /* const char *: en-GB */
    KIND_DATES,    /* const char *: a date format */
    KIND_MAP,      /* `keys` below the same base plus `offset` */
    KIND_LIST,     /* an array of `item`; one scalar stands for a list of one */
    KIND_ENTRIES,  /* a mapping with free keys: an array of `item`, its first key is the free key */
    KIND_COUNT
};

struct word {
    const char *name; /* NULL ends a table */
    int value;
    const char *refused; /* or NULL: why this word is not accepted; such words stand at the end */
};

/* Offsets marked (0: none) are of members that never come first in their struct. */
struct key {
    const char *name; /* NULL ends a table */
    enum kind kind;
    size_t offset;           /* of the value in the struct of its mapping */
    size_t given;            /* (0: none) of a bool: the key stands in the file */
    size_t place;            /* (0: none) MAP: of a struct place */
    size_t count, size;      /* LIST, ENTRIES: offset of the uint32_t count, bytes of an item */
    const struct key *keys;  /* MAP */
    const struct key *brief; /* MAP: what a scalar in its place stands for, one of its keys */
    const struct key *item;  /* LIST, ENTRIES; for mappings a MAP */
    const struct word *words;
    double low, high; /* numbers: limits */
    bool required;
    bool hidden;          /* for brief only */
    bool pointer;         /* MAP: the struct is allocated, the slot holds its address */
    size_t bytes;         /* of that struct */
    const char *fallback; /* the default, as one would write it; NULL: none */
    const char *what;     /* for documentation: one sentence without full stop */
    /* MAP: further checks, after its keys were read; only where it stands in the file */
    void (*check)(struct reader *reader, const struct trail *trail, const struct tree *node,
                  void *base);
};

extern const struct key keys_config[]; /* of struct config; the next nine are sections of it */
extern const struct key keys_extracts[], keys_rules[], keys_estimates[], keys_engagement[];
extern const struct key keys_territory[], keys_strategic[], keys_coverage[], keys_capacity[];
extern const struct key keys_forecast[], keys_findings[], keys_luck[], keys_limits[];
extern const struct key keys_mail[], keys_theme[], keys_out[];
extern const struct key keys_extract[]; /* of struct config_extract; the first is the file */
extern const struct key keys_field;     /* one of `map` */
extern const struct key keys_pack;      /* one of `packs` */
extern const struct key keys_scenario;  /* one of `what_if` */

/* The key of a table by name; NULL when there is none. */
const struct key *
keys_find(const struct key *keys, const char *name);

/* The first word from `word` on that documentation tells: marks such as , have a name beside them,
 * refused words stand at the end. The end of the table when there is none. */
const struct word *
keys_next_told(const struct word *word);

/* "month, quarter, half or year" into `out` (cut where it does not fit). */
void
keys_list_words(const struct word *words, char *out, size_t room);

#endif
