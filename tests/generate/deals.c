#include "deals.h"

#include "sheet.h"

#include <stdlib.h>
#include <string.h>

struct books { /* the files being written */
    const struct view *view;
    const struct seller_life *sellers;
    struct sheet deals, history, activities, leads;
    FILE *xml;
    uint32_t lead_count;
};

static const char deal_header[] =
    "id,name,owner,account,stage,amount,currency,created,qualified,close,"
    "type,source,next_step,next_step_date,loss_reason,strategic,plan,story,lead,category";

static const char *const categories[] = {"omitted", "pipeline", "best", "commit"};

/* The last event that the CRM knows on the day of the extract. */
static const struct deal_event *
known_state(const struct view *view, const struct deal_life *deal)
{
    const struct deal_event *known = NULL;
    for (int i = 0; i < deal->event_count && deal->event[i].day <= view->as_of; i++)
        known = &deal->event[i];
    return known;
}

static void
name_deal(const struct deal_life *deal, struct stream *stream, char out[96])
{
    static const char *const products[] = {"Spectrometer",        "Chromatograph",
                                           "Service contract",    "Particle counter",
                                           "Lab automation line", "Titrator"};
    snprintf(out, 96, "%s %u", products[stream_below(stream, 6)], deal->number + 1);
}

struct extra { /* text fields of a deal */
    char name[96], lead[24];
    const char *next_step, *plan, *story;
    int32_t next_step_date;
    bool strategic;
};

static struct extra
describe(const struct books *books, const struct deal_life *deal, const struct deal_event *state)
{
    static const char *const steps[] = {"Send offer", "Meet the head of laboratory", "Demo on site",
                                        "Agree the contract draft", "Reference visit"};
    const struct world *world = books->view->world;
    struct stream stream = stream_of(world->seed, 6, deal->number);
    struct extra extra = {.next_step = "", .plan = "", .story = "", .next_step_date = INT32_MIN};
    const struct seller_life *seller = &books->sellers[state->owner];
    name_deal(deal, &stream, extra.name);
    if (state->stage < STAGE_WON && stream_chance(&stream, 0.35 + 0.6 * seller->hygiene)) {
        extra.next_step = steps[stream_below(&stream, 5)];
        extra.next_step_date = books->view->as_of - 20 + (int32_t)stream_below(&stream, 50);
    }
    extra.strategic = state->amount > 20000000 && stream_chance(&stream, 0.5);
    if (extra.strategic) {
        extra.plan = "Pilot in one plant, then the frame contract";
        extra.story = "Replaces three ageing instruments; the quality lead wants one vendor, "
                      "purchasing wants two offers";
    }
    if (deal->from_lead)
        snprintf(extra.lead, sizeof extra.lead, "L%07u", deal->number + 1);
    return extra;
}

static void
write_deal_xml(FILE *file, const struct deal_life *deal, const struct deal_event *state,
               const struct extra *extra, const char *account, const char *owner)
{
    char created[16], close[16], qualified[16] = "";
    sheet_iso(deal->event[0].day, created);
    sheet_iso(state->close, close);
    if (deal->qualified != INT32_MIN && state->stage != STAGE_DISCOVERY)
        sheet_iso(deal->qualified, qualified);
    fprintf(file, "<deal><id>%s</id><name>", deal->id);
    sheet_xml_text(file, extra->name);
    fprintf(file, "</name><owner>%s</owner><account>%s</account><stage>%s</stage>", owner, account,
            world_stage_names[state->stage]);
    if (state->amount >= 0)
        fprintf(file, "<amount>%lld.%02d</amount>", (long long)(state->amount / 100),
                (int)(state->amount % 100));
    fprintf(file,
            "<currency>%s</currency><created>%s</created><qualified>%s</qualified><close>%s</"
            "close></deal>\n",
            deal->currency, created, qualified, close);
}

static void
write_deal(struct books *books, const struct deal_life *deal, const struct deal_event *state)
{
    const struct view *view = books->view;
    struct extra extra = describe(books, deal, state);
    char account[16] = "", owner[16];
    struct sheet *sheet = &books->deals;
    if (deal->account != UINT32_MAX)
        snprintf(account, sizeof account, "A%06u", deal->account + 1);
    snprintf(owner, sizeof owner, "%s", books->sellers[state->owner].id);
    if (!view->tidy && deal->number % 211 == 100)
        snprintf(owner, sizeof owner, "S9%03u", deal->number % 1000);
    bool decided = state->stage >= STAGE_WON;
    bool knows_tq = deal->qualified != INT32_MIN && deal->qualified <= view->as_of;
    sheet_text(sheet, deal->id), sheet_text(sheet, extra.name), sheet_text(sheet, owner);
    sheet_text(sheet, account), sheet_text(sheet, world_stage_names[state->stage]);
    if (!view->tidy && deal->number % 389 == 200)
        sheet_text(sheet, "tbd");
    else
        sheet_money(sheet, state->amount);
    sheet_text(sheet, deal->currency), sheet_day(sheet, deal->event[0].day);
    sheet_day(sheet, knows_tq ? deal->qualified : INT32_MIN);
    sheet_day(sheet, state->close);
    sheet_text(sheet, deal->type), sheet_text(sheet, deal->source);
    sheet_text(sheet, extra.next_step), sheet_day(sheet, extra.next_step_date);
    sheet_text(sheet, decided && state->stage != STAGE_WON ? deal->loss_reason : "");
    sheet_text(sheet, extra.strategic ? "yes" : ""), sheet_text(sheet, extra.plan);
    sheet_text(sheet, extra.story), sheet_text(sheet, extra.lead);
    sheet_text(sheet,
               decided || state->stage == STAGE_DISCOVERY ? "" : categories[state->category]);
    sheet_end(sheet);
    if (books->xml)
        write_deal_xml(books->xml, deal, state, &extra, account, owner);
}

