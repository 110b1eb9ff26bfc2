"""Inputs made to hurt: XML that grows, nests or reaches outside, configs beyond every limit. Each is
refused in words, with the right exit code, in little memory, and nothing else is opened. Argument: the
program."""
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

program = sys.argv[1]
MEMORY = 64 << 10  # KiB
LONG = "(100 MB of letters)"  # not in memory here: a child's figure begins with its parent's

HEAD = """version: 1
company: X
as_of: 2026-03-31
period: quarter
currency: {report: EUR}
stages:
  - {name: Open, outcome: open, qualified: yes}
  - {name: Won, outcome: won}
  - {name: Lost, outcome: lost}
"""
CONFIG = HEAD + """extracts:
  sellers: {file: sellers.csv}
  deals: {file: deals.xml, xml: {record: /rows/row}}
packs:
  - {scope: company, template: board, formats: [html]}
out: {dir: out, history: off}
"""


def rows(inner, before=""):
    return f'{before}<rows><row><id>D1</id><owner>S1</owner>{inner}</row></rows>\n'


def doctype(subset, text="&a;"):
    return rows(f"<name>{text}</name>", f"<?xml version=\"1.0\"?>\n<!DOCTYPE rows [{subset}]>\n")


def xml_bombs(work):
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(10))
    secret = work / "secret.txt"
    secret.write_text("the secret\n")
    return {
        "billion laughs": (doctype(laughs, "&k;"), "xml.doctype"),
        "quadratic": (doctype(f'<!ENTITY a "{"A" * 50000}">', "&a;" * 2000), "xml.doctype"),
        "recursion": (doctype('<!ENTITY a "&b;"><!ENTITY b "&a;">'), "xml.doctype"),
        "outside file": (doctype(f'<!ENTITY a SYSTEM "file://{secret}">'), "xml.doctype"),
        "outside host": (doctype('<!ENTITY a SYSTEM "http://127.0.0.1:9/x">'), "xml.doctype"),
        "outside subset": (rows("", f'<!DOCTYPE rows SYSTEM "file://{secret}">'), "xml.doctype"),
        "parameter entity": (doctype(f'<!ENTITY % p SYSTEM "file://{secret}"> %p;', "x"),
                             "xml.doctype"),
        "attribute entity": (doctype(f'<!ENTITY a "{"A" * 1000}">', "x").replace(
            "<row>", '<row v="' + "&a;" * 1000 + '">'), "xml.doctype"),
        "defaulted attributes": (doctype('<!ATTLIST row v CDATA "x">', "x"), "xml.doctype"),
        "unknown entity": (rows("<name>&nothing;</name>"), "xml.malformed"),
        "deep": (rows("<a>" * 100000 + "</a>" * 100000), "xml.depth"),
        "many attributes": (rows("<name " + " ".join(f'a{i}="1"' for i in range(100000)) + "/>"),
                            "xml.markup"),
        "long attribute": (rows(f'<name v="{"x" * 1000000}"/>'), "xml.markup"),
        "long comment": (rows(f'<!--{"x" * 1000000}-->'), "xml.markup"),
        "many names": (rows("".join(f"<n{i}/>" for i in range(100000))), "xml.names"),
        "long text": (rows(f'<name>{"x" * 8000000}</name>'), "xml.value"),
        "another encoding": ('<?xml version="1.0" encoding="UTF-7"?>\n' + rows(""), "xml.encoding"),
        "control character": (rows("<name>\x01</name>"), "xml.malformed"),
        "cut off": (rows("<name>x</name>")[:-20], "xml.malformed"),
    }


def config_bombs():
    keys = ("company", "as_of", "period", "currency", "stages", "extracts", "packs")
    bombs = {
        "aliases": (HEAD + "theme: &a [x, x]\nx: [*a, *a]\n", r"config\.(alias|anchor)"),
        "deep list": (HEAD + "x: " + "[" * 30000 + "\n", r"config\.too_deep"),
        "deep mapping": (HEAD + "x: " + "{a: " * 30000 + "\n", r"config\.too_deep"),
        "deep block": (HEAD + "".join(" " * i + "a:\n" for i in range(500)), r"config\.too_deep"),
        "long scalar": (HEAD + "x: " + LONG + "\n", r"config\.too_(large|long)"),
        "many keys": (HEAD + "".join(f"k{i}: 1\n" for i in range(60000)), r"config\.too_(large|many)"),
    }
    for key in keys:
        line = next(i for i, text in enumerate(CONFIG.splitlines(), 1) if text.startswith(key + ":"))
        wrong = key[:-1] + ("z" if key[-1] != "z" else "y")
        bombs[f"misspelt {key}"] = (CONFIG.replace(f"\n{key}:", f"\n{wrong}:"),
                                    rf"sefpack.yaml:{line}:1: error: .*\n  hint: did you mean '?{key}")
        bombs[f"twice {key}"] = (CONFIG.replace(f"\n{key}:", f"\n{key}: x\n{key}:"),
                                 rf"sefpack.yaml:{line + 1}:1: error: .*config\.duplicate_key")
    return bombs


def write(path, text):
    before, long, behind = text.partition(LONG)
    with open(path, "w") as file:
        file.write(before)
        for _ in range(100 if long else 0):
            file.write("y" * 1000000)
        file.write(behind)


def run(work, *words):
    """What the program says, its exit code, its greatest memory in KiB."""
    child = subprocess.Popen([program, *words], cwd=work, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)))
    said = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return said, os.waitstatus_to_exitcode(status), usage.ru_maxrss


def opened(work):
    """The files that reading deals.xml opens below the work folder."""
    trace = work / "trace"
    subprocess.run(["strace", "-f", "-qq", "-e", "trace=open,openat,openat2,connect", "-o", str(trace),
                    program, "check", "sefpack.yaml"], cwd=work, check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return trace.read_text()


def main():
    work = pathlib.Path(tempfile.mkdtemp())
    sanitized = "asan" in program
    failed = []
    try:
        (work / "sellers.csv").write_text("id,name,team\nS1,Ana,North\n")
        (work / "sefpack.yaml").write_text(CONFIG)
        (work / "deals.xml").write_text(rows("<stage>Open</stage><created>2026-01-05</created>"))
        said, code, usual = run(work, "check", "sefpack.yaml")
        assert code == 0, said
        for name, (text, expected) in xml_bombs(work).items():
            (work / "deals.xml").write_text(text)
            said, code, memory = run(work, "check", "sefpack.yaml")
            if code != 5 or f"[{expected}]" not in said or not re.match(r"deals\.xml:\d+:", said):
                failed.append(f"{name}: exit {code}, {said[:300]}")
            if not sanitized and memory > usual + MEMORY:
                failed.append(f"{name}: {memory} KiB, usually {usual}")
            if "outside" in name and shutil.which("strace"):
                trace = opened(work)
                assert "deals.xml" in trace
                if "secret" in trace or "AF_INET" in trace:
                    failed.append(f"{name}: reached outside")
        for name, (text, expected) in config_bombs().items():
            write(work / "sefpack.yaml", text)
            said, code, memory = run(work, "check", "sefpack.yaml")
            if code != 4 or not re.search(expected, said):
                failed.append(f"config, {name}: exit {code}, {said[:300]}")
            if not sanitized and memory > usual + MEMORY:
                failed.append(f"config, {name}: {memory} KiB, usually {usual}")
    finally:
        shutil.rmtree(work)
    print("\n".join(failed) or "all refused")
    return 1 if failed else 0


sys.exit(main())
