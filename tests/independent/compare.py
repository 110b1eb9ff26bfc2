#!/usr/bin/python3
"""compare.py RUN REFERENCE: the program's measures.json of each scope against the reference's.
Integers exactly, doubles to 1e-6. Prints every measure that differs, with how often."""
import glob, json, os, sys
from collections import defaultdict


def near(a, b):
    if any(not isinstance(x, (int, float)) or isinstance(x, bool) for x in (a, b)):
        return a == b
    if isinstance(a, int) and isinstance(b, int):
        return a == b
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b)) if max(abs(a), abs(b)) >= 1 else abs(a - b) <= 1e-6


def load(folder):
    found = {}
    for path in glob.glob(os.path.join(folder, "**", "measures.json"), recursive=True):
        content = json.load(open(path))
        deals = os.path.join(os.path.dirname(path), "deals.json")
        found[(content["scope"]["kind"], content["scope"]["id"])] = (content["measures"], json.load(open(deals)) if os.path.exists(deals) else [])
    return found


def main():
    mine, reference = load(sys.argv[1]), load(sys.argv[2])
    wrong, checked = defaultdict(list), 0
    for scope in sorted(reference):
        if scope not in mine:
            wrong["(scope missing)"].append((scope, None, None))
            continue
        measures, deals = mine[scope]
        for id, expected in reference[scope][0].items():
            actual = measures.get(id, {})
            if "row" in expected:  # one field of one row
                name, key, field = expected.pop("row")
                row = next((r for r in measures.get(name, {}).get("rows", []) if r.get("key") == key), {})
                actual = dict(value=row.get(field))
            for field, value in expected.items():
                if field == "rows":
                    rows = {r.get("key"): (r.get("number"), r.get("value")) for r in actual.get("rows", [])}
                    rows = {k: v for k, v in rows.items() if v[0] or k in value}
                    value = {k: tuple(v) for k, v in value.items() if v[0] or k in rows}
                    checked += 1
                    if rows != value:
                        wrong[id + ".rows"].append((scope, rows, value))
                else:
                    checked += 1
                    if not near(actual.get(field), value):
                        wrong[f"{id}.{field}"].append((scope, actual.get(field, actual.get("why")), value))
        by_id = {d["id"]: d for d in deals}
        for expected in reference[scope][1]:
            actual = by_id.get(expected["id"], {})
            for field in ("age", "q", "size_effect", "flags", "primary", "clean", "amount"):
                checked += 1
                if not near(actual.get(field), expected[field]):
                    wrong["deals.json " + field].append((scope, actual.get(field), expected["id"], expected[field]))
    for what, cases in sorted(wrong.items()):
        print(f"{what}: {len(cases)} differ, e.g.", *cases[:3], sep="\n    ")
    print(f"{checked} numbers in {len(reference)} scopes compared, {sum(map(len, wrong.values()))} differ")
    return 1 if wrong else 0


sys.exit(main())
