#!/bin/sh
# Each identity, broken on purpose, is on every cover, in the manifest and in the exit code.
exec python3 "$SOURCE_DIR/tests/system/identities.py" "$BUILD_DIR/tests/breaking" "$SOURCE_DIR"
