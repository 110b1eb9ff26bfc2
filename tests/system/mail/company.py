"""A small company in a folder: one team for each name, one seller and a few deals a team."""
import csv
import pathlib

CONFIG = """\
version: 1
company: "{company}"
as_of: 2026-09-30
period: quarter
currency: {{report: EUR}}
stages:
  - {{name: Open, outcome: open, qualified: yes}}
  - {{name: Won, outcome: won}}
  - {{name: Lost, outcome: lost}}
extracts:
  sellers: {{file: sellers.csv}}
  teams: {{file: teams.csv}}
  deals: {{file: deals.csv}}
packs:
  - {{each: team, template: team, formats: {formats}}}
mail:
  from: "{sender}"
  reply_to: answers@example.com
  to: manager
  allow: [example.com]
  per_minute: 6000
  retry_seconds: 0
{mail}
out: {{dir: out}}
limits: {{rejected_share: 1}}
"""


def _write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(head)
        writer.writerows(rows)


def make(folder, names, mail="", company="Northwind", sender="Sales Operations <ops@example.com>",
         formats="[html, pdf, eml]", addresses=None):
    """Teams T0.. with a manager S0.. each; addresses[i] replaces that of the i-th manager."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    addresses = addresses or {}
    text = CONFIG.format(company=company, sender=sender, formats=formats,
                         mail="".join(f"  {line}\n" for line in mail.splitlines()))
    (folder / "sefpack.yaml").write_text(text, encoding="utf-8")
    _write(folder / "teams.csv", ["id", "name", "parent", "manager", "email"],
           [[f"T{i}", name, "", f"S{i}", ""] for i, name in enumerate(names)])
    _write(folder / "sellers.csv", ["id", "name", "team", "email", "start"],
           [[f"S{i}", name, f"T{i}", addresses.get(i, f"s{i}@example.com"), "2020-01-01"]
            for i, name in enumerate(names)])
    deals = []
    for i in range(len(names)):
        deals.append([f"D{i}a", f"One {i}", f"S{i}", "Open", "1000", "2026-05-01", "2026-12-01"])
        deals.append([f"D{i}b", f"Two {i}", f"S{i}", "Won", "2000", "2026-03-01", "2026-08-01"])
        deals.append([f"D{i}c", f"Three {i}", f"S{i}", "Lost", "3000", "2026-03-01", "2026-07-01"])
    _write(folder / "deals.csv", ["id", "name", "owner", "stage", "amount", "created", "close"],
           deals)
    return folder / "sefpack.yaml"
