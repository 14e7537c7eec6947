"""The long proof: `python -m tests.nemesis --hours 1 --seed 7`. Everything at once, and all that can go wrong.

In rounds of some minutes, people at a desk with a queue of its own and at an office import, type, fetch, watch and
relay, while processes are killed and stopped, disks are full, clocks and host names change, files are replaced,
servers crash, networks break and accounts lie. After each round a checker of its own counts. The exit code is 1 where
a promise broke; the seed, the log of every mishap and what broke are printed.
"""

import argparse
import os
import secrets
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.nemesis.journal import Journal
from tests.nemesis.round import PLACES, play
from tests.office.workstations import USUAL_PRIORITY, set_priority

ROOT: Final = Path(__file__).parents[2]
ROUND: Final = 5 * 60.0
_AROUND: Final = 75.0
"""Seconds that a round takes to be set up, and to come to its end."""
_SHORTEST: Final = 30.0
_MINUTE: Final = 60.0
_SHOWN: Final = 12
_LONGEST: Final = 1_200
"""What broke is in the log whole."""
_SOONER: Final = 10
"""The account answers before workstations get the processor: in truth it is another computer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play rounds for a time; return 1 where a promise broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.nemesis", description=__doc__)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--hours", type=float, default=0.0)
    length.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=None, help="another course of chance; drawn and printed without")
    parser.add_argument("--only", choices=PLACES, help="this place alone")
    parser.add_argument("--log", type=Path, help="where every mishap is written (build/nemesis/SEED.log)")
    args = parser.parse_args(arguments)
    seed = secrets.randbelow(1_000_000) if args.seed is None else args.seed
    journal = Journal(args.log or ROOT / "build" / "nemesis" / f"{seed}.log")
    _print(f"seed {seed}, log {os.path.relpath(journal.path)}")
    set_priority(os.getpid(), USUAL_PRIORITY - _SOONER)
    names = (args.only,) if args.only else tuple(PLACES)
    stopped = threading.Event()
    minutes = threading.Thread(target=_tell, args=(journal, stopped), daemon=True)
    minutes.start()
    broken = _rounds(args.hours * 3600 + args.minutes * 60, str(seed), names, journal)
    stopped.set()
    minutes.join()
    _print(f"seed {seed}: {'BROKEN' if broken else 'every promise holds'}; {journal.told()}")
    journal.close()
    return int(broken)


def _rounds(seconds: float, seed: str, names: tuple[str, ...], journal: Journal) -> bool:
    end, number, is_broken = time.monotonic() + seconds, 0, False
    rounds = max(1, round(seconds / ROUND))
    length = max(_SHORTEST, seconds / rounds - _AROUND)
    while number < rounds or time.monotonic() < end - length:
        number += 1
        broken = play(seed, number, length, names, journal)
        is_broken = is_broken or bool(broken)
        for one in broken[:_SHOWN]:
            _print(f"BROKEN in round {number} of seed {seed}: {one[:_LONGEST]}")
        if len(broken) > _SHOWN:
            _print(f"{len(broken) - _SHOWN} more in the log")
        journal.count("rounds")
    return is_broken


def _tell(journal: Journal, stopped: threading.Event) -> None:
    """Print a line of counts a minute."""
    begun = time.monotonic()
    while not stopped.wait(_MINUTE):
        _print(f"{(time.monotonic() - begun) / _MINUTE:.0f} min: {journal.told()}")


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
