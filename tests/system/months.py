"""months.py PROGRAM MAKE_EXTRACTS: half a year of the demo company, month after month.

With the CRM's history, without it, and by monthly periods: the movement closes to the cent and starts
where the last run closed, the record of forecasts and the trends stand in the packs, what was kept is
what was asked for, and months in any order give the same bytes."""

import csv
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM, MAKE = sys.argv[1:3]
SOURCE = os.environ["SOURCE_DIR"]
MONTHS = ["2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30"]
SHUFFLED = [MONTHS[i] for i in (3, 0, 4, 2, 1, 5)]
failures = []


def expect(truth, what):
    if not truth:
        failures.append(what)
        print("not so:", what)


def configure(work, name, without=(), extra=""):
    """The demo's config, for each month with the extracts of its day."""
    with open(f"{SOURCE}/config/demo/sefpack.yaml") as file:
        lines = [line for line in file if not any(re.match(rf"\s+{table}:", line) for table in without)]
    text = re.sub(r"out: \{.*\}", f"out: {{dir: ../../{name}}}", "".join(lines)) + extra
    for month in MONTHS:
        os.makedirs(f"{work}/{name}.configs/{month}")
        with open(f"{work}/{name}.configs/{month}/sefpack.yaml", "w") as file:
            file.write(re.sub(r"extracts/", f"../../extracts/{month}/", text))
    return name


def run(work, name, month, *options):
    done = subprocess.run(
        [PROGRAM, "run", f"{work}/{name}.configs/{month}/sefpack.yaml", "--as-of", month, *options],
        capture_output=True, text=True,
    )
    said = [line for line in done.stderr.splitlines()  # the demo's dirt is known
            if "record.unreadable_cells" not in line and "record.rejected" not in line]
    expect(done.returncode == 0 and not [line for line in said if "publish.kept" not in line],
           f"{name} {month}: exit {done.returncode}: {said}")
    return said


def run_all(work, name, order, *options):
    for month in order[:-1]:
        run(work, name, month, "--only", "company", "--format", "html", *options)
    run(work, name, order[-1], *options)


def measures(out, month):
    for path in glob.glob(f"{out}/{month}/*/**/measures.json", recursive=True):
        with open(path) as file:
            content = json.load(file)
        yield content["scope"]["id"], content["measures"]


def company(out, month):
    with open(f"{out}/{month}/company/measures.json") as file:
        return json.load(file)["measures"]


def movement(measure):
    return {row["key"]: (row["number"], row["value"]) for row in measure["pipeline.movement"]["rows"]}


def closes(moves):
    return all(sum(move[i] for key, move in moves.items() if key != "end") == moves["end"][i] for i in (0, 1))


def bytes_below(folder):
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(where, name), "rb") as file:
                found[os.path.relpath(os.path.join(where, name), folder)] = file.read()
    return found


def text_of(path):
    with open(path) as file:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", file.read()))


def amounts_by_history_alone(work, day, out):
    """What the deals due in the quarter after a day would add if their unreadable amounts were those of the
    history: the run of the day could not know them."""
    with open(f"{out}/{day}/memory.json") as file:
        deals = {deal["id"]: deal for deal in json.load(file)["deals"] if deal["q"] is not None}
    with open(f"{work}/extracts/{day}/deals.csv") as file:
        unreadable = {row["id"] for row in csv.DictReader(file) if re.search(r"[a-z]", row["amount"] or "")}
    amounts = {}
    with open(f"{work}/extracts/{day}/history.csv") as file:
        for row in csv.DictReader(file):
            if row["deal"] in unreadable & set(deals) and row["amount"]:
                amounts[row["deal"]] = round(float(row["amount"]) * 100)
    end = {"2026-04-30": "2026-07-31", "2026-07-31": "2026-10-31"}[day]
    return sum(amount for deal, amount in amounts.items() if day < (deals[deal]["close"] or "") <= end)


