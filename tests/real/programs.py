"""The program that the tests here drive: this checkout, or the bundle that `AC_DESKTOP_TEST_PROGRAM` names."""

import os
import sys
from typing import Final

VARIABLE: Final = "AC_DESKTOP_TEST_PROGRAM"
SYSTEM: Final = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
"""What no program on Windows can do without; empty elsewhere."""


def program() -> list[str]:
    """Return the command line that starts the program."""
    named = os.environ.get(VARIABLE)
    return [named] if named else [sys.executable, "-m", "ac_desktop"]
