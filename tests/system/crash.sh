#!/bin/sh
# A run that is killed, or to which the disk says no, at any of its writes: see crash.py.
exec python3 "$SOURCE_DIR/tests/system/crash.py" "$1"
