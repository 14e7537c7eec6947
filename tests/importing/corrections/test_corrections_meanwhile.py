"""A corrected report meets records that were sent, changed, removed or erased meanwhile, and takes nothing back."""

from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.importing.corrections.edits import save_edit
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.store.agreed_time import AgreedTime
from ac_desktop.store.queue.claims import Claim
from tests.harness import Harness
from tests.importing.corrections.support import (
    ANN,
    BEA,
    WAITING,
    all_balance,
    exported,
    queue,
    records_of,
    saved,
    states,
    take,
)


def test_a_correction_in_the_window_meanwhile_stays(harness: Harness, connection: Connection) -> None:
    first, second = queue(harness, connection, ANN, BEA)
    rows = exported(harness, connection)
    repaired(harness, connection, first, email="ann@example.org")
    repaired(harness, connection, second, first_name="Beatrix")
    rows[0]["Email"] = "ann@example.net"
    rows[1]["Email"] = "bea@example.org"
    batch = take(harness, connection, saved(harness, rows))
    assert (batch.result.waiting, batch.result.skipped) == (1, 1)
    assert states(harness, connection) == [
        ("waiting", ""), ("skipped", "corrected"), ("skipped", "mark_conflict"), ("waiting", ""),
    ]  # fmt: skip
    new = records_of(harness, connection)[-1]
    assert (new.donor.first_name, new.donor.email) == ("Beatrix", "bea@example.org")
    all_balance(harness)


def test_an_uncorrected_row_does_not_take_a_window_s_correction_back(harness: Harness, connection: Connection) -> None:
    (number,) = queue(harness, connection, ANN)
    rows = exported(harness, connection)
    repaired(harness, connection, number, email="ann@example.org")
    with pytest.raises(ImportFileError, match="No rows of the report"):
        take(harness, connection, saved(harness, rows))
    assert records_of(harness, connection)[0].donor.email == "ann@example.org"


def repaired(harness: Harness, connection: Connection, number: int, **changes: str) -> None:
    record = harness.services.record_reader.record(number)
    assert record is not None
    assert save_edit(harness.services.record_edits, record, changes, connection, harness.clock.now()) is not None


def test_who_was_sent_meanwhile_is_not_sent_twice(harness: Harness, connection: Connection) -> None:
    good = Donor(email="ann@example.org", first_name="Ann")
    queue(harness, connection, good, state=WAITING, why=None)
    rows = exported(harness, connection)
    harness.relay(connection)
    asked = harness.account.count("contact/sync")
    rows[0]["First name"] = "Anna"
    batch = take(harness, connection, saved(harness, rows))
    assert (batch.result.skipped, batch.result.waiting) == (1, 0)
    assert states(harness, connection) == [("sent", ""), ("skipped", "mark_sent")]
    harness.relay(connection)
    assert harness.account.count("contact/sync") == asked
    all_balance(harness)


def test_who_is_sent_while_the_report_is_looked_at_is_not_sent_twice(harness: Harness, connection: Connection) -> None:
    """The Check page is open: the batch is staged, and closed after the relay."""
    queue(harness, connection, Donor(email="ann@example.org"), state=WAITING, why=None)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.net"
    batch = staged(harness, connection, saved(harness, rows))
    harness.relay(connection)
    harness.services.queue.close_batch(batch, 1, now=harness.clock.now())
    assert states(harness, connection) == [("sent", ""), ("skipped", "mark_sent")]
    harness.relay(connection)
    assert harness.emails_on_list() == {"ann@example.org"}
    all_balance(harness)


def test_a_record_that_is_removed_or_corrected_while_the_report_is_looked_at(
    harness: Harness, connection: Connection
) -> None:
    first, second, third = queue(harness, connection, ANN, BEA, ANN)
    rows = exported(harness, connection)
    for number, row in enumerate(rows):
        row["Email"] = f"donor{number}@example.org"
    batch = staged(harness, connection, saved(harness, rows))
    harness.services.bulk_changes.remove([first], harness.clock.now())
    repaired(harness, connection, second, email="bea@example.net")
    harness.services.queue.close_batch(batch, 3, now=harness.clock.now())
    assert states(harness, connection) == [
        ("waiting", ""), ("skipped", "corrected"), ("skipped", "mark_gone"), ("skipped", "mark_conflict"),
        ("waiting", ""),
    ]  # fmt: skip
    assert third in {record.id for record in records_of(harness, connection)}


