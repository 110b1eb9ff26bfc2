/* caches: the memory that ICU takes, and keeps for the next call. */
#ifndef SEFPACK_I18N_CACHES_H
#define SEFPACK_I18N_CACHES_H

/* Before anything else of i18n, once: out of memory ends the program here, too. ICU itself goes on
 * with less, a date in another form or a registry that is not there. */
void
caches_open(void);

/* Frees all of it: at the very end, when nothing of i18n is open, so that a leak of our own is all
 * that a checker finds. */
void
caches_free(void);

#endif
