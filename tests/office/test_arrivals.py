"""A request's time is that of its arrival, however late the account comes to read it."""

import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from ac_desktop.practice.application import CONNECTION
from tests.office.arrivals import TimedServer, kernel_tells

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = [
    pytest.mark.not_under_wine("the kernel's time of an arrival is asked as Linux tells it"),
    pytest.mark.skipif(not kernel_tells(), reason="the kernel does not tell when bytes arrive"),
]
ASKED = b"GET / HTTP/1.1\r\nHost: account\r\n\r\n"
NEAR = 0.001
"""Seconds by which the two clocks of a reading may differ, as one is read after the other."""


class LateServer:
    """Answers requests that were sent before it began to read them."""

    def __init__(self) -> None:
        self.arrived: list[float] = []
        self.server = TimedServer(0, self._answer)
        self.server.prepare()
        self._thread = threading.Thread(target=self.server.serve)

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        self.arrived.append(environ[CONNECTION].arrived_at)
        start_response("204 No Content", [])
        return []

    def serve(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.server.stop()
        self._thread.join()


def ask(connection: socket.socket) -> tuple[float, float]:
    """Send a request; return the times before and after that."""
    before = time.monotonic()
    connection.sendall(ASKED)
    return before, time.monotonic()


def test_requests_of_one_connection_have_the_times_of_their_arrivals() -> None:
    late = LateServer()
    bind: Any = late.server.bind_addr
    with socket.create_connection(bind) as connection:
        first = ask(connection)
        late.serve()
        connection.recv(1_000)
        second = ask(connection)
        connection.recv(1_000)
    late.stop()
    assert len(late.arrived) == 2
    for (before, after), arrived in zip((first, second), late.arrived, strict=True):
        assert before - NEAR <= arrived <= after + NEAR
