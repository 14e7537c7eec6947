"""Whatever an account answers is read in bounded time, by every reader and by the client itself."""

import gzip
import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pytest

from ac_desktop.activecampaign import requests
from ac_desktop.activecampaign.client import Client
from ac_desktop.activecampaign.rate_limiter import RateLimiter
from ac_desktop.activecampaign.requests import NoResponse, Reply, Request, Response
from ac_desktop.relay.account_check import MOST_LISTS, AccountCheck
from tests.activecampaign.servers import Server, answer
from tests.clock import VirtualClock
from tests.promises.hostile_answers import ADDRESS, KEY, MOST_PROCESSOR, READERS, readings
from tests.unpaced import UnpacedLedger


@pytest.mark.at_length
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_takes_a_fifth_of_a_second_at_most_for_the_largest_answer(reader: str) -> None:
    slow = [reading for reading in readings(reader) if reading.seconds > MOST_PROCESSOR]
    assert slow == []


IN_PIECES = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@cache
def bomb() -> bytes:
    return gzip.compress(bytes(200 * 1024 * 1024))


FLOODS: dict[str, Callable[[], bytes]] = {
    "a byte a piece": lambda: IN_PIECES + b"1\r\nx\r\n" * 700_000 + b"0\r\n\r\n",
    "provisional answers": lambda: b"HTTP/1.1 103 Early Hints\r\n\r\n" * 150_000 + answer(),
    "lines after the end": lambda: IN_PIECES + b"2\r\n{}\r\n0\r\n" + b"a\r\n" * 4_000_000 + b"\r\n",
    "long lines after the end": lambda: (
        IN_PIECES + b"2\r\n{}\r\n0\r\n" + (b"a" * 60_000 + b"\r\n") * 400 + b"\r\n"
    ),
    "headers": lambda: answer(headers="".join(f"X-{number}: {'a' * 60_000}\r\n" for number in range(90))),
    "a length beyond measure": lambda: answer(headers=f"Content-Length: {'9' * 5_000}\r\n"),
    "a bomb": lambda: answer(bomb(), headers="Content-Encoding: gzip\r\n"),
    "a redirect with a bomb": lambda: answer(
        bomb(), status="302 Found", headers="Location: /\r\nContent-Encoding: gzip\r\n"
    ),
    "a bomb in pieces": lambda: (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"%x\r\n" % len(bomb()) + bomb() + b"\r\n0\r\n\r\n"
    ),
    "cookies": lambda: answer(
        headers="".join(f"Set-Cookie: a{number}=b; expires={' 1' * 30_000}\r\n" for number in range(90))
    ),
    "a redirect to nowhere": lambda: answer(status="301 Moved", headers="Location: http://[::1\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("flood", FLOODS)
def test_the_client_takes_a_fifth_of_a_second_at_most_whatever_the_network_says(flood: str) -> None:
    sent = FLOODS[flood]()

    def send(connection: socket.socket) -> None:
        with suppress(OSError):
            connection.sendall(sent)

    with Server(send) as server:
        client = Client(server.address(), KEY)
        began = time.thread_time()
        reply = client.send(requests.users_me())
        taken = time.thread_time() - began
        client.close_thread()
    assert isinstance(reply, Response | NoResponse)
    assert taken <= MOST_PROCESSOR


class EndlessLists:
    """An account that always has another page of lists."""

    def __init__(self) -> None:
        self.asked = 0

    def send(self, request: Request) -> Reply:  # noqa: ARG002  whatever is asked
        first, self.asked = self.asked * requests.LIST_PAGE, self.asked + 1
        rows = [{"id": str(first + number), "name": "Donors"} for number in range(requests.LIST_PAGE)]
        return Response(status=200, headers={}, body=json.dumps({"lists": rows}).encode())

    def close_thread(self) -> None:
        """Holds nothing."""


def test_an_account_whose_lists_never_end_is_listened_to_for_a_while() -> None:
    clock, account = VirtualClock(), EndlessLists()
    check = AccountCheck(RateLimiter(UnpacedLedger(), clock.now, clock.sleep, clock.steady), clock, lambda *_: account)

    assert len(check.lists(ADDRESS, KEY)) == MOST_LISTS
    assert account.asked == MOST_LISTS / requests.LIST_PAGE
