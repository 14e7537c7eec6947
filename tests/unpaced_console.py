"""The console without a pace, for tests that relay hundreds of donors; everything else is the real thing.

AC_DESKTOP_TESTED_WORKERS says with how many workers, where it is not as many as usual.
"""

import os
import sys

from ac_desktop.app import ServiceParts, build
from ac_desktop.console.command import run
from ac_desktop.console.parser import parse
from ac_desktop.console.terminal import warn
from ac_desktop.fault_reports import FaultReports
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.platform.paths import (
    ANEDOT_KEY_VARIABLE,
    ANEDOT_URL_VARIABLE,
    KEY_VARIABLE,
    WEBHOOK_SECRET_VARIABLE,
    data_folder,
)
from ac_desktop.relay.engine import WORKERS
from tests.unpaced import UnpacedLedger


def main() -> int:
    """Run the command of the program's arguments; return its exit code."""
    args = parse()
    key = os.environ.pop(KEY_VARIABLE, None)
    secret = os.environ.pop(WEBHOOK_SECRET_VARIABLE, None)
    folder = data_folder(args.data_dir)
    faults = FaultReports(folder, warn)
    faults.install()
    workers = int(os.environ.get("AC_DESKTOP_TESTED_WORKERS", WORKERS))
    parts = ServiceParts(rate_limit_store=UnpacedLedger(), workers=workers)
    anedot = AnedotOptions(key=os.environ.pop(ANEDOT_KEY_VARIABLE, None), url=os.environ.get(ANEDOT_URL_VARIABLE))
    return run(lambda: build(folder, given_key=key, parts=parts, anedot=anedot, webhook_secret=secret), args, faults)


if __name__ == "__main__":
    sys.exit(main())
