/* vectors: loops over arrays of numbers that are compiled several times: for the wide vectors of
 * newer processors, of which the one at hand takes what it has, and for any. What they compute is
 * the same to the bit. */
#ifndef SEFPACK_BASE_VECTORS_H
#define SEFPACK_BASE_VECTORS_H

#include <stdint.h>

/* The choice is made while the program is loaded, too early for ThreadSanitizer. */
#if defined __x86_64__ && defined __GLIBC__ && !defined __SANITIZE_THREAD__
#define VECTORS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VECTORS
#endif

#endif
