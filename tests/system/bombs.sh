#!/bin/sh
# XML that is made to exhaust its reader is refused at once, with its place.
exec python3 "$SOURCE_DIR/tests/system/bombs.py" "$1"
