"""A report that comes back: each corrected row replaces its record, whatever a spreadsheet did to the rest."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.importing.detection.profiles import load_profiles
from ac_desktop.importing.detection.record_marks import MarkedRecord, MarkTrouble, mark_of, read_mark
from ac_desktop.importing.detection.spreadsheet_damage import is_same
from ac_desktop.importing.edits import repair
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.pipeline import ImportedBatch, import_table
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Decision, RecordState
from ac_desktop.practice.faults import Faults
from ac_desktop.reporting.report import write_report
from ac_desktop.store.privacy.agreed_time import AgreedTime
from ac_desktop.store.queue.claims import Claim
from ac_desktop.store.queue.records import BatchSource, NewRecord, Record
from tests.harness import Harness
from tests.importing.books import write_ods, write_xlsx

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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def connection(desk: Harness) -> Connection:
    return desk.connect()


def queue(
    desk: Harness, connection: Connection, *made: Donor, state: RecordState = HELD, why: object = BAD
) -> list[int]:
    """Queue donors as the rows of a file; returns their records' numbers."""
    store, now = desk.services.queue, desk.clock.now()
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
    return [record.id for record in records_of(desk, connection)][-len(made) :]


def records_of(desk: Harness, connection: Connection) -> list[Record]:
    return list(desk.services.views.all_records(connection.id))


def states(desk: Harness, connection: Connection) -> list[tuple[str, str]]:
    return [
        (record.state.value, record.reason.code.value if record.reason else "")
        for record in records_of(desk, connection)
    ]


def exported(desk: Harness, connection: Connection) -> Rows:
    path = desk.folder / "report.csv"
    write_report(path, desk.services.reports.of_states(connection.id, tuple(RecordState)))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(rows: Rows, **habits: object) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), **habits)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def saved(desk: Harness, rows: Rows, name: str = "corrected.csv") -> Path:
    path = desk.folder / name
    path.write_text(as_csv(rows), encoding="utf-8", newline="")
    return path


def take(desk: Harness, connection: Connection, path: Path) -> ImportedBatch:
    services = desk.services
    (told,) = import_table(
        services.queue, services.fingerprints, connection, [path], load_profiles(), now=desk.clock.now()
    )
    assert told.receipt.balances
    return told


def all_balance(desk: Harness) -> None:
    """Every batch's account comes out, and the counts are those of the records themselves."""
    services = desk.services
    for number, read in services.database.rows("SELECT id, rows_read FROM batch"):
        facts = services.staging.facts(number)
        assert facts is not None
        assert services.queue.batch_counts(number).rows + facts.withdrawn == read
        assert services.staging.kinds(number).counts == services.queue.batch_counts(number)


def test_a_corrected_row_takes_the_place_of_its_record(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, ANN, BEA)
    rows = exported(desk, connection)
    assert [name for name in rows[0] if not name.startswith(("Relay ", "File: "))] == [
        "Email", "First name", "Last name", "Phone", "Page",
    ]  # fmt: skip
    assert [name for name in rows[0] if name.startswith("File: ")] == ["File: Amount", "File: Date"]
    rows[1]["Email"] = "bea@example.org"
    told = take(desk, connection, saved(desk, rows))
    assert (told.receipt.rows, told.receipt.waiting, told.uncorrected_rows) == (1, 1, 1)
    assert states(desk, connection) == [("held", "bad_email"), ("skipped", "corrected"), ("waiting", "")]
    ann, old, new = records_of(desk, connection)
    assert new.donor == Donor(
        email="bea@example.org", phone=BEA.phone, first_name="Bea", last_name="O'Dash", page="spring"
    )
    assert old.reason is not None
    assert "replaced this row" in old.reason.text
    assert ann.donor == ANN
    all_balance(desk)


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
    desk: Harness, connection: Connection, column: str, value: str, field: str
) -> None:
    queue(desk, connection, ANN)
    rows = exported(desk, connection)
    rows[0][column] = value
    take(desk, connection, saved(desk, rows))
    new = records_of(desk, connection)[-1]
    assert getattr(new.donor, field) == value
    assert (new.state, new.donor.email) == (HELD, "ann@")
    assert states(desk, connection)[0] == ("skipped", "corrected")
    all_balance(desk)


