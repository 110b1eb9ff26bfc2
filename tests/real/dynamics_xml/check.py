"""check.py DATA RUN: holds a published run against data.xml itself."""
import pathlib, sys, xml.etree.ElementTree as tree

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from published import Published

text = (pathlib.Path(sys.argv[1]) / "data.xml").read_text(encoding="utf-8")
assert not text.startswith("<?xml") and text.startswith("\n")  # as the tool writes it
run = Published(sys.argv[2])
records = {
    entity.get("name"): [
        {field.get("name"): field.get("value") for field in record.iter("field")}
        for record in entity.iter("record")
    ]
    for entity in tree.fromstring(text.strip())
}
count = {name: len(records[name]) for name in ("opportunity", "lead", "contact", "account")}
assert count == {"opportunity": 23, "lead": 19, "contact": 30, "account": 5}

accounts = {account["accountid"] for account in records["account"]}
of_contact = {c["contactid"]: c.get("parentcustomerid") for c in records["contact"]}
for table, name in (("deals", "opportunity"), ("leads", "lead"), ("contacts", "contact"), ("accounts", "account")):
    run.counts(table, read=count[name], used=count[name], rejected=0)
run.counts("contacts", orphans=sum(account not in accounts for account in of_contact.values()))
# a customer may be a contact: then it is known, with its account or without one
known = lambda deal: deal.get("parentaccountid", deal.get("customerid", next(iter(accounts)))) in accounts | set(of_contact)
run.counts("deals", orphans=sum(not known(deal) for deal in records["opportunity"]))
# all are open in the first phase of the process, none has an estimated value
assert {deal["statecode"] for deal in records["opportunity"]} == {"0"}
assert not any("estimatedvalue" in deal for deal in records["opportunity"])
assert run.open == [] and run.measures["deals.won"]["number"] == 0
print("dynamics_xml:", count, "orphans", run.extracts["deals"]["orphans"])
