"""Relays made-up donors at pace 5 to an account that allows 5 requests a second and takes 300 ms for an answer.

`python -m tests.benchmarks.ours.paced DONORS DATA_FOLDER`
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore
from tests.benchmarks.account import AccountProcess
from tests.benchmarks.ours.services import connect, open_services, queue

PACE: Final = 5
_ANSWERS_AFTER_MS: Final = 300
_PATIENCE: Final = 600.0


class NotingLedger(SqliteRateLimitStore):
    """The program's own rate limit store, which notes when each request was granted."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.granted: list[float] = []

    def try_grant(self, account: str, interval: float, now: Callable[[], float], steady: Callable[[], float]) -> float:
        """Grant as ever."""
        wait = super().try_grant(account, interval, now, steady)
        if wait <= 0:
            self.granted.append(time.time())
        return wait

    def most_in_a_second(self) -> int:
        """Return the most grants in any second."""
        return max(sum(at <= other < at + 1 for other in self.granted) for at in self.granted)


def main(count: int, folder: Path) -> dict[str, float]:
    """Return what the account received, and the most requests granted in any second."""
    ledger = NotingLedger(folder)
    with (
        AccountProcess(rate=PACE, latency_ms=_ANSWERS_AFTER_MS) as account,
        open_services(folder, ledger=ledger) as services,
    ):
        connection = connect(services, account.url, account.key, account.list_id, pace=PACE)
        queue(services, connection, count)
        services.engine.start(connection.id)
        if not services.engine.join(connection.id, _PATIENCE):
            raise SystemExit("The relay did not end")
        return asdict(account.seen()) | {"most_granted": ledger.most_in_a_second()}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201  read by the figure
