#include "sha256.h"

#include "memory.h"

#include <stdlib.h>

/* The functions of one hash alone: they need no memory and no set-up that could fail half-way, and
 * do not read the machine's OpenSSL configuration for a sum. */
#define OPENSSL_API_COMPAT 0x10101000L
#include <openssl/sha.h>

struct sha256 {
    SHA256_CTX context;
};

struct sha256 *
sha256_new(void)
{
    struct sha256 *sha = memory_new(1, sizeof *sha);
    SHA256_Init(&sha->context);
    return sha;
}

void
sha256_add(struct sha256 *sha, const void *bytes, size_t length)
{
    SHA256_Update(&sha->context, bytes, length);
}

void
sha256_finish(struct sha256 *sha, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256_Final(hash, &sha->context);
    free(sha);
    for (size_t i = 0; i < sizeof hash; i++) {
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
