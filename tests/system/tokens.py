#!/usr/bin/python3
"""tokens.py make DIR | tokens.py look DIR: a company in which every seller's rows carry a token in each
of their texts, and a look for tokens of others in what was written for a team or a seller."""
import csv, email, email.policy, hashlib, html, os, subprocess, sys

TEAMS, SELLERS, DEALS = 8, 2, 14  # sellers of each team, deals of each seller
verb, folder = sys.argv[1:3]


def token(kind, *number):
    return hashlib.sha256(repr((kind, number)).encode()).hexdigest()[:16]


def sellers_of(team):
    return range(team * SELLERS, (team + 1) * SELLERS)


def write(name, head, rows):
    with open(os.path.join(folder, name + ".csv"), "w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(head.split())
        sheet.writerows(rows)


def make():
    os.makedirs(folder, exist_ok=True)
    teams, sellers, accounts, contacts, deals, activities, leads, quotas = ([] for _ in range(8))
    for t in range(TEAMS):
        teams.append([f"T{t}", f"Team {token('team', t)}", f"S{t * SELLERS}", f"t{t}@halden.example"])
        for s in sellers_of(t):
            mark = token("seller", s)
            sellers.append([f"S{s}", f"Seller {mark}", f"T{t}", f"s{s}@halden.example", "2021-01-01"])
            quotas.append(["2026-07-01", f"S{s}", 90000 + 1000 * s])
            for d in range(DEALS):
                a, stage = f"A{s}-{d}", ["Open", "Qualified", "Won", "Lost"][d % 4]
                closed = stage in ("Won", "Lost")
                accounts.append([a, f"Account {mark} {d}", f"S{s}", 100000, "yes", f"Industry {mark}"])
                contacts.append([f"C{s}-{d}", a, f"Contact {mark} {d}", "executive"])
                deals.append([f"D{s}-{d}", f"Deal {mark} {d}", f"S{s}", a, stage, 10000 + 700 * d, "2026-03-01", "2026-03-09",
                              f"2026-09-{10 + d}" if closed else f"2026-11-{10 + d}", f"Step {mark}", "2026-10-09", f"Reason {mark}",
                              "yes" if d % 5 == 0 else "", f"Plan {mark}", f"Story {mark}"])
                activities.append([f"2026-09-{1 + d:02}", f"S{s}", "meeting", a, f"D{s}-{d}", f"C{s}-{d}", "in"])
            leads.append([f"L{s}", f"S{s}", "2026-08-01", f"A{s}-0", "2026-08-03"])
    write("teams", "id name manager email", teams)
    write("sellers", "id name team email start", sellers)
    write("accounts", "id name owner potential icp industry", accounts)
    write("contacts", "id account name level", contacts)
    write("deals", "id name owner account stage amount created qualified close next_step next_step_date loss_reason strategic plan story", deals)
    write("activities", "day owner type account deal contact direction", activities)
    write("leads", "id owner created account worked", leads)
    write("quotas", "period seller amount", quotas)
    with open(os.path.join(folder, "sefpack.yaml"), "w", encoding="utf-8") as file:
        file.write("version: 1\ncompany: Canaries\nas_of: 2026-09-30\nperiod: quarter\ncurrency: {report: EUR}\nstages:\n"
                   "  - {name: Open, outcome: open}\n  - {name: Qualified, outcome: open, qualified: yes}\n  - {name: Won, outcome: won}\n"
                   "  - {name: Lost, outcome: lost}\nextracts:\n" +
                   "".join(f"  {t}: {{file: {t}.csv}}\n" for t in "teams sellers accounts contacts deals activities leads quotas".split()) +
                   "mail: {from: \"Ops <ops@halden.example>\", to: manager, allow: [halden.example]}\nout: {dir: out}\npacks:\n"
                   "  - {each: team, template: team, formats: [html, pdf, eml]}\n  - {each: seller, template: seller, formats: [html, pdf]}\n")


def decode_pdf(path):
    """All that a PDF says: its text, and every string in it (outlines, metadata, alternatives)."""
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    raw = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True, check=True).stdout
    for line in raw.split(b"\n"):
        for piece in line.replace(b">", b"<").split(b"<"):
            if len(piece) > 8 and piece[:4].lower() == b"feff":
                text += "\n" + bytes.fromhex(piece.decode()).decode("utf-16")
    return text + raw.decode("latin-1") + raw.replace(b"\0", b"").decode("latin-1")


def decode(path, body=None):
    """A file as text, whatever it is wrapped in."""
    if path.endswith(".pdf"):
        return decode_pdf(path)
    body = body if body is not None else open(path, "rb").read()
    if not path.endswith(".eml"):
        return html.unescape(body.decode("utf-8", "replace"))
    message = email.message_from_bytes(body, policy=email.policy.default)
    text = "\n".join(f"{name}: {value}" for name, value in message.items())
    for part in message.walk():
        if part.is_multipart():
            continue
        content, name = part.get_payload(decode=True), part.get_filename() or "part.txt"
        if name.endswith(".pdf"):
            inner = path + ".pdf"
            open(inner, "wb").write(content)
            text += decode(inner)
            os.remove(inner)
        else:
            text += f"\n{name}\n" + decode(name, content)
    return text


def look():
    owner = {token("seller", s): ("seller", s) for s in range(TEAMS * SELLERS)}
    owner.update({token("team", t): ("team", t) for t in range(TEAMS)})
    faults = files = 0
    run = os.path.join(folder, "out", "latest")
    for kind in ("teams", "sellers"):
        for slug in sorted(os.listdir(os.path.join(run, kind))):
            mine = next(who for mark, who in owner.items() if mark in slug)
            team = mine[1] if kind == "teams" else mine[1] // SELLERS
            allowed = {mine, ("team", team)} | ({("seller", s) for s in sellers_of(team)} if kind == "teams" else set())
            for name in sorted(os.listdir(os.path.join(run, kind, slug))):
                text = slug + name + decode(os.path.join(run, kind, slug, name))
                found = {who for mark, who in owner.items() if mark in text}
                files += 1
                if found - allowed or mine not in found:
                    faults += 1
                    print(f"{kind}/{slug}/{name}: foreign: {sorted(found - allowed)}, own: {mine in found}")
            rows = decode(os.path.join(run, kind, slug, "rows.csv")) + decode(os.path.join(run, kind, slug, "pack.html"))
            wanted = allowed if kind == "teams" else {mine}
            missing = [who for mark, who in owner.items() if who in wanted and mark not in rows]
            if missing:  # the look itself must see what is there
                faults += 1
                print(f"{kind}/{slug}: nothing of {missing}")
    said = open(os.path.join(folder, "said")).read()
    faults += sum(mark in said for mark in owner)
    print(f"{files} files, {faults} faults")
    return faults or files < TEAMS * 5 + TEAMS * SELLERS * 5


sys.exit(make() if verb == "make" else 1 if look() else 0)
