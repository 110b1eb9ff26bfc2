#include "delivery_settings.h"

#include "address.h"
#include "config.h"
#include "json_tree.h"

static const char *
mailbox_of(struct arena *arena, const char *from)
{
    struct text name, mailbox;
    return from && address_split(from, &name, &mailbox)
               ? arena_copy(arena, mailbox.bytes, mailbox.length)
               : NULL;
}

struct delivery_settings
delivery_settings_of(const struct config *config, struct arena *arena)
{
    return (struct delivery_settings){.from = mailbox_of(arena, config->mail.from),
                                      .smtp = config->mail.smtp,
                                      .tls = config->mail.tls,
                                      .ca_file = config->mail.ca_file,
                                      .user = config->mail.user,
                                      .user_env = config->mail.user_env,
                                      .password_env = config->mail.password_env,
                                      .password_file = config->mail.password_file,
                                      .per_minute = config->mail.per_minute,
                                      .retries = config->mail.retries,
                                      .retry_seconds = config->mail.retry_seconds,
                                      .stop_on_failure = config->mail.stop_on_failure,
                                      .allow_count = config->mail.allow.count,
                                      .allow = config->mail.allow.string};
}

static int
whole(const struct json_tree *delivery, const char *key, int least, int most, int otherwise)
{
    int64_t value = json_tree_whole(delivery, key, otherwise);
    return value < least || value > most ? otherwise : (int)value;
}

bool
delivery_settings_read(const struct json_tree *delivery, struct arena *arena,
                       struct delivery_settings *settings)
{
    const struct json_tree *allow = json_tree_find(delivery, "allow");
    if (!delivery || !allow || allow->kind != JSON_LIST)
        return false;
    const char **domains = arena_array(arena, allow->count + 1u, sizeof *domains);
    uint32_t count = 0;
    for (const struct json_tree *item = allow->first; item; item = item->next)
        if (item->kind == JSON_STRING && address_is_domain(item->text))
            domains[count++] = item->text.bytes;
    *settings = (struct delivery_settings){
        .from = mailbox_of(arena, json_tree_string(delivery, "from")),
        .smtp = json_tree_string(delivery, "smtp"),
        .tls = json_tree_string(delivery, "tls"),
        .user = json_tree_string(delivery, "user"),
        .user_env = json_tree_string(delivery, "user_env"),
        .password_env = json_tree_string(delivery, "password_env"),
        .names_files = json_tree_is_true(delivery, "files"),
        .per_minute = whole(delivery, "per_minute", 1, 6000, 60),
        .retries = whole(delivery, "retries", 0, 20, 3),
        .retry_seconds = whole(delivery, "retry_seconds", 0, 3600, 30),
        .stop_on_failure = json_tree_is_true(delivery, "stop_on_failure"),
        .allow_count = count,
        .allow = domains};
    return true;
}

bool
delivery_settings_allow(const struct delivery_settings *settings, struct text mailbox)
{
    if (!address_is_mailbox(mailbox))
        return false;
    for (uint32_t i = 0; i < settings->allow_count; i++)
        if (text_equal_nocase(address_domain(mailbox), text_of(settings->allow[i])))
            return true;
    return false;
}

bool
delivery_settings_check(const struct delivery_settings *settings, struct diag *diag)
{
    static const struct place nowhere = {NULL, 0, 0};
    if (settings->names_files) {
        diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "send.config", nowhere,
                    "the password or the certificates are in files, which a run does not name");
        diag_hint(diag, "add --config CONFIG");
        return false;
    }
    if (!settings->smtp) {
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "send.smtp", nowhere,
                    "no mail server is configured");
        diag_hint(diag, "mail.smtp, as in smtp://mail.example.com:587; --config CONFIG takes it "
                        "from a config without a new run");
        return false;
    }
    if (!settings->from) {
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "send.sender", nowhere,
                    "no sender is configured");
        diag_hint(diag, "mail.from");
        return false;
    }
    return true;
}
