#!/bin/sh
# Every file is read as what it is, and those that say the same as one extract.
set -eu
data=$SOURCE_DIR/../shared/data/csv_encodings
[ -d "$data" ] || { echo "skipped: $data is absent"; exit 77; }
python3 "$SOURCE_DIR/tests/real/csv_encodings/check.py" "$data" "$BUILD_DIR/tests/rows"
report=$("$1" check "$SOURCE_DIR/tests/real/csv_encodings/sefpack.yaml" 2>/dev/null)
echo "$report" | grep -q 'read 12 = used 2 + rejected 0 + ignored 10 + future 0'
