#!/bin/sh
# Neither the number of threads nor the order of rows nor their split into files changes a byte.
exec python3 "$SOURCE_DIR/tests/system/order.py" "$1" "$SOURCE_DIR"
