"""Runs the tests of mail: check.py PROGRAM [NAME...]."""
import pathlib
import sys
import tempfile
import time

import delivery
import messages

TESTS = messages.TESTS + delivery.TESTS


def main():
    program, wanted = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="sefpack-mail-") as folder:
        for test in TESTS:
            if wanted and test.__name__ not in wanted:
                continue
            start = time.monotonic()
            work = pathlib.Path(folder) / test.__name__
            work.mkdir()
            test(program, work)
            print(f"ok {test.__name__} ({time.monotonic() - start:.1f} s)", flush=True)


main()
