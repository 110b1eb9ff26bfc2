#!/usr/bin/python3
"""random_company.py SEED DIR: a small nasty company as sefpack.yaml and CSV extracts with canonical
headers, for comparing two implementations where companies are strange. Every company has one or two
oddities of the list below, beside what chance gives all of them."""
import argparse, csv, datetime, os, random

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("seed", metavar="SEED", type=int)
parser.add_argument("folder", metavar="DIR")
seed, folder = vars(parser.parse_args()).values()
R = random.Random(seed)
os.makedirs(folder, exist_ok=True)
ODD = ("alone nobody_starts all_new same_day last_day renewals zombies empty_amounts negative after_asof strangers bouncing ramp "
       "correlation currencies previous nested empty_team thresholds winners losers decided_only big late_logged repeated letters "
       "plain plain plain plain").split()
odd = set(R.sample(ODD, R.choice([1, 1, 2, 3])))
some = lambda share: R.random() < share
days = lambda n: datetime.timedelta(days=n)
iso = lambda d: d.isoformat() if d else ""
LENGTH = dict(month=1, quarter=3, half=6, year=12)
period, fiscal = R.choice(["month", "quarter", "quarter", "half", "year"]), R.choice([1, 1, 2, 7, 11])
asof = datetime.date(2026, R.randint(1, 12), R.choice([1, 15, 28]))
if some(.15) or "last_day" in odd:  # of the period, or of a month
    while "last_day" in odd and ((asof.month - fiscal) % 12 + 1) % LENGTH[period]:
        asof = (asof.replace(day=28) + days(4)).replace(day=15)
    asof = (asof.replace(day=28) + days(4)).replace(day=1) - days(1)
stages = ["New", "Open A", "Open B", "Open C", "Won", "Lost", "Idle", "Out"]
open_stages = stages[:4]
weights = [1, 4, 3, 3, 8, 7, 4, 1]
for name, change in (("winners", {5: 0, 6: 0}), ("losers", {4: 0}), ("zombies", {1: 30}), ("decided_only", {0: 0, 1: 0, 2: 0, 3: 0})):
    if name in odd:
        weights = [change.get(i, w) for i, w in enumerate(weights)]


