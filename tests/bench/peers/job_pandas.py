"""job_pandas.py EXTRACTS OUT: the job of the peers, in pandas."""
import sys

import numpy as np
import pandas as pd

folder, out = sys.argv[1:3]
AS_OF = np.datetime64("2026-09-30")
seller = pd.read_csv(f"{folder}/sellers.csv", usecols=["id", "team"]).set_index("id")["team"]
deal = pd.read_csv(f"{folder}/deals.csv", usecols=["id", "owner", "account", "stage", "amount", "currency", "qualified", "close", "type"],
                   dtype={"id": str, "account": str, "owner": "category", "stage": "category", "currency": "category", "type": "category"},
                   parse_dates=["qualified", "close"])
activity = pd.read_csv(f"{folder}/activities.csv", usecols=["day", "owner", "type", "account", "deal", "direction", "outcome"],
                       dtype={"deal": str, "account": str, "owner": "category", "type": "category", "direction": "category",
                              "outcome": "category"}, parse_dates=["day"])
deal = deal[deal["qualified"].notna() & (deal["type"] != "Renewal")].copy()
deal["team"] = deal["owner"].map(seller).astype("category")
hundredths = deal["currency"].map({"EUR": 100, "USD": 92, "GBP": 117}).astype("int64")
deal["cents"] = ((deal["amount"].fillna(0) * 100).round().astype("int64") * hundredths + 50) // 100
activity["two_way"] = ((activity["direction"] == "in") | activity["outcome"].isin(["held", "connected", "replied"])
                       | (activity["type"].isin(["meeting", "demo"]) & activity["outcome"].isna()))
seen = activity[activity["two_way"]]
by_deal = seen.groupby("deal", sort=False)["day"].max()
by_account = seen[seen["deal"].isna()].groupby("account", sort=False)["day"].max()
opened = deal[deal["stage"].isin(["Discovery", "Qualified", "Proposal", "Negotiation"])].copy()
last = pd.concat([opened["id"].map(by_deal), opened["account"].map(by_account)], axis=1).max(axis=1)
opened["silent"] = ((AS_OF - opened["qualified"]).dt.days > 30) & (last.isna() | (last <= np.datetime64("2026-08-31")))
decided = deal[(deal["close"] > np.datetime64("2025-09-30")) & (deal["close"] <= AS_OF)]
table = pd.DataFrame(index=pd.Index(sorted(seller.unique()), name="team"))
groups = {"observed": True}
table["open_number"] = opened.groupby("team", **groups).size()
table["open_value"] = opened.groupby("team", **groups)["cents"].sum()
table["silent"] = opened[opened["silent"]].groupby("team", **groups).size()
for stage in ("Closed Won", "Closed Lost", "No Decision"):
    part = decided[decided["stage"] == stage].groupby("team", **groups)
    table[f"{stage} number"], table[f"{stage} value"] = part.size(), part["cents"].sum()
won = decided[decided["stage"] == "Closed Won"]
table["won_days"] = (won["close"] - won["qualified"]).dt.days.clip(lower=0).groupby(won["team"], **groups).sum()
recent = activity[activity["day"] > np.datetime64("2026-07-01")]
team = recent["owner"].map(seller)
table["activities"] = recent.groupby(team, **groups).size()
table["two_way"] = recent[recent["two_way"]].groupby(team, **groups).size()
table = table.fillna(0).astype("int64")
known = opened.assign(key=opened["cents"].where(opened["amount"].notna(), -1))
largest = known.sort_values(["team", "key", "id"], ascending=[True, False, True]).groupby("team", **groups).head(10)
table["largest"] = largest.groupby("team", **groups)["id"].agg(" ".join)
table["largest"] = table["largest"].fillna("")
table.to_csv(out, header=False)