@pytest.mark.parametrize("state", [HELD, FAILED, SKIPPED, WAITING])
def test_held_failed_skipped_and_waiting_ones_are_replaced(
    desk: Harness, connection: Connection, state: RecordState
) -> None:
    why = None if state is WAITING else reason(ReasonCode.ALREADY_QUEUED, date="2026-03-04", row=2, file="x.csv")
    queue(desk, connection, ANN, state=state, why=why)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.org"
    take(desk, connection, saved(desk, rows))
    assert states(desk, connection) == [("skipped", "corrected"), ("waiting", "")]
    desk.relay(connection)
    assert desk.emails_on_list() == {"ann@example.org"}
    all_balance(desk)


def test_the_same_report_twice_changes_nothing_more(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, ANN)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.org"
    take(desk, connection, saved(desk, rows))
    before = states(desk, connection)
    with pytest.raises(ImportFileError, match="No row of the report"):
        take(desk, connection, saved(desk, rows))
    assert states(desk, connection) == before


def test_an_old_report_corrects_what_replaced_its_record(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, ANN)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@still"
    take(desk, connection, saved(desk, rows))
    assert states(desk, connection) == [("skipped", "corrected"), ("held", "bad_email")]
    again = exported(desk, connection)[1:]
    again[0]["Email"] = "ann@example.org"
    take(desk, connection, saved(desk, again))
    assert states(desk, connection)[1:] == [("skipped", "corrected"), ("waiting", "")]
    all_balance(desk)


def test_a_correction_taken_back_is_not_skipped_as_known(desk: Harness, connection: Connection) -> None:
    """The row is again what it was at first; nobody is to be lost between two records that both were replaced."""
    path = desk.folder / "gifts.csv"
    path.write_text("Email,First Name\nann@example.org,Ann\n", encoding="utf-8")
    take(desk, connection, path)
    for email in ("anne@example.org", "ann@example.org"):
        rows = exported(desk, connection)[-1:]
        rows[0]["Email"] = email
        told = take(desk, connection, saved(desk, rows))
        assert told.receipt.waiting == 1
    assert [state for state, _ in states(desk, connection)] == ["skipped", "skipped", "waiting"]
    assert take(desk, connection, path).receipt.skipped == 1
    all_balance(desk)


def spoiled(rows: Rows) -> Rows:
    """Do to a report what spreadsheets do without being asked."""
    told = []
    for row in reversed(rows):
        made = {name: row[name] for name in sorted(row, reverse=True)}
        made["Page"] = made["Page"].lstrip("0")
        made["Phone"] = made["Phone"].replace("'+442079460958", "4.42079E+11").replace(BEA.phone, "1.23457E+16")
        made["Relay row"] = f"{made['Relay row']}.0"
        made["Relay mark"] = f" {made['Relay mark'].lower()} "
        made["File: Amount"], made["File: Date"] = "5", "2026-03-04"
        told.append(made)
    return told


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
    desk: Harness, connection: Connection, habit: str
) -> None:
    queue(desk, connection, ANN, BEA)
    rows = spoiled(exported(desk, connection))
    path = desk.folder / "spoiled.csv"
    path.write_bytes(HABITS[habit](rows))
    with pytest.raises(ImportFileError, match="No row of the report"):
        take(desk, connection, path)
    rows[0]["Email"] = "bea@example.org"
    path.write_bytes(HABITS[habit](rows))
    told = take(desk, connection, path)
    assert (told.receipt.waiting, told.receipt.rows, told.uncorrected_rows) == (1, 1, 1)
    new = records_of(desk, connection)[-1]
    assert (new.donor.first_name, new.donor.phone, new.donor.page) == ("Bea", BEA.phone, "spring")
    all_balance(desk)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_report_saved_as_a_workbook_comes_back(desk: Harness, connection: Connection, ending: str) -> None:
    """Numbers are numbers there: leading zeros are gone, and long digits keep fifteen places."""
    queue(desk, connection, ANN, BEA)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.org"
    sheet: list[list[str | int | float | bool | None]] = [list(rows[0])]
    for row in rows:
        cells = [value.removeprefix("'") for value in row.values()]
        sheet.append([float(cell) if cell.lstrip("+").isdigit() else cell for cell in cells])
    write = write_xlsx if ending == "xlsx" else write_ods
    told = take(desk, connection, write(desk.folder / f"report.{ending}", {"Sheet1": sheet}))
    assert (told.receipt.waiting, told.uncorrected_rows) == (1, 1)
    new = records_of(desk, connection)[-1]
    assert (new.donor.phone, new.donor.page, new.donor.email) == (ANN.phone, "0042", "ann@example.org")
    all_balance(desk)


