"""The server's life: it listens on this computer alone, starts, stops and leaves nothing behind."""

import gc
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading

import pytest
import requests
from cheroot.makefile import StreamWriter

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Incoming
from ac_desktop.practice.server import PracticeServer, run
from tests.practice.support import Api, Clock


def test_it_listens_on_this_computer_alone(server: PracticeServer) -> None:
    assert server.url == f"http://127.0.0.1:{server.port}"
    assert server.list_id == "1"


def test_the_key_is_new_with_every_start_and_the_old_one_ends(account: PracticeAccount) -> None:
    server = PracticeServer(account)
    keys = []
    for _ in range(2):
        with server:
            keys.append(server.key)
    assert len(set(keys)) == 2
    assert len(keys[0]) == 64
    assert not any(account.knows_key(key) for key in keys)


def test_it_leaves_no_thread_behind_and_can_start_again(account: PracticeAccount) -> None:
    before = set(threading.enumerate())
    server = PracticeServer(account, rate=0)
    for _ in range(2):
        with server:
            api = Api(server)
            assert api.get("users/me").ok
            api.close()
        assert set(threading.enumerate()) <= before
    server.stop()


def test_what_it_holds_outlives_a_stop(account: PracticeAccount) -> None:
    for expected in (201, 200):
        with PracticeServer(account) as server:
            api = Api(server)
            assert api.sync("annie@example.org").status_code == expected
            api.close()


def test_it_stops_although_callers_are_connected_or_half_way(account: PracticeAccount) -> None:
    with PracticeServer(account) as server:
        idle = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        half = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        half.sendall(b"POST /api/3/contact/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{")
    for connection in (idle, half):
        connection.close()
    assert account.contacts() == ()


def open_writers() -> list[StreamWriter]:
    """Return the ends of connections that would still write when they are collected."""
    return [one for one in gc.get_objects() if isinstance(one, StreamWriter) and not one.closed]


def test_a_caller_who_is_gone_leaves_no_connection_that_would_still_write(account: PracticeAccount) -> None:
    arrived, gone = threading.Event(), threading.Event()

    def answer_too_late(_: Incoming) -> None:
        arrived.set()
        assert gone.wait(10)

    gc.collect()
    before = open_writers()
    account.set_schedule(answer_too_late)
    with PracticeServer(account, rate=0) as server:
        caller = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        caller.sendall(f"GET /api/3/lists HTTP/1.1\r\nHost: x\r\nApi-Token: {server.key}\r\n\r\n".encode())
        assert arrived.wait(10)
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("HH" if os.name == "nt" else "ii", 1, 0))
        caller.close()
        gone.set()
    assert [one for one in open_writers() if one not in before] == []


def test_it_cannot_be_started_twice_nor_asked_before_its_start(account: PracticeAccount) -> None:
    server = PracticeServer(account)
    with pytest.raises(RuntimeError):
        _ = server.url
    with server, pytest.raises(RuntimeError):
        server.start()


def test_a_taken_port_is_reported_and_nothing_is_left_open(server: PracticeServer) -> None:
    with pytest.raises(OSError, match=f"port {server.port}"):
        PracticeServer(port=server.port).start()


def test_the_clock_can_be_given_without_an_account(clock: Clock, account: PracticeAccount) -> None:
    assert PracticeServer(clock=clock).account.clock is clock
    assert PracticeServer().account.contacts() == ()
    with pytest.raises(ValueError, match="clock"):
        PracticeServer(account, clock=clock)


def test_calls_side_by_side_are_answered_side_by_side(server: PracticeServer, account: PracticeAccount) -> None:
    together = threading.Barrier(8, timeout=10)
    failures: list[str] = []

    def work(number: int) -> None:
        api = Api(server)
        together.wait()
        for turn in range(20):
            answer = api.sync(f"donor{turn}@example.org", firstName=f"Annie {number}")
            if not answer.ok:
                failures.append(answer.text)
        api.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(account.contacts()) == 20
    assert account.count("contact/sync", status=201) == 20


COMMAND = "import sys; from ac_desktop.practice.server import run; sys.exit(run(int(sys.argv[1]), 5.0, 0))"


@pytest.mark.skipif(os.name == "nt", reason="a program cannot be asked to end by a signal there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_where_it_is_serves_and_ends_well(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", COMMAND, "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        report = json.loads(process.stdout.readline())
        assert set(report) == {"url", "key", "list_id"}
        answer = requests.get(
            f"{report['url']}/api/3/lists/{report['list_id']}", headers={"Api-Token": report["key"]}, timeout=10
        )
        process.send_signal(number)
        rest = process.stdout.read()
    assert answer.json()["list"]["name"] == "Donors"
    assert (process.returncode, rest) == (0, "")


def test_the_command_says_plainly_that_the_port_is_taken(
    server: PracticeServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(server.port, 5.0, 0) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"Port {server.port} can't be used. Choose another one, or 0 for any free port.\n"
    assert run(99_999, 5.0, 0) == 2
