"""Two processes relay two connections of one account: together they keep to its pace.

Only an idle computer can show it, so this runs alone; it prints the share of the budget that was used.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from ac_desktop.app import Parts, build
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.donor import Donor
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import RecordState
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from ac_desktop.store.keys import SessionKeys
from ac_desktop.store.records import BatchSource, NewRecord

SECONDS = 12
RUNS = 4
PACE = 5
LEAST_USED = 0.95
_CHILD = """
import sys
from pathlib import Path
from ac_desktop.app import Parts, build
from ac_desktop.model.redact import Redactor
from ac_desktop.store.keys import GivenKey, SessionKeys

redactor = Redactor()
keys = GivenKey(sys.stdin.readline().strip(), SessionKeys(redactor), redactor)
services = build(Path(sys.argv[1]), parts=Parts(keys=keys, offline=lambda _: False))
services.engine.start(int(sys.argv[2]))
services.engine.join(int(sys.argv[2]), float(sys.argv[3]))
services.close()
"""


def _set_up(folder: Path, server: PracticeServer) -> list[int]:
    services = build(folder, parts=Parts(keys=SessionKeys(Redactor())))
    numbers = []
    for name in ("Spring", "Autumn"):
        settings = ConnectionSettings(name=name, address=parse_address(server.url), list_id="1", pace=PACE)
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


def _relay_both(folder: Path) -> PracticeAccount:
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
