"""The console as a process that stays: runs the command lines it reads, and prints the exit code of each.

Hundreds of rounds are tried by dozens of workstations, and a start of Python each would take longer than the rounds.
"""

import json
import os
import sys

from ac_desktop.cli import main

if __name__ == "__main__":
    codes = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    given = {name: os.environ[name] for name in ("AC_DESKTOP_API_KEY", "AC_DESKTOP_OFFICE_PASSWORD")}
    for line in sys.stdin:
        os.environ.update(given)
        code = int(main(json.loads(line)))
        codes.write(f"{code}\n")
        codes.flush()
