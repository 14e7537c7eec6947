"""A report that comes back: each corrected row replaces its record, whatever a spreadsheet did to the rest."""

import csv
from collections.abc import Callable

import pytest

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Decision, RecordState
from ac_desktop.practice.faults import Faults
from tests.harness import Harness
from tests.importing.books import write_ods, write_xlsx
from tests.importing.corrections.support import (
    ANN,
    BEA,
    FAILED,
    HELD,
    SKIPPED,
    WAITING,
    Rows,
    all_balance,
    as_csv,
    exported,
    queue,
    records_of,
    saved,
    states,
    take,
)
from tests.store.plain_rows import plain_rows


def test_a_corrected_row_takes_the_place_of_its_record(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN, BEA)
    rows = exported(harness, connection)
    assert [name for name in rows[0] if not name.startswith(("Relay ", "File: "))] == [
        "Email", "First name", "Last name", "Phone", "Page",
    ]  # fmt: skip
    assert [name for name in rows[0] if name.startswith("File: ")] == ["File: Amount", "File: Date"]
    rows[1]["Email"] = "bea@example.org"
    batch = take(harness, connection, saved(harness, rows))
    assert (batch.result.rows, batch.result.waiting, batch.uncorrected_rows) == (1, 1, 1)
    assert states(harness, connection) == [("held", "bad_email"), ("skipped", "corrected"), ("waiting", "")]
    ann, old, new = records_of(harness, connection)
    assert new.donor == Donor(
        email="bea@example.org", phone=BEA.phone, first_name="Bea", last_name="O'Dash", page="spring"
    )
    assert old.reason is not None
    assert "replaced this row" in old.reason.text
    assert ann.donor == ANN
    all_balance(harness)


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [
        ("First name", "Joseph", "first_name"),
        ("Last name", "Lukas", "last_name"),
        ("Phone", "2252501301", "phone"),
        ("Page", "autumn", "page"),
    ],
)
def test_whichever_column_is_corrected_counts(
    harness: Harness, connection: Connection, column: str, value: str, field: str
) -> None:
    queue(harness, connection, ANN)
    rows = exported(harness, connection)
    rows[0][column] = value
    take(harness, connection, saved(harness, rows))
    new = records_of(harness, connection)[-1]
    assert getattr(new.donor, field) == value
    assert (new.state, new.donor.email) == (HELD, "ann@")
    assert states(harness, connection)[0] == ("skipped", "corrected")
    all_balance(harness)


@pytest.mark.parametrize("state", [HELD, FAILED, SKIPPED, WAITING])
def test_held_failed_skipped_and_waiting_ones_are_replaced(
    harness: Harness, connection: Connection, state: RecordState
) -> None:
    why = None if state is WAITING else reason(ReasonCode.ALREADY_QUEUED, date="2026-03-04", row=2, file="x.csv")
    queue(harness, connection, ANN, state=state, why=why)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    take(harness, connection, saved(harness, rows))
    assert states(harness, connection) == [("skipped", "corrected"), ("waiting", "")]
    harness.relay(connection)
    assert harness.emails_on_list() == {"ann@example.org"}
    all_balance(harness)


