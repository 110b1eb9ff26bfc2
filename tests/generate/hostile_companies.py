#!/usr/bin/python3
"""hostile_companies.py DIR [SCALE]: companies that strain the pages, each a folder with sefpack.yaml and
extracts. The same bytes every time. SCALE (default 1) is the size of the crowded one."""
import argparse, csv, datetime, os, random

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("folder", metavar="DIR")
parser.add_argument("scale", metavar="SCALE", nargs="?", type=float, default=1)
folder, scale = vars(parser.parse_args()).values()
AS_OF = datetime.date(2026, 9, 30)
STAGES = ["Discovery", "Qualified", "Proposal", "Closed Won", "Closed Lost", "No Decision"]
PAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../system/browser/payloads.txt")
MARK = "\u0301"  # a combining acute

SCRIPTS = ["Αλέξανδρος Παπαδόπουλος", "Дмитрий Щедрин", "Zażółć Gęślą-Jaźń", "王小明", "山田 太郎 株式会社", "김민준 (주)",
           "שלום עולם בע״מ 2026", "שרה Cohen", "شركة النور للتجارة 2026", "محمد ABC عبد الله", "สวัสดี ชาวโลก", "नमस्ते भारत",
           "Emoji 🚀🔥👩‍👩‍👧 GmbH", "e" + 3 * MARK + " stacked", "ǖ ȫ ǭ Ǖ", "Ω" + MARK + "mega", "Ἀχιλλεύς", "İstanbul ığüş", "Þórður Ægisson"]
PAYLOADS = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE deals; --", "=HYPERLINK(\"http://x.invalid\",\"y\")",
            "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\u202egnp.exe\u202c", "a\u2066b\u2069c\u200fd", "bell\x07 esc\x1b[31m", "zero\u200bwidth\ufeff",
            "tab\there", "{{slot}} {page} %s %n", "${x} #{y} <%= z %>", "&lt;b&gt; &amp; ]]>", "javascript:alert(1)", "../../etc/passwd", "NULL", "line\nbreak", "-->"]
PAYLOADS += open(PAGES, encoding="utf-8").read().splitlines()
LONG = ["M" * 120, "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenhersteller" + "vertretungsgesellschaft" * 2, "a" * 119 + "b",
        "Ж" * 120, "Anna-Katharina von und zu Hohenlohe-Waldenburg-Schillingsfürst-Langenburg der Jüngeren", "W" * 60 + " " + "i" * 59]
TITLES = ["A deal title of sixty characters, no more and no less, it is", "Ein Vorgang mit sechzig Zeichen im Titel, genau und nicht meh",
          "Großrahmenvertragsverlängerungsverhandlungsabschlussvorberei"]


def plain(kind):
    return lambda i: f"{kind} {i + 1}"


def cycle(words):
    return lambda i: words[i % len(words)] + (f" {i + 1}" if i >= len(words) else "")


def ordinary(random):
    return f"{random.randint(500, 90000)}.{random.randint(0, 99):02}"


class Company:
    """What one is made of; every field has a plain default."""

    def __init__(self, **fields):
        self.locale, self.paper, self.title, self.theme = "en-GB", "A4", "Hostile", {}
        self.sellers, self.teams, self.deals, self.accounts = 6, 2, 90, 40
        self.seller, self.team, self.account, self.deal = plain("Seller"), plain("Team"), plain("Account"), plain("Deal")
        self.amount, self.blank, self.quota = ordinary, False, True
        self.__dict__.update(fields)


def huge(random):
    return f"{random.randint(10 ** 11, 10 ** 12 - 1)}.{random.randint(0, 99):02}"


def negative(random):
    return random.choice(["-", ""]) + ordinary(random)


COMPANIES = {
    "one": Company(sellers=1, teams=1),
    "crowd": Company(sellers=int(500 * scale), teams=1, deals=int(2000 * scale), locale="fr-FR"),
    "empty_team": Company(teams=4, sellers=2, locale="de-CH", paper="Letter"),
    "no_deals": Company(deals=0, locale="de-DE"),
    "blank": Company(blank=True, quota=False, locale="en-GB", paper="Letter"),
    "huge": Company(amount=huge, locale="fr-FR", paper="Letter"),
    "huge_swiss": Company(amount=huge, locale="de-CH", sellers=12),
    "negative": Company(amount=negative, locale="de-DE"),
    "scripts": Company(seller=cycle(SCRIPTS), team=cycle(["Ομάδα Βορρά", "צוות דרום"]), account=cycle(SCRIPTS), deal=cycle(SCRIPTS),
                       sellers=19, title="Компания 会社 חברה", theme={"watermark": "ΠΡΟΣΧΕΔΙΟ"}),
    "payloads": Company(seller=cycle(PAYLOADS), team=cycle(PAYLOADS[:2]), account=cycle(PAYLOADS), deal=cycle(PAYLOADS), sellers=20, accounts=120, deals=120,
                        title="<b>Bobby & \"Tables\"</b>", theme={"classification": "<i>secret</i>"}),
    "long": Company(seller=cycle(LONG), team=cycle(LONG[:2]), account=cycle(LONG), deal=cycle(TITLES), locale="de-DE", paper="Letter",
                    title="X" * 100),
    "arabic": Company(seller=cycle(SCRIPTS), account=cycle(SCRIPTS), team=cycle(["فريق الشمال", "צוות דרום"]), deal=cycle(SCRIPTS),
                      locale="ar-EG", sellers=9, theme={"watermark": "مسودة"}),
}


