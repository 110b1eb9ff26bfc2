#include "sha256.h"

#include "memory.h"

#include <openssl/evp.h>

/* `struct sha256` is libcrypto's context under our name. */
static EVP_MD_CTX *
context_of(struct sha256 *sha)
{
    return (EVP_MD_CTX *)(void *)sha;
}

/* SHA-256 itself cannot fail: what can is memory. */
static void
expect(int done)
{
    if (done != 1)
        memory_exhausted(sizeof(void *));
}

struct sha256 *
sha256_new(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    expect(context != NULL);
    expect(EVP_DigestInit_ex(context, EVP_sha256(), NULL));
    return (struct sha256 *)(void *)context;
}

void
sha256_add(struct sha256 *sha, const void *bytes, size_t length)
{
    if (length)
        expect(EVP_DigestUpdate(context_of(sha), bytes, length));
}

void
sha256_finish(struct sha256 *sha, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[EVP_MAX_MD_SIZE];
    expect(EVP_DigestFinal_ex(context_of(sha), hash, NULL));
    EVP_MD_CTX_free(context_of(sha));
    for (size_t i = 0; i < 32; i++) {
        hex[2 * i] = digits[hash[i] >> 4];
        hex[2 * i + 1] = digits[hash[i] & 15];
    }
    hex[64] = '\0';
}

void
sha256_hex(const void *bytes, size_t length, char hex[65])
{
    struct sha256 *sha = sha256_new();
    sha256_add(sha, bytes, length);
    sha256_finish(sha, hex);
}
