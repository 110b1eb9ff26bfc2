#!/bin/sh
# The command line, see cli.py.
exec python3 "$SOURCE_DIR/tests/system/cli.py" "$1"
