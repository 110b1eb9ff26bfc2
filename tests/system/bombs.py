"""bombs.py PROGRAM: XML made to exhaust whoever reads it. Each is refused with its line, by the caps
and not by a lack of memory; nothing but the given file is opened."""
import pathlib, subprocess, sys, tempfile

program = sys.argv[1]
kept = tempfile.TemporaryDirectory(prefix="sefpack-bombs-")
folder = pathlib.Path(kept.name)
SECRET = folder / "secret"
CONFIG = """version: 1
company: N
as_of: 2026-10-31
period: quarter
currency: EUR
stages: [{name: Proposal, outcome: open}, {name: Won, outcome: won}]
extracts: {sellers: sellers.csv, deals: {file: deals.xml, xml: {record: //deal}}}
"""
LONG = 20_000_000
laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi"))
bombs = {
    "billion laughs": (f'<!DOCTYPE r [<!ENTITY a "lol">{laughs}]><r><deal>&i;</deal></r>', "xml.doctype"),
    "quadratic": (f'<!DOCTYPE r [<!ENTITY a "{"x" * 50_000}">]><r><deal>{"&a;" * 20_000}</deal></r>', "xml.doctype"),
    "external entity": (f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{SECRET}">]><r><deal>&x;</deal></r>', "xml.doctype"),
    "parameter entity": (f'<!DOCTYPE r [<!ENTITY % x SYSTEM "file://{SECRET}"> %x;]><r/>', "xml.doctype"),
    "external subset": (f'<!DOCTYPE r SYSTEM "file://{SECRET}"><r/>', "xml.doctype"),
    "a million deep": ("<a>" * 1_000_000, "xml.depth"),
    "100,000 attributes": ("<r><deal " + " ".join(f'a{i}="x"' for i in range(100_000)) + "/></r>", "xml.markup"),
    "30,000 namespaces": ("<r " + " ".join(f'xmlns:p{i}="u{i}"' for i in range(30_000)) + "/>", "xml.markup"),
    "a million names": ("<r>" + "".join(f"<n{i}/>" for i in range(1_000_000)) + "</r>", "xml.names"),
    "long text": (f'<r><deal><name>{"x" * LONG}</name></deal></r>', "xml.value"),
    "long attribute": (f'<r><deal id="{"x" * LONG}"/></r>', "xml.markup"),
    "long CDATA": (f'<r><deal><name><![CDATA[{"x" * LONG}]]></name></deal></r>', "xml.markup"),
    "long comment": (f'<r><!--{"x" * LONG}--></r>', "xml.markup"),
    "long instruction": (f'<r><?p {"x" * LONG}?></r>', "xml.markup"),
    "long name": (f'<r><{"n" * 1_000_000}/></r>', "xml.markup"),
    "UTF-7": ('<?xml version="1.0" encoding="UTF-7"?><r/>', "xml.encoding"),
    "cut off": ('<r>\n<deal id="1"', "xml.malformed"),
}
SECRET.write_text("plover-and-xyzzy")
(folder / "sefpack.yaml").write_text(CONFIG)
(folder / "sellers.csv").write_text("id,name,team\nS1,A,T\n")
# a sanitizer needs more room than there is
limit = "" if b"__asan_init" in pathlib.Path(program).read_bytes() else "ulimit -d 131072; "
for name, (xml, message) in bombs.items():
    (folder / "deals.xml").write_text(xml)
    run = subprocess.run(["sh", "-c", f'{limit}exec "$0" "$@"', program, "check", folder / "sefpack.yaml"], capture_output=True, text=True, timeout=60)
    first = run.stderr.splitlines()[0]
    assert run.returncode == 5 and f"[{message}]" in first, (name, run.returncode, run.stderr[:300])
    assert "deals.xml:" in first and "xyzzy" not in run.stdout + run.stderr, (name, first)
print(f"bombs: {len(bombs)} refused")