static void
write_history(struct books *books, const struct deal_life *deal)
{
    struct sheet *sheet = &books->history;
    for (int i = 0; i < deal->event_count && deal->event[i].day <= books->view->as_of; i++) {
        const struct deal_event *event = &deal->event[i];
        sheet_text(sheet, deal->id), sheet_day(sheet, event->day);
        sheet_text(sheet, world_stage_names[event->stage]), sheet_money(sheet, event->amount);
        sheet_text(sheet, deal->currency), sheet_day(sheet, event->close);
        sheet_text(sheet, books->sellers[event->owner].id);
        sheet_text(sheet, event->stage >= STAGE_WON ? "" : categories[event->category]);
        sheet_end(sheet);
    }
}

struct touch {
    const char *type, *direction, *outcome;
};

static struct touch
draw_touch(struct stream *stream, const struct seller_life *seller)
{
    static const struct touch reached[] = {{"meeting", "out", "held"}, {"call", "out", "connected"},
                                           {"email", "in", ""},        {"meeting", "out", ""},
                                           {"demo", "out", "held"},    {"call", "in", "connected"}};
    static const struct touch missed[] = {{"email", "out", ""},
                                          {"call", "out", "no answer"},
                                          {"email", "out", ""},
                                          {"meeting", "out", "no show"}};
    if (stream_chance(stream, seller->two_way))
        return reached[stream_below(stream, 6)];
    return missed[stream_below(stream, 4)];
}

static void
write_activities(struct books *books, const struct deal_life *deal)
{
    const struct view *view = books->view;
    struct stream stream = stream_of(view->world->seed, 7, deal->number);
    uint32_t owner = deal->event[0].owner;
    const struct seller_life *seller = &books->sellers[owner];
    int32_t first = deal->event[0].day, last = deal->end;
    if (last == INT32_MAX) /* it went quiet */
        last = first + 40 + (int32_t)stream_below(&stream, 120);
    double mean = view->world->activities_per_deal * (0.4 + 1.2 * stream_share(&stream));
    uint32_t count = (uint32_t)(mean + stream_share(&stream));
    if (!stream_chance(&stream, seller->logging)) /* this deal is worked on paper */
        count = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t day = first + (int32_t)(stream_share(&stream) * (last - first + 1));
        struct touch touch = draw_touch(&stream, seller);
        uint32_t usual =
            stream_chance(&stream, seller->breadth) ? stream_below(&stream, 5) : deal->number % 2;
        bool names_deal = stream_chance(&stream, 0.85);
        int minutes = 5 + (int)stream_below(&stream, 55);
        if (day > view->as_of)
            continue;
        char account[16] = "", contact[24] = "";
        if (deal->account != UINT32_MAX) {
            snprintf(account, sizeof account, "A%06u", deal->account + 1);
            snprintf(contact, sizeof contact, "C%06u%u", deal->account + 1, usual + 1);
        }
        struct sheet *sheet = &books->activities;
        sheet_day(sheet, day), sheet_text(sheet, seller->id), sheet_text(sheet, touch.type);
        sheet_text(sheet, account), sheet_text(sheet, names_deal ? deal->id : "");
        sheet_text(sheet, contact), sheet_text(sheet, touch.direction);
        sheet_text(sheet, touch.outcome), sheet_int(sheet, minutes), sheet_end(sheet);
    }
}

static void
write_lead_row(struct books *books, const char *id, uint32_t owner, const char *account,
               const char *source, const int32_t day[5], const char *deal, int32_t closed)
{
    int32_t as_of = books->view->as_of;
    struct sheet *sheet = &books->leads;
    if (day[0] > as_of)
        return;
    sheet_text(sheet, id), sheet_text(sheet, books->sellers[owner].id), sheet_day(sheet, day[0]);
    sheet_text(sheet, account), sheet_text(sheet, source);
    for (int i = 1; i < 5; i++)
        sheet_day(sheet, day[i] <= as_of ? day[i] : INT32_MIN);
    sheet_text(sheet, day[4] != INT32_MIN && day[4] <= as_of ? deal : "");
    sheet_day(sheet, closed <= as_of ? closed : INT32_MIN), sheet_end(sheet);
}

