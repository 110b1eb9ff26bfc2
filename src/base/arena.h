/* arena: memory that is freed whole.
 *
 * One arena lives as long as one run, one dataset or one pack. Nothing in it is freed alone.
 * Running out of memory ends the program in memory.c with one line and exit code 1; no function
 * here returns NULL. */
#ifndef SEFPACK_BASE_ARENA_H
#define SEFPACK_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arena *
arena_new(void);

void
arena_free(struct arena *arena); /* NULL is allowed */

/* Forgets all that is in it. One that is used and cleared again and again soon asks for no more
 * memory: what was once needed together stays at hand. */
void
arena_clear(struct arena *arena);

/* Zeroed bytes, aligned for any type; `bytes` may be 0. */
void *
arena_alloc(struct arena *arena, size_t bytes);

/* Zeroed room for `count` things of `size` bytes; the product is checked for overflow. */
void *
arena_array(struct arena *arena, size_t count, size_t size);

/* Makes the thing that came last longer, in its place, with zeroed bytes; false where it is not the
 * last or there is no room behind it. `bytes` and `more` as they were asked for. */
bool
arena_extend(struct arena *arena, const void *thing, size_t bytes, size_t more);

/* Zeroed bytes without alignment, for text that lies side by side. */
char *
arena_bytes(struct arena *arena, size_t bytes);

/* A copy of `length` bytes with a NUL behind it. */
char *
arena_copy(struct arena *arena, const char *bytes, size_t length);

char *
arena_string(struct arena *arena, const char *string);

char *
arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
