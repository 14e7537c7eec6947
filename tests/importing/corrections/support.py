"""Reports that are exported, corrected and imported again."""

import csv
import io
from pathlib import Path

from ac_desktop.importing.pipeline import ImportedBatch, import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.reporting.report import write_report
from ac_desktop.store.queue.records import BatchSource, NewRecord, Record
from tests.harness import Harness

Rows = list[dict[str, str]]
HELD, SKIPPED, WAITING, FAILED, SENT = (
    RecordState.HELD,
    RecordState.SKIPPED,
    RecordState.WAITING,
    RecordState.FAILED,
    RecordState.SENT,
)
BAD = reason(ReasonCode.BAD_EMAIL, email="ann@")
ANN = Donor(email="ann@", phone="+442079460958", first_name="José", last_name="Łukasz", page="0042", source="gifts.csv")
BEA = Donor(email="bea@", phone="12345678901234567", first_name="Bea", last_name="O'Dash", page="spring")
HEADER = ("Email", "First Name", "Amount", "Date")


def queue(
    harness: Harness, connection: Connection, *made: Donor, state: RecordState = HELD, why: object = BAD
) -> list[int]:
    """Queue donors as the rows of a file; returns their records' numbers."""
    store, now = harness.services.queue, harness.clock.now()
    batch = store.open_batch(connection.id, BatchSource(kind="file", file_name="gifts.csv", header=HEADER), now)
    records = [
        NewRecord(
            row=row, donor=donor, state=state, reason=why, cells=(donor.email, donor.first_name, "$5.00", "3/4/2026"),  # type: ignore[arg-type]
            donation_id=f"d{row}", donated_at="2026-03-04",
        )
        for row, donor in enumerate(made, 2)
    ]  # fmt: skip
    store.add(connection.id, batch, records, now)
    store.close_batch(batch, len(made))
    return [record.id for record in records_of(harness, connection)][-len(made) :]


def records_of(harness: Harness, connection: Connection) -> list[Record]:
    return list(harness.services.record_reader.all_records(connection.id))


def states(harness: Harness, connection: Connection) -> list[tuple[str, str]]:
    return [
        (record.state.value, record.reason.code.value if record.reason else "")
        for record in records_of(harness, connection)
    ]


def exported(harness: Harness, connection: Connection) -> Rows:
    path = harness.folder / "report.csv"
    write_report(path, harness.services.reports.of_states(connection.id, tuple(RecordState)))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(rows: Rows, **habits: object) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), **habits)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def saved(harness: Harness, rows: Rows, name: str = "corrected.csv") -> Path:
    path = harness.folder / name
    path.write_text(as_csv(rows), encoding="utf-8", newline="")
    return path


def take(harness: Harness, connection: Connection, path: Path) -> ImportedBatch:
    services = harness.services
    (reported,) = import_table(
        services.queue, services.row_hashes, connection, [path], load_profiles(), now=harness.clock.now()
    )
    assert reported.result.balances
    return reported


def all_balance(harness: Harness) -> None:
    """Every batch's account comes out, and the counts are those of the records themselves."""
    services = harness.services
    for number, read in services.database.rows("SELECT id, rows_read FROM batch"):
        facts = services.staging.facts(number)
        assert facts is not None
        assert services.queue.batch_counts(number).rows + facts.withdrawn == read
        assert services.staging.kinds(number).counts == services.queue.batch_counts(number)
