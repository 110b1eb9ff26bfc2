#!/bin/sh
# Mails as a run writes them and `send` delivers them: parsed by Python's email package, received by
# a real SMTP server on this machine. What is tested stands in mail/.
set -eu
program=$1
for python in python3 /usr/bin/python3; do
    if PYTHONPATH= "$python" -c 'import aiosmtpd' 2>/dev/null; then
        PYTHONDONTWRITEBYTECODE=1 exec "$python" "$SOURCE_DIR/tests/system/mail/check.py" "$program"
    fi
done
echo "skipped: python3-aiosmtpd is not installed"
exit 77
