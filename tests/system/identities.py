"""identities.py BREAKING SOURCE: runs the demo eleven times, each time with another identity broken."""
import glob, json, os, re, subprocess, sys, tempfile

breaking, source = sys.argv[1:3]
failed = []


def check(holds, what):
    if not holds:
        failed.append(what)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


with tempfile.TemporaryDirectory() as work:
    demo = os.path.join(source, "config", "demo")
    os.symlink(os.path.join(demo, "extracts"), os.path.join(work, "extracts"))
    text = read(os.path.join(demo, "sefpack.yaml"))
    text = re.sub(r"(?ms)^packs:\n(  .*\n)+", "packs:\n  - {scope: company, template: board, formats: [html]}\n"
                  "  - {each: team, template: team, formats: [html]}\n  - {each: seller, template: seller, formats: [html]}\n", text)
    text = re.sub(r"(?m)^out: .*$", "out: {dir: out, history: off}", text)
    with open(os.path.join(work, "sefpack.yaml"), "w", encoding="utf-8") as file:
        file.write(text)
    for id in [f"I{i}" for i in range(1, 12)] + ["none"]:
        out = os.path.join(work, id)
        done = subprocess.run([breaking, id, os.path.join(work, "sefpack.yaml"), out], capture_output=True, text=True)
        broken = id != "none"
        check(done.returncode == (3 if broken else 0), f"{id}: exit code {done.returncode}")
        said = [line for line in done.stderr.splitlines() if "[measures.identity]" in line]
        check(len(said) == broken and all(f"identity {id} fails" in line for line in said), f"{id}: {done.stderr}")
        manifest = json.loads(read(os.path.join(out, "latest", "manifest.json")))
        check(len(manifest["checks"]) == 11 and all(c["applies"] for c in manifest["checks"]), f"{id}: not all identities are checked")
        check([c["id"] for c in manifest["checks"] if not c["holds"]] == [id] * broken, f"{id}: manifest {manifest['checks']}")
        packs = glob.glob(os.path.join(out, "latest", "**", "pack.html"), recursive=True)
        check(len(packs) > 30, f"{id}: only {len(packs)} packs")
        for path in packs:
            check((f"check {id} fails" in read(path)) == broken and ('class="banner"' in read(path)) == broken, f"{id}: banner of {path}")
for line in failed[:20]:
    print(line)
sys.exit(1 if failed else 0)
