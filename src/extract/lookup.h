/* lookup: another CSV file as a dictionary, for `lookup` of a mapping. */
#ifndef SEFPACK_EXTRACT_LOOKUP_H
#define SEFPACK_EXTRACT_LOOKUP_H

struct diag;
struct dictionary;

/* From the column `key` to the column `take`; of a key that is there twice the first row counts,
 * with a warning. `hash` gets the SHA-256 of the file. NULL after an error in diag. */
struct dictionary *
lookup_load(const char *path, const char *key, const char *take, char hash[65], struct diag *diag);

#endif
