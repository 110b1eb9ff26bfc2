"""Writes teams.csv and quotas.csv beside itself from the Maven extract (run once; both are committed).

Teams: a manager's team below the regional office. Quota: the seller's own won value of 2017-Q3
times 1.1, for 2017-Q4."""
import csv, pathlib, sys

source = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).parent
people = list(csv.DictReader((source / "sales_teams.csv").open(encoding="utf-8-sig")))
won = {person["sales_agent"]: 0 for person in people}
for deal in csv.DictReader((source / "sales_pipeline.csv").open(encoding="utf-8-sig")):
    if deal["deal_stage"] == "Won" and "2017-07-01" <= deal["close_date"] <= "2017-09-30":
        won[deal["sales_agent"]] += int(deal["close_value"])
offices = sorted({person["regional_office"] for person in people})
managers = sorted({(person["manager"], person["regional_office"]) for person in people})
with (here / "teams.csv").open("w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["id", "name", "parent"])
    rows.writerows([office, office, ""] for office in offices)
    rows.writerows([manager, "Team " + manager, office] for manager, office in managers)
with (here / "quotas.csv").open("w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["period", "seller", "amount"])
    rows.writerows(["2017-Q4", seller, f"{value * 11 / 10:.2f}"] for seller, value in sorted(won.items()) if value)
