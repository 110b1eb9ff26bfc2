#!/bin/sh
# XML and configs made to hurt, see bombs.py.
exec python3 "$SOURCE_DIR/tests/system/bombs.py" "$1"
