#include "words.h"

#include "memory.h"
#include "symbols.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct words {
    struct symbols *keys;
    size_t capacity;
    struct message **message;
};

struct loading {
    struct words *words;
    struct arena *arena;
    struct diag *diag;
};

static void
add(struct loading *loading, const char *key, const struct tree *scalar)
{
    struct message *message =
        message_parse(loading->arena, scalar->text, scalar->place, loading->diag);
    struct words *words = loading->words;
    uint32_t symbol = symbols_intern(words->keys, text_of(key));
    memory_grow(&words->message, &words->capacity, symbol + 1u, sizeof *words->message);
    words->message[symbol] = message;
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

struct words *
words_open(struct arena *arena, const char *folder, const char *language, struct diag *diag)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/words/%s.yaml", folder, language);
    if (access(path, R_OK) != 0)
        snprintf(path, sizeof path, "%s/words/en.yaml", folder);
    uint32_t before = diag_count(diag, SEVERITY_ERROR);
    const struct tree *tree = tree_read(arena, path, NULL, diag);
    if (!tree || tree->kind != TREE_MAP)
        return NULL;
    struct words *words = arena_alloc(arena, sizeof *words);
    words->keys = symbols_new(1024);
    struct loading loading = {words, arena, diag};
    walk(&loading, "", tree);
    return diag_count(diag, SEVERITY_ERROR) == before ? words : NULL;
}

void
words_close(struct words *words)
{
    if (!words)
        return;
    symbols_free(words->keys);
    free(words->message);
}

const struct message *
words_find(const struct words *words, const char *key)
{
    uint32_t symbol = symbols_find(words->keys, text_of(key));
    return symbol == SYMBOL_NONE ? NULL : words->message[symbol];
}
