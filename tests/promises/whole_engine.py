"""Answers made by chance, fed through the whole engine: claims, workers, a real store, and starts in between.

`python -m tests.promises.whole_engine --answers 20000 --seed 7` runs for as long as you like.
"""

import argparse
import itertools
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ac_desktop.app import ServiceParts, build
from ac_desktop.model import rules
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import ConnectionState, Outcome, RecordState
from ac_desktop.relay.account_check import AccountCheck, CheckError
from ac_desktop.relay.comparison import ComparedDonor, Comparison
from ac_desktop.relay.request_runner import AccountAccess, AccountReadError
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.clock import VirtualClock
from tests.harness import PATIENCE, donors
from tests.promises.odd_answers import OddAccount, PutInError
from tests.promises.scenes import must
from tests.unpaced import UnpacedLedger

ADDRESS: Final = parse_address("http://127.0.0.1:9")
KEY: Final = "made-up-key-of-a-test"
A_ROUND: Final = 25
WORKERS: Final = (1, 1, 4)
KEEPS: Final = (frozenset[ContactField](), frozenset({ContactField.PHONE}))


@dataclass
class Seen:
    """What a run came through."""

    answers: int = 0
    attempts: int = 0
    rounds: int = 0
    ends: int = 0
    faults: int = 0
    slowest: tuple[float, str] = (0.0, "")
    """A figure: what a reader may take is judged where each answer is read again (`test_bounded_answers.py`)."""
    reasons: Counter[str] = field(default_factory=Counter)


