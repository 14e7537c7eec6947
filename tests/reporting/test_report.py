"""The report of failed and held rows: safe in spreadsheets, and it comes back as it was."""

import csv
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from weakref import finalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.columns import by_heading, distinct
from ac_desktop.importing.profiles.report_columns import ReportColumn
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import escape_control_characters
from ac_desktop.practice.faults import Faults
from ac_desktop.reporting.import_result_file import ImportResultSheet, import_result_csv
from ac_desktop.reporting.report import ReportRow, write_report
from ac_desktop.store.queue.record_reader import PAGE
from tests.harness import Harness, donors
from tests.importing.files import open_table
from tests.store.sqlite_file import the_file

ORIGINAL = {"File: Type": "Withdrawal", "File: Note": "=SUM(A1)", "File: Empty": ""}
ANNIE = ReportRow(
    mark="R-2-3", file="gifts.csv", sheet="Spring", row=41, state="held", reason="not a complete address", who="You",
    email="annie@example.com", first_name="Annie", last_name="Dot", phone="+12252501301", page="spring",
    contact_id="25", status="422", response='{"errors":[]}', original=ORIGINAL,
)  # fmt: skip
CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["=1+1", "'=x", "@y", "-3", "\tz", "\rq", "''-"]
)


def seen(cell: str) -> str:
    """Return a cell as reports have it: control characters are escaped, what spreadsheets write stays."""
    return "".join(sign if sign in "\t\r\n" else escape_control_characters(sign) for sign in cell)


def test_the_file_is_made_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    assert write_report(path, [ANNIE]) == 1
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    header, row = csv.reader(content.decode("utf-8-sig").splitlines())
    assert header == [*ReportColumn, *ORIGINAL]
    assert "'=SUM(A1)" in row
    assert "'+12252501301" in row
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["report.csv"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_it_comes_back_cell_for_cell(tmp_path: Path, rows: list[list[str]]) -> None:
    header = ["Email", "=Formula", "", "Email"]
    path = tmp_path / "report.csv"
    report = [ReportRow(email="a@example.com", reason=cells[0], original=by_heading(header, cells)) for cells in rows]
    write_report(path, report)
    width = max(map(len, rows))
    table = open_table(path)
    assert table.header[len(ReportColumn) :] == ("Email", "=Formula", "Column 3", "Email (2)")[:width]
    back = [row.cells for row in table.rows()]
    wanted = [[seen(cell) for cell in cells] for cells in rows]
    assert [cells[len(ReportColumn) :] for cells in back] == [
        tuple([*cells, *[""] * width][:width]) for cells in wanted
    ]
    assert [cells[5] for cells in back] == [cells[0] for cells in wanted]


@pytest.mark.parametrize("sign", ["\x1b[2J", "\x9b31m", "\x07", "\u202e", "\u2066", "\u200f", "\u061c"])
def test_no_cell_steers_a_terminal_or_turns_a_line(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "report.csv"
    text = f"before {sign} after"
    row = replace(ANNIE, reason=text, first_name=text, response=text, original={f"File: {sign}": text})
    write_report(path, [row])
    written = path.read_text(encoding="utf-8-sig")
    assert sign[0] not in written
    assert written.count("before \ufffd") == 4
    sheet = ImportResultSheet(
        file_name=text, sha256="", recognised_as="", connection=text, account="", list_="", queued_at="", who="",
        result=ImportResult(rows=0),
    )  # fmt: skip
    assert sign[0] not in import_result_csv((sheet,)).decode("utf-8-sig")


def test_a_report_of_any_length_takes_the_room_of_one_row(tmp_path: Path) -> None:
    alive, most = [0], [0]

    class Cells(dict[str, str]):
        """A row's cells, of which the test knows when they are gone."""

    def note_gone() -> None:
        alive[0] -= 1

    def rows() -> Iterator[ReportRow]:
        for number in range(500):
            cells = Cells({"Email": f"donor{number}@example.org", f"Column {number // 100}": "x" * 200_000})
            finalize(cells, note_gone)
            alive[0] += 1
            most[0] = max(most[0], alive[0])
            yield ReportRow(email=cells["Email"], original=cells)

    path = tmp_path / "report.csv"
    assert write_report(path, rows()) == 500
    assert most[0] <= 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    assert header == [*ReportColumn, "Email", *(f"Column {number}" for number in range(5))]


def test_rows_and_their_last_answers_are_read_by_pages(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(3 * PAGE))
        harness.account.faults = Faults(refuse_addresses=True)
        harness.relay(connection)
        with harness.services.database.writing() as sql:
            sql.execute("UPDATE record SET state = CASE id % 2 WHEN 0 THEN 'failed' ELSE 'held' END")
        asked: list[str] = []
        the_file(harness.services.database)._connection().set_trace_callback(asked.append)
        states = (RecordState.FAILED, RecordState.HELD)
        rows = list(harness.services.reports.of_states(connection.id, states))
        the_file(harness.services.database)._connection().set_trace_callback(None)
    assert [row.row for row in rows] == list(range(2, 3 * PAGE + 2))
    assert rows[0].status == "422"
    assert rows[0].original == {}
    assert len(asked) < 20


def test_a_folder_that_cannot_be_written_to_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="couldn't be saved"):
        write_report(tmp_path / "gone" / "report.csv", [ANNIE])


def test_an_old_report_stays_when_the_new_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.csv"
    path.write_text("old")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(ImportFileError, match="Permission denied"):
        write_report(path, [ANNIE])
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["report.csv"]


def test_headings_that_occur_twice_are_distinguished() -> None:
    assert distinct(["A", "A", "A (2)"]) == ("A", "A (2)", "A (2) (2)")
    assert by_heading(["A", "A"], ["1", "2", "3"]) == {"A": "1", "A (2)": "2", "Column 3": "3"}


def test_the_receipt_says_itself_when_it_does_not_add_up() -> None:
    even = ImportResult(rows=340, sent=298, skipped=33, held=5, failed=4)
    assert even.balances
    assert even.text == "340 rows = 298 sent + 0 waiting + 5 held + 33 skipped + 4 failed"
    odd = ImportResult(rows=3, waiting=1)
    assert not odd.balances
    assert odd.text.endswith("The numbers don't add up: the total is 1.")