def test_a_correction_in_the_window_meanwhile_stays(desk: Harness, connection: Connection) -> None:
    first, second = queue(desk, connection, ANN, BEA)
    rows = exported(desk, connection)
    repaired(desk, connection, first, email="ann@example.org")
    repaired(desk, connection, second, first_name="Beatrix")
    rows[0]["Email"] = "ann@example.net"
    rows[1]["Email"] = "bea@example.org"
    told = take(desk, connection, saved(desk, rows))
    assert (told.receipt.waiting, told.receipt.skipped) == (1, 1)
    assert states(desk, connection) == [
        ("waiting", ""), ("skipped", "corrected"), ("skipped", "mark_conflict"), ("waiting", ""),
    ]  # fmt: skip
    new = records_of(desk, connection)[-1]
    assert (new.donor.first_name, new.donor.email) == ("Beatrix", "bea@example.org")
    all_balance(desk)


def test_an_uncorrected_row_does_not_take_a_window_s_correction_back(desk: Harness, connection: Connection) -> None:
    (number,) = queue(desk, connection, ANN)
    rows = exported(desk, connection)
    repaired(desk, connection, number, email="ann@example.org")
    with pytest.raises(ImportFileError, match="No row of the report"):
        take(desk, connection, saved(desk, rows))
    assert records_of(desk, connection)[0].donor.email == "ann@example.org"


def repaired(desk: Harness, connection: Connection, number: int, **changes: str) -> None:
    record = desk.services.views.record(number)
    assert record is not None
    assert repair(desk.services.repairs, record, changes, connection, desk.clock.now()) is not None


def test_who_was_sent_meanwhile_is_not_sent_twice(desk: Harness, connection: Connection) -> None:
    good = Donor(email="ann@example.org", first_name="Ann")
    queue(desk, connection, good, state=WAITING, why=None)
    rows = exported(desk, connection)
    desk.relay(connection)
    asked = desk.account.count("contact/sync")
    rows[0]["First name"] = "Anna"
    told = take(desk, connection, saved(desk, rows))
    assert (told.receipt.skipped, told.receipt.waiting) == (1, 0)
    assert states(desk, connection) == [("sent", ""), ("skipped", "mark_sent")]
    desk.relay(connection)
    assert desk.account.count("contact/sync") == asked
    all_balance(desk)


def test_who_is_sent_while_the_report_is_looked_at_is_not_sent_twice(desk: Harness, connection: Connection) -> None:
    """The Check page is open: the batch is staged, and closed after the relay."""
    queue(desk, connection, Donor(email="ann@example.org"), state=WAITING, why=None)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.net"
    batch = staged(desk, connection, saved(desk, rows))
    desk.relay(connection)
    desk.services.queue.close_batch(batch, 1, now=desk.clock.now())
    assert states(desk, connection) == [("sent", ""), ("skipped", "mark_sent")]
    desk.relay(connection)
    assert desk.emails_on_list() == {"ann@example.org"}
    all_balance(desk)


