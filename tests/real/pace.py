"""Two processes relay two connections of one account, by two of its names: together they keep to its pace.

Only an idle computer can show it, so this runs alone; it prints the share of the budget that was used.
"""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.app import ServiceParts, build
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.donor import Donor
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import RecordState
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.queue.records import BatchSource, NewRecord

SECONDS = 12
RUNS = 4
PACE = 5
LEAST_USED = 0.95
_CHILD = """
import sys
from pathlib import Path
from ac_desktop.app import ServiceParts, build
from ac_desktop.model.redact import Redactor
from ac_desktop.store.connections.keys import GivenKey, SessionKeys

redactor = Redactor()
keys = GivenKey(sys.stdin.readline().strip(), SessionKeys(redactor), redactor)
services = build(Path(sys.argv[1]), parts=ServiceParts(keys=keys, offline=lambda _: False))
services.engine.start(int(sys.argv[2]))
services.engine.join(int(sys.argv[2]), float(sys.argv[3]))
services.close()
"""


def _set_up(folder: Path, server: PracticeServer) -> list[int]:
    services = build(folder, parts=ServiceParts(keys=SessionKeys(Redactor())))
    numbers = []
    for name, host in (("Spring", "127.0.0.1"), ("Autumn", "localhost")):
        address = parse_address(server.url.replace("127.0.0.1", host))
        settings = ConnectionSettings(name=name, address=address, list_id="1", pace=PACE)
        connection = services.connections.create(settings, 0.0)
        batch_id = services.queue.open_batch(connection.id, BatchSource(kind="file"), 0.0)
        made = [
            NewRecord(row=row, donor=Donor(email=f"{name.lower()}{row}@example.org"), state=RecordState.WAITING)
            for row in range(2, 60)
        ]
        services.queue.add(connection.id, batch_id, made, 0.0)
        services.queue.close_batch(batch_id)
        numbers.append(connection.id)
    services.close()
    return numbers


Disturb = Callable[[Path, Sequence["subprocess.Popen[str]"]], None]


def _relay_both(folder: Path, disturb: Disturb = lambda *_: None) -> PracticeAccount:
    account = PracticeAccount()
    with PracticeServer(account, rate=PACE, latency_ms=100) as server:
        children = [
            subprocess.Popen(
                [sys.executable, "-c", _CHILD, str(folder), str(number), str(SECONDS)],
                stdin=subprocess.PIPE,
                text=True,
                cwd=Path(__file__).parents[2],
            )
            for number in _set_up(folder, server)
        ]
        for child in children:
            assert child.stdin is not None
            child.stdin.write(server.key + "\n")
            child.stdin.close()
        disturb(folder, children)
        assert [child.wait(60) for child in children] == [0, 0]
    return account


def test_two_processes_use_the_budget_and_never_exceed_five_a_second_together(tmp_path: Path) -> None:
    """A computer busy with other things can delay a request that was granted in time, so it may be run again."""
    for run in range(RUNS):
        account = _relay_both(tmp_path / str(run))
        requests = account.requests()
        names = Counter(b"spring" in request.body for request in requests if request.operation == "contact/sync")
        span = requests[-1].at - requests[0].at
        used = (len(requests) - 1) / span / PACE
        print(  # noqa: T201  a figure for the reader
            f"\nmost in a second: {account.log.most_in_a_second}, budget used: {used:.1%},"
            f" 429s: {account.count(status=429)}, requests: {len(requests)}"
        )
        assert min(names.values()) > 0
        assert len(names) == 2
        if account.log.most_in_a_second <= PACE and not account.count(status=429) and used >= LEAST_USED:
            return
    raise AssertionError(f"more than {PACE} in a second, or too little of the budget used, in each of {RUNS} runs")


def _stop_and_change(folder: Path, children: Sequence["subprocess.Popen[str]"]) -> None:
    """Stop one child or the other at moments chosen by chance, and change the account's pace meanwhile."""
    if sys.platform == "win32":
        raise NotImplementedError
    dice, wait = random.Random(14), threading.Event().wait  # noqa: S311  repeatable, not a secret
    services = build(folder, parts=ServiceParts(keys=SessionKeys(Redactor())))
    connection = services.connections.all()[0]
    for _ in range(2 * SECONDS):
        child = dice.choice(children)
        os.kill(child.pid, signal.SIGSTOP)
        wait(dice.choice((0.02, 0.1, 0.3, 0.8)))
        os.kill(child.pid, signal.SIGCONT)
        settings = replace(connection.settings, pace=dice.choice((PACE - 1, PACE)))
        services.connections.change(connection.id, settings, services.clock.now())
        wait(dice.uniform(0.0, 0.3))
    services.close()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process is stopped so on Unix alone")
def test_processes_that_are_stopped_while_the_pace_changes_never_exceed_five_a_second(tmp_path: Path) -> None:
    """A process may be stopped between its last reading of the clock and the network, so it may be run again."""
    for run in range(RUNS):
        account = _relay_both(tmp_path / str(run), _stop_and_change)
        most, number = account.log.most_in_a_second, len(account.requests())
        print(f"\nmost in a second: {most}, 429s: {account.count(status=429)}, requests: {number}")  # noqa: T201
        assert number > SECONDS
        if most <= PACE and not account.count(status=429):
            return
    raise AssertionError(f"more than {PACE} in a second in each of {RUNS} runs")