/* The lead behind a deal, and some that led nowhere. */
static void
write_leads(struct books *books, const struct deal_life *deal)
{
    struct stream stream = stream_of(books->view->world->seed, 8, deal->number);
    uint32_t owner = deal->event[0].owner;
    char id[24], account[16] = "";
    int32_t created = deal->event[0].day;
    if (deal->account != UINT32_MAX)
        snprintf(account, sizeof account, "A%06u", deal->account + 1);
    if (deal->from_lead) {
        int32_t day[5] = {created - 25 - (int32_t)stream_below(&stream, 20)};
        for (int i = 1; i < 4; i++)
            day[i] = day[i - 1] + 2 + (int32_t)stream_below(&stream, 7);
        day[4] = deal->qualified;
        snprintf(id, sizeof id, "L%07u", deal->number + 1);
        write_lead_row(books, id, owner, account, deal->source, day, deal->id, INT32_MIN);
    }
    for (uint32_t i = 0; i < 3; i++) {
        int32_t day[5] = {created - (int32_t)stream_below(&stream, 40), INT32_MIN, INT32_MIN,
                          INT32_MIN, INT32_MIN};
        double reach[4] = {0.85, 0.45, 0.4, 0};
        for (int step = 1; step < 5 && stream_chance(&stream, reach[step - 1]); step++)
            day[step] = day[step - 1] + 1 + (int32_t)stream_below(&stream, 12);
        snprintf(id, sizeof id, "M%07u%u", deal->number + 1, i);
        write_lead_row(books, id, owner, "", deal->source, day, "",
                       stream_chance(&stream, 0.6) ? day[0] + 60 : INT32_MIN);
    }
}

static void
write_dirt(struct books *books)
{
    FILE *deals = books->deals.file, *activities = books->activities.file;
    fputs("0065gDIRTY00001,No owner at "
          "all,,A000003,Qualified,1000.00,EUR,2026-05-04,2026-05-20,2026-11-30,,,,,,,,,,\n",
          deals);
    fputs("0065gDIRTY00002,Unknown "
          "stage,S0003,A000003,Dreaming,1000.00,EUR,2026-05-04,,2026-11-30,,,,,,,,,,\n",
          deals);
    fputs("0065gDIRTY00003,No such "
          "day,S0003,A000003,Qualified,1000.00,EUR,2026-02-30,,2026-11-30,,,,,,,,,,\n",
          deals);
    fputs("0065gDIRTY00004,No "
          "rate,S0003,A000003,Qualified,1000.00,CHF,2026-05-04,2026-05-20,2026-11-30,,,,,,,,,,\n",
          deals);
    fputs("0065gDIRTY00005,Two "
          "truths,S0003,A000003,Qualified,1000.00,EUR,2026-05-04,2026-05-20,2026-11-30,,,,,,,,,,\n",
          deals);
    fputs("0065gDIRTY00005,Two "
          "truths,S0003,A000003,Qualified,2000.00,EUR,2026-05-04,2026-05-20,2026-11-30,,,,,,,,,,\n",
          deals);
    fputs("0065gDIRTY00006,Too short,S0003\n", deals);
    fputs("0065gDIRTY00007,\"<script>alert(1)</script> =SUM(A1) "
          "\"\"\xE2\x80\xAEquoted\"\"\",S0003,A000003,"
          "Qualified,1000.00,EUR,2026-05-04,2026-05-20,2026-11-30,,,,,,,,,,\n",
          deals);
    fputs("2026-09-01,S0003,call,A999999,,,out,connected,10\n", activities);
    fputs("sometime,S0003,call,A000003,,,out,connected,10\n", activities);
}

bool
deals_write(const struct view *view, const struct seller_life *sellers)
{
    struct books books = {.view = view, .sellers = sellers};
    books.deals = sheet_open(view->folder, "deals.csv", deal_header);
    books.history = sheet_open(view->folder, "history.csv",
                               "deal,day,stage,amount,currency,close,owner,category");
    books.activities = sheet_open(view->folder, "activities.csv",
                                  "day,owner,type,account,deal,contact,direction,outcome,minutes");
    books.leads =
        sheet_open(view->folder, "leads.csv",
                   "id,owner,created,account,source,worked,replied,met,qualified,deal,closed");
    struct sheet xml = {0};
    if (view->deals_xml) {
        xml = sheet_open(view->folder, "deals.xml",
                         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<deals>");
        books.xml = xml.file;
    }
    for (uint32_t d = 0; d < view->world->deals; d++) {
        struct deal_life deal = world_deal(view->world, sellers, d);
        const struct deal_event *state = known_state(view, &deal);
        write_leads(&books, &deal);
        if (!state)
            continue;
        write_deal(&books, &deal, state);
        write_history(&books, &deal);
        write_activities(&books, &deal);
    }
    if (!view->tidy)
        write_dirt(&books);
    if (books.xml) {
        fputs("</deals>\n", xml.file);
        if (sheet_close(&xml))
            return false;
    }
    return !(sheet_close(&books.deals) | sheet_close(&books.history) |
             sheet_close(&books.activities) | sheet_close(&books.leads));
}
