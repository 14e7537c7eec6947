"""A process killed in the middle of bulk relay: the next one asks for results, and sends only what was not taken."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ac_desktop.model.states import RecordState, Step
from ac_desktop.practice.faults import Faults, Incoming
from tests.delivery.support import BULK_PATH, RESULT_PATH, DeliveryDesk
from tests.desk import donors

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
services.engine.start(int(sys.argv[2]), in_bulk=True)
services.engine.join(int(sys.argv[2]), 60)
services.close()
"""


@pytest.mark.parametrize("path", [BULK_PATH, RESULT_PATH])
def test_a_kill_in_the_middle_loses_nobody_and_repeats_nothing_taken(tmp_path: Path, path: str) -> None:
    with DeliveryDesk(tmp_path / "data") as desk:
        connection = desk.connect()
        desk.queue(connection, donors(600))
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(desk.folder), str(connection.id)],
            stdin=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

        def kill(incoming: Incoming) -> Faults | None:
            if incoming.path == path and child.poll() is None:
                os.kill(child.pid, signal.SIGKILL)
                child.wait(30)
            return None

        desk.account.set_schedule(kill)
        assert child.stdin is not None
        child.stdin.write(desk.server.key + "\n")
        child.stdin.close()
        child.wait(60)
        desk.account.set_schedule(())
        known = desk.services.database.rows("SELECT taken_as FROM bulk_batch WHERE state = 'taken'")
        before = desk.account.count(BULK_PATH)
        desk.services.queue.give_back_dead(connection.id, desk.clock.now())
        waiting = desk.records(connection, RecordState.WAITING)
        asked_for = sum(record.step is Step.RESULT for record in waiting)

        counts = desk.relay_in_bulk(connection)

        assert (counts.sent, counts.rows) == (600, 600)
        assert desk.emails_on_list() == {donor.email for donor in donors(600)}
        assert (asked_for > 0) is bool(known)
        left_to_send = len(waiting) - asked_for
        assert desk.account.count(BULK_PATH) - before <= -(-left_to_send // 250)