class WholeEngine:
    """Relays made-up donors to an odd account, round after round, with a start of the program before each."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self._clock = VirtualClock()
        self._keys = SessionKeys(Redactor())
        self._queued: Counter[int] = Counter()
        self._read: dict[int, tuple[int, int, bool]] = {}
        self._heard: list[type[BaseException]] = []
        self.seen = Seen()

    def survive(self, answers: int) -> Seen:
        """Go through so many answers. Raises BrokenPromiseError where one of them did harm."""
        connections = self._connect()
        for number in itertools.count():
            if self.seen.answers >= answers:
                break
            account = OddAccount(self._seed * 1_000_003 + number)
            with self._heard_faults(), self._services(WORKERS[number % len(WORKERS)]) as services:
                connection = connections[number // 2 % len(connections)]
                self._relay(services, account, connection, in_bulk=number % 2 == 1)
                self._ask_around(services, account, connection)
            self._look(account, workers=WORKERS[number % len(WORKERS)])
        return self.seen

    def _connect(self) -> list[Connection]:
        with self._services(1) as services:
            made = [
                services.connections.create(
                    ConnectionSettings(
                        name=f"Connection {number}", address=ADDRESS, list_id="1", list_name="Donors", keep_fields=keeps
                    ),
                    self._clock.now(),
                )
                for number, keeps in enumerate(KEEPS * 2)
            ]
            for connection in made:
                self._keys.set(services.connections.key_name(connection.id), KEY)
            return made

    @contextmanager
    def _services(self, workers: int) -> Iterator[Services]:
        parts = ServiceParts(
            keys=self._keys,
            clock=self._clock,
            rate_limit_store=UnpacedLedger(),
            offline=lambda _: False,
            workers=workers,
        )
        services = build(self._folder, parts=parts)
        try:
            yield services
        finally:
            services.close()

    @contextmanager
    def _heard_faults(self) -> Iterator[None]:
        opener, threading.excepthook = threading.excepthook, self._hear
        try:
            yield
        finally:
            threading.excepthook = opener

    def _hear(self, arguments: threading.ExceptHookArgs) -> None:
        must(issubclass(arguments.exc_type, PutInError), f"a reader raised {arguments.exc_type}: {arguments.exc_value}")
        self._heard.append(arguments.exc_type)

    def _relay(self, services: Services, account: OddAccount, connection: Connection, *, in_bulk: bool) -> None:
        services.engine.sender_for = lambda *_: account
        self._queue(services, connection)
        before = account.answers
        services.engine.start(connection.id, in_bulk=in_bulk)
        must(services.engine.join(connection.id, PATIENCE), "the relay did not end")
        account.rest()
        self._hold(services, connection)
        now_is = services.connections.get(connection.id)
        must(now_is is not None, "the connection is gone")
        if now_is is not None and now_is.state is ConnectionState.INACTIVE:
            asked = account.answers
            services.engine.start(connection.id)
            must(services.engine.join(connection.id, PATIENCE), "the relay did not end")
            must(account.answers == asked, "an inactive connection asked something")
            self.seen.ends += 1
            services.connections.reactivate(connection.id, self._clock.now())
            self._read[connection.id] = (self._read[connection.id][0], 0, True)
        must(account.answers > before or connection.id in self._read, "nothing was asked")

    def _queue(self, services: Services, connection: Connection) -> None:
        first = self._queued[connection.id]
        now = self._clock.now()
        batch_id = services.queue.open_batch(connection.id, BatchSource(kind="file"), now)
        made = donors(A_ROUND, start=first + connection.id * 1_000_000)
        rows = [NewRecord(row=row, donor=one, state=RecordState.WAITING) for row, one in enumerate(made, 2)]
        services.queue.add(connection.id, batch_id, rows, now)
        services.queue.close_batch(batch_id)
        self._queued[connection.id] += A_ROUND

    def _hold(self, services: Services, connection: Connection) -> None:
        """Read on in the log: every streak follows from what came before, and nobody is lost."""
        last, streak, is_active = self._read.get(connection.id, (0, 0, True))
        for attempt in services.history.all_attempts(connection.id):
            if attempt.id <= last:
                continue
            must(is_active, "an inactive connection attempted something")
            if attempt.outcome is Outcome.SENT:
                streak = 0
            elif attempt.cause is not None:
                streak += 1
            must(
                attempt.streak == streak <= rules.MOST_FAILURES_IN_A_ROW,
                f"a streak of {attempt.streak} that should be {streak}",
            )
            last, is_active = attempt.id, streak < rules.MOST_FAILURES_IN_A_ROW
            self.seen.attempts += 1
            code = attempt.reason.code if attempt.reason else None
            self.seen.reasons[str(code or "sent")] += 1
        self._read[connection.id] = (last, streak, is_active)
        counts = services.queue.counts(connection.id)
        must(counts.rows == self._queued[connection.id], "somebody is lost")
        must(counts.sending == 0, "somebody is in two states")
        ended = counts.sent + counts.waiting + counts.held + counts.skipped + counts.failed
        must(ended == counts.rows, "the sums do not balance")
        standing = services.connections.get(connection.id)
        must(standing is not None and standing.circuit.streak == streak, "the streak is not that of the log")

    def _ask_around(self, services: Services, account: OddAccount, connection: Connection) -> None:
        """Ask what is asked before a relay: the key's owner, the lists, and how donors compare."""
        faults = account.faults
        check = AccountCheck(services.rate_limiter, self._clock, lambda *_: account)
        comparison = Comparison(
            AccountAccess(services.rate_limiter, self._clock, services.redactor, lambda *_: account)
        )
        wanted = [ComparedDonor(key=number, donor=one) for number, one in enumerate(donors(3))]
        for ask in (
            lambda: check.owner(ADDRESS, KEY),
            lambda: check.lists(ADDRESS, KEY),
            lambda: check.list_named(ADDRESS, KEY, "1"),
            lambda: list(comparison.compare(connection, KEY, wanted)),
        ):
            try:
                ask()
            except (CheckError, AccountReadError, PutInError):
                continue
            finally:
                account.rest()
        account.faults = faults

    def _look(self, account: OddAccount, *, workers: int) -> None:
        """Compare what the account received with what was kept and reported."""
        self.seen.rounds += 1
        self.seen.answers += account.answers
        self.seen.faults += account.faults
        must(len(self._heard) == self.seen.faults, "a fault was not told")
        kept = self.seen.reasons[ReasonCode.OWN_FAULT]
        must(kept == self.seen.faults, f"{self.seen.faults} faults, {kept} of them kept as failed attempts")
        if workers == 1:
            self.seen.slowest = max(self.seen.slowest, account.slowest)


def main() -> int:
    """Run as asked for, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=14)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ac-desktop-answers-") as folder:
        seen = WholeEngine(Path(folder), asked.seed).survive(asked.answers)
    print(  # noqa: T201  figures for the reader
        f"{seen.answers:,} answers, {seen.attempts:,} attempts, {seen.rounds} starts, {seen.faults} faults of ours put"
        f" in, {seen.ends} ends of five in a row; the slowest answer took {seen.slowest[0]:.3f} s (seed {asked.seed})"
    )
    for reason, number in seen.reasons.most_common():
        print(f"  {number:6,} {reason}")  # noqa: T201  figures for the reader
    return 0


if __name__ == "__main__":
    sys.exit(main())
