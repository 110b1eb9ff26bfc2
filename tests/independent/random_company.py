#!/usr/bin/python3
"""random_company.py SEED DIR: a small nasty company as sefpack.yaml and CSV extracts with canonical
headers, for comparing two implementations where companies are strange."""
import csv, datetime, os, random, sys

seed, folder = int(sys.argv[1]), sys.argv[2]
R = random.Random(seed)
os.makedirs(folder, exist_ok=True)
asof = datetime.date(2026, R.randint(1, 12), R.choice([1, 15, 28]))
if R.random() < .2:  # the last day of a month
    asof = (asof.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
iso = lambda d: d.isoformat() if d else ""
days = lambda n: datetime.timedelta(days=n)
some = lambda share: R.random() < share
stages = ["New", "Open A", "Open B", "Open C", "Won", "Lost", "Idle", "Out"]
open_stages = stages[:4]


def write(name, head, rows):
    with open(os.path.join(folder, name + ".csv"), "w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(head.split())
        sheet.writerows(rows)


has = {t: some(.75) for t in ("teams", "accounts", "contacts", "history", "activities", "leads", "quotas", "calls")}
team_ids = [f"T{i}" for i in range(R.randint(1, 6))]
people = [f"S{i:02}" for i in range(R.randint(1, 14))]
starts = {p: None if some(.3) else asof - days(R.choice([3, 20, 80, 200, 900])) if some(.95) else asof + days(9) for p in people}
ends = {p: asof - days(R.randint(1, 200)) if some(.12) else None for p in people}
write("sellers", "id name team start end", [[p, "Name " + p, R.choice(team_ids + [""]), iso(starts[p]), iso(ends[p])] for p in people])
if has["teams"]:
    write("teams", "id name parent", [[t, "Team " + t, R.choice(team_ids[:i] + [""])] for i, t in enumerate(team_ids)])
accounts = [f"A{i:03}" for i in range(R.randint(1, 40))]
if has["accounts"]:
    write("accounts", "id name owner potential icp customer", [[a, a, R.choice(people + ["gone", ""]), R.choice(["", "0", str(R.randint(1, 90) * 1000)]),
          R.choice(["yes", "yes", "no", "", "A", "D"]), R.choice(["yes", "no", ""])] for a in accounts])
contacts = [f"C{i:03}" for i in range(R.randint(1, 60))]
if has["contacts"]:
    write("contacts", "id account name level", [[c, R.choice(accounts + ["none"]), c, R.choice(["executive", "director", "manager", "staff", ""])] for c in contacts])

deals, history = [], []
count = R.choice([0, 1, 3, 12, 40, 120, 400])
currencies = ["EUR", "", "USD", "JPY"] if some(.4) else ["EUR"]
for i in range(count):
    id = f"D{i:04}"
    created = asof - days(R.randint(0, R.choice([60, 400, 1300])))
    length = R.randint(0, 220)
    stage = R.choices(stages, [1, 4, 3, 3, 8, 7, 4, 1])[0]
    closed = stage not in open_stages
    close = created + days(length) if closed else None if some(.1) else asof + days(R.randint(-90, 150))
    owner = R.choice(people + (["gone", ""] if some(.2) else []))
    amount = "" if some(.07) else "0" if some(.03) else f"{R.choice([1, 1, 1, 9]) * R.randint(100, 99999) / 7:.2f}"
    qualified = iso(created + days(R.randint(0, 40))) if some(.4) else ""
    currency = R.choice(currencies)
    if has["history"] and some(.85):
        at, state = created, "New" if some(.7) else "Open A"
        while at <= asof + days(20) and len(history) < 5000:
            history.append([id, iso(at), state, amount if some(.6) else "", currency, iso(at + days(R.randint(-10, 120))) if some(.7) else "",
                            owner if some(.7) else R.choice(people), R.choice(["", "best", "commit"])])
            if state == stage or some(.1):
                break
            at += days(R.randint(0, 50))
            if closed and at >= close:
                at, state = close, stage
            else:
                state = R.choice(open_stages)
    deals.append([id, owner, stage, iso(created), R.choice(accounts + ["", "none"]), amount, currency, qualified, iso(close),
                  R.choice(["New", "New", "Old", "Again", ""]), R.choice(["web", "fair", ""]), R.choice(["price", ""]),
                  R.choice(["call", ""]), iso(asof + days(R.randint(-30, 30))) if some(.5) else "", R.choice(["yes", "", ""])])
write("deals", "id owner stage created account amount currency qualified close type source loss_reason next_step next_step_date strategic", deals)
if has["history"]:
    write("history", "deal day stage amount currency close owner category", history)
if has["activities"]:
    write("activities", "day owner type account deal contact direction outcome count", [[iso(asof - days(R.randint(-5, 500))), R.choice(people + ["gone"]),
          R.choice(["call", "email", "Meeting", "demo"]), R.choice(accounts + ["", ""]), R.choice([d[0] for d in deals] + ["", "", "none"]) if deals else "",
          R.choice(contacts + ["", ""]), R.choice(["in", "out", ""]), R.choice(["", "held", "Connected", "no show"]), R.choice(["", "1", "4"])] for _ in range(R.choice([0, 20, 300, 1500]))])
if has["leads"]:
    rows = []
    for i in range(R.choice([0, 10, 200])):
        at = asof - days(R.randint(-5, 500))
        steps = []
        for share in (.8, .6, .5, .5):
            steps.append(iso(at) if some(share) else "")
            at += days(R.randint(0, 40))
        rows.append([f"L{i:03}", R.choice(people + ["gone"]), iso(asof - days(R.randint(0, 500))), R.choice(["web", ""]), *steps,
                     R.choice([d[0] for d in deals] + [""]) if deals else "", iso(at) if some(.3) else ""])
    write("leads", "id owner created source worked replied met qualified deal closed", rows)
if has["quotas"]:
    quotas = [[iso(asof), p, "", f"{R.choice([0, 1, 5, 30]) * R.randint(1, 20000)}"] for p in people if some(.8)]
    quotas += [[iso(asof), "", t, f"{R.randint(1, 900000)}"] for t in team_ids if some(.15)]
    write("quotas", "period seller team amount", quotas)
config = f"""version: 1
company: Random {seed}
as_of: {asof}
period: {R.choice(['month', 'quarter', 'quarter', 'half', 'year'])}
fiscal_year_starts: {R.choice([1, 1, 2, 7])}
currency: {{report: EUR, rates: {{USD: 0.92, JPY: 0.0061}}}}
stages:
  - {{name: New, outcome: open}}
  - {{name: Open A, outcome: open, qualified: yes, category: pipeline, probability: 0.2}}
  - {{name: Open B, outcome: open, qualified: yes, category: best, probability: 0.5}}
  - {{name: Open C, outcome: open, qualified: {R.choice(['yes', 'no'])}}}
  - {{name: Won, outcome: won}}
  - {{name: Lost, outcome: lost}}
  - {{name: Idle, outcome: no_decision}}
  - {{name: Out, outcome: disqualified}}
segments: {{Old: expansion, Again: renewal}}
limits: {{rejected_share: 1.0}}
{R.choice(['', 'ramp: [0.25, 0.5, 0.75]', 'rules: {past_close: flag, silent: off, aged: fatal}', 'forecast: {correlation: 0.3}'])}
extracts:
""" + "".join(f"  {t}: {{file: {t}.csv}}\n" for t in ("sellers", "deals", *(t for t in has if has[t] and t != "calls")))
open(os.path.join(folder, "sefpack.yaml"), "w").write(config + "packs:\n  - {scope: company, template: board, formats: [html]}\nout: {dir: out, history: off}\n")
