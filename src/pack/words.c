#include "words.h"

#include "measures.h"
#include "memory.h"
#include "symbols.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct pattern {
    const struct message *message;
    const struct message *english; /* the built-in one of the same key, or NULL */
};

struct words {
    const char *language;
    struct symbols *keys;
    size_t capacity;
    struct pattern *pattern;
};

struct loading {
    struct words *words;
    struct arena *arena;
    struct diag *diag;
    bool base; /* the built-in English words: they say which names there are */
};

struct naming { /* of one pattern */
    const struct loading *loading;
    const struct pattern *pattern;
    struct place place;
    const char *key;
};

bool
words_general(const char *name)
{
    static const char *const names[] = {"scope",       "company",  "period",     "next_period",
                                        "period_kind", "as_of",    "period_end", "next_period_end",
                                        "days_left",   "currency", "ask_day",    "chance",
                                        NULL};
    for (size_t i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    if (measure_find(text_of(name)) != MEASURE_COUNT)
        return true;
    const char *dot = strrchr(name, '.');
    if (!dot || measure_find((struct text){name, (uint32_t)(dot - name)}) == MEASURE_COUNT)
        return false;
    for (enum field field = 0; field < FIELD_COUNT; field++)
        if (strcmp(measure_field_names[field], dot + 1) == 0)
            return true;
    return false;
}

struct search {
    const char *name;
    bool found;
};

static void
compare_name(void *context, const char *name)
{
    struct search *search = context;
    search->found |= strcmp(search->name, name) == 0;
}

static void
check_name(void *context, const char *name)
{
    const struct naming *naming = context;
    struct search search = {name, words_general(name)};
    if (naming->loading->base && !strchr(name, '.'))
        search.found = true;
    if (naming->pattern->english)
        message_names(naming->pattern->english, compare_name, &search);
    if (!search.found)
        diag_report(naming->loading->diag, SEVERITY_ERROR, EXIT_CONFIG, "words.placeholder",
                    naming->place, "nothing is called {%s} in the words '%s'", name, naming->key);
}

/* Columns of an error count inside the text: a quoted one begins after its quote. */
static struct place
start_of(const struct tree *scalar)
{
    struct place place = scalar->place;
    if (place.column && !scalar->plain)
        place.column++;
    return place;
}

static void
add(struct loading *loading, const char *key, const struct tree *scalar)
{
    struct words *words = loading->words;
    uint32_t symbol = symbols_intern(words->keys, text_of(key));
    size_t before = words->capacity;
    memory_grow(&words->pattern, &words->capacity, symbol + 1u, sizeof *words->pattern);
    if (words->capacity > before)
        memset(words->pattern + before, 0, (words->capacity - before) * sizeof *words->pattern);
    struct pattern *pattern = &words->pattern[symbol];
    const struct message *message =
        message_parse(loading->arena, scalar->text, start_of(scalar), loading->diag);
    if (!message)
        return;
    message_names(message, check_name, &(struct naming){loading, pattern, start_of(scalar), key});
    pattern->message = message;
    if (loading->base)
        pattern->english = message;
}

static void
walk(struct loading *loading, const char *prefix, const struct tree *map)
{
    for (const struct tree *node = map->first; node; node = node->next) {
        const char *key =
            prefix[0] ? arena_printf(loading->arena, "%s.%s", prefix, node->key) : node->key;
        if (node->kind == TREE_MAP)
            walk(loading, key, node);
        else if (node->kind == TREE_SCALAR_NODE)
            add(loading, key, node);
        else if (node->kind == TREE_LIST)
            diag_report(loading->diag, SEVERITY_ERROR, EXIT_CONFIG, "words.kind", node->place,
                        "'%s' is a list; words are text", key);
    }
}

static bool
load(struct loading *loading, const char *folder, const char *language)
{
    const char *path = arena_printf(loading->arena, "%s/words/%s.yaml", folder, language);
    if (access(path, R_OK) != 0)
        return false;
    const struct tree *tree = tree_read(loading->arena, path, NULL, loading->diag);
    if (tree && tree->kind == TREE_MAP)
        walk(loading, "", tree);
    return true;
}

struct words *
words_open(struct arena *arena, const char *const *folders, const char *language, struct diag *diag)
{
    uint32_t before = diag_count(diag, SEVERITY_ERROR), count = 0;
    while (folders[count])
        count++;
    struct words *words = arena_alloc(arena, sizeof *words);
    words->keys = symbols_new(1024);
    struct loading loading = {words, arena, diag, true};
    bool found = count > 0 && load(&loading, folders[count - 1], "en");
    if (!found)
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "words.missing",
                    (struct place){count ? folders[count - 1] : NULL, 0, 0},
                    "words/en.yaml is not there");
    loading.base = false;
    for (uint32_t f = count; f-- > 0;) /* the first folder last: it goes before */
        if (f + 1 < count)
            load(&loading, folders[f], "en");
    words->language = "en";
    for (uint32_t f = count; f-- > 0 && strcmp(language, "en") != 0;)
        if (load(&loading, folders[f], language))
            words->language = arena_string(arena, language);
    if (diag_count(diag, SEVERITY_ERROR) == before)
        return words;
    words_close(words);
    return NULL;
}

void
words_close(struct words *words)
{
    if (!words)
        return;
    symbols_free(words->keys);
    free(words->pattern);
}

const char *
words_language(const struct words *words)
{
    return words->language;
}

const struct message *
words_find(const struct words *words, const char *key)
{
    uint32_t symbol = symbols_find(words->keys, text_of(key));
    return symbol == SYMBOL_NONE ? NULL : words->pattern[symbol].message;
}

void
words_keys(const struct words *words, void (*visit)(void *context, const char *key), void *context)
{
    for (uint32_t k = 0; k < symbols_count(words->keys); k++)
        visit(context, symbols_text(words->keys, k).bytes);
}
