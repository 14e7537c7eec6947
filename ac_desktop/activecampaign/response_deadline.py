"""Responses with a deadline for the whole and with bounds on their size.

A socket's own timeout begins anew with every byte. So a server could block a relay for ever with status lines, chunk
lengths or provisional responses that never end, or keep the processor busy with them.
"""

import http.client
import io
import socket
import time
from collections.abc import Callable
from typing import Any, Final, cast

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

MOST_LINES: Final = 20_000
"""Lines of one response outside its body: provisional responses, headers, chunk lengths and trailers."""
MOST_BYTES: Final = 16 * 1024 * 1024
"""Bytes of one response as received, with everything around its body."""

_FIRST_FINAL_STATUS: Final = 200


class TooLongError(OSError):
    """A response has more lines or bytes than any response of an account."""


def set_deadline(pools: urllib3.PoolManager, seconds: Callable[[], float]) -> None:
    """Limit every response of a pool manager to some `seconds` after its request; called for each response."""

    class Response(_Response):
        seconds_allowed = staticmethod(seconds)

    class Plain(HTTPConnection):
        response_class = Response

    class Encrypted(HTTPSConnection):
        response_class = Response

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Encrypted

    pools.pool_classes_by_scheme = {"http": PlainPool, "https": EncryptedPool}


class _Response(http.client.HTTPResponse):
    """A response that is read up to its deadline, and that closes its socket wherever that fails."""

    seconds_allowed: Callable[[], float]

    def __init__(self, sock: socket.socket, debuglevel: int = 0, method: str | None = None) -> None:
        limited = _LimitedSocket(sock, time.monotonic() + self.seconds_allowed())
        super().__init__(cast("socket.socket", limited), debuglevel, method)

    def begin(self) -> None:
        """Read status line and headers, and skip every provisional response.

        One that is taken for the response leaves the real one to the next request.
        """
        try:
            super().begin()
            while self.status < _FIRST_FINAL_STATUS:
                self.headers = self.msg = None  # type: ignore[assignment]  # else the next one is not read
                super().begin()
        except BaseException:
            self.close()
            raise


class _LimitedSocket:
    """What a response needs of its socket: a file to read from."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a file with a deadline, and with limits on lines and bytes."""
        return _LimitedLines(_DeadlineReader(self._sock, self._deadline))


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
