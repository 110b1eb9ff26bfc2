/* delivery_settings: how the mails of a run are delivered: from the run's own manifest, or from a
 * config. */
#ifndef SEFPACK_PUBLISH_DELIVERY_SETTINGS_H
#define SEFPACK_PUBLISH_DELIVERY_SETTINGS_H

#include "arena.h"
#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct config;
struct json_tree;

struct delivery_settings {
    const char *from;       /* the mailbox alone, for the envelope */
    const char *smtp, *tls; /* smtp://host:port; auto or required */
    const char *ca_file;    /* or NULL */
    const char *user, *user_env, *password_env, *password_file; /* or NULL */
    bool names_files; /* the manifest's: there are files that it does not name */
    int per_minute, retries, retry_seconds;
    bool stop_on_failure;
    uint32_t allow_count;
    const char *const *allow; /* domains */
};

/* Of a config, which must outlive it. */
struct delivery_settings
delivery_settings_of(const struct config *config, struct arena *arena);

/* Of the member `delivery` of a manifest. False when it is none. */
bool
delivery_settings_read(const struct json_tree *delivery, struct arena *arena,
                       struct delivery_settings *settings);

/* Whether a mailbox is in one of the domains. */
bool
delivery_settings_allow(const struct delivery_settings *settings, struct text mailbox);

/* Whether it is enough to send with; else what is missing is an error in diag. */
bool
delivery_settings_check(const struct delivery_settings *settings, struct diag *diag);

#endif
