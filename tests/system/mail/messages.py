"""What a run writes: every message parsed by Python's email package to the very headers and parts,
whatever the names; who gets what; what cannot go out."""
import csv
import email
import email.header
import email.policy
import email.utils
import html.parser
import json
import os
import pathlib
import stat
import subprocess

import company
from names import NAMES

BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text, most):
    """The rule of headers, written once more: one line, nothing that may not be shown."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    out = []
    for letter in text:
        code = ord(letter)
        if letter in BIDI:
            continue
        if letter in "\t\n\r\u2028\u2029 ":
            out.append(" ")
        elif code < 32 or 0x7f <= code < 0xa0 or code == 0xfeff:
            out.append("\ufffd")
        else:
            out.append(letter)
    line = " ".join("".join(out).split(" ")).strip()
    while "  " in line:
        line = line.replace("  ", " ")
    return line if len(line) <= most else line[:most - 1].rstrip() + "…"


def run(program, config, *words, code=0, env=None, umask=-1):
    done = subprocess.run([program, "run", str(config), *words], capture_output=True, text=True,
                          env={**os.environ, **(env or {})}, umask=umask)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done


def latest(config):
    return pathlib.Path(config).parent / "out" / "latest"


def manifest(config):
    return json.loads((latest(config) / "manifest.json").read_text(encoding="utf-8"))


def parse(data):
    message = email.message_from_bytes(data, policy=email.policy.SMTP)
    for part in message.walk():
        assert not part.defects, part.defects
        for value in part.values():
            assert not value.defects, (value, value.defects)
    return message


def check_bytes(data):
    """CRLF alone, ASCII, no line of a body above 76, none of a header above 998, no dot line."""
    assert b"\r" not in data.replace(b"\r\n", b"") and b"\n" not in data.replace(b"\r\n", b"")
    assert b"\0" not in data and max(data) < 128 and data.endswith(b"\r\n")
    assert b"\r\n.\r\n" not in data
    header = True
    for line in data.split(b"\r\n"):
        header = header and line != b""
        limit = 998 if header else 78 if line[:1] == b" " or line[:8] == b"Content-" else 76
        assert len(line) <= limit, line


class Outline(html.parser.HTMLParser):
    """Tags that match, tables that say what they are for, nothing that mail programs drop."""
    VOID = {"meta", "br", "img", "hr"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.tables = [], [], 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        assert tag in {"html", "head", "meta", "title", "body", "div", "table", "tr", "td", "p", "b",
                       "h1", "h2", "span", "bdi"}, tag
        assert not set(attrs) & {"class", "id", "href", "src", "onload", "background"}, attrs
        assert "url(" not in attrs.get("style", "") and "position" not in attrs.get("style", "")
        if tag == "table":
            self.tables += 1
            assert attrs["role"] == "presentation"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)


def check_html(text):
    outline = Outline()
    outline.feed(text)
    outline.close()
    assert not outline.open and outline.tables > 10
    assert len(text.encode("utf-8")) < 90000
    return " ".join("".join(outline.text).split())


def check_message(folder, data, name, index, all_names):
    check_bytes(data)
    message = parse(data)
    title = name.strip(" \t\r\n") + ", September 2026"
    heads = ["From", "Reply-To", "To", "Subject", "Date", "Message-Id", "Auto-Submitted",
             "MIME-Version", "Content-Type"]
    assert message.keys() == heads, message.keys()
    assert str(message["subject"]) == clean(f"{title}: team pack", 200), message["subject"]
    assert len(message["to"].addresses) == len(message["from"].addresses) == 1
    to = message["to"].addresses[0]
    assert to.addr_spec == f"s{index}@example.com"
    # the policy's parser leaves the blanks between encoded words of a phrase, the older one does not
    assert to.display_name.replace(" ", "") == clean(name, 100).replace(" ", "")
    phrase, box = email.utils.parseaddr(email.message_from_bytes(data)["to"])
    assert str(email.header.make_header(email.header.decode_header(phrase))) == clean(name, 100)
    assert box == to.addr_spec
    assert str(message["from"]) == "Sales Operations <ops@example.com>"
    assert str(message["reply-to"]) == "answers@example.com"
    assert message["date"].datetime.isoformat() == "2026-09-30T12:00:00+00:00"
    assert message["message-id"].endswith("@example.com>")
    assert message["auto-submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
    pdf = message.get_payload()[1]
    assert pdf.get_content() == (folder / "pack.pdf").read_bytes()
    assert pdf.get_content_disposition() == "attachment"
    wanted = clean(title, 56)
    for letter in '/\\:*?"<>|':
        wanted = wanted.replace(letter, "-")
    wanted = "-" + wanted[1:] if wanted[0] == "." else wanted
    assert pdf.get_filename() == wanted + ".pdf", (pdf.get_filename(), wanted)
    plain = message.get_body(("plain",)).get_content()
    shown = check_html(message.get_body(("html",)).get_content())
    assert plain.startswith("Northwind\r\n") or plain.startswith("Northwind\n")
    assert clean(title, 120) in clean(shown, 99999), (clean(title, 120), shown[:300])
    assert "identities tie" in plain and "identities tie" in shown
    for other in all_names:  # nobody's mail holds another team
        token = clean(other, 60)[:55]
        if len(token) > 12 and token not in clean(name, 500):
            assert token not in shown and token not in plain, other


def nasty_names(program, work):
    names = [name for name in NAMES if "\0" not in name]
    config = company.make(work / "nasty", names, formats="[pdf, eml]")
    run(program, config, umask=0)
    listed = manifest(config)["mails"]
    assert len(listed) == len(names)
    ids = set()
    for mail in listed:
        path = latest(config) / mail["path"]
        index = int(mail["scope"][1:])
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        data = path.read_bytes()
        check_message(path.parent, data, names[index], index, names)
        ids.add(parse(data)["message-id"])
    assert len(ids) == len(names)
    assert not (latest(config) / "undelivered").exists()
    assert len(list(latest(config).rglob("*.eml"))) == len(names)


def same_bytes(program, work):
    config = company.make(work / "same", NAMES[:3])
    seen = []
    for env in ({}, {"TZ": "Pacific/Auckland", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}):
        run(program, config, env=env)
        seen.append({path.name + path.parent.name: path.read_bytes()
                     for path in sorted(latest(config).rglob("*.eml"))})
    assert seen[0] == seen[1] and len(seen[0]) == 3


def recipients(program, work):
    config = company.make(work / "file", ["North", "South", "East"],
                          mail="recipients: who.csv\nattach_html: yes")
    (config.parent / "who.csv").write_text(
        "scope,address,formats,language\n"
        "T0,ann@example.com,pdf,\nT0,bob@example.com,html,de-DE\nT1,cid@example.com,none,\n",
        encoding="utf-8")
    run(program, config)
    mails = {(mail["scope"], mail["to"]): latest(config) / mail["path"]
             for mail in manifest(config)["mails"]}
    assert sorted(mails) == [("T0", "ann@example.com"), ("T0", "bob@example.com"),
                             ("T1", "cid@example.com"), ("T2", "s2@example.com")]
    kinds = {key: [part.get_content_type() for part in parse(path.read_bytes()).iter_attachments()]
             for key, path in mails.items()}
    assert kinds == {("T0", "ann@example.com"): ["application/pdf"],
                     ("T0", "bob@example.com"): ["text/html"],
                     ("T1", "cid@example.com"): [],
                     ("T2", "s2@example.com"): ["application/pdf", "text/html"]}
    assert mails["T0", "bob@example.com"].name == "pack.2.eml"
    german = parse(mails["T0", "bob@example.com"].read_bytes())
    assert german.get_body(("plain",))["content-language"] == "de-DE"
    assert german["subject"] == "North, September 2026: Teambericht"
    for kind in ("plain", "html"):
        assert "Antworten an:" in german.get_body((kind,)).get_content()
    assert next(german.iter_attachments()).get_content().count('lang="de-DE"') > 0
    east = parse(mails["T2", "s2@example.com"].read_bytes())
    files = {part.get_content_type(): part.get_content() for part in east.iter_attachments()}
    assert files["text/html"].replace("\r\n", "\n") == (
        mails["T2", "s2@example.com"].parent / "pack.html").read_text(encoding="utf-8")
    # the cover names those who get it, not the manager who does not
    covers = {scope: mails[scope, to].parent / "pack.html"
              for scope, to in (("T0", "ann@example.com"), ("T1", "cid@example.com"), ("T2", "s2@example.com"))}
    for scope, names in (("T0", "ann@example.com, bob@example.com"), ("T1", "cid@example.com"), ("T2", "East")):
        assert f"Team pack for {names} \u00b7" in covers[scope].read_text(encoding="utf-8"), scope
    # of an address in a file alone there is no name
    assert str(parse(mails["T0", "ann@example.com"].read_bytes())["to"]) == "ann@example.com"


def undelivered(program, work):
    names = ["North", "South", "East", "West"]
    config = company.make(work / "aside", names, addresses={
        0: "", 1: "s1@example.com.evil.example", 2: "s2@example.com\nBcc: eve@evil.example"})
    done = run(program, config, code=7)
    folder = latest(config)
    for line in ("team T0 (North): no address is known for its pack [mail.no_address]",
                 "team T1 (South): its pack would go outside the allowed domains: "
                 "s1@example.com.evil.example [mail.outside]",
                 "team T2 (East): its pack would go to what is no mail address: "
                 "s2@example.com\\x0aBcc: eve@evil.example [mail.malformed]"):
        assert line in done.stderr, done.stderr
    listed = manifest(config)
    assert [mail["scope"] for mail in listed["mails"]] == ["T3"]
    assert [mail["scope"] for mail in listed["undelivered"]] == ["T0", "T1", "T2"]
    with open(folder / "undelivered" / "reasons.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["scope"] for row in rows] == ["T0", "T1", "T2"]
    for row in rows:
        message = parse((folder / row["file"]).read_bytes())
        assert message["to"] is None or row["scope"] == "T1"
        assert len(list(message.iter_attachments())) == 1
    assert stat.S_IMODE((folder / "undelivered").stat().st_mode) == 0o700
    assert len(list(folder.glob("teams/*/pack.eml"))) == 1
    # all packs are there all the same
    assert len(list(folder.glob("teams/*/pack.pdf"))) == 4


def too_large(program, work):
    config = company.make(work / "large", ["North"], mail="attachment_limit: 20 KiB")
    done = run(program, config, code=7)
    assert "team T0 (North): its mail is larger than attachment_limit: s0@example.com " \
           "[mail.too_large]" in done.stderr
    folder = latest(config)
    assert not list(folder.glob("teams/*/*.eml"))
    assert len(list(folder.glob("undelivered/teams/*/pack.eml"))) == 1


def managers(program, work):
    """teams.manager, else teams.email, else the manager most of its sellers share."""
    config = company.make(work / "managers", ["North", "South", "East"])
    (config.parent / "teams.csv").write_text(
        "id,name,parent,manager,email\nT0,North,,S0,team0@example.com\n"
        "T1,South,,,team1@example.com\nT2,East,,,\n", encoding="utf-8")
    (config.parent / "sellers.csv").write_text(
        "id,name,team,email,manager,end\nS0,Ann,T0,ann@example.com,,\nS1,Bob,T1,bob@example.com,S0,\n"
        "S2,Cid,T2,cid@example.com,S1,\nS3,Dee,T2,dee@example.com,S1,\n"
        "S4,Eve,T2,eve@example.com,S0,\nS5,Fay,T2,fay@example.com,S0,2025-01-01\n"
        "S6,Gus,T2,gus@example.com,S0,2025-01-01\n", encoding="utf-8")
    run(program, config)
    assert {mail["scope"]: mail["to"] for mail in manifest(config)["mails"]} == {
        "T0": "ann@example.com", "T1": "team1@example.com", "T2": "bob@example.com"}
    for to, wanted in (("manager", {"S0": None, "S1": "ann@example.com", "S2": "bob@example.com"}),
                       ("seller", {"S0": "ann@example.com", "S1": "bob@example.com",
                                   "S2": "cid@example.com"})):
        done = subprocess.run([program, "run", str(config), "--set", f"mail.to={to}", "--set",
                               "packs=[{each: seller, formats: [eml]}]", "--only", "S[012]"],
                              capture_output=True, text=True)
        assert done.returncode == (7 if to == "manager" else 0), done.stderr
        found = {mail["scope"]: mail["to"] for mail in manifest(config)["mails"]}
        assert found == {key: value for key, value in wanted.items() if value}, found


def sender_in_the_config(program, work):
    for sender in ("Ops\\r\\nBcc: eve@evil.example <ops@example.com>", "ops@example.com\\nX: y",
                   "Ops <ops@exam ple.com>"):
        config = company.make(work / f"sender{len(sender)}", ["North"], sender=sender)
        done = run(program, config, code=4)
        assert "mail.from: expected a mail address" in done.stderr
        assert not (config.parent / "out").exists()
    config = company.make(work / "sender", ["North"], sender="Jürgen “Ops” Łoś, Søn <ops@example.com>")
    run(program, config)
    mail = parse((latest(config) / manifest(config)["mails"][0]["path"]).read_bytes())
    assert mail["from"].addresses[0].display_name == "Jürgen “Ops” Łoś, Søn"


TESTS = [nasty_names, same_bytes, recipients, undelivered, too_large, managers,
         sender_in_the_config]
