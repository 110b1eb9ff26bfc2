#!/bin/sh
# Names of teams that would be paths, and planted links, see names.py.
exec python3 "$SOURCE_DIR/tests/system/names.py" "$1"
