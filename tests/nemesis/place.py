"""A place at which donors are relayed: what the desk with a queue of its own and the office have in common."""

import threading
import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from tests.nemesis.account import LyingAccount
from tests.nemesis.files import Files, Made
from tests.nemesis.journal import Journal
from tests.nemesis.reading import Query
from tests.nemesis.record import Given
from tests.office.workstations import Workstation

NAME: Final = "Spring"
PACE: Final = 4
"""Requests a second, as it is set without a choice; at most five may arrive in any second."""
OPTED_OUT: Final = 300
HELD: Final = 3
"""The exit code where something waits for a person."""
DONE: Final = (0, HELD)
REFUSED: Final = (2, 4, 5)
"""Exit codes that say why nothing was done: a file that changed, no room, an account or a server that is away."""
_AFTER_A_STOP: Final = 2.0


class Place(ABC):
    """Workstations or processes that share a queue, an account of their own, and what was given to them."""

    def __init__(self, name: str, seed: str, folder: Path, account: LyingAccount, journal: Journal) -> None:
        self.name: Final = name
        self.dice: Final = Random(f"{seed}-{name}")  # noqa: S311  repeatable, not a secret
        self.folder: Final = folder
        self.account: Final = account
        self.journal: Final = journal
        self.given: Final = Given()
        opted_out = account.opt_out(OPTED_OUT)
        self.files: Final = Files(folder, Random(f"{seed}-{name}-files"), opted_out)  # noqa: S311  as above
        self.lock: Final = threading.Lock()
        self.pending: Final[list[Made]] = []
        """Files that may be in or not: they are given again at the end."""
        self.starts: Final[defaultdict[str, list[float]]] = defaultdict(list)
        self.resumed: Final[list[float]] = []
        self.unkept: Final[list[float]] = []
        self.reactivations: Final[list[float]] = []
        self.troubles: Final[list[str]] = []

    @property
    @abstractmethod
    def stations(self) -> Sequence[Workstation]:
        """What mishaps happen to: processes, or whole workstations."""

    @property
    @abstractmethod
    def desks(self) -> Sequence[Workstation]:
        """Where people give commands."""

    @property
    @abstractmethod
    def query(self) -> Query:
        """What reads the database."""

    @abstractmethod
    def keep_relaying(self) -> None:
        """Start again whatever relays or watches, and has ended."""

    @abstractmethod
    def mend(self) -> None:
        """End every mishap that lasts."""

    @abstractmethod
    def close(self) -> None:
        """End everything, and leave nothing."""

    def own_findings(self) -> list[str]:
        """Return what is broken of the promises of such a place alone."""
        return []

    def is_near_a_stop(self, at: float) -> bool:
        """Whether a process that was stopped had just gone on then."""
        return any(0.0 <= at - one <= _AFTER_A_STOP for one in self.resumed)

    def note(self, text: str) -> float:
        """Write a line into the journal; return its moment."""
        return self.journal.note(self.name, text)

    def count(self, what: str, number: int = 1) -> None:
        """Count something."""
        self.journal.count(what, number)

    def start(self, station: Workstation, *words: str) -> None:
        """Start a command, and leave it to run."""
        self.starts[station.name].append(self.note(f"{station.name} starts {' '.join(words) or 'a window'}"))
        station.start(*words)

    def run(self, desk: Workstation, *words: str) -> int:
        """Run a command to its end; return its exit code, and keep what it must never say."""
        begun = time.monotonic()
        process = desk.complete(*words)
        said = f"{process.stdout}\n{process.stderr}".strip()
        last = said.splitlines()[-1:] or [""]
        self.note(
            f"{desk.name}: {' '.join(words)} ended with {process.returncode}"
            f" after {time.monotonic() - begun:.1f} s: {last[0][:300]}"
        )
        if process.returncode not in {*DONE, *REFUSED} or "Traceback" in said:
            self.troubles.append(f"{desk.name}: {' '.join(words)} ended with {process.returncode}:\n{said[-3000:]}")
        return process.returncode

    def give(self, made: Made) -> None:
        """Tell the checker of a content that is about to be given."""
        with self.lock:
            self.given.files[made.given.sha256] = made.given
        self.count("rows given", made.given.rows)
        self.count("files")

    def taken(self, made: Made) -> None:
        """Tell the checker that a content was imported to its end."""
        with self.lock:
            self.given.must.add(made.given.sha256)

    def recent(self) -> list[str]:
        """Return whom the account was asked about lately."""
        return [one.email for one in self.account.requests()[-12:] if one.email]

    def number_of(self, state: str) -> int:
        """Return how many records are in a state."""
        rows = self.query("SELECT state, count(*) AS number FROM record GROUP BY state")
        return next((int(row["number"]) for row in rows if row["state"] == state), 0)

    def connection_state(self) -> str:
        """Return the connection's state."""
        (row,) = self.query("SELECT state FROM connection")
        return str(row["state"])
