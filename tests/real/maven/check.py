"""check.py DATA RUN: holds a published run against the extract itself."""
import csv, glob, json, pathlib, sys

data, run = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
deals = list(csv.DictReader((data / "sales_pipeline.csv").open(encoding="utf-8-sig")))
stage = lambda name: [d for d in deals if d["deal_stage"] == name]
won = sum(int(d["close_value"]) for d in stage("Won"))
assert (len(deals), len(stage("Won")), won, len(stage("Lost"))) == (8800, 4238, 10005534, 2473)

manifest = json.load((run / "manifest.json").open())
read = {e["table"]: e for e in manifest["extracts"]}
assert read["deals"]["read"] == read["deals"]["used"] == 8800, read["deals"]
assert all(c["holds"] for c in manifest["checks"] if c["applies"]), manifest["checks"]

scopes = {}
for path in glob.glob(str(run / "**" / "measures.json"), recursive=True):
    content = json.load(open(path))
    scopes[(content["scope"]["kind"], content["scope"]["id"])] = content["measures"]
company = scopes["company", "company"]
assert len([s for s in scopes if s[0] == "team"]) == 9 and len([s for s in scopes if s[0] == "seller"]) == 35
assert company["pipeline.open"]["number"] == len(stage("Engaging")) == 1589, company["pipeline.open"]
assert len(stage("Prospecting")) == 500

# everything was decided in the trailing year: nothing before 2017-01-01 is won or lost
assert company["deals.won"]["number"] == len([d for d in stage("Won") if d["close_date"] > "2016-12-31"])
assert company["deals.won"]["value"] == 100 * won
assert company["deals.lost"]["number"] == 2473

prices = {p["product"]: int(p["sales_price"]) for p in csv.DictReader((data / "products.csv").open(encoding="utf-8-sig"))}
price = lambda d: prices["GTX Pro" if d["product"] == "GTXPro" else d["product"]]
assert sum(d["product"] == "GTXPro" for d in deals) == 1480
assert company["pipeline.open"]["value"] == 100 * sum(price(d) for d in stage("Engaging"))

for measure in ("pipeline.open", "pipeline.clean", "deals.won", "deals.lost"):
    for field in ("number", "value"):
        offices = [scopes["team", o][measure][field] for o in ("Central", "East", "West")]
        sellers = [m[measure][field] for s, m in scopes.items() if s[0] == "seller"]
        assert sum(offices) == sum(sellers) == company[measure][field], (measure, field)
print("maven: 8,800 deals, 4,238 won for 10,005,534, offices and sellers add up")
