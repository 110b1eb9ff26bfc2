/* product_example: the config that the product's description prints. */
#ifndef TESTS_CONFIG_PRODUCT_EXAMPLE_H
#define TESTS_CONFIG_PRODUCT_EXAMPLE_H

static const char product_example[] =
    "# yaml-language-server: $schema=sefpack.schema.json\n"
    "version: 1\n"
    "company: Northwind\n"
    "as_of: 2026-10-31\n"
    "period: quarter\n"
    "fiscal_year_starts: 2\n"
    "currency: {report: EUR, rates: {USD: 0.92, GBP: 1.17}}\n"
    "locale: en-GB\n"
    "timezone: Europe/Berlin\n"
    "stages:\n"
    "  - {name: Discovery,  outcome: open}\n"
    "  - {name: Qualified,  outcome: open, qualified: yes, category: pipeline, probability: 0.2}\n"
    "  - {name: Proposal,   outcome: open, qualified: yes, category: best}\n"
    "  - {name: Closed Won, outcome: won}\n"
    "extracts:\n"
    "  deals:      {file: extracts/opportunities_*.csv, preset: salesforce}\n"
    "  accounts:   {file: extracts/accounts.xml, preset: dynamics}\n"
    "  leads:      {file: extracts/leads.xml, xml: {record: /rows/row}}\n"
    "  activities: {postgres: \"service=crm\", query: \"select ...\"}\n"
    "  sellers:    {file: extracts/users.csv, map: {id: User ID, name: Full Name, team: "
    "Division}}\n"
    "  quotas:     {file: extracts/quota.csv, encoding: windows-1252, delimiter: \";\", decimal: "
    "\",\"}\n"
    "previous: {day: 2026-07-31, deals: extracts/2026-07-31/opportunities.csv}\n"
    "rules: {past_close: fatal, silent: {days: 30, fatal: yes}, no_close: off, aged: flag}\n"
    "packs:\n"
    "  - {each: team,   template: team,   formats: [html, pdf, eml]}\n"
    "  - {each: seller, template: seller, formats: [html, pdf]}\n"
    "  - {scope: company, template: board, formats: [html, pdf]}\n"
    "mail: {from: \"Sales Operations <ops@example.com>\", to: manager, allow: [example.com]}\n"
    "theme: {accent: \"#12436D\", logo: logo.png}\n"
    "out: {dir: out, history: out/history.sqlite}\n";

#endif
