"""An account without a pace, for tests and benchmarks alone; busy answers still make it wait."""

import threading
from collections.abc import Callable

from ac_desktop.model import rules


class UnpacedLedger:
    """Grants at once, unless the account asked us to wait."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._busy_until: dict[str, float] = {}
        self._in_a_row: dict[str, int] = {}

    def try_grant(
        self,
        account: str,
        interval: float,  # noqa: ARG002  no pace, no interval
        now: Callable[[], float],
        steady: Callable[[], float],
    ) -> float:
        steady()
        return self.busy_left(account, now())

    def record_busy(self, account: str, retry_after: float | None, now: float, sent_at: float) -> float:
        with self._guard:
            until = self._busy_until.get(account, 0.0)
            wait = max(0.0, until - now, retry_after or 0.0)
            if sent_at >= until:
                self._in_a_row[account] = self._in_a_row.get(account, 0) + 1
                wait = max(wait, rules.busy_wait(retry_after, self._in_a_row[account]))
            self._busy_until[account] = now + wait
            return wait

    def busy_left(self, account: str, now: float) -> float:
        with self._guard:
            return max(0.0, self._busy_until.get(account, 0.0) - now)

    def record_success(self, account: str, sent_at: float) -> None:
        with self._guard:
            if sent_at >= self._busy_until.get(account, 0.0):
                self._in_a_row[account] = 0

    def close(self) -> None:
        """Holds nothing."""
