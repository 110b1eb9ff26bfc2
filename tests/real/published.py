"""A published run, to be held against the extracts it was made from."""
import csv, datetime, json, pathlib
from decimal import Decimal


def rows(path, encoding="utf-8-sig"):
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def cents(amounts):
    return int(sum(Decimal(amount) for amount in amounts if amount) * 100)


class Published:
    def __init__(self, run):
        run = pathlib.Path(run)
        self.manifest = json.load((run / "manifest.json").open())
        self.as_of = datetime.date.fromisoformat(self.manifest["as_of"])
        self.extracts = {extract["table"]: extract for extract in self.manifest["extracts"]}
        self.measures = json.load((run / "company" / "measures.json").open())["measures"]
        self.open = json.load((run / "company" / "deals.json").open())
        self.rejected = rows(run / "rejected.csv")
        assert all(check["holds"] for check in self.manifest["checks"] if check["applies"])
        for extract in self.extracts.values():  # I7, and each rejection accounted for
            left = extract["rejected"] + extract["ignored"] + extract["future"]
            assert extract["read"] == extract["used"] + left, extract
        assert len(self.rejected) == sum(e["rejected"] for e in self.extracts.values())

    def in_year(self, day):
        """Whether a day lies in the trailing window of 365 days."""
        return self.as_of - datetime.timedelta(365) < day <= self.as_of

    def counts(self, table, **wanted):
        found = {key: self.extracts[table][key] for key in wanted}
        assert found == wanted, (table, found, wanted)

    def sums(self, measure, amounts):
        """Number and value of a measure are those of the amounts, as texts in major units."""
        found = self.measures[measure]
        wanted = (len(amounts), cents(amounts))
        assert (found["number"], found["value"]) == wanted, (measure, found, wanted)
