/* mail: what the keys of `mail` must be together. */
#ifndef SEFPACK_CONFIG_MAIL_H
#define SEFPACK_CONFIG_MAIL_H

#include <stdbool.h>

struct config;
struct reader;
struct tree;

/* Reports what is missing, excludes another key, or is no address of a server. */
void
mail_check(struct reader *reader, const struct tree *root, const struct config *config);

#endif
