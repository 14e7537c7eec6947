"""The office's promises on a real server: `python -m tests office`, with `--long` at length.

One line a proof, with what was counted; the exit code is 1 where a promise is broken.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
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
    "day": working_day,
    "pace": pace,
    "refusals": refusals,
    "mishaps": mishaps,
    "partitions": partitions,
    "distance": distance,
    "refresh": refresh,
    "clocks": clocks,
    "moves": moves,
}
"""By name; the longest is first, so that all others run beside it."""
OF_TIME: Final = frozenset({"pace", "distance", "refresh", "clocks"})
"""The proofs of moments: each of them has the computer for itself."""
AT_ONCE: Final = 2
"""So many of the others run at the same time: they wait for the account's pace, or for what is broken to come back."""
TRIES: Final = 3
"""Only an idle computer can show moments: a request that was sent in time may be delayed on its way."""
_FIRST: Final = -10
"""Account and network answer before the workstations get the processor: in truth they are other computers."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proofs; return 1 where a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests office", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the numbers of the promise, and figures of time judged")
    parser.add_argument("--only", choices=PROOFS, action="append", help="this proof alone; may be given again")
    parser.add_argument("--without", choices=PROOFS, action="append", default=[], help="all but this proof")
    parser.add_argument("--seed", type=int, default=7, help="another course of chance")
    args = parser.parse_args(arguments)
    set_priority(os.getpid(), _FIRST)
    names = args.only or [name for name in PROOFS if name not in args.without]
    given = [f"--seed={args.seed}", *(["--long"] if args.long else [])]
    others = [name for name in names if name not in OF_TIME]
    if len(others) > 1:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            broken = list(pool.map(partial(_prove_apart, given), others))
    else:
        broken = [_prove(name, Extent(args.long, args.seed)) for name in others]
    broken += [_prove(name, Extent(args.long, args.seed)) for name in names if name in OF_TIME]
    return int(any(broken))


def _prove_apart(given: Sequence[str], name: str) -> bool:
    """Run one proof in a process of its own, and print its lines at its end; return whether the promise is broken."""
    command = [sys.executable, "-m", "tests.office", f"--only={name}", *given]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    _print(ended.stdout.rstrip("\n"))
    return ended.returncode != 0


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
