/* secret: a password on its way from the environment or a file to the one who asks for it. */
#ifndef SEFPACK_PUBLISH_SECRET_H
#define SEFPACK_PUBLISH_SECRET_H

#include "diag.h"

#include <stdbool.h>

enum { SECRET_SIZE = 1024 };

/* From now on no core file and no other process of the same user shows this one's memory. */
void
secret_shield(void);

/* The value of an environment variable. False with an error (exit 4) that names the variable. */
bool
secret_from_environment(const char *name, char secret[SECRET_SIZE], struct diag *diag);

/* The first line of a regular file that nobody but its owner can read or write. False with an error
 * (exit 4) that names the file. */
bool
secret_from_file(const char *path, char secret[SECRET_SIZE], struct diag *diag);

/* Overwrites it. */
void
secret_forget(char secret[SECRET_SIZE]);

#endif