def test_the_same_report_twice_changes_nothing_more(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    take(harness, connection, saved(harness, rows))
    before = states(harness, connection)
    with pytest.raises(ImportFileError, match="No rows of the report"):
        take(harness, connection, saved(harness, rows))
    assert states(harness, connection) == before


def test_an_old_report_corrects_what_replaced_its_record(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@still"
    take(harness, connection, saved(harness, rows))
    assert states(harness, connection) == [("skipped", "corrected"), ("held", "bad_email")]
    again = exported(harness, connection)[1:]
    again[0]["Email"] = "ann@example.org"
    take(harness, connection, saved(harness, again))
    assert states(harness, connection)[1:] == [("skipped", "corrected"), ("waiting", "")]
    all_balance(harness)


def test_a_correction_taken_back_is_not_skipped_as_known(harness: Harness, connection: Connection) -> None:
    """The row is again what it was at first; nobody is to be lost between two records that both were replaced."""
    path = harness.folder / "gifts.csv"
    path.write_text("Email,First Name\nann@example.org,Ann\n", encoding="utf-8")
    take(harness, connection, path)
    for email in ("anne@example.org", "ann@example.org"):
        rows = exported(harness, connection)[-1:]
        rows[0]["Email"] = email
        batch = take(harness, connection, saved(harness, rows))
        assert batch.result.waiting == 1
    assert [state for state, _ in states(harness, connection)] == ["skipped", "skipped", "waiting"]
    assert take(harness, connection, path).result.skipped == 1
    all_balance(harness)


def spoiled(rows: Rows) -> Rows:
    """Do to a report what spreadsheets do without being asked."""
    reported = []
    for row in reversed(rows):
        made = {name: row[name] for name in sorted(row, reverse=True)}
        made["Page"] = made["Page"].lstrip("0")
        made["Phone"] = made["Phone"].replace("'+442079460958", "4.42079E+11").replace(BEA.phone, "1.23457E+16")
        made["Relay row"] = f"{made['Relay row']}.0"
        made["Relay mark"] = f" {made['Relay mark'].lower()} "
        made["File: Amount"], made["File: Date"] = "5", "2026-03-04"
        reported.append(made)
    return reported


HABITS: dict[str, Callable[[Rows], bytes]] = {
    "excel, semicolons, windows-1252": lambda rows: as_csv(rows, delimiter=";").encode("cp1252", "replace"),
    "excel, utf-8 with a mark": lambda rows: as_csv(rows).encode("utf-8-sig"),
    "excel, unicode text": lambda rows: as_csv(rows, delimiter="\t").encode("utf-16"),
    "excel for dos": lambda rows: as_csv(rows).encode("cp850", "replace"),
    "libreoffice, all quoted": lambda rows: as_csv(rows, quoting=csv.QUOTE_ALL, lineterminator="\n").encode(),
    "opened as the wrong encoding": lambda rows: as_csv(rows).encode().decode("cp1252", "replace").encode(),
}


@pytest.mark.parametrize("habit", HABITS)
def test_what_a_spreadsheet_does_to_the_rest_is_no_correction(
    harness: Harness, connection: Connection, habit: str
) -> None:
    queue(harness, connection, ANN, BEA)
    rows = spoiled(exported(harness, connection))
    path = harness.folder / "spoiled.csv"
    path.write_bytes(HABITS[habit](rows))
    with pytest.raises(ImportFileError, match="No rows of the report"):
        take(harness, connection, path)
    rows[0]["Email"] = "bea@example.org"
    path.write_bytes(HABITS[habit](rows))
    batch = take(harness, connection, path)
    assert (batch.result.waiting, batch.result.rows, batch.uncorrected_rows) == (1, 1, 1)
    new = records_of(harness, connection)[-1]
    assert (new.donor.first_name, new.donor.phone, new.donor.page) == ("Bea", BEA.phone, "spring")
    all_balance(harness)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_report_saved_as_a_workbook_comes_back(harness: Harness, connection: Connection, ending: str) -> None:
    """Numbers are numbers there: leading zeros are gone, and long digits keep fifteen places."""
    queue(harness, connection, ANN, BEA)
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    sheet: list[list[str | int | float | bool | None]] = [list(rows[0])]
    for row in rows:
        cells = [value.removeprefix("'") for value in row.values()]
        sheet.append([float(cell) if cell.lstrip("+").isdigit() else cell for cell in cells])
    write = write_xlsx if ending == "xlsx" else write_ods
    batch = take(harness, connection, write(harness.folder / f"report.{ending}", {"Sheet1": sheet}))
    assert (batch.result.waiting, batch.uncorrected_rows) == (1, 1)
    new = records_of(harness, connection)[-1]
    assert (new.donor.phone, new.donor.page, new.donor.email) == (ANN.phone, "0042", "ann@example.org")
    all_balance(harness)


def test_undoing_leaves_the_records_as_before(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN, state=FAILED, why=reason(ReasonCode.DONOR_REFUSED, detail="No."))
    rows = exported(harness, connection)
    rows[0]["Email"] = "ann@example.org"
    batch = take(harness, connection, saved(harness, rows))
    assert harness.services.staging.withdraw(batch.batch_id, harness.clock.now()) == 1
    assert states(harness, connection) == [("failed", "donor_refused")]
    all_balance(harness)
    take(harness, connection, saved(harness, rows))
    assert states(harness, connection) == [("skipped", "corrected"), ("waiting", "")]


def test_two_rows_corrected_to_one_address_send_it_once(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, ANN, BEA)
    rows = exported(harness, connection)
    for row in rows:
        row["Email"] = "both@example.org"
    batch = take(harness, connection, saved(harness, rows))
    assert (batch.result.waiting, batch.result.skipped) == (1, 1)
    all_balance(harness)


@pytest.mark.parametrize(
    ("state", "why", "email", "after"),
    [
        (HELD, reason(ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors"), "", ("held", "unsubscribed_undated")),
        (HELD, reason(ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors"), "new@example.org", ("waiting", "")),
        (HELD, reason(ReasonCode.HELD_BY_PERSON, person="pat"), "new@example.org", ("held", "held_by_person")),
        (SKIPPED, reason(ReasonCode.REFUNDED), "new@example.org", ("skipped", "refunded")),
        (SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=9), "", ("skipped", "duplicate_row")),
        (SKIPPED, reason(ReasonCode.DUPLICATE_ROW, row=9), "new@example.org", ("waiting", "")),
        (
            SKIPPED, reason(ReasonCode.SKIPPED_BY_PERSON, person="pat"), "new@example.org",
            ("skipped", "skipped_by_person"),
        ),
    ],
)  # fmt: skip
def test_a_correction_is_no_consent_and_makes_no_donation(
    harness: Harness, connection: Connection, state: RecordState, why: object, email: str, after: tuple[str, str]
) -> None:
    queue(harness, connection, Donor(email="ann@example.org", first_name="Ann"), state=state, why=why)
    rows = exported(harness, connection)
    rows[0] |= {"First name": "Anna", "Email": email or "ann@example.org"}
    take(harness, connection, saved(harness, rows))
    assert states(harness, connection) == [("skipped", "corrected"), after]


def test_a_leave_to_subscribe_again_does_not_go_over_to_the_correction(
    harness: Harness, connection: Connection
) -> None:
    (number,) = queue(
        harness, connection, Donor(email="ann@example.org"), why=reason(ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors")
    )
    harness.services.decisions.decide([number], Decision.RESUBSCRIBE, harness.clock.now(), why="she called")
    rows = exported(harness, connection)
    rows[0]["First name"] = "Ann"
    take(harness, connection, saved(harness, rows))
    leaves = harness.services.database.rows("SELECT resubscribe FROM record ORDER BY id")
    assert plain_rows(leaves) == [(0,), (0,)]


def test_a_failed_donor_of_the_relay_is_corrected_and_arrives(harness: Harness, connection: Connection) -> None:
    queue(harness, connection, Donor(email="ann@example.org", first_name="Ann"), state=WAITING, why=None)
    harness.account.faults = Faults(refuse_addresses=True)
    harness.relay(connection)
    harness.account.faults = Faults()
    assert states(harness, connection) == [("failed", "donor_refused")]
    rows = exported(harness, connection)
    rows[0]["Email"] = "anna@example.org"
    take(harness, connection, saved(harness, rows))
    harness.relay(connection)
    assert harness.emails_on_list() == {"anna@example.org"}
    assert [state for state, _ in states(harness, connection)] == ["skipped", "sent"]
    all_balance(harness)
