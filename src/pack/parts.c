#include "part.h"

#include "calls.h"
#include "deals.h"
#include "forecast.h"
#include "levers.h"
#include "people.h"
#include "pipeline.h"
#include "prospecting.h"
#include "report.h"
#include "summary.h"
#include "system_map.h"
#include "territory.h"
#include "track.h"
#include "winning.h"

#include <string.h>

/* A part is added by one row here, its name in an outline, its words in templates/words. */
const struct part_row part_table[] = {
    {"calls_quality", calls_quality},
    {"calls_people", calls_people},
    {"deals_strategic", deals_strategic},
    {"deals_influence", deals_influence},
    {"deals_top", deals_top},
    {"deals_decisions", deals_decisions},
    {"deals_talk", deals_talk},
    {"deals_let_go", deals_let_go},
    {"deals_slips", deals_slips},
    {"deals_ageing", deals_ageing},
    {"deals_concentration", deals_concentration},
    {"forecast_distribution", forecast_distribution},
    {"forecast_judgement", forecast_judgement},
    {"forecast_parts", forecast_parts},
    {"forecast_horizons", forecast_horizons},
    {"levers_bars", levers_bars},
    {"levers_alone", levers_alone},
    {"levers_what_if", levers_what_if},
    {"levers_feasible", levers_feasible},
    {"levers_gains", levers_gains},
    {"levers_time", levers_time},
    {"people_attainment", people_attainment},
    {"people_list", people_list},
    {"people_all", people_all},
    {"people_spread", people_spread},
    {"people_luck", people_luck},
    {"pipeline_movement", pipeline_movement},
    {"pipeline_coverage", pipeline_coverage},
    {"pipeline_health", pipeline_health},
    {"pipeline_all", pipeline_all},
    {"pipeline_flags", pipeline_flags},
    {"pipeline_stages", pipeline_stages},
    {"pipeline_months", pipeline_months},
    {"pipeline_own_need", pipeline_own_need},
    {"prospecting_steps", prospecting_steps},
    {"prospecting_creation", prospecting_creation},
    {"prospecting_sources", prospecting_sources},
    {"report_data", report_data},
    {"report_rows", report_rows},
    {"report_found", report_found},
    {"report_identities", report_identities},
    {"report_definitions", report_definitions},
    {"summary_lead", summary_lead},
    {"summary_figures", summary_figures},
    {"summary_ask", summary_ask},
    {"summary_findings", summary_findings},
    {"summary_findings_all", summary_findings_all},
    {"summary_status", summary_status},
    {"summary_judgement", summary_judgement},
    {"system_map", system_map},
    {"system_map_whole_job", system_map_whole_job},
    {"territory_coverage", territory_coverage},
    {"territory_whitespace", territory_whitespace},
    {"territory_overview", territory_overview},
    {"territory_all", territory_all},
    {"territory_fairness", territory_fairness},
    {"track_accuracy", track_accuracy},
    {"track_asked", track_asked},
    {"track_path", track_path},
    {"track_pushes", track_pushes},
    {"track_trend", track_trend},
    {"winning_rates", winning_rates},
    {"winning_kinds", winning_kinds},
    {"winning_curve", winning_curve},
    {"winning_reasons", winning_reasons},
    {"winning_sources", winning_sources},
    {"winning_letters", winning_letters},
    {"winning_stages", winning_stages},
    {"winning_bridge", winning_bridge},
    {0},
};

const struct part_row *
part_find(const char *name)
{
    for (const struct part_row *row = part_table; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
