/* title: the level that words in a contact's title tell. */
#ifndef SEFPACK_RECORD_TITLE_H
#define SEFPACK_RECORD_TITLE_H

#include "text.h"

#include <stdint.h>

struct config;

/* The highest level one of whose configured words stands whole in the title, without case
 * (ASCII); LEVEL_UNKNOWN when none does. */
uint8_t
title_level(const struct config *config, struct text title);

#endif
