#include "scan.h"

/* Slowest first; NULL ends. */
static const struct scan_kernel *const kernels[] = {
    &scan_portable,
#ifdef __x86_64__
    &scan_sse2,     &scan_avx2, &scan_avx512,
#endif
    NULL,
};

/* The AVX2 kernel also uses the bit instructions that all such processors but a few oddities have:
 * each is asked for. */
static bool
runs_here(const struct scan_kernel *kernel)
{
#ifdef __x86_64__
    if (kernel == &scan_avx2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
               __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
               __builtin_cpu_supports("pclmul");
    if (kernel == &scan_avx512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vbmi2");
#endif
    (void)kernel;
    return true;
}

const struct scan_kernel *
scan_kernel_at(unsigned i)
{
    for (unsigned k = 0; kernels[k] && runs_here(kernels[k]); k++)
        if (k == i)
            return kernels[k];
    return NULL;
}

const struct scan_kernel *
scan_kernel(void)
{
    const struct scan_kernel *best = &scan_portable;
    for (unsigned i = 0; scan_kernel_at(i); i++)
        best = scan_kernel_at(i);
    return best;
}
