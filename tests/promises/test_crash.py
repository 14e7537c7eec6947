"""Killed at any moment, in the middle of whatever it does, the program loses nobody and hardly repeats itself."""

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from ac_desktop.importing import reader_process
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.reader_process import FileRefused, FileStaged, ReaderProcess, ReadJob
from ac_desktop.model.states import RecordState, Step
from ac_desktop.platform.paths import KEY_VARIABLE
from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.store.imports.staging import Staging
from ac_desktop.store.opening import store_in
from tests.anedot import donation_rows, write_export
from tests.at_length import mishaps, some
from tests.delivery.support import BULK_PATH, RESULT_PATH, DeliveryHarness
from tests.harness import donors
from tests.made_up import Store
from tests.promises.counts import KILLS_SURVIVED, count
from tests.promises.crash import Rounds
from tests.promises.disk import CAN_STAND_BETWEEN, WHY_NOT
from tests.promises.tasks import Kind

A_MOMENT: Final = 0.005
"""Seconds between two looks at how far a reader is; looking without a pause takes the processor that it needs."""
ROUNDS = {
    kind: mishaps(rounds)
    for kind, rounds in {
        Kind.RELAY: 100,
        Kind.BULK: 60,
        Kind.IMPORT: 60,
        Kind.MIGRATION: 40,
        Kind.PURGE: 40,
    }.items()
}


@pytest.mark.at_length
@pytest.mark.skipif(not CAN_STAND_BETWEEN, reason=WHY_NOT)
@pytest.mark.parametrize("kind", Kind)
def test_a_kill_at_any_moment_loses_nobody(tmp_path: Path, kind: Kind) -> None:
    survived = Rounds(kind, tmp_path, seed=1).survive(ROUNDS[kind])

    assert survived.faults == ROUNDS[kind]
    assert survived.scenes > 1, "what is always killed and never done proves little"
    count(KILLS_SURVIVED, survived.faults)


@pytest.mark.parametrize("path", [BULK_PATH, RESULT_PATH])
def test_what_activecampaign_has_taken_in_bulk_is_only_asked_for_after_a_kill(tmp_path: Path, path: str) -> None:
    with DeliveryHarness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(600))
        console = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.unpaced_console",
                "relay",
                "Spring",
                "--bulk",
                "--data-dir",
                str(harness.folder),
            ],
            cwd=Path(__file__).parents[2],
            env={**os.environ, KEY_VARIABLE: harness.server.key},
        )

        def kill(incoming: Incoming) -> Faults | None:
            if incoming.path == path and console.poll() is None:
                console.kill()
                console.wait(30)
            return None

        harness.account.set_schedule(kill)
        assert console.wait(60) == -getattr(signal, "SIGKILL", -1)
        harness.account.set_schedule(())
        known = harness.services.database.rows("SELECT taken_as FROM bulk_batch WHERE state = 'taken'")
        before = harness.account.count(BULK_PATH)
        harness.services.queue.release_dead(connection.id, harness.clock.now())
        waiting = harness.records(connection, RecordState.WAITING)
        asked_for = sum(record.step is Step.RESULT for record in waiting)

        counts = harness.relay_in_bulk(connection)

        assert (counts.sent, counts.rows) == (600, 600)
        assert harness.emails_on_list() == {donor.email for donor in donors(600)}
        assert (asked_for > 0) is bool(known)
        left_to_send = len(waiting) - asked_for
        assert harness.account.count(BULK_PATH) - before <= -(-left_to_send // 250)
        count(KILLS_SURVIVED)


KILLS = (("reader", 0), ("writer", 1), ("reader", 2_001), ("writer", 4_001))
"""Which process of an import is killed once so many rows are there: in the test line, and at length besides."""
OTHER_KILLS = (("writer", 0), ("reader", 1), ("writer", 2_001), ("reader", 4_001))


@pytest.mark.at_length
@pytest.mark.parametrize(("name", "rows"), [*KILLS, *OTHER_KILLS][: some(8, len(KILLS))])
def test_a_file_whose_reader_is_killed_queues_nobody_and_can_be_taken_in_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rows: int
) -> None:
    monkeypatch.setattr(reader_process, "WRITER_FROM_BYTES", 0)
    with Store(tmp_path / "data") as store:
        job = ReadJob(
            store=store_in(store.folder),
            owner=store.owners.me,
            connection_id=store.connect().id,
            source=ImportSource(write_export(tmp_path / "gifts.csv", donation_rows(5_000))),
            options=ImportOptions(),
        )
        made = ReaderProcess(job)
        made.start()
        (process,) = (one for one in multiprocessing.active_children() if one.name == name)
        while process.is_alive() and store.count("SELECT COUNT(*) FROM record") < rows:
            process.join(A_MOMENT)
        process.kill()
        end = made.wait()

        if isinstance(end, FileRefused):
            assert "Nothing was queued." in end.text
        else:
            assert isinstance(end, FileStaged)
            assert (rows > 0, end.staged.result.rows) == (True, 5_000)
        Staging(store.database, store.owners).drop_all()
        assert store.count("SELECT COUNT(*) FROM batch") == store.count("SELECT COUNT(*) FROM record") == 0
        again = ReaderProcess(job)
        again.start()
        end = again.wait()
        assert isinstance(end, FileStaged)
        assert store.queue.close_batch(end.staged.batch_id).waiting == 5_000
    count(KILLS_SURVIVED, 1)
