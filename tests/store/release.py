"""Stores a filled database of today's schema, for the test that every released one still opens.

`python -m tests.store.release`, once before a release; what is stored never changes afterwards.
"""

import os
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final
from unittest.mock import patch

from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.model.states import Cause, ConnectionState, Decision, RecordState
from ac_desktop.platform.computer import Computer
from ac_desktop.practice.faults import Faults, Outage
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.engines.sqlite import owners
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.engines.sqlite.migrations import VERSION
from ac_desktop.store.imports.layouts import Layout
from ac_desktop.store.queue.claims import AttemptResult, Claim
from ac_desktop.store.queue.corrections import EditedRecord
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.delivery.support import RESULT_PATH, DeliveryHarness
from tests.harness import donors
from tests.made_up import REASONS, attempt_log

FOLDER: Final = Path(__file__).parent / "released"
GIVEN_UP: Final = frozenset({"contact_created"})
"""Columns that a later schema gave up on purpose; each has a test of its own."""
HEADER: Final = ("Donor Email", "First Name", "Last Name", "Note")


def stored(version: int) -> Path:
    """Return where the stored database of a schema's version is."""
    return FOLDER / f"version_{version}.sql"


def load(script: Path, folder: Path) -> Path:
    """Make the database file again from its stored text; returns its path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / FILE_NAME
    with closing(sqlite3.connect(file)) as sql:
        sql.execute("PRAGMA journal_mode=WAL")
        sql.executescript(script.read_text(encoding="utf-8"))
    file.chmod(0o600)
    return file


def fill(harness: DeliveryHarness) -> None:
    """Fill a database with people in every state, and with all that is ever kept of them."""
    services = harness.services
    _relayed(harness)
    _in_bulk(harness)
    _inactive(harness)
    services.layouts.store("layout-1", Layout({"email": "Donor Email", "first_name": "First Name"}, "mdy"), 1.0)
    services.row_hashes.key()


def _queue(harness: DeliveryHarness, connection: Connection, made: Sequence[NewRecord], *, closed: bool = True) -> int:
    queue, now = harness.services.queue, harness.clock.now()
    source = BatchSource(
        kind="file",
        file_name="spring appeal - Año.csv",
        sheet="Sheet 1",
        sha256="5" * 64,
        fingerprint="layout-1",
        header=HEADER,
        recognised_as="anedot",
    )
    batch_id = queue.open_batch(connection.id, source, now)
    queue.add(connection.id, batch_id, made, now)
    if closed:
        queue.close_batch(batch_id, len(made))
    return batch_id


def _row(number: int, donor: Donor, state: RecordState = RecordState.WAITING, why: Reason | None = None) -> NewRecord:
    return NewRecord(
        row=number,
        donor=replace(donor, page="spring-appeal", page_name="Spring Appeal", team="North", source="anedot"),
        state=state,
        reason=why,
        cells=(donor.email, donor.first_name, donor.last_name, "a\x1fb" if number % 2 else "gave twice"),
        donation_id=f"d-{number}",
        donated_at=f"2026-03-{number % 28 + 1:02d}",
        warnings='[["phone_damaged", {"phone": "2.25E+09"}]]' if number % 5 == 0 else None,
        row_hash=number * 1_000_003 - 2**62,
    )


def _relayed(harness: DeliveryHarness) -> None:
    """A connection at work: sent, held and decided, failed, skipped, corrected, removed, waiting in breathing space."""
    services, clock = harness.services, harness.clock
    team = Team("North", ("spring-appeal", "2f0c9a52-7d1e-4a8b-9b7c-0d3d1f6a5e11"))
    connection = harness.connect("Spring", scope=Scope(ScopeKind.ONLY, ("spring-appeal",), team))
    for email in ("donor3@example.org", "donor4@example.org", "donor5@example.org"):
        harness.stand(email, MemberStatus.UNSUBSCRIBED)
    people = [
        *donors(8),
        Donor(email="invalid'character@example.com"),
        Donor(email="nunez@example.org", last_name="Núñez"),
    ]
    made = [_row(number, donor) for number, donor in enumerate(people, 2)]
    made += [
        _row(20, Donor(email=""), RecordState.HELD, reason(ReasonCode.NO_EMAIL)),
        _row(21, Donor(email="out@example.org"), RecordState.SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=2)),
    ]
    _queue(harness, connection, made)
    harness.relay(connection)
    keep, skip, again = services.decisions.held(connection.id, by_consent=True)
    services.decisions.decide([keep], Decision.KEEP, clock.now())
    services.decisions.decide([skip], Decision.SKIP, clock.now())
    services.decisions.decide([again], Decision.RESUBSCRIBE, clock.now(), why="a letter from them")
    _queue(harness, connection, [_row(number, donor) for number, donor in enumerate(donors(9, start=100), 2)])
    waiting = [record.id for record in harness.records(connection, RecordState.WAITING)]
    services.bulk_changes.remove(waiting[-2:], clock.now())
    services.bulk_changes.hold(waiting[-3:-2], clock.now())
    corrected = services.record_reader.record(waiting[-4])
    assert corrected is not None
    donor = replace(corrected.donor, first_name="Corrected", email="corrected@example.org")
    result = EditedRecord(donor=donor, state=RecordState.WAITING, reason=None, warnings=None)
    assert services.record_edits.store(corrected, result, connection.settings.scope, clock.now())
    withdrawn = _queue(harness, connection, [_row(2, Donor(email="withdrawn@example.org"))])
    services.staging.withdraw(withdrawn, clock.now())
    _finish(harness, connection, rules.Failure(Cause.PASSING))
    clock.advance(60)
    at_list_step, _ = _claim(harness, connection), _claim(harness, connection)
    services.queue.store_contact(at_list_step, "4711", now=clock.now())
    services.queue.release(at_list_step, 3.5, clock.now())
    _queue(harness, connection, [_row(2, Donor(email="staged@example.org"))], closed=False)


def _in_bulk(harness: DeliveryHarness) -> None:
    """A paused connection with a bulk request that is over, and one whose result nobody has asked for."""
    connection = harness.connect("Autumn (bulk)", consent_guard=False)
    _queue(harness, connection, [_row(number, donor) for number, donor in enumerate(donors(21, start=200), 2)])
    harness.relay_in_bulk(connection)
    _queue(harness, connection, [_row(number, donor) for number, donor in enumerate(donors(15, start=300), 2)])

    def no_result(incoming: object) -> Faults | None:
        if getattr(incoming, "path", "") == RESULT_PATH:
            harness.services.connections.pause(connection.id, harness.clock.now())
            return Faults(outage=Outage.ERROR_500)
        return None

    harness.account.set_schedule(no_result)
    harness.relay_in_bulk(connection)
    harness.account.set_schedule(())


def _inactive(harness: DeliveryHarness) -> None:
    """A connection whose fifth failure in a row made it inactive."""
    connection = harness.connect("Winter")
    _queue(harness, connection, [_row(number, donor) for number, donor in enumerate(donors(3, start=400), 2)])
    for _ in range(rules.MOST_FAILURES_IN_A_ROW):
        _finish(harness, connection, rules.Failure(Cause.ACCOUNT))
        harness.clock.advance(60)
    assert harness.now_is(connection).state is ConnectionState.INACTIVE


def _claim(harness: DeliveryHarness, connection: Connection) -> Claim:
    claim = harness.services.queue.claim(connection.id, harness.clock.now())
    assert isinstance(claim, Claim), claim
    return claim


def _finish(harness: DeliveryHarness, connection: Connection, failure: rules.Failure) -> None:
    claim = _claim(harness, connection)
    ended = AttemptResult(end=failure, reason=REASONS[failure.cause], log=attempt_log(claim.donor))
    assert harness.services.queue.finish(claim, ended, harness.clock.now())


def _write(database: Path, target: Path) -> None:
    with closing(sqlite3.connect(database)) as sql, target.open("w", encoding="utf-8") as out:
        for pragma in ("application_id", "user_version"):
            out.write(f"PRAGMA {pragma}={sql.execute(f'PRAGMA {pragma}').fetchone()[0]};\n")
        out.writelines(f"{line}\n" for line in sql.iterdump())


def main() -> None:
    """Fill a database on the practice account, and store it."""
    os.environ["LOGNAME"] = "ann"
    office = Computer(mark="0" * 16, start="1" * 16, name="office-1")
    with tempfile.TemporaryDirectory() as folder:
        with (
            patch(f"{owners.__name__}.this_computer", lambda: office),
            DeliveryHarness(Path(folder) / "data") as harness,
        ):
            fill(harness)
            key = harness.server.key
        FOLDER.mkdir(exist_ok=True)
        _write(harness.folder / FILE_NAME, stored(VERSION))
    assert key not in stored(VERSION).read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
