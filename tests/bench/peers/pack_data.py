"""pack_data.py FILE [TEAMS]: what the packs of the writing job hold: of each team 8 figures, 4 charts
and 6 tables of 40 rows. Lines of cells with tabs between: T team, F figure, C chart, S its series,
B table, R its row. The same bytes on each run."""
import random
import sys

GIVEN = ["Ana", "Björn", "Chloé", "Dorota", "Elif", "Fiona", "Łukasz", "Søren", "Ζωή", "Борис"]
FAMILY = ["Almeida", "Dąbrowska", "García", "Jørgensen", "Müller", "O'Brien", "Παππάς", "Иванов"]
COMPANY = ["Aster Pharma GmbH", "Boreal Foods AG", "Żabka & Söhne", "Fjord <Labs> A/S", "Société Rhône",
           "Kestrel Optics Ltd", "Ελλάς Dairy SA", "Quartz Polymers BV"]
PRODUCT = ["Spectrometer", "Chromatograph", "Service contract", "Particle counter", "Titrator"]
STAGES = ["Discovery", "Qualified", "Proposal", "Negotiation", "Verbal", "Signed"]
MONTHS = ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]
dice = random.Random(5)


def person():
    return f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"


def deal():
    return f"{dice.choice(COMPANY)}, {dice.choice(PRODUCT)}"


def money(most):
    return f"{dice.randrange(5000, most):,}"


def day():
    return f"2026-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"


def number(most):
    return str(dice.randrange(1, most))


TABLES = [
    ("Open deals", ["Deal", "Owner", "Stage", "Amount", "Close", "Age", "Next step"],
     lambda: [deal(), person(), dice.choice(STAGES), money(900000), day(), number(300), "Offer sent"]),
    ("Deals won", ["Deal", "Owner", "Source", "Amount", "Closed", "Cycle", "Pushed"],
     lambda: [deal(), person(), dice.choice(["Partner", "Marketing"]), money(500000), day(),
              number(300), number(6)]),
    ("Deals lost", ["Deal", "Owner", "Reason", "Amount", "Closed", "Cycle", "Stage"],
     lambda: [deal(), person(), dice.choice(["Price", "Competitor"]), money(500000), day(),
              number(300), dice.choice(STAGES)]),
    ("Silent deals", ["Deal", "Owner", "Stage", "Amount", "Last contact", "Days", "Pushed"],
     lambda: [deal(), person(), dice.choice(STAGES), money(900000), day(), number(300), number(6)]),
    ("Sellers", ["Seller", "Manager", "Quota", "Booked", "Share", "Open", "Coverage"],
     lambda: [person(), person(), money(900000), money(900000), number(180) + " %", money(2000000),
              f"{dice.randrange(5, 60) / 10} x"]),
    ("Conversations", ["Seller", "Region", "Calls", "Emails", "Meetings", "Demos", "People"],
     lambda: [person(), dice.choice(["North", "South"])] + [number(300) for _ in range(5)]),
]
FIGURES = [("Open pipeline", 10**8), ("Clean pipeline", 10**8), ("Booked", 10**7), ("Expected", 10**7),
           ("Next period", 10**7), ("Gap", 10**6), ("Value won", 10**7), ("Value lost", 10**7)]


def chart(out, kind, title, labels, series):
    print("C", kind, title, *labels, sep="\t", file=out)
    for name, most in series:
        print("S", name, *(number(most) for _ in labels), sep="\t", file=out)


def team(out, index):
    print("T", f"Team {index + 1:03}", "Quarter to 31 October 2026", sep="\t", file=out)
    for label, most in FIGURES:
        print("F", label, money(most), f"n = {number(500)}", sep="\t", file=out)
    chart(out, "bars", "Pipeline by stage", STAGES, [("Value", 900)])
    chart(out, "stack", "Decided by month", MONTHS, [("Won", 200), ("Lost", 200), ("Undecided", 200)])
    chart(out, "line", "Conversations by week", [str(i + 1) for i in range(26)],
          [("Calls", 300), ("Emails", 300), ("Meetings", 300), ("Demos", 300)])
    chart(out, "bars", "Attainment by seller", [f"{g}" for g in GIVEN], [("Share", 180)])
    for title, heads, row in TABLES:
        print("B", title, *heads, sep="\t", file=out)
        for _ in range(40):
            print("R", *row(), sep="\t", file=out)


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for index in range(count):
            team(out, index)


main()
