"""The office's promises on a real server: `python -m tests office`, with `--long` at length.

One line a proof, with what was counted; the exit code is 1 where a promise is broken.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final

from tests.office.clocks import clocks
from tests.office.distance import distance
from tests.office.mishaps import mishaps
from tests.office.moves import moves
from tests.office.pace import pace
from tests.office.partitions import partitions
from tests.office.proof import Extent, Findings
from tests.office.refresh import refresh
from tests.office.refusals import refusals
from tests.office.working_day import working_day
from tests.office.workstations import set_priority

PROOFS: Final[dict[str, Callable[[Extent], Findings]]] = {
    "pace": pace,
    "refusals": refusals,
    "mishaps": mishaps,
    "partitions": partitions,
    "distance": distance,
    "refresh": refresh,
    "clocks": clocks,
    "day": working_day,
    "moves": moves,
}
TRIES: Final = 3
"""Only an idle computer can show moments: a request that was sent in time may be delayed on its way."""
_FIRST: Final = -10
"""Account and network answer before the workstations get the processor: in truth they are other computers."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proofs; return 1 where a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests office", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the numbers of the promise, and figures of time judged")
    parser.add_argument("--only", choices=PROOFS, action="append", help="this proof alone; may be given again")
    parser.add_argument("--seed", type=int, default=7, help="another course of chance")
    args = parser.parse_args(arguments)
    set_priority(os.getpid(), _FIRST)
    broken = [_prove(name, Extent(args.long, args.seed)) for name in args.only or PROOFS]
    return int(any(broken))


def _prove(name: str, extent: Extent) -> bool:
    """Run one proof and print a line for each try; return whether the promise is broken."""
    for _ in range(TRIES):
        begun = time.monotonic()
        findings = PROOFS[name](extent)
        seconds = time.monotonic() - begun
        broken = findings.broken + findings.hurried
        _print(f"{name}: {'BROKEN' if broken else 'holds'}; {'; '.join(findings.counts)} ({seconds:.0f} s)")
        for one in broken:
            _print(f"  {one}")
        if findings.broken or not findings.hurried:
            break
    return bool(broken)


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