def test_a_record_that_is_removed_or_corrected_while_the_report_is_looked_at(
    desk: Harness, connection: Connection
) -> None:
    first, second, third = queue(desk, connection, ANN, BEA, ANN)
    rows = exported(desk, connection)
    for number, row in enumerate(rows):
        row["Email"] = f"donor{number}@example.org"
    batch = staged(desk, connection, saved(desk, rows))
    desk.services.changes.remove([first], desk.clock.now())
    repaired(desk, connection, second, email="bea@example.net")
    desk.services.queue.close_batch(batch, 3, now=desk.clock.now())
    assert states(desk, connection) == [
        ("waiting", ""), ("skipped", "corrected"), ("skipped", "mark_gone"), ("skipped", "mark_conflict"),
        ("waiting", ""),
    ]  # fmt: skip
    assert third in {record.id for record in records_of(desk, connection)}


def staged(desk: Harness, connection: Connection, path: Path) -> int:
    """Read a file as the window does, up to its Check page."""
    from ac_desktop.importing.options import ImportOptions, ImportSource
    from ac_desktop.importing.row_sink import StoreRowSink
    from ac_desktop.importing.staging import TableStager

    services = desk.services
    stager = TableStager(
        services.queue, connection, load_profiles(), key=services.fingerprints.key(), now=desk.clock.now(),
        into=StoreRowSink(services.queue, services.fingerprints),
    )  # fmt: skip
    part = ImportSource(path)
    table = part.open(ImportOptions(), ())
    return stager.stage(table, stager.recognise(table, ImportOptions()), part, ImportOptions()).batch_id


def test_undoing_lets_the_records_stand_as_before(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, ANN, state=FAILED, why=reason(ReasonCode.DONOR_REFUSED, detail="No."))
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.org"
    told = take(desk, connection, saved(desk, rows))
    assert desk.services.staging.withdraw(told.batch_id, desk.clock.now()) == 1
    assert states(desk, connection) == [("failed", "donor_refused")]
    all_balance(desk)
    take(desk, connection, saved(desk, rows))
    assert states(desk, connection) == [("skipped", "corrected"), ("waiting", "")]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _: "", "mark_missing"),
        (lambda mark: mark[:-1], "mark_damaged"),
        (lambda mark: mark.replace("-", "").replace(mark[3], "Z" if mark[3] != "Z" else "Y", 1), "mark_damaged"),
        (lambda _: "2", "mark_damaged"),
        (lambda _: mark_of(1, 0, b"another folder's key"), "mark_foreign"),
    ],
)
def test_a_wrong_mark_is_told_and_nothing_is_guessed(
    desk: Harness, connection: Connection, spoil: Callable[[str], str], code: str
) -> None:
    queue(desk, connection, ANN, BEA)
    rows = exported(desk, connection)
    rows[0] |= {"Email": "ann@example.org", "Relay mark": spoil(rows[0]["Relay mark"])}
    rows[1]["Email"] = "bea@example.org"
    told = take(desk, connection, saved(desk, rows))
    assert (told.receipt.rows, told.receipt.waiting, told.receipt.skipped) == (2, 1, 1)
    assert states(desk, connection)[0] == ("held", "bad_email")
    assert ("skipped", code) in states(desk, connection)
    all_balance(desk)
    genuine = desk.folder / "new.csv"
    genuine.write_text("Email,First name\nann@example.org,José\n", encoding="utf-8")
    assert take(desk, connection, genuine).receipt.waiting == 1


def test_two_rows_with_one_mark_change_nothing(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, ANN, BEA)
    rows = exported(desk, connection)
    rows.append(rows[0] | {"Email": "ann@example.net"})
    rows[0]["Email"] = "ann@example.org"
    rows[1]["Email"] = "bea@example.org"
    told = take(desk, connection, saved(desk, rows))
    assert (told.receipt.waiting, told.receipt.skipped) == (1, 2)
    assert states(desk, connection)[0] == ("held", "bad_email")
    assert states(desk, connection).count(("skipped", "mark_twice")) == 2
    all_balance(desk)


