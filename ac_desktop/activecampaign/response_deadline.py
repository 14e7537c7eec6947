"""Responses with a deadline for the whole and with bounds on their size.

A socket's own timeout begins anew with every byte. So a server could block a relay for ever with status lines, chunk
lengths or provisional responses that never end, or keep the processor busy with them.
"""

import http.client
import io
import socket
import time
from collections.abc import Callable
from typing import Any, Final

import urllib3

MOST_LINES: Final = 20_000
"""Lines of one response outside its body: provisional responses, headers, chunk lengths and trailers."""
MOST_BYTES: Final = 16 * 1024 * 1024
"""Bytes of one response as received, with everything around its body."""

_FIRST_FINAL_STATUS: Final = 200


class TooLongError(OSError):
    """A response has more lines or bytes than any response of an account."""


def set_deadline(pool: urllib3.HTTPConnectionPool, seconds: Callable[[], float]) -> None:
    """Limit every response of a pool to some `seconds` after its request; called for each response."""

    class Response(_Response):
        seconds_allowed = staticmethod(seconds)

    class Connection(pool.ConnectionCls):  # type: ignore[name-defined, misc]
        response_class = Response

    pool.ConnectionCls = Connection


class _Response(http.client.HTTPResponse):
    """A response that is read up to its deadline, and that closes its socket wherever that fails."""

    seconds_allowed: Callable[[], float]

    def __init__(self, sock: socket.socket, debuglevel: int = 0, method: str | None = None) -> None:
        super().__init__(sock, debuglevel, method)
        self.fp.close()
        self.fp = _LimitedLines(_DeadlineReader(sock, time.monotonic() + self.seconds_allowed()))

    def begin(self) -> None:
        """Read status line and headers."""
        try:
            super().begin()
        except BaseException:
            self.close()
            raise

    def _read_status(self) -> tuple[str, int, str]:
        """Skip every provisional response: one taken for the response leaves the real one to the next request."""
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if status >= _FIRST_FINAL_STATUS:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _LimitedLines(io.BufferedReader):
    """A buffered reader with a limit on lines."""

    _lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return a line. Raise TooLongError after too many."""
        self._lines += 1
        if self._lines > MOST_LINES:
            raise TooLongError
        return super().readline(size)


class _DeadlineReader(io.RawIOBase):
    """A raw reader of a socket with a deadline and a limit on bytes."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline
        self._longest_wait = sock.gettimeout()
        self._bytes = 0

    def readable(self) -> bool:
        """Whether it can be read, which is always so."""
        return True

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401  whatever takes bytes
        """Read what is available, waiting until the deadline at most.

        Raise TimeoutError after it, and TooLongError after too many bytes.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("The answer was not whole in time")
        self._sock.settimeout(left if self._longest_wait is None else min(left, self._longest_wait))
        got = self._raw.readinto(buffer)
        self._bytes += got or 0
        if self._bytes > MOST_BYTES:
            raise TooLongError
        return got

    def close(self) -> None:
        """Close the socket's file."""
        self._raw.close()
        super().close()