def test_with_history(work):
    out = f"{work}/{configure(work, 'history')}"
    run_all(work, "history", MONTHS)
    restated = 0
    for month in MONTHS[1:]:
        moves = movement(company(out, month))
        expect(closes(moves), f"{month}: the movement closes")
        # the CRM's history of a month says what the extracts of that month said, dirty cells apart
        dirt = amounts_by_history_alone(work, company(out, month)["pipeline.movement"]["since"], out)
        expect(moves["restated"] == (0, dirt), f"{month}: restated {moves['restated']}, dirt {dirt}")
        restated += dirt
    expect(restated > 0, "the demo has an amount that only its history knows")
    scopes = 0
    for scope, measure in measures(out, MONTHS[-1]):
        scopes += 1
        expect(closes(movement(measure)), f"{scope}: the movement closes")
    expect(scopes == 38, f"{scopes} scopes")
    pack = text_of(f"{out}/latest/company/pack.html")
    for words in ("Forecasts of ended periods", "2026-Q2", "Deals created a month", "no detectable change",
                  "The forecast of 2026-Q3", "On 31 Aug 2026 the ask was about", "moved later"):
        expect(words in pack, f"the company's pack says: {words}")
    rows = company(out, MONTHS[-1])["forecast.accuracy"]["rows"]
    expect([(row["period"], row["lead"], row["days"]) for row in rows] == [("2026-Q2", 60, 61), ("2026-Q2", 30, 31)],
           f"accuracy by runs near the lead: {rows}")
    with open(f"{out}/2026-06-30/company/measures.json") as file:
        june = json.load(file)["measures"]
    expect(rows[1]["forecast"] == june["forecast.expected"]["value"], "the forecast is that of June")
    return out


def test_order(work, out):
    """Earlier months in another order: the same packs of the last one, and the same memory of all."""
    first = f"{work}/first"
    os.rename(out, first)
    run_all(work, "history", SHUFFLED)
    one, other = (bytes_below(f"{folder}/latest") for folder in (first, out))
    differ = sorted(path for path in one | other if one.get(path) != other.get(path))
    expect(not differ, f"in another order: {len(differ)} of {len(one)} files differ: {differ[:5]}")
    expect(os.readlink(f"{out}/latest") == MONTHS[-1], "latest is the last month")
    for month in MONTHS:
        with open(f"{first}/{month}/memory.json") as a, open(f"{out}/{month}/memory.json") as b:
            expect(a.read() == b.read(), f"the memory of {month} in another order")
    # out of order to the end: the last month first
    run(work, "history", MONTHS[2], "--only", "company", "--format", "html")
    expect(os.readlink(f"{out}/latest") == MONTHS[-1], "latest after a month was run again")


def test_without_history(work):
    out = f"{work}/{configure(work, 'plain', without=('history',))}"
    run_all(work, "plain", MONTHS)
    before = None
    for month in MONTHS:
        measure = company(out, month)
        if before:
            moves = movement(measure)
            expect(closes(moves), f"{month}: the movement closes by runs")
            expect(measure["pipeline.movement"]["basis"] == "runs", f"{month}: by runs")
            expect(moves["restated"] == (0, 0), f"{month}: restated by runs {moves['restated']}")
            if month not in ("2026-05-31", "2026-08-31"):  # the period is another one
                expect(moves["start"] == before["end"], f"{month}: starts where the last run closed")
        before = movement(measure) if "rows" in measure["pipeline.movement"] else {"end": None}
    pushes = company(out, MONTHS[-1])["pipeline.pushes"]
    expect(pushes["since"] == MONTHS[0] and pushes["number"] > 0, f"pushes by runs: {pushes}")


