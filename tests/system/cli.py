"""The command as a person or a schedule meets it: exit codes, what goes to which stream, a worker that
dies, a folder that is held, a terminal."""
import fcntl
import os
import pathlib
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

program = sys.argv[1]
source = pathlib.Path(os.environ["SOURCE_DIR"])


def run(folder, *words, **more):
    environment = dict(os.environ, **more.pop("env", {}))
    return subprocess.run([program, *words], cwd=folder, env=environment, text=True, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **more)


def expect(done, code, stdout=None, stderr=None):
    assert done.returncode == code, (done.args, done.returncode, done.stdout, done.stderr)
    assert stdout is None or re.fullmatch(stdout, done.stdout, re.S), (done.args, done.stdout)
    assert stderr is None or re.search(stderr, done.stderr, re.S), (done.args, done.stderr)


def streams(work):
    """Results on stdout alone; messages on stderr alone, or none of them."""
    expect(run(work, "--version"), 0, r"sefpack \d+\.\d+\.\d+\n", r"^$")
    expect(run(work, "--help"), 0, r"sefpack turns .*", r"^$")
    expect(run(work, "init", "new"), 0, r"sefpack run new/sefpack\.yaml\n", r"^$")
    expect(run(work, "init", "new"), 1, r"", r"new/sefpack\.yaml: error: .* \[init\.write\]")
    done = run(work, "new/sefpack.yaml", "--only", "rhine", "--format", "html")
    expect(done, 0, r"new/out/2026-09-30/index\.html\n", r"^new/extracts/deals\.csv:\d+: warning: ")
    assert (work / done.stdout.strip()).is_file()
    quiet = ("run", "new/sefpack.yaml", "--only", "rhine", "--format", "html", "-q")
    expect(run(work, *quiet), 0, r".+", r"^$")
    expect(run(work, "check", "new/sefpack.yaml"), 0, r"Sellers\n.*")
    expect(run(work, "new/sefpack.yaml", "--dry-run", "--only", "rhine", "-q"), 0,
           r"teams/rhine-\w{8} html pdf.*\n", r"^$")
    said = run(work, "check", "new/sefpack.yaml", "--log-format", "json").stderr
    assert said.startswith('{"severity":') or '"severity"' in said.splitlines()[0], said
    assert "\033" in run(work, "check", "new/sefpack.yaml", "--color", "always").stderr
    assert "\033" not in run(work, "check", "new/sefpack.yaml").stderr


def strict(work):
    expect(run(work, "check", "new/sefpack.yaml", "--strict"), 5, None, r"record\.rejected_share.*--strict")


def on_terminal(work, *words, **environment):
    """What a terminal is sent by the run's standard error."""
    main, terminal = pty.openpty()
    child = subprocess.Popen([program, *words], cwd=work, stderr=terminal,
                             stdout=subprocess.DEVNULL, env=dict(os.environ, **environment))
    os.close(terminal)
    said = b""
    while True:
        try:
            some = os.read(main, 4096)
        except OSError:
            break
        if not some:
            break
        said += some
    os.close(main)
    assert child.wait() == 0
    return said.decode()


def terminal(work):
    words = ("run", "new/sefpack.yaml", "--only", "teams/*", "--format", "html")
    said = on_terminal(work, *words)
    assert re.search(r"writing \[[#.]{30}\] \d of 7 scopes", said), said
    assert "\033[1;35mwarning" in said, said
    assert said.rindex("\r\033[K") < said.index("warning"), "the line is wiped before messages"
    assert "\033[1" not in on_terminal(work, *words, NO_COLOR="1")
    assert "writing" not in on_terminal(work, *words, "--progress", "never")


KILLER = """
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <hpdf.h>
HPDF_STATUS HPDF_Dict_Add(HPDF_Dict dict, const char *key, void *value)
{
    HPDF_STATUS (*real)(HPDF_Dict, const char *, void *) = dlsym(RTLD_NEXT, "HPDF_Dict_Add");
    if (strcmp(key, "Title") == 0 && HPDF_Dict_GetItem(dict, "Producer", HPDF_OCLASS_STRING)) {
        HPDF_Binary title = value; /* UTF-16, FE FF before it */
        char letters[200] = "";
        for (HPDF_UINT i = 3; i < title->len && i < 2 * sizeof letters; i += 2)
            letters[i / 2 - 1] = (char)title->value[i];
        if (strstr(letters, getenv("VICTIM")))
            raise(SIGSEGV);
    }
    return real(dict, key, value);
}
"""


def death(work):
    """A worker dies inside a library: exit 6 and nothing published; --keep-going leaves that one out."""
    (work / "killer.c").write_text(KILLER)
    subprocess.run(["cc", "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", "killer.so", "killer.c", "-ldl"],
                   cwd=work, check=True)
    words = ("run", "new/sefpack.yaml", "--only", "teams/*", "--out", "dead", "-q")
    doom = {"LD_PRELOAD": str(work / "killer.so"), "VICTIM": "Baltic"}
    what = (r"^teams/baltic-\w{8}: error: the pack of team T003 was lost: "
            r"its worker died of signal 11 \[pack\.died\]\n$")
    for jobs in ("1", "4"):
        expect(run(work, *words, "--jobs", jobs, env=doom), 6, r"", what)
        assert not (work / "dead/latest").exists() and not (work / "dead/2026-09-30").exists()
    expect(run(work, *words, "--keep-going", env=doom), 6, r"dead/2026-09-30/index\.html\n", what)
    written = sorted(path.parent.name[:6] for path in work.glob("dead/latest/teams/*/pack.pdf"))
    assert written == ["alpine", "atlant", "centra", "rhine-", "thames", "west-d"], written
    assert "baltic" not in (work / "dead/latest/index.html").read_text()


def held(work):
    """A second run says who holds the folder and waits; told to stop, it leaves with 128 + n."""
    folder = work / "held"
    words = [program, "run", "new/sefpack.yaml", "--only", "rhine", "--format", "html", "--out", "held"]
    subprocess.run(words, cwd=work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before = os.readlink(folder / "latest"), os.readlink(folder / "2026-09-30")
    lock = next(path for path in folder.iterdir() if "lock" in path.name)
    with open(lock, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for number in (signal.SIGINT, signal.SIGTERM):
            waiting = subprocess.Popen(words, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(2)
            assert waiting.poll() is None, waiting.communicate()
            waiting.send_signal(number)
            assert waiting.wait(5) == 128 + number
            waiting.communicate()
    after = os.readlink(folder / "latest"), os.readlink(folder / "2026-09-30")
    assert before == after
    subprocess.run(words, cwd=work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def modes(work):
    """Whatever the umask: no file wider than 0640, no folder wider than 0750."""
    done = run(work, "run", "new/sefpack.yaml", "--out", "modes", "--only", "T00[12]", "-q",
               preexec_fn=lambda: os.umask(0))
    expect(done, 0)
    wide = [str(path) for path in (work / "modes").rglob("*") if not path.is_symlink()
            and path.stat().st_mode & 0o777 & ~(0o750 if path.is_dir() else 0o640)]
    assert not wide, wide


def main():
    work = pathlib.Path(tempfile.mkdtemp())
    try:
        for test in (streams, strict, terminal, death, held, modes):
            if test is death and "asan" in program:
                continue  # a preloaded library must not come before the sanitizer's
            test(work)
            print(f"cli: {test.__name__}")
    finally:
        shutil.rmtree(work)


main()
