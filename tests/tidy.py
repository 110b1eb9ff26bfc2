"""clang-tidy over the program's sources, as many at once as there are processors.

Argument: a build folder configured for clang. What was found clean is not looked at again while
what the compiler sees of it (comments included, for NOLINT), its flags and the checks stay the same.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
build = pathlib.Path(sys.argv[1]).resolve()
clean = build / "tidy"


def output(command, folder=root):
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True).stdout


def key_of(entry, checks):
    words = shlex.split(entry["command"])
    at = words.index("-o")  # the object file and all behind it: -c and the source
    seen = output([*words[:at], "-E", "-C", entry["file"]], entry["directory"])
    return hashlib.sha256(checks + " ".join(words[:at]).encode() + seen).hexdigest()


def look_at(entry, checks):
    """What clang-tidy says of one source; empty when it is clean."""
    mark = clean / key_of(entry, checks)
    if mark.exists():
        return ""
    done = subprocess.run(["clang-tidy", "--quiet", "-p", str(build), entry["file"]], cwd=root,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode == 0:
        mark.touch()
        return ""
    return done.stdout or done.stderr


def main():
    clean.mkdir(exist_ok=True)
    checks = output(["clang-tidy", "--version"]) + (root / ".clang-tidy").read_bytes()
    source = str(root / "src") + os.sep
    entries = [entry for entry in json.loads((build / "compile_commands.json").read_text())
               if entry["file"].startswith(source)]
    assert len(entries) > 200, f"only {len(entries)} sources in {build}"
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [said for said in pool.map(lambda entry: look_at(entry, checks), entries) if said]
    print("\n".join(found), end="")
    print(f"clang-tidy: {len(entries)} sources, {len(found)} with findings")
    return 1 if found else 0


sys.exit(main())
