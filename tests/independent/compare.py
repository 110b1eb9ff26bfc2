#!/usr/bin/python3
"""compare.py RUN REFERENCE: the program's measures.json and deals.json of each scope against the
reference's: every id of either side, every field and row the reference knows, null reasons too.
Integers exactly, doubles to 1e-6. Prints what differs, with how often."""
import glob, json, os, sys
from collections import defaultdict

BESIDE = {"forecast.accuracy.leads", "pipeline.pushes"}  # not in the contract: from stored runs
COUNTS = {"k", "n", "low", "high", "basis"}  # a null measure needs none of them


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


class Check:
    def __init__(self):
        self.wrong, self.count = defaultdict(list), 0

    def field(self, where, name, actual, expected):
        self.count += 1
        if not near(actual, expected):
            self.wrong[name].append((where, actual, expected))

    def measure(self, scope, id, actual, expected):
        null = "value" in expected and expected["value"] is None
        for field, value in expected.items():
            if field != "rows" and not (null and field in COUNTS):
                self.field(scope, f"{id}.{field}", actual.get(field), value)
        if "why" not in expected and actual.get("why"):
            self.field(scope, id + ".why", actual["why"], None)
        if "rows" in expected:
            self.rows(scope, id, {str(r.get("key", r.get("age"))): r for r in actual.get("rows", [])}, expected["rows"])

    def rows(self, scope, id, actual, expected):
        """A row of nothing may be there or not."""
        empty = lambda row: not any(v for k, v in row.items() if k not in ("key", "no_lift"))
        for key in sorted(set(actual) | set(expected)):
            if key not in expected:
                self.field((scope, key), id + " row", None if empty(actual[key]) else actual[key], None)
            elif key not in actual:
                self.field((scope, key), id + " row", None, None if empty(expected[key]) else expected[key])
            else:
                for field, value in expected[key].items():
                    self.field((scope, key), f"{id}[].{field}", actual[key].get(field), value)

    def deals(self, scope, actual, expected):
        actual = {d["id"]: d for d in actual}
        for id in sorted(set(actual) ^ {d["id"] for d in expected}):
            self.field((scope, id), "deals.json rows", id in actual, id not in actual)
        for deal in expected:
            for field, value in deal.items():
                if deal["id"] in actual:
                    self.field((scope, deal["id"]), "deals.json " + field, actual[deal["id"]].get(field), value)


def main():
    mine, reference, check = load(sys.argv[1]), load(sys.argv[2]), Check()
    slow = {"forecast.p10", "forecast.p50", "forecast.p90", "forecast.p_hit", "forecast.distribution", "system.neglected", "system.over_invested"}
    for scope in sorted(set(mine) | set(reference)):
        if scope not in mine or scope not in reference:
            check.field(scope, "(scope)", scope in mine, scope in reference)
            continue
        measures, deals = mine[scope]
        expected = reference[scope][0]
        for id in sorted(set(measures) | set(expected)):
            if id in expected:
                check.measure(scope, id, measures.get(id, dict(why="(no such id)")), expected[id])
            elif id not in slow | BESIDE:
                check.field(scope, id, "(unknown to the reference)", None)
        check.deals(scope, deals, reference[scope][1])
    for what, cases in sorted(check.wrong.items()):
        print(f"{what}: {len(cases)} differ, e.g.", *cases[:3], sep="\n    ")
    print(f"{check.count} numbers in {len(reference)} scopes compared, {sum(map(len, check.wrong.values()))} differ")
    return 1 if check.wrong else 0


sys.exit(main())
