/* caches: what ICU keeps for the next call. */
#ifndef SEFPACK_I18N_CACHES_H
#define SEFPACK_I18N_CACHES_H

/* Frees ICU's caches: at the very end, when nothing of i18n is open, so that a leak of our own is
 * all that a checker finds. */
void
caches_free(void);

#endif
