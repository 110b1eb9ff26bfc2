#include "dispatch.h"

#include "address.h"
#include "config.h"
#include "courier.h"
#include "run.h"

#include <stdio.h>
#include <string.h>

static const struct place nowhere = {NULL, 0, 0};

/* From the run; with --config from a config, which alone may name files. */
static bool
find_settings(struct batch *batch, const struct outbox *outbox, struct delivery_settings *settings)
{
    const struct options *options = batch->options;
    if (!options->config && options->set_count) {
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_USAGE, "send.set", nowhere,
                    "--set, --as-of and --out belong to a config");
        diag_hint(batch->diag, "add --config CONFIG");
        return false;
    }
    if (!options->config) {
        *settings = outbox->settings;
        return true;
    }
    run_find_data(batch);
    batch->config =
        config_load(options->config, batch->presets, options->set_count, options->set, batch->diag);
    if (!batch->config)
        return false;
    *settings = delivery_settings_of(batch->config, outbox->arena);
    return true;
}

static bool
check_tester(const struct courier_order *order, struct diag *diag)
{
    if (!order->tester)
        return true;
    if (!address_is_mailbox(text_of(order->tester))) {
        diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "send.address", nowhere,
                    "--to: not a mail address: '%s'", order->tester);
        return false;
    }
    if (!delivery_settings_allow(&order->settings, text_of(order->tester))) {
        diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "send.outside", nowhere,
                    "--to: outside the allowed domains: '%s'", order->tester);
        diag_hint(diag, "mail.allow lists them");
        return false;
    }
    return true;
}

static void
print_list(const struct courier_order *order, struct diag *diag)
{
    struct buf out = {0};
    courier_list(order, &out, diag);
    if (out.length && (fwrite(out.bytes, 1, out.length, stdout) != out.length || fflush(stdout)))
        diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "output.write", nowhere,
                    "standard output cannot be written");
    buf_free(&out);
}

void
dispatch_do(struct batch *batch)
{
    const struct options *options = batch->options;
    struct outbox *outbox = outbox_open(options->word[0], batch->diag);
    struct courier_order order = {.outbox = outbox,
                                  .tester = options->to,
                                  .samples = options->samples,
                                  .resend = options->resend};
    if (!outbox)
        return;
    if (outbox->mail_count + outbox->left_count == 0)
        diag_report(batch->diag, SEVERITY_WARNING, EXIT_OK, "send.no_mails",
                    (struct place){outbox->dir, 0, 0}, "the run has no mails: no pack has eml");
    else if (find_settings(batch, outbox, &order.settings) && check_tester(&order, batch->diag)) {
        if (options->dry_run)
            print_list(&order, batch->diag);
        else
            courier_deliver(&order, batch->diag);
    }
    outbox_close(outbox);
}
