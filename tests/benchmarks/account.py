"""A practice account in a process of its own, which reports at its end what it received.

`python -m tests.benchmarks.account RATE LATENCY_MS` is that process; `AccountProcess` starts and ends it.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from tests.benchmarks.measuring import ROOT

_TOO_MANY: Final = 429
_KEPT: Final = 5_000
_BULK: Final = "import/bulk_import"


@dataclass(frozen=True)
class Seen:
    """What the account received: requests in all and of bulk import, those it turned away, the most in any one second.

    `listed` is how many people are on the list that the donors were put on, `seconds` lie between the first request
    and the last; an account without a limit keeps no requests and cannot count them.
    """

    requests: int
    bulk_requests: int
    turned_away: int
    most_in_a_second: int
    listed: int
    seconds: float


class AccountProcess:
    """Runs the account; its key stays between the two processes."""

    def __init__(self, *, rate: float = 0, latency_ms: int = 0) -> None:
        self._command = [sys.executable, "-m", "tests.benchmarks.account", str(rate), str(latency_ms)]
        self.url = self.key = self.list_id = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        reported = self._line()
        self.url, self.key, self.list_id = reported["url"], reported["key"], reported["list_id"]
        return self

    def seen(self) -> Seen:
        """End the account and return what it received."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        return Seen(**self._line())

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        report: dict[str, Any] = json.loads(self._process.stdout.readline())
        return report

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process.wait()


def main(rate: float, latency_ms: int) -> None:
    """Serve until the standard input ends."""
    account = PracticeAccount(keep_requests=_KEPT if rate else 0)
    with PracticeServer(account, rate=rate, latency_ms=latency_ms) as server:
        _say({"url": server.url, "key": server.key, "list_id": server.list_id})
        sys.stdin.read()
        times = [request.at for request in account.requests()] or [0.0]
        _say(
            {
                "requests": account.log.count(),
                "bulk_requests": account.log.count(_BULK),
                "turned_away": account.log.count(status=_TOO_MANY),
                "most_in_a_second": account.log.most_in_a_second,
                "listed": len(account.members(server.list_id)),
                "seconds": times[-1] - times[0],
            }
        )


def _say(reported: dict[str, object]) -> None:
    print(json.dumps(reported), flush=True)  # noqa: T201  read by the other process


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
