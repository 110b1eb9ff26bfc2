#!/bin/sh
# The demo's five teams differ in one thing each (tests/generate/world.c); the packs find it.
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$program" run "$SOURCE_DIR/config/demo/sefpack.yaml" --out "$work/out" --only 'T00?' --format html \
    >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }

python3 - "$work/out/latest/teams" <<'EOF'
import glob, json, sys

teams = {}
for path in glob.glob(sys.argv[1] + "/*/measures.json"):
    content = json.load(open(path))
    teams[content["scope"]["name"]] = content["measures"]
assert len(teams) == 5, sorted(teams)

def value(team, measure):
    return teams[team][measure]["value"]

def extreme(which, measure):
    return which(teams, key=lambda team: value(team, measure))

def clean_share(team):
    return value(team, "pipeline.clean") / value(team, "pipeline.open")

found = {
    "Rhine starts many deals": extreme(max, "prospecting.creation") == "Rhine",
    "Rhine wins few of them": extreme(min, "deals.win_rate.broad") == "Rhine",
    "Rhine is bound by winning": value("Rhine", "system.binding") == "win",
    "Alpine wins well": extreme(max, "deals.win_rate.broad") == "Alpine",
    "Alpine starts few": extreme(min, "prospecting.creation") == "Alpine",
    "Alpine is bound by prospecting": value("Alpine", "system.binding") == "prospecting",
    "Baltic's pipeline is padded": min(teams, key=clean_share) == "Baltic",
    "Baltic is bound by it": value("Baltic", "system.binding") == "integrity",
    "Thames makes its number": extreme(max, "forecast.attainment") == "Thames",
    "Atlantic's log has gaps": value("Atlantic", "calls.capture") < 0.6,
    "the others' logs are whole": all(value(team, "calls.capture") > 0.9
                                      for team in teams if team != "Atlantic"),
}
lost = [what for what, is_found in found.items() if not is_found]
assert not lost, lost
EOF
cd "$work/out/latest/teams"
partly=$(grep -l 'of won deals show any activity: read this as partly logged' ./*/pack.html)
case $partly in
./atlantic-*/pack.html) ;;
*)
    echo "demo: said to be partly logged: '$partly', expected Atlantic alone" >&2
    exit 1
    ;;
esac
