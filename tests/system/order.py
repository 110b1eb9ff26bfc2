"""order.py PROGRAM SOURCE: the demo by 1, 2 and 8 threads, with its rows shuffled, and split into three files each."""
import csv, glob, os, random, re, shutil, subprocess, sys, tempfile

program, source = sys.argv[1:3]
demo = os.path.join(source, "config", "demo")
draw = random.Random(20)


def shuffled(name, header, lines):
    """In any order, but rows of one deal and day as they were: of those the last counts."""
    rows = list(lines)
    draw.shuffle(rows)
    if name != "history.csv":
        return rows
    place = {c: i for i, c in enumerate(next(csv.reader([header])))}
    key = lambda line: tuple(next(csv.reader([line]))[place[c]] for c in ("deal", "day"))
    waiting = {}
    for line in reversed(lines):
        waiting.setdefault(key(line), []).append(line)
    return [waiting[key(line)].pop() for line in rows]


def company(folder, variant):
    shutil.copytree(demo, folder)
    for path in glob.glob(os.path.join(folder, "extracts", "*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            header, *lines = file.read().splitlines(keepends=True)
        if any(line.count('"') % 2 for line in lines):
            continue  # a quoted line break
        if variant == "shuffled":
            lines = shuffled(os.path.basename(path), header, lines)
        os.remove(path)
        for part in range(3 if variant == "split" else 1):
            few = lines[len(lines) * part // 3:len(lines) * (part + 1) // 3] if variant == "split" else lines
            with open(re.sub(r"\.csv$", f"_{part}.csv", path), "w", encoding="utf-8", newline="") as file:
                file.write(header + "".join(few))
    config = os.path.join(folder, "sefpack.yaml")
    with open(config, encoding="utf-8") as file:
        text = file.read()
    for path in glob.glob(os.path.join(folder, "extracts", "*_0.csv")):
        name = os.path.basename(path)[:-len("_0.csv")]
        text = text.replace(f"extracts/{name}.csv", f"extracts/{name}_*.csv")
    with open(config, "w", encoding="utf-8") as file:
        file.write(text)
    return config


def run(config, out, jobs, names):
    subprocess.run([program, "run", config, "--out", out, "--jobs", str(jobs), "--format", "html", "--set", "out.history=off", "-q"],
                   check=True, stderr=subprocess.DEVNULL)
    files = {}
    for folder, _, found in os.walk(os.path.realpath(os.path.join(out, "latest"))):
        for name in found:
            if name in names or not names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    files[os.path.relpath(path, os.path.realpath(os.path.join(out, "latest")))] = file.read()
    return files


failed = 0


def same(what, a, b):
    global failed
    differing = sorted(p for p in set(a) | set(b) if a.get(p) != b.get(p))
    if differing or len(a) < 38:
        failed = 1
        print(f"{what}: {len(differing)} of {len(a)} files differ:", *differing[:5])


NUMBERS = {"measures.json", "deals.json", "rows.csv"}
with tempfile.TemporaryDirectory() as work:
    path = lambda name: os.path.join(work, name)
    plain = company(path("plain"), "plain")
    one = run(plain, path("one"), 1, set())
    same("two threads", one, run(plain, path("two"), 2, set()))
    same("eight threads", one, run(plain, path("eight"), 8, set()))
    numbers = {p: b for p, b in one.items() if os.path.basename(p) in NUMBERS}
    same("shuffled rows", numbers, run(company(path("shuffled"), "shuffled"), path("o1"), 1, NUMBERS))
    same("three files each", numbers, run(company(path("split"), "split"), path("o2"), 8, NUMBERS))
sys.exit(failed)
