/* tag: BCP 47 tags as ICU's names of locales; for the files of this folder. */
#ifndef SEFPACK_I18N_TAG_H
#define SEFPACK_I18N_TAG_H

#include <stdbool.h>

enum { TAG_SIZE = 160 };

/* "de-CH" as "de_CH". False when the tag is malformed, too long or without a language. */
bool
tag_to_id(const char *tag, char id[TAG_SIZE]);

/* Whether ICU has data of its own for the language of an id. For others it would silently take the
 * language of the process. */
bool
tag_is_known(const char *id);

#endif
