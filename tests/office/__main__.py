"""The office's promises on a real server: `python -m tests office`, with `--long` at length.

One line a proof, with what was counted; the exit code is 1 where a promise is broken.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final

from tests.office.clocks import clocks
from tests.office.distance import distance
from tests.office.mishaps import mishaps
from tests.office.pace import pace
from tests.office.partitions import partitions
from tests.office.proof import Extent, Findings
from tests.office.refresh import refresh
from tests.office.refusals import refusals

PROOFS: Final[dict[str, Callable[[Extent], Findings]]] = {
    "pace": pace,
    "refusals": refusals,
    "mishaps": mishaps,
    "partitions": partitions,
    "distance": distance,
    "refresh": refresh,
    "clocks": clocks,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proofs; return 1 where a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests office", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the numbers of the promise, and figures of time judged")
    parser.add_argument("--only", choices=PROOFS, action="append", help="this proof alone; may be given again")
    parser.add_argument("--seed", type=int, default=7, help="another course of chance")
    args = parser.parse_args(arguments)
    broken = [_prove(name, Extent(args.long, args.seed)) for name in args.only or PROOFS]
    return int(any(broken))


def _prove(name: str, extent: Extent) -> bool:
    """Run one proof and print its line; return whether the promise is broken."""
    begun = time.monotonic()
    findings = PROOFS[name](extent)
    seconds = time.monotonic() - begun
    result = "BROKEN" if findings.broken else "holds"
    _print(f"{name}: {result}; {'; '.join(findings.counts)} ({seconds:.0f} s)")
    for one in findings.broken:
        _print(f"  {one}")
    return bool(findings.broken)


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