def test_scored(work):
    """By months there are periods enough for a score."""
    out = f"{work}/{configure(work, 'monthly', without=('quotas', 'calls'))}"
    run_all(work, "monthly", MONTHS, "--set", "period=month", "--only", "company", "--format", "html")
    accuracy = company(out, MONTHS[-1])["forecast.accuracy.leads"]
    lead = next(row for row in accuracy["rows"] if row["key"] == "30")
    expect(lead["n"] == 4 and 0 < lead["value"] < 2 and lead["skill"] is not None, f"scored: {lead}")
    rows = company(out, MONTHS[-1])["forecast.accuracy"]["rows"]
    error = sum(abs(row["forecast"] - row["actual"]) for row in rows) / sum(row["actual"] for row in rows)
    expect(abs(error - lead["value"]) < 1e-12, "the score is that of the rows")
    expect("Skill over the naive forecast" in text_of(f"{out}/latest/company/pack.html"), "the pack shows the skill")


def test_keep(work):
    out = f"{work}/{configure(work, 'kept')}"
    for month in MONTHS[:4]:
        said = run(work, "kept", month, "--only", "company", "--format", "html", "--set", "out.keep=2")
    days = sorted(name for name in os.listdir(out) if name.startswith("2026"))
    expect(days == MONTHS[2:4], f"kept: {days}")
    expect(len(os.listdir(f"{out}/.runs")) == 2, "no folder of a dropped run is left")
    expect(any("the run of 2026-05-31 is dropped" in line for line in said), f"said: {said}")
    listed = subprocess.run([PROGRAM, "history", f"{work}/kept.configs/{MONTHS[0]}/sefpack.yaml", "list"],
                            capture_output=True, text=True)
    expect([line.split()[0] for line in listed.stdout.splitlines()[1:]] == MONTHS[2:4], f"listed: {listed.stdout}")


def test_forget(work, out):
    """A person is gone from every memory, the index and nothing else, and the manifests are true."""
    config = f"{work}/history.configs/{MONTHS[-1]}/sefpack.yaml"
    person = "S0008"
    before = bytes_below(f"{out}/latest")
    done = subprocess.run([PROGRAM, "history", config, "forget", person], capture_output=True, text=True)
    expect(done.returncode == 0 and not done.stderr, f"forget: {done.stderr}")
    for month in MONTHS:
        expect(f"{month}/memory.json: the person's measures" in done.stdout, f"forget says {month}: {done.stdout}")
        with open(f"{out}/{month}/memory.json") as file:
            memory = file.read()
        expect(person not in memory, f"{month} forgot")
        expect(json.loads(memory)["run"]["as_of"] == month, f"{month} remembers the rest")
    with open(f"{out}/history.sqlite", "rb") as file:
        expect(person.encode() not in file.read(), "the index forgot")
    after = bytes_below(f"{out}/latest")
    changed = sorted(path for path in before if before[path] != after.get(path))
    expect(changed == ["manifest.json", "memory.json"] and set(before) == set(after), f"changed: {changed}")
    check = subprocess.run(["sha256sum", "memory.json"], cwd=f"{out}/latest", capture_output=True, text=True)
    expect(check.stdout.split()[0].encode() in after["manifest.json"], "the manifest's hash is true")
    again = subprocess.run([PROGRAM, "history", config, "forget", person], capture_output=True, text=True)
    expect(again.returncode == 2 and "[history.nobody]" in again.stderr, f"forget again: {again.stderr}")


def main():
    work = tempfile.mkdtemp(prefix="sefpack-months-")
    try:
        for month in MONTHS:
            os.makedirs(f"{work}/extracts", exist_ok=True)
            subprocess.run([MAKE, f"{work}/extracts/{month}", "--as-of", month, "--until", MONTHS[-1]], check=True)
        out = test_with_history(work)
        test_order(work, out)
        test_without_history(work)
        test_scored(work)
        test_keep(work)
        test_forget(work, out)
    finally:
        if not os.environ.get("KEEP"):
            shutil.rmtree(work, ignore_errors=True)
    print(f"months: {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