def staged(harness: Harness, connection: Connection, path: Path) -> int:
    """Read a file as the window does, up to its Check page."""
    from ac_desktop.importing.options import ImportOptions, ImportSource
    from ac_desktop.importing.pipeline import ImportPipeline

    services = harness.services
    pipeline = ImportPipeline(services.queue, services.row_hashes, connection, load_profiles(), now=harness.clock.now())
    with pipeline.opened(ImportSource(path), ImportOptions()) as detected:
        return pipeline.stage(detected).batch_id


def test_a_report_that_changes_while_it_is_read_is_refused(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    path = saved(harness, rows)

    def write_on(_read: int) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write("\n")

    services = harness.services
    with pytest.raises(ImportFileError, match="was changed while it was being read"):
        import_table(
            services.queue, services.row_hashes, connection, [path], load_profiles(), now=harness.clock.now(),
            watch=write_on,
        )  # fmt: skip
    assert len(records_of(harness, connection)) == 1


def test_who_is_erased_by_the_right_address_is_erased_under_the_wrong_one_too(
    harness: Harness, connection: Connection
) -> None:
    queue(harness, connection, ANN)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    take(harness, connection, saved(harness, rows))
    assert harness.services.erasure.erase("ann@example.org", harness.clock.now()).found.records == 2
    assert {record.donor.first_name for record in records_of(harness, connection)} == {""}
    batch = take(harness, connection, saved(harness, rows))
    assert batch.result.skipped == 1
    assert states(harness, connection)[-1] == ("skipped", "mark_gone")


def test_what_is_forgotten_or_erased_leaves_no_word_beside_the_correction(
    harness: Harness, connection: Connection
) -> None:
    """Why a record was held quotes its address, which is kept for undoing."""
    wrong = "ann.dot@exmaple"
    for erase in (False, True):
        queue(harness, connection, replace(ANN, email=wrong), why=reason(ReasonCode.BAD_EMAIL, email=wrong))
        rows = exported(harness, connection)[-1:]
        rows[0]["Email"] = f"ann{erase}@example.org"
        take(harness, connection, saved(harness, rows))
        if erase:
            harness.services.erasure.erase("anntrue@example.org", harness.clock.now())
        else:
            harness.relay(connection)
            harness.services.retention.remove_old(AgreedTime(harness.clock.now() + 400 * 86_400.0))
        kept = harness.services.database.rows("SELECT was_reason FROM correction WHERE was_reason IS NOT NULL")
        assert kept == []
    assert harness.services.database.rows("SELECT rowid FROM correction"), "erasing looks through tables by their rows"


def test_two_reports_looked_at_side_by_side_replace_a_record_once(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN)
    batches = []
    for name in ("ann@example.org", "ann@example.net"):
        rows = exported(harness, connection)
        rows[0]["Email"] = name
        batches.append(staged(harness, connection, saved(harness, rows, f"{name}.csv")))
    for batch in batches:
        harness.services.queue.close_batch(batch, 1, now=harness.clock.now())
    assert states(harness, connection) == [("skipped", "corrected"), ("waiting", ""), ("skipped", "mark_conflict")]
    all_balance(harness)


def test_who_is_being_sent_or_was_erased_is_left_alone(harness: Harness, connection: Connection) -> None:
    first, second = queue(
        harness, connection, Donor(email="ann@example.org"), Donor(email="bea@example.org"), state=WAITING, why=None
    )
    rows = exported(harness, connection)
    for row in rows:
        row["First name"] = "New"
    batch = staged(harness, connection, saved(harness, rows, "staged.csv"))
    harness.services.erasure.erase("bea@example.org", harness.clock.now())
    claim = harness.services.queue.claim(connection.id, harness.clock.now())
    assert isinstance(claim, Claim)
    assert claim.record_id == first
    take(harness, connection, saved(harness, rows))
    harness.services.queue.close_batch(batch, 2, now=harness.clock.now())
    assert states(harness, connection)[:2] == [("sending", ""), ("skipped", "erased")]
    assert sorted(states(harness, connection)[2:]) == [("skipped", "mark_busy")] * 2 + [("skipped", "mark_gone")] * 2
    assert second in {record.id for record in records_of(harness, connection)}


def test_an_older_store_s_withdrawing_opens_the_records_too(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    batch = take(harness, connection, saved(harness, rows))
    assert harness.services.queue.withdraw(batch.batch_id) == 1
    assert states(harness, connection) == [("held", "bad_email")]
