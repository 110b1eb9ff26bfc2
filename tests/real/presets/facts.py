"""facts.py RUN: prints what every export must come to, whatever the CRM it is from."""
import json, pathlib, sys

run = pathlib.Path(sys.argv[1])
measures = json.load((run / "company" / "measures.json").open())["measures"]
extracts = {e["table"]: e for e in json.load((run / "manifest.json").open())["extracts"]}


def say(name, *fields):
    print(name, *(measures[name].get(field, measures[name].get("why")) for field in fields))


say("deals.won", "number", "value")
say("deals.lost", "number", "value")
say("pipeline.open", "number", "value")
say("forecast.quota", "value")
say("calls.two_way_share", "k", "n")
for row in measures["deals.loss_reasons"].get("rows", []):
    print("loss", row["key"] or "unknown", row["number"])
for table, extract in sorted(extracts.items()):
    print(table, *(f"{key} {extract[key]}" for key in ("used", "rejected", "ignored", "future", "orphans")))
