#include "mail.h"

#include "check.h"
#include "config.h"
#include "reader.h"

#include <string.h>

static void
missing(struct reader *reader, const struct tree *root, const char *beside, const char *key)
{
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.missing_key",
                check_place(root, "mail", beside), "missing key '%s' in mail", key);
}

static void
exclude(struct reader *reader, const struct tree *root, const char *one, const char *other)
{
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.both_keys",
                check_place(root, "mail", other), "mail: give '%s' or '%s', not both", one, other);
}

/* host, [::1] or an address in digits; then perhaps :port. Nothing else: no user, no path. */
static bool
is_server(const char *text)
{
    static const char in_host[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    size_t host;
    if (text[0] == '[') {
        size_t inside = strspn(text + 1, "0123456789abcdefABCDEF:.");
        if (inside == 0 || text[inside + 1] != ']')
            return false;
        host = inside + 2;
    } else {
        host = strspn(text, in_host);
    }
    if (host == 0 || host > 255)
        return false;
    if (text[host] == '\0')
        return true;
    size_t digits = strspn(text + host + 1, "0123456789");
    return text[host] == ':' && digits > 0 && digits < 6 && text[host + 1 + digits] == '\0';
}

static void
check_smtp(struct reader *reader, const struct tree *root, const char *smtp)
{
    static const char *const schemes[] = {"smtp://", "smtps://"};
    for (size_t i = 0; i < 2; i++)
        if (strncmp(smtp, schemes[i], strlen(schemes[i])) == 0 &&
            is_server(smtp + strlen(schemes[i])))
            return;
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.smtp",
                check_place(root, "mail", "smtp"),
                "mail.smtp: expected smtp://host:port or smtps://host:port");
    diag_hint(reader->diag, "the user is `user` or `user_env`, the password `password_env` or "
                            "`password_file`");
}

void
mail_check(struct reader *reader, const struct tree *root, const struct config *config)
{
    bool writes_mail = false;
    for (uint32_t i = 0; i < config->pack_count; i++)
        writes_mail = writes_mail || (config->pack[i].formats & FORMAT_EML);
    if (writes_mail && !config->mail.from) {
        missing(reader, root, NULL, "from");
        diag_hint(reader->diag, "a pack has the format eml");
    }
    if (writes_mail && config->mail.allow.count == 0) {
        missing(reader, root, NULL, "allow");
        diag_hint(reader->diag, "the domains that mail may go to");
    }
    if (config->mail.to && strcmp(config->mail.to, "file") == 0 && !config->mail.recipients)
        missing(reader, root, "to", "recipients");
    if (config->mail.user && config->mail.user_env)
        exclude(reader, root, "user", "user_env");
    if (config->mail.password_env && config->mail.password_file)
        exclude(reader, root, "password_env", "password_file");
    if ((config->mail.password_env || config->mail.password_file) && !config->mail.user &&
        !config->mail.user_env)
        missing(reader, root, NULL, "user");
    if (config->mail.smtp)
        check_smtp(reader, root, config->mail.smtp);
}
