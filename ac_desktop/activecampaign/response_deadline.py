"""Answers that have to be whole by a deadline, however slowly they drip, and within bounds, however fast they come.

A socket's own time limit begins anew with every byte. So a server could hold a relay for ever with first lines, lengths
of chunks or provisional answers that never end, or keep the processor busy with them.
"""

import http.client
import io
import socket
import time
from collections.abc import Callable
from typing import Any, Final

import urllib3

MOST_LINES: Final = 20_000
"""Lines of one answer outside its body: of provisional answers, headers, lengths of chunks and what comes after."""
MOST_BYTES: Final = 16 * 1024 * 1024
"""Bytes of one answer as they come over the network, with all that is around its body."""

_FIRST_FINAL: Final = 200


class TooLongError(OSError):
    """An answer has more lines or bytes than any answer of an account."""


def set_deadline(pool: urllib3.HTTPConnectionPool, seconds: Callable[[], float]) -> None:
    """Let every answer in a pool be whole within some `seconds` of its request; asked for at each answer."""

    class Response(_Response):
        whole_within = staticmethod(seconds)

    class Connection(pool.ConnectionCls):  # type: ignore[name-defined, misc]
        response_class = Response

    pool.ConnectionCls = Connection


class _Response(http.client.HTTPResponse):
    """Reads an answer up to its deadline, and lets go of its socket wherever that fails."""

    whole_within: Callable[[], float]

    def __init__(self, sock: socket.socket, debuglevel: int = 0, method: str | None = None) -> None:
        super().__init__(sock, debuglevel, method)
        self.fp.close()
        self.fp = _Lines(_Reader(sock, time.monotonic() + self.whole_within()))

    def begin(self) -> None:
        """Read the first lines."""
        try:
            super().begin()
        except BaseException:
            self.close()
            raise

    def _read_status(self) -> tuple[str, int, str]:
        """Pass over provisional answers of every kind: one taken for the answer leaves that to the next request."""
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if status >= _FIRST_FINAL:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _Lines(io.BufferedReader):
    """Reads lines for as long as there are not too many."""

    _lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line. Raises TooLongError after too many."""
        self._lines += 1
        if self._lines > MOST_LINES:
            raise TooLongError
        return super().readline(size)


class _Reader(io.RawIOBase):
    """Reads from a socket for as long as there is time left and room for more."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline
        self._longest_wait = sock.gettimeout()
        self._bytes = 0

    def readable(self) -> bool:
        """Whether it can be read: it is for nothing else."""
        return True

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401  whatever takes bytes
        """Read what is there, and wait no longer than until the deadline.

        Raises TimeoutError after it, and TooLongError after too much.
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
        """Let go of the socket."""
        self._raw.close()
        super().close()