def test_two_rows_corrected_to_one_address_send_it_once(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, ANN, BEA)
    rows = exported(desk, connection)
    for row in rows:
        row["Email"] = "both@example.org"
    told = take(desk, connection, saved(desk, rows))
    assert (told.receipt.waiting, told.receipt.skipped) == (1, 1)
    all_balance(desk)


def test_a_report_of_another_connection_or_folder_is_refused(
    desk: Harness, connection: Connection, tmp_path: Path
) -> None:
    queue(desk, connection, ANN)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.org"
    other = desk.connect("Autumn")
    with pytest.raises(ImportFileError, match="another connection"):
        take(desk, other, saved(desk, rows))
    assert states(desk, other) == []
    with Harness(tmp_path / "elsewhere") as elsewhere:
        foreign = elsewhere.connect()
        queue(elsewhere, foreign, ANN)
        with pytest.raises(ImportFileError, match="another data folder"):
            take(elsewhere, foreign, saved(desk, rows))
        assert states(elsewhere, foreign) == [("held", "bad_email")]
    queue(desk, other, BEA)
    mixed = [*rows, *exported(desk, other)]
    told = take(desk, connection, saved(desk, mixed))
    assert (told.receipt.waiting, told.receipt.skipped) == (1, 1)
    assert states(desk, other) == [("held", "bad_email")]


@pytest.mark.parametrize("lost", ["headings", "mark column"])
def test_a_report_that_lost_its_headings_or_its_marks_is_refused(
    desk: Harness, connection: Connection, lost: str
) -> None:
    queue(desk, connection, ANN)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.org"
    if lost == "headings":
        path = desk.folder / "headless.csv"
        path.write_text("".join(as_csv(rows).splitlines(keepends=True)[1:]), encoding="utf-8")
    else:
        path = saved(desk, [{name: cell for name, cell in rows[0].items() if name != "Relay mark"}])
    with pytest.raises(ImportFileError, match="its headings or its marks are missing"):
        take(desk, connection, path)
    assert states(desk, connection) == [("held", "bad_email")]


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
    desk: Harness, connection: Connection, state: RecordState, why: object, email: str, after: tuple[str, str]
) -> None:
    queue(desk, connection, Donor(email="ann@example.org", first_name="Ann"), state=state, why=why)
    rows = exported(desk, connection)
    rows[0] |= {"First name": "Anna", "Email": email or "ann@example.org"}
    take(desk, connection, saved(desk, rows))
    assert states(desk, connection) == [("skipped", "corrected"), after]


