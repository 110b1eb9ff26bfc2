/* The canonical fields of the ten tables: what a mapping fills and a header may be called. */
#include "config.h"

static const struct config_canonical sellers[] = {
    {"id", true, "What the other tables call the seller by"},
    {"name", true, "Name on the pages"},
    {"team", true, "Id of the team"},
    {"email", false, "Where a seller's pack goes"},
    {"manager", false, "Id of the manager, a seller"},
    {"role", false, "Role or title"},
    {"start", false, "First day in the job: for ramp and tenure"},
    {"end", false, "Last day; a seller who left keeps closed deals"},
    {0},
};

static const struct config_canonical teams[] = {
    {"id", true, "What sellers.team and parent call it by"},
    {"name", false, "Name on the pages; without it the id"},
    {"parent", false, "Id of the team above; without it the company"},
    {"manager", false, "Id of its manager, a seller"},
    {"email", false, "Where the team's pack goes when there is no manager"},
    {0},
};

static const struct config_canonical accounts[] = {
    {"id", true, "What the other tables call the account by"},
    {"name", true, "Name on the pages"},
    {"owner", false, "Id of the seller"},
    {"segment", false, "Its segment, for information"},
    {"industry", false, "Its industry, for information"},
    {"potential", false, "Money a year that it could spend, in the reporting currency"},
    {"icp", false, "Fits the ideal customer profile: yes or no, or a tier (A and B are yes)"},
    {"customer", false, "Is a customer: yes or no"},
    {"parent", false, "Id of the account above"},
    {0},
};

static const struct config_canonical contacts[] = {
    {"id", true, "What activities call the contact by"},
    {"account", true, "Id of the account"},
    {"name", false, "Name on the pages"},
    {"title", false, "Title, from which the level is found"},
    {"level", false, "executive, director, manager or staff"},
    {0},
};

static const struct config_canonical deals[] = {
    {"id", true, "What the other tables call the deal by"},
    {"owner", true, "Id of the seller"},
    {"stage", true, "A configured stage or one of its aliases"},
    {"created", true, "Day of creation"},
    {"name", false, "Name on the pages"},
    {"account", false, "Id of the account"},
    {"amount", false, "Money; empty is unknown"},
    {"currency", false, "Code of ISO 4217; empty is the reporting currency"},
    {"qualified", false, "Day of qualification; else found from history"},
    {"close", false, "Expected close of an open deal, close day of a closed one"},
    {"type", false, "From which config `segments` finds new, expansion or renewal"},
    {"source", false, "Where it came from"},
    {"category", false, "Forecast category: omitted, pipeline, best or commit"},
    {"next_step", false, "What comes next"},
    {"next_step_date", false, "and when"},
    {"loss_reason", false, "Why it was lost"},
    {"strategic", false, "To be told with its story: yes or no"},
    {"plan", false, "The plan of a strategic deal"},
    {"story", false, "Its story"},
    {"lead", false, "Id of the lead it came from"},
    {0},
};

static const struct config_canonical history[] = {
    {"deal", true, "Id of the deal"},
    {"day", true, "Day of the change (not in the form `columns`)"},
    {"stage", false, "State after the change: stage"},
    {"amount", false, "State after the change: amount"},
    {"currency", false, "Currency of the amount; without it the deal's"},
    {"close", false, "State after the change: expected close"},
    {"owner", false, "State after the change: id of the seller"},
    {"category", false, "State after the change: forecast category"},
    {"field", false, "In the form `fields`: which field changed"},
    {"old", false, "In the form `fields`: its value before"},
    {"new", false, "In the form `fields`: its value after"},
    {0},
};

static const struct config_canonical activities[] = {
    {"day", true, "Day it happened"},
    {"owner", true, "Id of the seller"},
    {"type", true, "meeting, demo, call, email, ..."},
    {"account", false, "Id of the account"},
    {"deal", false, "Id of the deal"},
    {"contact", false, "Id of the contact"},
    {"direction", false, "in or out"},
    {"outcome", false, "held, connected, replied, no_show, ..."},
    {"minutes", false, "Length"},
    {"count", false, "How many it stands for [1]; a warehouse may send sums"},
    {0},
};

static const struct config_canonical leads[] = {
    {"id", true, "What deals.lead calls the lead by"},
    {"owner", true, "Id of the seller"},
    {"created", true, "Day of creation"},
    {"account", false, "Id of the account"},
    {"source", false, "Where it came from"},
    {"worked", false, "Day it was first worked"},
    {"replied", false, "Day of the first reply"},
    {"met", false, "Day of the first meeting"},
    {"qualified", false, "Day it became a deal"},
    {"deal", false, "Id of that deal"},
    {"closed", false, "Day it was given up"},
    {0},
};

static const struct config_canonical quotas[] = {
    {"period", true, "Name of a fiscal period, or a day inside it"},
    {"amount", true, "Money in the reporting currency"},
    {"seller", false, "Id of the seller, or"},
    {"team", false, "id of the team, or `company`"},
    {0},
};

static const struct config_canonical calls[] = {
    {"owner", true, "Id of the seller who judged"},
    {"period", true, "Name of a fiscal period, or a day inside it"},
    {"day", true, "Day of the judgement"},
    {"commit", false, "Money that will come"},
    {"best", false, "Money that may come"},
    {0},
};

const struct config_canonical *const config_canonical_fields[TABLE_COUNT] = {
    [TABLE_SELLERS] = sellers,       [TABLE_TEAMS] = teams, [TABLE_ACCOUNTS] = accounts,
    [TABLE_CONTACTS] = contacts,     [TABLE_DEALS] = deals, [TABLE_HISTORY] = history,
    [TABLE_ACTIVITIES] = activities, [TABLE_LEADS] = leads, [TABLE_QUOTAS] = quotas,
    [TABLE_CALLS] = calls,
};