def quoted(text):
    escapes = {"\\": "\\\\", '"': '\\"'}
    return '"' + "".join(escapes.get(c, c) for c in text) + '"'


def write_config(path, company, tables):
    theme = ", ".join(f"{key}: {quoted(value)}" for key, value in {"paper": company.paper, **company.theme}.items())
    extracts = "".join(f"  {name}: {{file: {name}.csv}}\n" for name in tables)
    stages = "".join(f"  - {{name: {name}, outcome: {outcome}}}\n" for name, outcome in
                     zip(STAGES, ["open", "open, qualified: yes", "open, qualified: yes, category: best", "won", "lost", "no_decision"]))
    with open(os.path.join(path, "sefpack.yaml"), "w", encoding="utf-8") as file:
        file.write(f"version: 1\ncompany: {quoted(company.title)}\nas_of: {AS_OF}\nperiod: quarter\ncurrency: {{report: EUR}}\n"
                   f"locale: {company.locale}\nstages:\n{stages}extracts:\n{extracts}theme: {{{theme}}}\nlimits: {{rejected_share: 1}}\nout: {{dir: out}}\npacks:\n"
                   "  - {each: team, template: team, formats: [html, pdf]}\n  - {each: seller, template: seller, formats: [html, pdf]}\n"
                   "  - {scope: company, template: board, formats: [html, pdf]}\n")


def day(random, first, last):
    return str(AS_OF + datetime.timedelta(days=random.randint(first, last)))


def make_deals(random, company):
    deals, history = [], []
    for i in range(company.deals):
        owner = f"S{random.randrange(company.sellers)}"
        amount = "" if company.blank else company.amount(random)
        stage = random.choice(STAGES[:3] if company.blank else STAGES)
        is_open = stage in STAGES[:3]
        created = day(random, -400, -60)
        close = "" if company.blank else day(random, -20, 150) if is_open else day(random, -59, 0)
        deals.append([f"D{i}", company.deal(i), owner, f"A{i % company.accounts}", stage, amount, created, "" if company.blank else created,
                      close, "" if company.blank else random.choice(["new", "expansion"]), company.account(i % 7),
                      company.deal(i + 1) if random.random() < .5 else "", day(random, -9, 30), "" if is_open else company.account(i % 5),
                      "yes" if i % 9 == 0 and is_open else "", company.deal(i + 2), company.deal(i + 3)])
        history.append([f"D{i}", created, STAGES[0], amount, close, owner])
    return deals, history


def make_tables(random, company):
    """Each table: the names of its columns, its rows."""
    deals, history = make_deals(random, company)
    tables = {
        "sellers": ("id name team start", [[f"S{i}", company.seller(i), f"T{i * min(company.teams, company.sellers) // company.sellers}", "2021-01-01"]
                                           for i in range(company.sellers)]),
        "teams": ("id name parent", [[f"T{i}", company.team(i), ""] for i in range(company.teams)]),
        "deals": ("id name owner account stage amount created qualified close type source next_step next_step_date loss_reason "
                  "strategic plan story", deals),
        "accounts": ("id name owner potential icp", [[f"A{i}", company.account(i), f"S{i % company.sellers}",
                                                      "" if company.blank else company.amount(random).lstrip("-"), "yes"] for i in range(company.accounts)]),
    }
    if company.blank:
        return tables
    people = [f"C{i}" for i in range(company.accounts)]
    tables["contacts"] = ("id account name level", [[c, f"A{i}", company.seller(i), random.choice(["executive", "manager"])] for i, c in enumerate(people)])
    tables["history"] = ("deal day stage amount close owner", history)
    tables["activities"] = ("day owner type account deal contact direction", [
        [day(random, -120, 0), deal[2], random.choice(["meeting", "call", "email"]), deal[3], deal[0], people[i % company.accounts],
         random.choice(["in", "out"])] for i, deal in enumerate(deals) for _ in range(3)])
    if company.quota:
        tables["quotas"] = ("period seller amount", [["2026-07-01", f"S{i}", company.amount(random).lstrip("-")] for i in range(company.sellers)])
    return tables


for name, company in COMPANIES.items():
    path = os.path.join(folder, name)
    os.makedirs(path, exist_ok=True)
    tables = make_tables(random.Random(name), company)
    for table, (head, rows) in tables.items():
        with open(os.path.join(path, table + ".csv"), "w", newline="", encoding="utf-8") as file:
            sheet = csv.writer(file, lineterminator="\n")
            sheet.writerow(head.split())
            sheet.writerows(rows)
    write_config(path, company, tables)
