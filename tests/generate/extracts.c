#include "extracts.h"

#include "deals.h"
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

int32_t
extracts_day(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void
write_teams(const struct view *view)
{
    static const char *const regions[] = {"Central Europe", "West"};
    const struct world *world = view->world;
    struct sheet sheet = sheet_open(view->folder, "teams.csv", "id,name,parent,manager,email");
    for (uint32_t r = 0; r < world->regions; r++) {
        char id[16], name[64];
        snprintf(id, sizeof id, "R%u", r + 1);
        snprintf(name, sizeof name, "%s", regions[r % 2]);
        if (r >= 2)
            snprintf(name, sizeof name, "Region %u", r + 1);
        sheet_text(&sheet, id), sheet_text(&sheet, name), sheet_text(&sheet, "");
        sheet_text(&sheet, ""), sheet_text(&sheet, "regions@halden.example");
        sheet_end(&sheet);
    }
    for (uint32_t t = 0; t < world->teams; t++) {
        char id[16], name[64], parent[16], manager[16];
        snprintf(id, sizeof id, "T%03u", t + 1);
        snprintf(parent, sizeof parent, "R%u",
                 world->regions ? t * world->regions / world->teams + 1 : 0);
        snprintf(manager, sizeof manager, "S%04u", t + 1);
        sheet_text(&sheet, id), sheet_text(&sheet, world_team_name(t, world->teams, name));
        sheet_text(&sheet, world->regions ? parent : ""), sheet_text(&sheet, manager);
        sheet_text(&sheet, ""), sheet_end(&sheet);
    }
    sheet_close(&sheet);
}

static void
write_sellers(const struct view *view, const struct seller_life *sellers)
{
    const struct world *world = view->world;
    struct sheet sheet =
        sheet_open(view->folder, "sellers.csv", "id,name,team,email,manager,role,start,end");
    for (uint32_t s = 0; s < world->sellers; s++) {
        const struct seller_life *seller = &sellers[s];
        char team[16], manager[16];
        snprintf(team, sizeof team, "T%03u", seller->team + 1);
        snprintf(manager, sizeof manager, "S%04u", seller->team + 1);
        sheet_text(&sheet, seller->id), sheet_text(&sheet, seller->name), sheet_text(&sheet, team);
        sheet_text(&sheet, seller->email), sheet_text(&sheet, s < world->teams ? "" : manager);
        sheet_text(&sheet, s < world->teams ? "Lead" : "Seller");
        sheet_day(&sheet, seller->start);
        sheet_day(&sheet, seller->end <= view->as_of ? seller->end : INT32_MIN);
        sheet_end(&sheet);
    }
    sheet_close(&sheet);
}

/* One quota and, once the quarter is a month old, one forecast call a seller. */
static void
write_quarter(const struct view *view, const struct seller_life *seller, uint32_t number,
              int32_t start, struct sheet *quotas, struct sheet *calls)
{
    struct stream stream = stream_of(view->world->seed, 5, number * 1000u + (uint32_t)(start / 90));
    double commit = (double)seller->quota * (0.55 + 0.5 * stream_share(&stream));
    int32_t day = start + 30 + (int32_t)stream_below(&stream, 8);
    if (seller->start > start + 90 || (seller->end != INT32_MIN && seller->end < start))
        return;
    sheet_day(quotas, start), sheet_text(quotas, seller->id);
    sheet_int(quotas, seller->quota), sheet_end(quotas);
    if (day > view->as_of)
        return;
    sheet_text(calls, seller->id), sheet_day(calls, start), sheet_day(calls, day);
    sheet_int(calls, (int64_t)(commit / 1000) * 1000);
    sheet_int(calls, (int64_t)(commit * 1.25 / 1000) * 1000), sheet_end(calls);
}

static void
write_quotas(const struct view *view, const struct seller_life *sellers)
{
    struct sheet quotas = sheet_open(view->folder, "quotas.csv", "period,seller,amount");
    struct sheet calls = sheet_open(view->folder, "calls.csv", "owner,period,day,commit,best");
    /* fiscal quarters (they begin in February, May, August and November) from the first deal to
     * half a year ahead */
    for (int month = 1;; month += 3) {
        int32_t start = extracts_day(1970 + month / 12, month % 12 + 1, 1);
        if (start > view->as_of + 180)
            break;
        for (uint32_t s = 0; start > view->world->first_day && s < view->world->sellers; s++)
            write_quarter(view, &sellers[s], s, start, &quotas, &calls);
    }
    sheet_close(&quotas);
    sheet_close(&calls);
}

static void
write_accounts(const struct view *view, const struct seller_life *sellers)
{
    struct sheet sheet = sheet_open(view->folder, "accounts.xml",
                                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<accounts>");
    for (uint32_t a = 0; a < view->world->accounts; a++) {
        struct account_life account = world_account(view->world, a);
        fprintf(sheet.file, "  <account id=\"%s\"><name>", account.id);
        sheet_xml_text(sheet.file, account.name);
        fprintf(sheet.file, "</name><industry>%s</industry>", account.industry);
        if (account.owner != UINT32_MAX)
            fprintf(sheet.file, "<owner>%s</owner>", sellers[account.owner].id);
        if (account.potential >= 0)
            fprintf(sheet.file, "<potential>%lld</potential>", (long long)account.potential);
        if (account.icp != ' ')
            fprintf(sheet.file, "<icp>%s</icp>", account.icp == 'y' ? "yes" : "no");
        fprintf(sheet.file, "<customer>%s</customer></account>\n", account.customer ? "yes" : "no");
    }
    fputs("</accounts>\n", sheet.file);
    sheet_close(&sheet);
}

static void
write_contacts(const struct view *view)
{
    static const char *const titles[] = {"Head of Laboratory", "Lab Manager", "Technician",
                                         "Chief Financial Officer", "Purchasing Manager"};
    const struct world *world = view->world;
    struct sheet sheet = sheet_open(view->folder, "contacts.csv", "id,account,name,title");
    for (uint32_t a = 0; a < world->accounts; a++)
        for (uint32_t c = 0; c < world->contacts_per_account; c++) {
            char id[24], account[16], name[48];
            snprintf(id, sizeof id, "C%06u%u", a + 1, c + 1);
            snprintf(account, sizeof account, "A%06u", a + 1);
            snprintf(name, sizeof name, "Contact %u.%u", a + 1, c + 1);
            sheet_text(&sheet, id), sheet_text(&sheet, account), sheet_text(&sheet, name);
            sheet_text(&sheet, titles[(c + a) % 5]), sheet_end(&sheet);
        }
    sheet_close(&sheet);
}

bool
extracts_write(const struct view *view)
{
    const struct world *world = view->world;
    struct seller_life *sellers = calloc(world->sellers, sizeof *sellers);
    if (!sellers)
        return false;
    for (uint32_t s = 0; s < world->sellers; s++)
        sellers[s] = world_seller(world, s);
    write_teams(view);
    write_sellers(view, sellers);
    write_quotas(view, sellers);
    write_accounts(view, sellers);
    write_contacts(view);
    bool all = deals_write(view, sellers);
    free(sellers);
    return all;
}
