#include "tables.h"

#include "memory.h"
#include "names.h"
#include "settle.h"
#include "title.h"

#include <stdlib.h>

enum { CONTACT_ID, CONTACT_ACCOUNT, CONTACT_NAME, CONTACT_TITLE, CONTACT_LEVEL, CONTACT_FIELDS };

static const struct field fields[CONTACT_FIELDS] = {
    [CONTACT_ID] = {"id", KIND_ID, NEED_CELL},
    [CONTACT_ACCOUNT] = {"account", KIND_ACCOUNT, NEED_COLUMN},
    [CONTACT_NAME] = {"name", KIND_NAME, NEED_NOTHING},
    [CONTACT_TITLE] = {"title", KIND_WORD, NEED_NOTHING},
    [CONTACT_LEVEL] = {"level", KIND_LEVEL, NEED_NOTHING},
};

/* Levels by titles, each different title looked at once. */
static void
find_levels(struct loader *loader, struct contacts *contacts, const uint32_t *titles)
{
    uint32_t words = symbols_count(loader->words);
    uint8_t *known = memory_new(words, 1);
    for (uint32_t c = 0; c < contacts->count; c++) {
        uint32_t title = titles[c];
        if (contacts->level[c] != LEVEL_UNKNOWN || title == WORD_EMPTY)
            continue;
        if (known[title] == 0)
            known[title] =
                (uint8_t)(1 + title_level(loader->config, symbols_text(loader->words, title)));
        contacts->level[c] = (uint8_t)(known[title] - 1);
    }
    free(known);
}

bool
contacts_read(struct loader *loader)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_CONTACTS];
    struct contacts *contacts = &loader->dataset->contacts;
    struct intake intake;
    contacts->present = extract->present;
    if (!extract->present)
        return true;
    intake_open(&intake, loader, TABLE_CONTACTS, extract, &loader->log->table[TABLE_CONTACTS],
                fields, CONTACT_FIELDS);
    intake.index = &loader->index[TABLE_CONTACTS];
    bool read = settle_read(&intake, NULL, "two rows with one id");
    if (read) {
        contacts->count = intake.count;
        contacts->level = settle_column(&intake, CONTACT_LEVEL);
        find_levels(loader, contacts, intake.column[CONTACT_TITLE]);
        loader->contacts.id = intake_release_texts(&intake, 0);
        loader->contacts.name = intake_release_texts(&intake, CONTACT_NAME);
        loader->contacts.account = intake_release(&intake, CONTACT_ACCOUNT);
        names_keep(loader, TABLE_CONTACTS, loader->contacts.name);
    }
    intake_close(&intake);
    return read;
}

void
contacts_forget(struct loader *loader)
{
    index_close(&loader->index[TABLE_CONTACTS]);
    names_keep(loader, TABLE_CONTACTS, (struct texts){0});
    texts_free(&loader->contacts.id);
    texts_free(&loader->contacts.name);
    free(loader->contacts.account);
    loader->contacts.account = NULL;
}
