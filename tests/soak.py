"""The soak: relays very many donors; memory and open files must not grow, the database only as documented.

`python -m tests.soak [--relays N]`: 1,000,000 by default, which takes the better part of an hour.
The donors come in ten portions of files of 10,000. The real engine relays each portion to a real practice account in a
process of its own, on a clock of its own on which the pace passes in no time. After each portion the process is
measured. How fast it all is does not matter.
"""

import argparse
import ctypes
import gc
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.model.connection import Connection
from ac_desktop.services import Services
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from tests.benchmarks.account import AccountProcess
from tests.benchmarks.ours.services import connect, open_services, queue
from tests.clock import VirtualClock
from tests.store.sqlite_file import the_file
from tests.unpaced import UnpacedLedger

RELAYS: Final = 1_000_000
PORTIONS: Final = 10
DONORS_A_FILE: Final = 10_000
WARM: Final = 1
"""The portion, counted from 0, that the last one is held against: by then all that stays has been fetched."""
MOST_GROWTH: Final = 1.05
BYTES_A_DONOR: Final = 1_650
"""What a relayed donor takes in the database: attempt with both answers 1,395, record 210, address and row 75."""
MOST_OF_DOCUMENTED: Final = 1.05
_PATIENCE: Final = 7200.0
_KB: Final = 1024
_MB: Final = 1024 * 1024


@dataclass(frozen=True)
class Measurement:
    """What a measurement of the process and its folder shows; memory and files are 0 where there is no /proc."""

    relayed: int
    memory_kb: int
    open_files: int
    threads: int
    database: int


class PassingTime(UnpacedLedger):
    """Grants at once, and advances the relay's clock by the time that the rate limit would take."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock

    def try_grant(self, account: str, interval: float, now: Callable[[], float], steady: Callable[[], float]) -> float:
        wait = super().try_grant(account, interval, now, steady)
        self._clock.jump(interval)
        return wait


def main(relays: int) -> int:
    """Relay, print the measurements, and return the exit code: 1 where something grew that must not."""
    clock = VirtualClock()
    with (
        tempfile.TemporaryDirectory(prefix="ac-desktop-soak-") as folder,
        AccountProcess() as account,
        open_services(Path(folder), ledger=PassingTime(clock), clock=clock) as services,
    ):
        connection = connect(services, account.url, account.key, account.list_id, pace=5)
        measurements = [_measure(services, Path(folder), 0)]
        _print_measurement(measurements[0])
        for _ in range(PORTIONS):
            _relay(services, connection, relays // PORTIONS)
            measurements.append(_measure(services, Path(folder), services.queue.counts(connection.id).sent))
            _print_measurement(measurements[-1])
        listed = account.seen().listed
    wrong = faults(measurements, relays // PORTIONS * PORTIONS, listed)
    _say("\n".join(wrong) or "Nothing grew that must not.")
    return bool(wrong)


def _relay(services: Services, connection: Connection, count: int) -> None:
    for first in range(0, count, DONORS_A_FILE):
        queue(services, connection, min(DONORS_A_FILE, count - first))
    services.engine.start(connection.id)
    if not services.engine.join(connection.id, _PATIENCE):
        raise SystemExit("The relay did not end")


def _measure(services: Services, folder: Path, relayed: int) -> Measurement:
    the_file(services.database).checkpoint()
    gc.collect()
    _give_back()
    return Measurement(
        relayed,
        memory_kb=_memory_kb(),
        open_files=len(list(Path("/proc/self/fd").glob("*"))),
        threads=threading.active_count(),
        database=(folder / FILE_NAME).stat().st_size,
    )


def _give_back() -> None:
    """Return the C library's free memory to the system: how much it keeps is chance, and no growth of ours."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError, TypeError):
        return


def _memory_kb() -> int:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def faults(measurements: Sequence[Measurement], relays: int, listed: int) -> list[str]:
    """Return what is not as it must be; `measurements` begin with one before the first relay."""
    warm, last = measurements[1 + WARM], measurements[-1]
    a_donor = (last.database - warm.database) / (last.relayed - warm.relayed)
    held_against = {
        f"{relays:,} were to be relayed; {last.relayed:,} were, {listed:,} are on the list.": (
            last.relayed == listed == relays
        ),
        f"Memory grew from {warm.memory_kb:,} to {last.memory_kb:,} KB.": (
            last.memory_kb <= warm.memory_kb * MOST_GROWTH
        ),
        f"Open files grew from {warm.open_files} to {last.open_files}.": last.open_files <= warm.open_files,
        f"Threads grew from {warm.threads} to {last.threads}.": last.threads <= warm.threads,
        f"A donor takes {a_donor:,.0f} bytes in the database, more than the {BYTES_A_DONOR:,} documented.": (
            a_donor <= BYTES_A_DONOR * MOST_OF_DOCUMENTED
        ),
    }
    return [reported for reported, holds in held_against.items() if not holds]


def _print_measurement(seen: Measurement) -> None:
    _say(
        f"{seen.relayed:>9,} relayed   memory {seen.memory_kb / _KB:6.1f} MB   open files {seen.open_files:3}"
        f"   threads {seen.threads}   database {seen.database / _MB:8.1f} MB"
    )


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  the answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--relays", type=int, default=RELAYS)
    sys.exit(main(parser.parse_args().relays))
