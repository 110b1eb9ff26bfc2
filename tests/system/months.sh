#!/bin/sh
# Six months of the demo company, each with the extracts of its day: see months.py.
exec python3 "$SOURCE_DIR/tests/system/months.py" "$1" "$BUILD_DIR/tests/make_extracts"