def test_a_leave_to_subscribe_again_does_not_go_over_to_the_correction(desk: Harness, connection: Connection) -> None:
    (number,) = queue(
        desk, connection, Donor(email="ann@example.org"), why=reason(ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors")
    )
    desk.services.decisions.decide([number], Decision.RESUBSCRIBE, desk.clock.now(), why="she called")
    rows = exported(desk, connection)
    rows[0]["First name"] = "Ann"
    take(desk, connection, saved(desk, rows))
    leaves = desk.services.database.rows("SELECT resubscribe FROM record ORDER BY id")
    assert leaves == [(0,), (0,)]


def test_a_failed_donor_of_the_relay_is_corrected_and_arrives(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, Donor(email="ann@example.org", first_name="Ann"), state=WAITING, why=None)
    desk.account.faults = Faults(refuse_addresses=True)
    desk.relay(connection)
    desk.account.faults = Faults()
    assert states(desk, connection) == [("failed", "donor_refused")]
    rows = exported(desk, connection)
    rows[0]["Email"] = "anna@example.org"
    take(desk, connection, saved(desk, rows))
    desk.relay(connection)
    assert desk.emails_on_list() == {"anna@example.org"}
    assert [state for state, _ in states(desk, connection)] == ["skipped", "sent"]
    all_balance(desk)


def test_who_is_erased_by_the_right_address_is_erased_under_the_wrong_one_too(
    desk: Harness, connection: Connection
) -> None:
    queue(desk, connection, ANN)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.org"
    take(desk, connection, saved(desk, rows))
    assert desk.services.erasing.erase("ann@example.org", desk.clock.now()).found.records == 2
    assert {record.donor.first_name for record in records_of(desk, connection)} == {""}
    told = take(desk, connection, saved(desk, rows))
    assert told.receipt.skipped == 1
    assert states(desk, connection)[-1] == ("skipped", "mark_gone")


OLD = (
    "Relay file", "Relay sheet", "Relay row", "Relay state", "Relay reason", "Relay can be fixed by", "Relay email",
    "Relay first name", "Relay last name", "Relay phone", "Relay page", "Relay contact", "Relay status",
    "Relay response",
)  # fmt: skip


def old_rows(*donors: Donor) -> Rows:
    """Write what an older version's report said of `queue`'s donors."""
    made = []
    for row, donor in enumerate(donors, 2):
        ours = (
            "gifts.csv", "", str(row), "held", "why", "You", donor.email, donor.first_name, donor.last_name,
            f"'{donor.phone}" if donor.phone[:1] == "+" else donor.phone, donor.page, "", "", "",
        )  # fmt: skip
        original = zip(HEADER, (donor.email, donor.first_name, "$5.00", "3/4/2026"), strict=True)
        made.append({**dict(zip(OLD, ours, strict=True)), **dict(original)})
    return made


@pytest.mark.parametrize("column", ["Relay email", "Email"])
def test_a_report_of_an_older_version_corrects_by_either_column(
    desk: Harness, connection: Connection, column: str
) -> None:
    queue(desk, connection, ANN, BEA)
    rows = old_rows(ANN, BEA)
    with pytest.raises(ImportFileError, match="No row of the report"):
        take(desk, connection, saved(desk, rows))
    rows[1][column] = "bea@example.org"
    told = take(desk, connection, saved(desk, rows))
    assert (told.receipt.rows, told.receipt.waiting, told.uncorrected_rows) == (1, 1, 1)
    assert states(desk, connection) == [("held", "bad_email"), ("skipped", "corrected"), ("waiting", "")]
    all_balance(desk)


def test_an_older_report_whose_columns_disagree_or_whose_place_is_of_several_is_told(
    desk: Harness, connection: Connection
) -> None:
    queue(desk, connection, ANN)
    rows = old_rows(ANN)
    rows[0] |= {"Relay email": "ann@example.org", "Email": "ann@example.net"}
    take(desk, connection, saved(desk, rows))
    assert states(desk, connection) == [("held", "bad_email"), ("skipped", "mark_conflict")]
    queue(desk, connection, ANN)
    rows = old_rows(ANN)
    rows[0]["Email"] = "ann@example.org"
    take(desk, connection, saved(desk, rows))
    assert states(desk, connection)[-1] == ("skipped", "mark_missing")
    assert [state for state, _ in states(desk, connection)].count("waiting") == 0


def test_marks_are_texts_that_nobody_makes_up() -> None:
    key = b"k" * 16
    marks = {mark_of(number, edits, key): MarkedRecord(number, edits) for number in (1, 2, 999_999) for edits in (0, 7)}
    for mark, named in marks.items():
        assert read_mark(mark, key) == named
        assert read_mark(" " + mark.lower().replace("-", " \u2013 "), key) == named
        assert read_mark(mark, b"another") is MarkTrouble.FOREIGN
        wrong = [
            mark[:place] + letter + mark[place + 1 :]
            for place in range(2, len(mark))
            for letter in "2Z"
            if mark[place] not in f"-{letter}"
        ]
        assert not {read_mark(one, key) for one in wrong} & set(marks.values())
    assert read_mark("", key) is MarkTrouble.MISSING
    assert read_mark("R-2", key) is MarkTrouble.DAMAGED


@pytest.mark.parametrize(
    ("cell", "kept", "same"),
    [
        ("2.2525E+09", "2252501301", True),
        ("2.2525E+09", "2253501301", False),
        ("2,2525E+09", "2252501301", True),
        ("42", "0042", True),
        ("43", "0042", False),
        ("'+442079460958", "+442079460958", True),
        ("442079460958", "+442079460958", True),
        ("12345678901234500", "12345678901234567", True),
        ("Jos?", "José", True),
        ("JosÃ©", "José", True),
        ("?ukasz", "Łukasz", True),
        ("TRUE", "True", True),
        ("May-26", "may-2026", True),
        ("2026-05-01", "may-2026", True),
        ("Jun-26", "may-2026", False),
        ("2-Jan", "1-2", True),
        ("spring-2027", "spring-2026", False),
        ("spring-26", "autumn-2026", False),
        ("gala 5", "gala 6", False),
        ("ANN", "Ann", False),
        ("", "Ann", False),
        (" Ann\u00a0", "Ann", True),
        ("9" * 400 + "E9999", "1", False),
    ],
)
def test_what_is_the_same_value(cell: str, kept: str, same: bool) -> None:  # noqa: FBT001
    assert is_same(cell, kept) is same


def test_what_is_forgotten_or_erased_leaves_no_word_beside_the_correction(
    desk: Harness, connection: Connection
) -> None:
    """Why a record was held quotes its address, which is kept for undoing."""
    wrong = "ann.dot@exmaple"
    for erase in (False, True):
        queue(desk, connection, replace(ANN, email=wrong), why=reason(ReasonCode.BAD_EMAIL, email=wrong))
        rows = exported(desk, connection)[-1:]
        rows[0]["Email"] = f"ann{erase}@example.org"
        take(desk, connection, saved(desk, rows))
        if erase:
            desk.services.erasing.erase("anntrue@example.org", desk.clock.now())
        else:
            desk.relay(connection)
            desk.services.retention.remove_old(AgreedTime(desk.clock.now() + 400 * 86_400.0))
        kept = desk.services.database.rows("SELECT was_reason FROM correction WHERE was_reason IS NOT NULL")
        assert kept == []
    assert desk.services.database.rows("SELECT rowid FROM correction"), "erasing looks through tables by their rows"


def test_two_reports_looked_at_side_by_side_replace_a_record_once(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, ANN)
    batches = []
    for name in ("ann@example.org", "ann@example.net"):
        rows = exported(desk, connection)
        rows[0]["Email"] = name
        batches.append(staged(desk, connection, saved(desk, rows, f"{name}.csv")))
    for batch in batches:
        desk.services.queue.close_batch(batch, 1, now=desk.clock.now())
    assert states(desk, connection) == [("skipped", "corrected"), ("waiting", ""), ("skipped", "mark_conflict")]
    all_balance(desk)


def test_who_is_being_sent_or_was_erased_is_left_alone(desk: Harness, connection: Connection) -> None:
    first, second = queue(
        desk, connection, Donor(email="ann@example.org"), Donor(email="bea@example.org"), state=WAITING, why=None
    )
    rows = exported(desk, connection)
    for row in rows:
        row["First name"] = "New"
    batch = staged(desk, connection, saved(desk, rows, "staged.csv"))
    desk.services.erasing.erase("bea@example.org", desk.clock.now())
    claim = desk.services.queue.claim(connection.id, desk.clock.now())
    assert isinstance(claim, Claim)
    assert claim.record_id == first
    take(desk, connection, saved(desk, rows))
    desk.services.queue.close_batch(batch, 2, now=desk.clock.now())
    assert states(desk, connection)[:2] == [("sending", ""), ("skipped", "erased")]
    assert sorted(states(desk, connection)[2:]) == [("skipped", "mark_busy")] * 2 + [("skipped", "mark_gone")] * 2
    assert second in {record.id for record in records_of(desk, connection)}


def test_an_older_store_s_withdrawing_opens_the_records_too(desk: Harness, connection: Connection) -> None:
    queue(desk, connection, ANN)
    rows = exported(desk, connection)
    rows[0]["Email"] = "ann@example.org"
    told = take(desk, connection, saved(desk, rows))
    assert desk.services.queue.withdraw(told.batch_id) == 1
    assert states(desk, connection) == [("held", "bad_email")]
