"""Names that would be paths, and links that lie in wait: every team has its own folder below out, and
nothing is written through a link. Argument: the program."""
import csv
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unicodedata

program = sys.argv[1]

NAMES = ["../../etc", "/etc/passwd", "..", ".", "...", "CON", "con", "NUL.txt", "COM1", "aux", "a/b", "a\\b", "A/B",
         "a b", "a-b", "a_b", "Zürich", unicodedata.normalize("NFD", "Zürich"), "ZÜRICH", "zurich", "ß", "ss",
         "x" * 300, "x" * 301, "😀", "👩‍👩‍👧", "日本", "日 本", "العربية", "‮evil", "trailing.", "trailing ", "~root",
         "$HOME", "`id`", "$(id)", "; rm -rf .", "'", '"', "<b>", "&amp;", "%2e%2e%2f", "..%00", "-rf", "--", "*", "?",
         "index.html", "latest", "teams", "company", ".runs", ".lock", "I", "ı", "İ", "i"]

CONFIG = """version: 1
company: X
as_of: 2026-03-31
period: quarter
currency: {report: EUR}
stages:
  - {name: Open, outcome: open, qualified: yes}
  - {name: Won, outcome: won}
  - {name: Lost, outcome: lost}
extracts:
  teams: {file: teams.csv}
  sellers: {file: sellers.csv}
  deals: {file: deals.csv}
packs:
  - {each: team, template: team, formats: [dump]}
out: {dir: out}
"""


def write_company(work, names):
    with open(work / "teams.csv", "w", newline="") as file:
        csv.writer(file).writerows([["id", "name"]] + [[f"T{i}", name] for i, name in enumerate(names)])
    with open(work / "sellers.csv", "w", newline="") as file:
        csv.writer(file).writerows([["id", "name", "team"]] +
                                   [[f"S{i}", f"Seller {i}", f"T{i}"] for i in range(len(names))])
    (work / "deals.csv").write_text("id,owner,stage,created,close,amount\n"
                                    "D1,S1,Open,2026-01-05,2026-05-01,1000\n")
    (work / "sefpack.yaml").write_text(CONFIG)


def run(work, out="out"):
    return subprocess.run([program, "run", "sefpack.yaml", "--out", out, "-q"], cwd=work, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def own_folders(work):
    before = set(os.listdir(work)) | {"out"}
    done = run(work)
    assert done.returncode == 0, done.stderr
    teams = sorted(os.listdir(work / "out/latest/teams"))
    assert len(teams) == len(NAMES), (len(teams), len(NAMES))
    assert len({team.casefold() for team in teams}) == len(NAMES)
    assert all(set(team) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and len(team) <= 49 for team in teams), teams
    assert all((work / "out/latest/teams" / team / "measures.json").is_file() for team in teams)
    assert set(os.listdir(work)) == before, "something was written beside out"


def planted_links(work):
    """Twenty links in the ways of a run, one at a time: the file behind each stays as it is."""
    run(work)
    bait = work / "bait"
    run_folder = os.readlink(work / "out/2026-03-31")
    team = sorted(os.listdir(work / "out/latest/teams"))[0]
    places = [".lock", ".runs", run_folder, run_folder + ".tmp", "latest", "2026-03-31", "history.sqlite",
              "history.sqlite-wal", "history.sqlite-journal"]
    places += [f"{run_folder}/{name}" for name in
               ("manifest.json", "index.html", "memory.json", "rejected.csv", "teams", f"teams/{team}",
                f"teams/{team}/pack.txt", f"teams/{team}/rows.csv", f"teams/{team}/deals.json",
                f"teams/{team}/measures.json", "company")]
    assert len(places) == 20, len(places)
    for place in places:
        for is_folder in (False, True):
            shutil.rmtree(bait, ignore_errors=True)
            shutil.rmtree(work / "trap", ignore_errors=True)
            bait.mkdir()
            (bait / "file").write_text("precious\n")
            link = work / "trap" / place
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(bait if is_folder else bait / "file")
            done = run(work, "trap")
            assert done.returncode in (0, 1), (place, done.returncode, done.stderr)
            assert done.returncode == 0 or "error: " in done.stderr, place
            assert os.listdir(bait) == ["file"], (place, os.listdir(bait))
            assert (bait / "file").read_text() == "precious\n", place


def main():
    work = pathlib.Path(tempfile.mkdtemp())
    try:
        write_company(work, NAMES)
        own_folders(work)
        write_company(work, NAMES[:2])
        planted_links(work)
    finally:
        shutil.rmtree(work)
    print(f"{len(NAMES)} names, 20 links")


main()
