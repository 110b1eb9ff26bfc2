"""check.py DATA RUN: holds a published run against the objects themselves."""
import datetime, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from published import Published, rows

data, run = pathlib.Path(sys.argv[1]), Published(sys.argv[2])
deals, history = rows(data / "Opportunity.csv"), rows(data / "OpportunityHistory.csv")
leads = rows(data / "Lead.csv")
day = lambda text: datetime.datetime.strptime(text.split()[0], "%m/%d/%y").date()
assert (len(deals), len(history)) == (36, 48)
assert sum(day(deal["CloseDate"]) < day(deal["CreatedDate"]) for deal in deals) == 32

run.counts("deals", read=36, used=36, rejected=0, orphans=0)
run.counts("history", read=48, used=48, rejected=0, future=sum(day(h["CreatedDate"]) > run.as_of for h in history))
run.counts("leads", read=len(leads), used=len(leads), orphans=0)
run.counts("contacts", read=25, used=25, orphans=0)
run.counts("accounts", read=18, used=18)

# a deal that is open now stands in a qualified stage unless it is still a prospect
closed = {"Closed Won", "Closed Lost"}
open_deals = [deal for deal in deals if deal["StageName"] not in closed | {"Prospecting"}]
run.sums("pipeline.open", [deal["Amount"] for deal in open_deals])
# won deals were qualified; lost ones when they once stood in a qualified stage, or in no open one
stages = lambda deal: {h["StageName"] for h in history if h["OpportunityId"] == deal["Id"]} - closed
was_qualified = lambda deal: stages(deal) != {"Prospecting"} or deal["StageName"] == "Closed Won"
for measure, stage in (("deals.won", "Closed Won"), ("deals.lost", "Closed Lost")):
    decided = [deal for deal in deals if deal["StageName"] == stage and run.in_year(day(deal["CloseDate"]))]
    run.sums(measure, [deal["Amount"] for deal in decided if was_qualified(deal)])
print("salesforce_history: 36 deals, 48 states,", len(open_deals), "open and qualified")
