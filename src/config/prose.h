/* prose: the paragraphs of the reference that are no key: how mappings, presets and shapes work. */
#ifndef SEFPACK_CONFIG_PROSE_H
#define SEFPACK_CONFIG_PROSE_H

enum prose_kind { PROSE_PARAGRAPH, PROSE_HEADING, PROSE_EXAMPLE };

struct prose {
    enum prose_kind kind;
    const char *text; /* NULL ends a part */
};

/* Before the keys; before the canonical fields; behind them. */
enum prose_part { PROSE_START, PROSE_TABLES, PROSE_END, PROSE_PARTS };

extern const struct prose *const prose_parts[PROSE_PARTS];

#endif
