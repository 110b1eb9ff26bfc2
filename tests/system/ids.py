"""ids.py LIST RUN...: holds the measures.json of every scope of the runs against the list of ids."""
import glob, json, os, sys

SCOPES = dict(all={"company", "team", "seller"}, company={"company"}, teams={"company", "team"}, sellers={"seller"})
BESIDE = {"forecast.accuracy.leads", "pipeline.pushes"}  # of stored runs
WHY = {"no_data", "too_few", "not_configured", "zero_denominator", "met", "too_late", "not_yet_expected"}
faults, values = [], 0


def no_constant(name):
    faults.append(f"{name} in JSON")


def listed(path):
    table = {}
    for line in open(path):
        if line.strip() and not line.startswith("#"):
            words, _, keys = line.partition(":")
            id, scopes, *fields = words.split()
            table[id] = (SCOPES[scopes], fields, [k.strip('"') for k in keys.split()])
    return table


def hold(where, measure, fields, keys):
    if "unit" not in measure:
        faults.append(f"{where}: no unit")
    if measure.get("why") is not None:
        if measure["why"] not in WHY or measure.get("value") is not None:
            faults.append(f"{where}: null for {measure['why']}")
        return
    for field in fields:
        if measure.get(field) is None and field not in ("share_open", "share_won"):
            faults.append(f"{where}: no {field}")
    rows = [r.get("key") for r in measure.get("rows", [])]
    if len(set(rows)) != len(rows) and None not in rows:
        faults.append(f"{where}: a key twice")
    faults.extend(f"{where}: no row '{key}'" for key in keys if key not in rows)


table = listed(sys.argv[1])
for run in sys.argv[2:]:
    paths = glob.glob(os.path.join(run, "**", "measures.json"), recursive=True)
    if len(paths) < 30:
        faults.append(f"{run}: only {len(paths)} scopes")
    for path in paths:
        content = json.load(open(path), parse_constant=no_constant)
        kind, found = content["scope"]["kind"], content["measures"]
        expected = {id for id, (scopes, _, _) in table.items() if kind in scopes}
        for id in sorted(expected ^ (set(found) - BESIDE)):
            faults.append(f"{path}: {id} is {'missing' if id in expected else 'not on the list'}")
        for id in sorted(expected & set(found)):
            hold(f"{content['scope']['id']} {id}", found[id], *table[id][1:])
            values += found[id].get("why") is None
for fault in faults[:30]:
    print(fault)
print(f"{len(table)} ids, {values} measures with a value, {len(faults)} faults")
sys.exit(1 if faults or not values else 0)
