"""crash.py PROGRAM: whatever happens to a run, the published folder holds complete runs and the
memory agrees with them.

strace kills the program, or makes a call fail, at each of its calls that change the disk. After each
fault `latest` and every day must be a complete run whose manifest verifies, exit 0 must mean that the
new run is published, and the next run must leave nothing behind and remember the same."""

import concurrent.futures
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = sys.argv[1]
WRITES = "write,pwrite64,fsync,fdatasync,syncfs,ftruncate,mkdir,mkdirat,symlinkat,renameat,unlink,unlinkat"
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
  sellers: {file: sellers.csv}
  deals: {file: %s}
packs:
  - {scope: company, template: board, formats: [html]}
out: {dir: out}
"""
failures = []


def fail(text):
    failures.append(text)
    print(text)


def call(folder, *words, before=(), **options):
    return subprocess.run(
        [*before, PROGRAM, *words], cwd=folder, capture_output=True, text=True, timeout=60, **options
    )


def make_base(folder):
    """Two days published; new.csv is what the faulty run will read."""
    os.makedirs(folder)
    rows = ["id,owner,stage,created,close,amount"]
    rows += [f"D{i},S{i % 2 + 1},Open,2026-01-{i:02d},2026-05-{i:02d},{i}000" for i in range(1, 9)]
    rows += [f"W{i},S1,Won,2025-10-0{i},2026-02-0{i},{i}500" for i in range(1, 6)]
    for name, last in (("old", "E1,S1,Open,2026-01-05,2026-06-01,7"), ("new", "E2,S2,Open,2026-01-05,2026-06-01,9")):
        with open(f"{folder}/{name}.csv", "w") as file:
            file.write("\n".join(rows + [last, ""]))
        with open(f"{folder}/{name}.yaml", "w") as file:
            file.write(CONFIG % f"{name}.csv")
    with open(f"{folder}/sellers.csv", "w") as file:
        file.write("id,name,team\nS1,Ana,North\nS2,Bo,North\n")
    for words in (("old.yaml", "--as-of", "2026-02-28"), ("old.yaml",)):
        done = call(folder, "run", *words)
        assert done.returncode == 0, done.stderr


def run_of(link):
    return os.readlink(link).split("/")[-1].split(".")[0]


def verify(run):
    """A complete run: the manifest lists every file with its size and hash, and nothing is missing."""
    with open(f"{run}/manifest.json") as file:
        manifest = json.load(file)
    listed = {entry["path"]: entry for entry in manifest["files"]}
    there = {
        os.path.relpath(os.path.join(where, name), run)
        for where, _, names in os.walk(run)
        for name in names
    } - {"manifest.json"}
    assert there == set(listed), f"files differ: {there ^ set(listed)}"
    for path, entry in listed.items():
        with open(f"{run}/{path}", "rb") as file:
            content = file.read()
        assert len(content) == entry["bytes"], path
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], path


def check_published(out, code, old, new):
    """True when the new run is the published one."""
    days = sorted(name for name in os.listdir(out) if re.fullmatch(r"\d{4}-\d\d-\d\d", name))
    assert days == ["2026-02-28", "2026-03-31"], days
    for day in days:
        verify(f"{out}/{day}")
    assert os.readlink(f"{out}/latest") == "2026-03-31"
    published = run_of(f"{out}/2026-03-31")
    assert published in (old, new), published
    assert code != 0 or published == new, "exit 0, and the old run is there"
    return published == new


def check_mended(folder, remembered):
    """The run after the fault: nothing left behind, and the memory is that of the runs."""
    out = f"{folder}/out"
    done = call(folder, "run", "new.yaml")
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if "[history.lagged]" not in line and "[history.rebuilt]" not in line]
    assert not said, said
    check_published(out, 0, None, run_of(f"{out}/2026-03-31"))
    folders = {os.readlink(f"{out}/{day}") for day in ("2026-02-28", "2026-03-31")}
    assert {f".runs/{name}" for name in os.listdir(f"{out}/.runs")} == folders, os.listdir(f"{out}/.runs")
    others = set(os.listdir(out)) - {"2026-02-28", "2026-03-31", "latest", ".runs", ".lock", "history.sqlite"}
    assert not others, others
    assert export(folder) == remembered, "the index remembers something else"


def export(folder):
    done = call(folder, "history", "new.yaml", "export")
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout


class Trial:
    def __init__(self, work):
        self.work, self.base = work, f"{work}/base"
        make_base(self.base)
        self.old = run_of(f"{self.base}/out/2026-03-31")
        after = self.fresh("after")
        assert call(after, "run", "new.yaml").returncode == 0
        self.new = run_of(f"{after}/out/2026-03-31")
        self.remembered = export(after)
        os.remove(f"{after}/out/history.sqlite")
        assert export(after) == self.remembered, "the runs themselves remember something else"

    def fresh(self, name):
        folder = f"{self.work}/{name}"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base, folder, symlinks=True)
        return folder

    def count_calls(self):
        """How often the program itself makes each call, in a run that goes well."""
        folder = self.fresh("count")
        log = f"{folder}/calls"
        done = call(folder, "run", "new.yaml", before=("strace", "-o", log, "-e", f"trace={WRITES}"))
        assert done.returncode == 0, done.stderr
        counts = {}
        for line in open(log):
            name = re.match(r"(\w+)\(", line)
            if name:
                counts[name[1]] = counts.get(name[1], 0) + 1
        return counts

    def strike(self, what, number, workers=False, again=None):
        """One fault; `again` strikes the run that mends it."""
        name = re.sub(r"\W", "_", f"{what}_{number}_{workers}_{again}")
        folder = self.fresh(name)
        try:
            self.inject(folder, what, number, workers)
            if again:
                self.inject(folder, *again, workers)
            check_mended(folder, self.remembered)
        except (AssertionError, OSError, ValueError, subprocess.TimeoutExpired) as why:
            fail(f"{what} at call {number}{' of workers too' if workers else ''} {again or ''}: {why}")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def inject(self, folder, what, number, workers):
        syscall, fault = what.split(":")
        effect = f"signal={fault}" if fault in ("KILL", "TERM") else f"error={fault}"
        done = call(
            folder,
            "run",
            "new.yaml",
            "--jobs",
            "1",
            before=("strace", *(("-f",) if workers else ()), "-o", "/dev/null", "-e", f"trace={syscall}",
                    "-e", f"inject={syscall}:{effect}:when={number}"),
        )
        code = done.returncode
        published = check_published(f"{folder}/out", code, self.old, self.new)
        if fault == "TERM":
            assert code in (0, 143, -signal.SIGTERM), code
            for run in os.listdir(f"{folder}/out/.runs"):
                assert os.path.exists(f"{folder}/out/.runs/{run}/manifest.json"), f"half-written: {run}"
        elif fault != "KILL":
            assert code in (0, 1, 6), (code, done.stderr)
            # with the workers the first write of the program may be its message
            assert code == 0 or workers or "error: " in done.stderr, done.stderr
            assert published or code != 0


def points(counts):
    """Every call is struck by a kill; those that may fail by a full and a broken disk."""
    for syscall, count in counts.items():
        # the index writes page after page: each third
        for number in range(1, count + 1, 3 if syscall == "pwrite64" else 1):
            if syscall != "unlinkat" or number % 3 == 1:
                yield f"{syscall}:KILL", number
    for syscall in ("write", "pwrite64", "fsync", "fdatasync", "syncfs", "mkdirat", "symlinkat", "renameat"):
        for number in range(1, counts.get(syscall, 0) + 1, 6 if syscall == "pwrite64" else 1):
            yield f"{syscall}:ENOSPC", number
            if number % 2 == 1:
                yield f"{syscall}:EIO", number


def test_faults(trial):
    counts = trial.count_calls()
    random.seed(4)
    jobs = [(what, number, False, None) for what, number in points(counts)]
    # the workers' own calls, and the parent's
    jobs += [(f"{syscall}:{fault}", number, True, None) for syscall, number in
             (("write", 1), ("write", 3), ("write", 7), ("mkdirat", 2)) for fault in ("KILL", "ENOSPC", "EIO")]
    # a kill while a kill is being mended
    kills = [(what, number) for what, number, _, _ in jobs if what.endswith("KILL")]
    jobs += [(*random.choice(kills), False, random.choice(kills)) for _ in range(8)]
    jobs += [(f"{syscall}:TERM", number, False, None) for syscall, count in counts.items()
             for number in range(1, count + 1, max(1, count // 4))]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda job: trial.strike(*job), jobs))
    print(f"faults: {len(jobs)} runs struck")


def test_signals(trial):
    """A signal at moments that no call marks, with the workers at work."""
    moments = 12
    for i in range(moments):
        folder = trial.fresh("signal")
        run = subprocess.Popen([PROGRAM, "run", "new.yaml"], cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
        time.sleep(0.012 * i)
        run.send_signal((signal.SIGTERM, signal.SIGINT)[i % 2])
        code = run.wait(60)
        try:
            check_published(f"{folder}/out", code, trial.old, trial.new)
            # before its first line a program is ended by the signal itself
            assert code in (0, 143, 130, -signal.SIGTERM, -signal.SIGINT), code
            for name in os.listdir(f"{folder}/out/.runs"):
                assert os.path.exists(f"{folder}/out/.runs/{name}/manifest.json"), f"half-written: {name}"
        except (AssertionError, OSError) as why:
            fail(f"signal {i}: {why}")
    print(f"signals: {moments}")


def test_forgetting(trial):
    """Killed while it forgets a person: every run is whole, and the next time all is forgotten."""
    calls = [(syscall, number) for syscall, numbers in
             (("linkat", (1, 4)), ("write", (1, 2)), ("fsync", (1,)), ("syncfs", (1, 2)), ("symlinkat", (1, 2)), ("renameat", (1, 2, 3)),
              ("unlinkat", (2,)), ("unlink", (1,)), ("pwrite64", (2, 30))) for number in numbers]
    for syscall, number in calls:
        folder = trial.fresh("forget")
        call(folder, "history", "old.yaml", "forget", "S2",
             before=("strace", "-o", "/dev/null", "-e", f"trace={syscall}", "-e", f"inject={syscall}:signal=KILL:when={number}"))
        try:
            check_published(f"{folder}/out", 1, trial.old, "2026-03-31-forgotten")
            done = call(folder, "history", "old.yaml", "forget", "S2")
            # whose memory was rewritten just before the kill is known no more
            assert done.returncode == 0 or "[history.nobody]" in done.stderr, done.stderr
            check_published(f"{folder}/out", 1, trial.old, "2026-03-31-forgotten")
            for day in ("2026-02-28", "2026-03-31"):
                with open(f"{folder}/out/{day}/memory.json") as file:
                    assert '"S2"' not in file.read(), day
            assert '"S2"' not in export(folder), "the index remembers"
        except (AssertionError, OSError) as why:
            fail(f"forget, killed at {syscall} {number}: {why}")
    print(f"forgetting: {len(calls)} runs struck")


def test_two_at_once(trial):
    folder = trial.fresh("two")
    runs = [subprocess.Popen([PROGRAM, "run", name], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for name in ("new.yaml", "new.yaml", "old.yaml")]
    for run in runs:
        _, said = run.communicate(timeout=90)
        if run.returncode != 0 or said:
            fail(f"two at once: exit {run.returncode}: {said}")
    try:
        check_published(f"{folder}/out", 1, trial.old, trial.new)
        check_mended(folder, trial.remembered)
    except AssertionError as why:
        fail(f"two at once: {why}")
    print("two at once: both were published, one after the other")


def test_small_disk(trial):
    """A disk of its own, too small for the run; needs the right to mount."""
    mount = f"{trial.work}/disk"
    os.makedirs(mount)
    tried = 0
    blocks = sum(-(-os.lstat(f"{where}/{name}").st_size // 4096) for where, _, names in os.walk(trial.base) for name in names)
    nodes = sum(1 + len(names) for _, _, names in os.walk(trial.base))
    options = [f"size={4 * (blocks + 4 + 5 * i)}k" for i in range(10)]
    options += [f"nr_inodes={nodes + 4 + 4 * i}" for i in range(5)]
    for option in options:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", option, "tmpfs", mount], capture_output=True).returncode:
            print("small disk: SKIPPED, this user may not mount")
            return
        try:
            folder = f"{mount}/x"
            try:
                shutil.copytree(trial.base, folder, symlinks=True)
            except (shutil.Error, OSError):
                continue  # not even the old runs find room
            tried += 1
            done = call(folder, "run", "new.yaml")
            published = check_published(f"{folder}/out", done.returncode, trial.old, trial.new)
            assert done.returncode in (0, 1, 6), done.returncode
            assert published or "No space left" in done.stderr, done.stderr
        except (AssertionError, OSError) as why:
            fail(f"disk of {option}: {why}")
        finally:
            subprocess.run(["umount", mount], check=True)
    assert tried >= 5, tried
    print(f"small disk: {tried} sizes")


def test_full_output(trial):
    for words in (("history", "new.yaml", "list"), ("history", "new.yaml", "export"), ("check", "new.yaml"), ("explain", "new.yaml", "deals.won")):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, *words], cwd=trial.base, stdout=full, stderr=subprocess.PIPE, text=True)
        if done.returncode != 1 or "[output.write]" not in done.stderr:
            fail(f"{' '.join(words)} >/dev/full: exit {done.returncode}: {done.stderr}")
    print("full output: told")


def may_trace():
    return shutil.which("strace") and subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


def main():
    fast = [path for path in ("/dev/shm", "/tmp") if os.access(path, os.W_OK)][0]
    work = tempfile.mkdtemp(prefix="sefpack-crash-", dir=fast)
    try:
        trial = Trial(work)
        test_two_at_once(trial)
        test_signals(trial)
        test_full_output(trial)
        test_small_disk(trial)
        if may_trace():
            test_faults(trial)
            test_forgetting(trial)
        else:
            print("faults: SKIPPED, this process may not be traced (strace, ptrace)")
            return 77 if not failures else 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"crash: {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
