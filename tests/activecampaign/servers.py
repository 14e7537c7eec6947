"""Small servers on loopback that answer with the bytes they are given, and misbehave on demand."""

import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from ac_desktop.model.address import API_PATH, AccountAddress

HOST = "127.0.0.1"
Talk = Callable[[socket.socket], None]


def answer(body: bytes = b"{}", *, status: str = "200 OK", headers: str = "", length: int | None = None) -> bytes:
    """Return the bytes of a whole answer."""
    reported = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {reported}\r\n{headers}\r\n".encode() + body


def says(reply: bytes) -> Talk:
    """Read a request, say this, and close."""
    return lambda connection: connection.sendall(reply)


class Server:
    """Reads one request after the other, keeps them, and lets `talks` answer, in order, the last one for ever."""

    def __init__(self, *talks: Talk, tls: ssl.SSLContext | None = None, reads: bool = True) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._talks = list(talks)
        self._tls = tls
        self._reads = reads
        self._socket = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve, name="misbehaving server")

    @property
    def port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    def address(self, scheme: str = "http") -> AccountAddress:
        return AccountAddress(f"{scheme}://{HOST}:{self.port}{API_PATH}")

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                self.connections += 1
                if self._connection_ends(connection):
                    return

    def _connection_ends(self, plain: socket.socket) -> bool:
        """Talk over one connection; True where it was the call to stop."""
        if not self._reads:
            if plain.recv(4, socket.MSG_PEEK) == b"stop":
                return True
            self._next()(plain)
            return False
        try:
            with self._tls.wrap_socket(plain, server_side=True) if self._tls else plain as connection:
                request = read_message(connection)
                if request == b"stop":
                    return True
                if request:
                    self.requests.append(request)
                    self._next()(connection)
        except OSError:
            pass
        return False

    def _next(self) -> Talk:
        return self._talks.pop(0) if len(self._talks) > 1 else self._talks[0]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._tls = None
        with socket.create_connection((HOST, self.port)) as call:
            call.sendall(b"stop")
        self._thread.join()
        self._socket.close()


def read_message(connection: socket.socket) -> bytes:
    """Read a request, or an answer, with its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
    )
    while len(body) < length:
        more = connection.recv(65536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body