def write(name, head, rows):
    with open(os.path.join(folder, name + ".csv"), "w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(head.split())
        sheet.writerows(rows)


# -- people
has = {t: some(.75) for t in ("teams", "accounts", "contacts", "history", "activities", "leads", "quotas", "calls")}
for need, tables in (("bouncing", ["history"]), ("previous", []), ("nested", ["teams", "quotas"]), ("empty_team", ["teams"]),
                     ("ramp", ["quotas"]), ("late_logged", ["activities", "contacts", "accounts"]), ("repeated", ["activities", "contacts", "accounts"])):
    if need in odd:
        has.update({t: True for t in tables})
if "previous" in odd:
    has["history"] = False
team_ids = [f"T{i}" for i in range(R.randint(4, 8) if "nested" in odd else R.randint(1, 6))]
people = [f"S{i:02}" for i in range(1 if "alone" in odd else R.randint(1, 14))]
start = lambda: None if some(.3) else asof - days(R.choice([3, 13, 14, 20, 80, 91, 182, 200, 900])) if some(.95) else asof + days(9)
starts = {p: None if "nobody_starts" in odd else asof - days(R.randint(0, 40)) if "all_new" in odd else start() for p in people}
ends = {p: asof - days(R.randint(0, 200)) if some(.12) else None for p in people}
homes = team_ids[:-1] if "empty_team" in odd else team_ids
write("sellers", "id name team start end", [[p, "Name " + p, R.choice(homes + [""]), iso(starts[p]), iso(ends[p])] for p in people])
if has["teams"]:
    above = lambda i: team_ids[i - 1] if i and "nested" in odd and some(.7) else R.choice(team_ids[:i] + ["", "nowhere"])
    write("teams", "id name parent", [[t, "Team " + t, above(i)] for i, t in enumerate(team_ids)])
accounts = [f"A{i:03}" for i in range(R.randint(1, 40))]
if has["accounts"]:
    write("accounts", "id name owner potential icp customer", [[a, a, R.choice(people + ["gone", ""]), R.choice(["", "0", str(R.randint(1, 90) * 1000)]),
          R.choice(["yes", "yes", "no", "", "A", "D"]), R.choice(["yes", "no", ""])] for a in accounts])
contacts = [f"C{i:03}" for i in range(R.randint(1, 60))]
titles = ["Chief Buyer", "head of labs", "VP Sales", "Manager", "Clerk", ""]
if has["contacts"]:
    write("contacts", "id account name title level", [[c, R.choice(accounts + ["none"]), c, R.choice(titles), R.choice(["executive", "director", "manager", "staff", "", ""])] for c in contacts])

# -- deals and what they were
letters = ["M", "E"] if "letters" in odd or some(.3) else []
deals, history, before = [], [], []
count = R.choice([0, 1, 3, 12, 40, 120, 400]) if "big" not in odd else 600
currencies = ["EUR", "", "USD", "JPY"] if some(.3) or "currencies" in odd else ["EUR"]


def amount_of(stage):
    if some(.5 if "empty_amounts" in odd else .07):
        return ""
    if "negative" in odd and some(.2):
        return f"-{R.randint(1, 5000)}"
    return "0" if some(.03) else f"{R.choice([1, 1, 1, 9]) * R.randint(100, 99999) / 7:.2f}"


def changes(id, stage, created, close, amount, currency, owner):
    at, state, rows = created, "New" if some(.7) else "Open A", 0
    while at <= asof + days(20) and rows < (30 if "bouncing" in odd else 12):
        yield [id, iso(at), state, amount if some(.6) else "", currency, iso(at + days(R.randint(-10, 120))) if some(.7) else "",
               owner if some(.7) else R.choice(people), R.choice(["", "best", "commit"])]
        rows += 1
        if state == stage and not ("bouncing" in odd and some(.7)) or some(.05):
            return
        at += days(R.randint(0, 9 if "bouncing" in odd else 50))
        closed = stage not in open_stages and close and at >= close
        at, state = (close, stage) if closed else (at, R.choice(stages if "bouncing" in odd and some(.1) else open_stages))


for i in range(count):
    id = f"D{i:04}"
    created = asof if "same_day" in odd else asof - days(R.randint(0, R.choice([60, 400, 1300])))
    stage = R.choices(stages, weights)[0]
    closed = stage not in open_stages
    close = created + days(R.randint(0, 5 if "same_day" in odd else 220)) if closed else None if some(.1) else asof + days(R.randint(-90, 150))
    if closed and "after_asof" in odd and some(.4):
        close = asof + days(R.randint(0, 60))
    if closed and not ("after_asof" in odd or "same_day" in odd) and some(.5):
        close = min(close, asof)
    if closed and has["history"] and some(.05):
        close = None
    owner = R.choice(people + (["gone", ""] if some(.2) or "strangers" in odd else []))
    amount, currency = amount_of(stage), R.choice(currencies)
    qualified = iso(created + days(R.randint(0, 40))) if some(.4) else ""
    kind = "Again" if "renewals" in odd and some(.9) else R.choice(["New", "New", "Old", "Again", "", "renewal"])
    if has["history"] and some(.85):
        history += changes(id, stage, created, close, amount, currency, owner)
    row = [id, owner, stage, iso(created), R.choice(accounts + ["", "none"]), amount, currency, qualified, iso(close), kind,
           R.choice(["web", "fair", ""]), R.choice(["price", ""]), R.choice(["call", ""]), iso(asof + days(R.randint(-30, 30))) if some(.5) else "",
           R.choice(["yes", "", ""]), *(R.choice(["", "0", "1", "2", "3"]) for _ in letters)]
    if not (stage in open_stages and "decided_only" in odd):
        deals.append(row)
    if some(.7):  # as it was some time ago
        then = list(row)
        then[2], then[1] = R.choice(open_stages) if some(.8) else stage, owner if some(.8) else R.choice(people)
        then[5] = amount if some(.6) else amount_of(stage)
        then[8] = iso(close) if some(.4) else iso(asof + days(R.randint(-100, 150)))
        before.append(then)
head = "id owner stage created account amount currency qualified close type source loss_reason next_step next_step_date strategic " + " ".join(letters)
write("deals", head, deals)
if "previous" in odd:
    before += [["X" + row[0], *row[1:]] for row in before if some(.1)]  # removed since
    write("before", head, before)
if has["history"]:
    write("history", "deal day stage amount currency close owner category", history)

# -- the work
if has["activities"]:
    busy = ["C000"] if "repeated" in odd else contacts
    rows = R.choice([0, 20, 300, 1500]) if not odd & {"late_logged", "repeated"} else 400
    when = lambda: asof - days(R.randint(-5, 60 if "late_logged" in odd else 500))
    write("activities", "day owner type account deal contact direction outcome count", [[iso(when()), R.choice(people + ["gone"]),
          R.choice(["call", "email", "Meeting", "demo"]), R.choice(accounts + ["", ""]), R.choice([d[0] for d in deals] + ["", "", "none"]) if deals else "",
          R.choice(busy + contacts + ["", ""]), R.choice(["in", "out", ""]), R.choice(["", "held", "Connected", "no show"]), R.choice(["", "1", "4", "0"])] for _ in range(rows)])
if has["leads"]:
    rows = []
    for i in range(R.choice([0, 10, 200])):
        at = asof - days(R.randint(-5, 500))
        steps = []
        for share in (.8, .6, .5, .5):
            steps.append(iso(at) if some(share) else "")
            at += days(R.randint(0, 40))
        rows.append([f"L{i:03}", R.choice(people + ["gone"]), iso(asof - days(R.randint(0, 500))), R.choice(["web", "fair", ""]), *steps,
                     R.choice([d[0] for d in deals] + [""]) if deals else "", iso(at - days(R.randint(0, 60))) if some(.3) else ""])
    write("leads", "id owner created source worked replied met qualified deal closed", rows)
if has["quotas"]:
    quotas = [[iso(asof), p, "", f"{R.choice([0, 1, 5, 30]) * R.randint(1, 20000)}"] for p in people if some(.8)]
    quotas += [[iso(asof), "", t, f"{R.randint(1, 900000)}"] for t in team_ids + ["company"] if some(.6 if "nested" in odd else .15)]
    write("quotas", "period seller team amount", quotas)
if has["calls"]:
    write("calls", "owner period day commit best", [[p, iso(asof), iso(asof - days(n)), R.choice(["", str(R.randint(0, 99999))]), R.choice(["", str(R.randint(0, 99999))])]
          for p in people for n in R.sample(range(-2, 40), 2) if some(.6)])

# -- the config
blocks = []
if "thresholds" in odd:
    blocks += [f"estimates: {{prior_strength: {R.choice([5, 40])}, prior_win_rate: {R.choice([.1, .4])}, shrink_deals: {R.choice([0, 3, 25])}, curve_days: {R.choice([200, 700])}, "
               f"curve_minimum: {R.choice([1, 50])}, prior_cycle_days: {R.choice([30, 120])}, zombie_minimum: {R.choice([1, 30])}}}",
               f"engagement: {{advance_days: {R.choice([3, 30])}, repeat_meetings: {R.choice([1, 2])}, capture_minimum: {R.choice([.2, .9])}, two_way_types: [Call, meeting]}}",
               f"territory: {{worked_days: {R.choice([10, 200])}, list: {R.choice([1, 3])}}}", f"strategic: {{times_average: {R.choice([1, 2])}}}",
               f"coverage: {{flat_multiple: {R.choice([2, 4])}}}", f"capacity: {{concurrent_deals: {R.choice([2, 50])}, creation_times: {R.choice([1, 4])}, too_late_below: {R.choice([.01, .2])}}}",
               f"findings: {{minimum_n: {R.choice([1, 3])}}}", f"luck: {{seed: {R.randint(0, 99)}, draws: {R.choice([1, 50])}}}",
               "what_if: [{win_rate: 0.4}, {win_rate: 0.75}]",
               f"rules: {{zombie: {{days: {R.choice([5, 60])}}}, silent: {{days: {R.choice([10, 90])}, fatal: {R.choice(['yes', 'no'])}}}, pushed: {{times: 1, days: 20, fatal: yes}}, "
               f"single_threaded: {{days: 300, fatal: yes}}, duplicate: fatal, aged: {R.choice(['off', 'fatal'])}}}"]
elif some(.3):
    blocks.append("rules: {past_close: flag, silent: off, aged: fatal, too_soon: fatal}")
if "ramp" in odd or some(.15):
    blocks.append(f"ramp: {R.choice(['[0.25, 0.5, 0.75]', '[0.333, 0.125]'])}")
if "correlation" in odd:
    blocks.append(f"forecast: {{correlation: {R.choice([.1, .3, .6])}}}")
if letters:
    blocks.append("qualification: [M, E]")
if "previous" in odd:
    blocks.append(f"previous: {{day: {asof - days(R.choice([1, 30, 100]))}, deals: before.csv}}")
lines = "\n".join(blocks)
report = R.choice(["EUR", "EUR", "JPY", "KWD"]) if "currencies" in odd else "EUR"
rates = ", ".join(f"{code}: {rate}" for code, rate in (("USD", 0.92), ("JPY", 0.0061), ("EUR", 1.173)) if code != report)
config = f"""version: 1
company: Random {seed}
as_of: {asof}
period: {period}
fiscal_year_starts: {fiscal}
currency: {{report: {report}, rates: {{{rates}}}}}
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
levels: {{executive: [chief, vp], director: [director, head], manager: [manager]}}
limits: {{rejected_share: 1.0}}
{lines}
extracts:
""" + "".join(f"  {t}: {{file: {t}.csv}}\n" for t in ("sellers", "deals", *(t for t in has if has[t])))
open(os.path.join(folder, "sefpack.yaml"), "w").write(config + "packs:\n  - {scope: company, template: board, formats: [html]}\nout: {dir: out, history: off}\n")
