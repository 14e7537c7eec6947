"""The way to the server is as long as it says, counts each round trip once, and breaks as a network does."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.office.proxy import HOST, Proxy

pytestmark = pytest.mark.not_under_wine("the proofs run on Linux alone")


class _Echo:
    """A server that returns what it is sent."""

    def __init__(self) -> None:
        self._socket = socket.create_server((HOST, 0))
        self.port: int = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                taken, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._answer, args=(taken,))
            thread.start()
            self._threads.append(thread)

    @staticmethod
    def _answer(taken: socket.socket) -> None:
        with taken:
            try:
                while data := taken.recv(1000):
                    taken.sendall(data)
            except OSError:
                return


@contextmanager
def _way(round_trip: float = 0.0) -> Iterator[tuple[Proxy, socket.socket]]:
    echo = _Echo()
    proxy = Proxy(echo.port, round_trip).start()
    client = socket.create_connection((HOST, proxy.port), 5)
    try:
        yield proxy, client
    finally:
        client.close()
        proxy.close()
        echo.close()


def _ask(client: socket.socket, text: bytes = b"x") -> bytes:
    client.sendall(text)
    return client.recv(1000)


def test_each_question_and_answer_is_one_round_trip() -> None:
    with _way() as (proxy, client):
        for _ in range(3):
            assert _ask(client) == b"x"
        assert proxy.round_trips == 3
        assert len(proxy.answers()) == 3


def test_a_question_takes_no_less_than_the_round_trip() -> None:
    with _way(0.05) as (_, client):
        begun = time.monotonic()
        _ask(client)
        assert time.monotonic() - begun >= 0.05


def test_a_cut_resets_what_is_open_and_refuses_what_is_new_until_it_is_reopened() -> None:
    with _way() as (proxy, client):
        _ask(client)
        proxy.cut()
        with pytest.raises(ConnectionResetError):
            client.recv(1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((HOST, proxy.port), 5)
        proxy.reopen()
        with socket.create_connection((HOST, proxy.port), 5) as again:
            assert _ask(again) == b"x"


def test_in_silence_nothing_arrives_and_afterwards_what_was_sent_does() -> None:
    with _way() as (proxy, client):
        _ask(client)
        proxy.silence()
        client.sendall(b"y")
        client.settimeout(0.2)
        with pytest.raises(TimeoutError):
            client.recv(1)
        proxy.reopen()
        client.settimeout(5)
        assert client.recv(1) == b"y"


def test_a_server_that_gave_up_in_the_silence_is_noticed_when_it_ends() -> None:
    with _way() as (proxy, client):
        _ask(client)
        proxy.silence(is_seen_by_server=True)
        client.settimeout(0.2)
        with pytest.raises(TimeoutError):
            client.recv(1)
        proxy.reopen()
        client.settimeout(5)
        with pytest.raises(ConnectionResetError):
            client.recv(1)
