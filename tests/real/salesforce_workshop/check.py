"""check.py DATA RUN: holds a published run against the objects themselves."""
import datetime, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from published import Published, rows

data, run = pathlib.Path(sys.argv[1]), Published(sys.argv[2])
deals, tasks = rows(data / "Opportunity.csv"), rows(data / "Task.csv")
contacts, leads, accounts = rows(data / "Contact.csv"), rows(data / "Lead.csv"), rows(data / "Account.csv")
assert (len(deals), len(tasks), len(contacts), len(leads), len(accounts)) == (50, 75, 102, 60, 22)
assert {deal["IsWon"] for deal in deals} == {"1", ""}  # true and false as Data Loader writes them

run.counts("deals", read=50, used=50, rejected=0, orphans=0)
run.counts("leads", read=60, used=60, rejected=0)
run.counts("contacts", read=102, used=102, orphans=sum(not c["AccountId"] for c in contacts))
run.counts("accounts", read=22, used=22, orphans=sum(a["OwnerId"] != deals[0]["OwnerId"] for a in accounts))
# no task was ever started: plans, not activities
assert {task["Status"] for task in tasks} == {"Not Started"}
run.counts("activities", read=75, used=0, ignored=75)

closed = lambda deal: deal["IsClosed"] == "1"
day = lambda deal: datetime.date.fromisoformat(deal["CloseDate"])
past = [deal for deal in deals if closed(deal) and run.in_year(day(deal))]
run.sums("deals.won", [deal["Amount"] for deal in past if deal["IsWon"] == "1"])
run.sums("deals.lost", [deal["Amount"] for deal in past if deal["IsWon"] != "1"])
assert len(past) == 15
prospects = [deal for deal in deals if deal["StageName"] == "Qualification"]
open_deals = [deal for deal in deals if not closed(deal) and deal not in prospects]
run.sums("pipeline.open", [deal["Amount"] for deal in open_deals])
assert {deal["id"] for deal in run.open} == {deal["Id"] for deal in open_deals}
print("salesforce_workshop: 50 deals,", len(past), "decided,", len(open_deals), "open and qualified")
