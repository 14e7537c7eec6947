"""The log of every request to the practice account, for tests, benchmarks and people."""

import re
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

MASK: Final = "•••"
KEY_HEADER: Final = "Api-Token"
API_PREFIX: Final = "/api/3/"
KEPT: Final = 5_000

_NUMBER = re.compile(r"(?<=/)\d+(?=/|$)")


def operation(path: str) -> str:
    """Return a path in the form in which requests are counted: `contacts/{id}/contactLists`."""
    return _NUMBER.sub("{id}", path.removeprefix(API_PREFIX).strip("/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRequest:
    """A request with the key masked; status 0 means that there was no response (yet)."""

    number: int
    at: float
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    key_known: bool
    status: int = 0

    @property
    def operation(self) -> str:
        """The path in the form in which requests are counted."""
        return operation(self.path)


class RequestLog:
    """The newest requests, and counts of all of them; safe to use from any thread."""

    def __init__(self, clock: Callable[[], float], keep: int = KEPT) -> None:
        self._clock = clock
        self._keep = keep
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Clear the log."""
        with self._lock:
            self._kept: OrderedDict[int, LoggedRequest] = OrderedDict()
            self._arrived: Counter[tuple[str, str]] = Counter()
            self._answered: Counter[tuple[str, str, int]] = Counter()
            self._second: deque[float] = deque()
            self._busiest = 0
            self._number = 0

    def keep(self, size: int) -> None:
        """Keep the newest `size` requests; 0 keeps counts alone."""
        with self._lock:
            self._keep = size
            self._trim()

    def arrived(
        self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes, *, key_known: bool
    ) -> LoggedRequest:
        """Record a request at its arrival; the caller has masked the key."""
        with self._lock:
            at = self._clock()
            self._number += 1
            request = LoggedRequest(
                number=self._number,
                at=at,
                method=method,
                path=path,
                query=query,
                headers=headers,
                body=body,
                key_known=key_known,
            )
            self._arrived[method, request.operation] += 1
            self._note_second(at)
            if self._keep:
                self._kept[request.number] = request
                self._trim()
            return request

    def answered(self, request: LoggedRequest, status: int) -> None:
        """Record the status of a request that was answered."""
        with self._lock:
            self._answered[request.method, request.operation, status] += 1
            if request.number in self._kept:
                self._kept[request.number] = replace(request, status=status)

    def requests(self, path: str = "") -> tuple[LoggedRequest, ...]:
        """Return the kept requests, of one path or all, in the order of their arrival."""
        with self._lock:
            kept = tuple(self._kept.values())
        return tuple(request for request in kept if request.operation == path) if path else kept

    def count(self, path: str = "", *, method: str = "", status: int | None = None) -> int:
        """Return the number of all requests, of a path (`contacts/{id}/contactLists`), a method or a status."""
        with self._lock:
            if status is None:
                return sum(n for (m, p), n in self._arrived.items() if path in {"", p} and method in {"", m})
            return sum(
                n
                for (m, p, code), n in self._answered.items()
                if path in {"", p} and method in {"", m} and code == status
            )

    @property
    def most_in_a_second(self) -> int:
        """The most requests that arrived in any one second."""
        with self._lock:
            return self._busiest

    def _note_second(self, at: float) -> None:
        while self._second and at - self._second[0] >= 1.0:
            self._second.popleft()
        self._second.append(at)
        self._busiest = max(self._busiest, len(self._second))

    def _trim(self) -> None:
        while len(self._kept) > self._keep:
            self._kept.popitem(last=False)
