"""A relay that is killed loses nobody: the next one takes its records over at the stored step, at once."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, donors

_CHILD = """
import sys
from pathlib import Path
from ac_desktop.app import Parts, build
from ac_desktop.model.redact import Redactor
from ac_desktop.store.keys import GivenKey, SessionKeys
from tests.unpaced import UnpacedLedger

redactor = Redactor()
keys = GivenKey(sys.stdin.readline().strip(), SessionKeys(redactor), redactor)
services = build(Path(sys.argv[1]), parts=Parts(keys=keys, ledger=UnpacedLedger(), offline=lambda _: False))
services.engine.subscribe(lambda: print(services.queue.counts(int(sys.argv[2])).sent, flush=True))
services.engine.start(int(sys.argv[2]))
services.engine.join(int(sys.argv[2]), 60)
services.close()
"""


def _relaying(desk: Desk, connection_id: int) -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(desk.folder), str(connection_id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdin is not None
    child.stdin.write(desk.server.key + "\n")
    child.stdin.close()
    return child


def _kill_after(child: "subprocess.Popen[str]", sent: int) -> None:
    assert child.stdout is not None
    with child.stdout as news:
        for line in news:
            if int(line) >= sent:
                break
        os.kill(child.pid, signal.SIGKILL)
    child.wait(30)


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_relay_loses_nobody(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a repeatable choice of moments, not a secret
    with Desk(tmp_path / "data") as desk:
        connection = desk.connect()
        desk.queue(connection, donors(60))
        kills = 0
        while kills < 2:
            child = _relaying(desk, connection.id)
            _kill_after(child, sent=desk.counts(connection).sent + chance.randint(0, 15))
            kills += 1
            assert desk.counts(connection).rows == 60

        counts = desk.relay(connection)

        assert (counts.sent, counts.rows) == (60, 60)
        assert desk.emails_on_list() == {donor.email for donor in donors(60)}
        assert len(desk.account.contacts()) == 60
        assert desk.services.database.row("PRAGMA integrity_check") == ("ok",)
        most_repeated = kills * 4
        assert desk.account.count("contact/sync") <= 60 + most_repeated
        sent = list(desk.services.history.all_attempts(connection.id))
        assert len({attempt.record_id for attempt in sent}) == 60
