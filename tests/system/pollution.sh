#!/bin/sh
# Clean extracts, polluted in every way that real ones are: each row is right or rejected with its
# place, none is silently wrong; one defect costs one row at most.
set -eu
exec python3 "${SOURCE_DIR:-.}/tests/system/pollution.py" "${BUILD_DIR:-build}/tests/rows"
