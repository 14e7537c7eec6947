"""The program as its next versions could be: `python -m tests.newer_program`, with AC_DESKTOP_NEXT_STEPS of 1 or 2.

The first step only adds, with what older programs do not know in tables that they write to. The second one breaks them.
"""

import os
import sys
from typing import Final

from ac_desktop.cli import main
from ac_desktop.store.engines.postgres import version_numbers

VARIABLE: Final = "AC_DESKTOP_NEXT_STEPS"
_ADDS: Final = """
    ALTER TABLE connection ADD COLUMN color TEXT NOT NULL DEFAULT '';
    ALTER TABLE batch ADD COLUMN color TEXT NOT NULL DEFAULT '';
    ALTER TABLE record ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
    ALTER TABLE attempt ADD COLUMN color TEXT NOT NULL DEFAULT '';
    ALTER TABLE owner ADD COLUMN color TEXT NOT NULL DEFAULT '';
    CREATE TABLE gift (id BIGINT PRIMARY KEY, record_id BIGINT NOT NULL, amount TEXT NOT NULL DEFAULT '');
"""
_BREAKS: Final = """
    ALTER TABLE owner ADD CONSTRAINT only_newer CHECK (knows >= {known});
    ALTER TABLE event ADD CONSTRAINT no_address CHECK (details NOT LIKE '%@%');
"""


def become_newer(steps: int) -> None:
    """Take these steps beside the program's own."""
    first = version_numbers.VERSION
    version_numbers.VERSION = first + steps  # type: ignore[misc]
    if steps > 1:
        version_numbers.OLDEST_PROGRAM = first + steps  # type: ignore[misc]
    from ac_desktop.store.engines.postgres.schema import versions

    versions.STEPS = (*versions.STEPS, _ADDS, _BREAKS.format(known=first + steps))[: first + steps]  # type: ignore[misc,assignment]


if __name__ == "__main__":
    become_newer(int(os.environ[VARIABLE]))
    sys.exit(main())
