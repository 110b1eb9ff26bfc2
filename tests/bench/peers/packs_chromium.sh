#!/bin/sh
# packs_chromium.sh DATA FOLDER [TEAMS]: HTML by Jinja2, each printed by a headless Chromium.
set -e
browser=/usr/lib/chromium/chromium # Debian's wrapper wants a desktop
/usr/bin/python3 "$(dirname "$0")/packs_jinja.py" "$@"
for page in "$2"/*.html; do
    "$browser" --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
        --print-to-pdf="${page%.html}.pdf" "file://$(realpath "$page")" 2>/dev/null
done
