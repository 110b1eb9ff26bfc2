/* scarce: a library to preload that refuses one allocation, the SCARCE_AT-th after main began.
 * What the loader and the libraries' constructors do before is not the program's. With SCARCE_COUNT
 * the number of allocations is printed in the end. */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

extern void *
__libc_malloc(size_t size);
extern void *
__libc_calloc(size_t count, size_t size);
extern void *
__libc_realloc(void *block, size_t size);

typedef int
main_function(int, char **, char **);

static main_function *real_main;
static bool begun;
static long at, count;

static int
counted_main(int argc, char **argv, char **environment)
{
    const char *wanted = getenv("SCARCE_AT");
    at = wanted ? atol(wanted) : 0;
    begun = true;
    int code = real_main(argc, argv, environment);
    begun = false;
    if (getenv("SCARCE_COUNT"))
        printf("%ld allocations\n", count);
    return code;
}

int
__libc_start_main(main_function *function, int argc, char **argv, void (*init)(void),
                  void (*fini)(void), void (*loader_fini)(void), void *stack_end);

int
__libc_start_main(main_function *function, int argc, char **argv, void (*init)(void),
                  void (*fini)(void), void (*loader_fini)(void), void *stack_end)
{
    int (*start)(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void),
                 void *);
    *(void **)&start = dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = function;
    return start(counted_main, argc, argv, init, fini, loader_fini, stack_end);
}

static bool
refused(void)
{
    if (!begun || __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED) != at)
        return false;
    errno = ENOMEM;
    return true;
}

void *
malloc(size_t size)
{
    return refused() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t number, size_t size)
{
    return refused() ? NULL : __libc_calloc(number, size);
}

void *
realloc(void *block, size_t size)
{
    return refused() ? NULL : __libc_realloc(block, size);
}
