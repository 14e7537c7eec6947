"""The import as a person does it: read, asked where something is open, checked, corrected, queued, undone."""

import threading
import zipfile
from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget

from ac_desktop.importing.detection.fields import Field
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.store.imports.staging import StagedFilter
from ac_desktop.ui.importing.check_model import CheckCol
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.importing.sheet import ImportPageId
from tests.anedot import Gift, gifts, write_export
from tests.ui.importing.support import PATIENCE, Office, donors_csv

ODD = ("ann@gmial.com,Ann,Dot,(225) 250-1301", "bad@,Bea,Dot,2.25E+09", "cy@example.org,Cy,Dot,")


def test_recognise_check_fix_a_cell_queue_and_undo(office: Office, tmp_path: Path) -> None:
    rows = [*gifts(3), Gift(number=7, email="zoe@"), Gift(number=8, email="payout@example.org", kind="Withdrawal")]
    office.take(write_export(tmp_path / "a b.csv", rows))
    office.until_check()
    preview = office.flow.standing.preview
    assert preview is not None
    assert preview.recognised_as == "Anedot transactions"
    assert "Comments" in preview.not_relayed
    assert office.cells(CheckCol.STATE) == ["Will be relayed"] * 3 + ["Needs repair", "Skipped"]
    assert office.desk.counts(office.connection).rows == 0
    assert office.desk.services.views.records(office.connection.id) == []
    assert office.sheet.go_on.text() == "&Queue 3 donors"
    office.type_into(3, CheckCol.EMAIL, "Zoe@Example.org ")
    assert office.cells(CheckCol.STATE)[3] == "Will be relayed"
    assert office.cells(CheckCol.EMAIL)[3] == "zoe@example.org"
    assert office.sheet.go_on.text() == "&Queue 4 donors"

    office.queue()

    assert office.sheet.page is ImportPageId.RECEIPT
    receipt = office.flow.standing.queued[0].receipt
    assert receipt.balances
    assert (receipt.rows, receipt.waiting, receipt.skipped) == (5, 4, 1)
    assert office.desk.counts(office.connection).waiting == 4
    assert office.sheet.receipt.undo.text() == "&Undo: take 4 donors back out"
    office.sheet.receipt.undo.click()
    office.until(lambda: office.desk.counts(office.connection).waiting == 0)
    office.until(lambda: "4 donors taken back" in office.sheet.receipt.told.text())
    receipt = office.flow.standing.queued[0].receipt
    assert receipt.balances
    assert receipt.withdrawn == 4
    events = office.desk.services.history.events(office.connection.id)
    assert [event.kind.value for event in events][-2:] == ["queued", "withdrawn"]


def test_the_rows_of_a_file_are_looked_up_once(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staging = office.desk.services.staging
    look, looks, may_end = staging.ids, list[StagedFilter](), threading.Event()

    def counted(batch_id: int, shown: StagedFilter) -> "array[int]":
        looks.append(shown)
        may_end.wait(PATIENCE / 1000)
        return look(batch_id, shown)

    monkeypatch.setattr(staging, "ids", counted)
    office.take(donors_csv(tmp_path, ODD))
    office.until_stage(ImportStage.CHECKING)
    office.sheet.go_on.click()
    may_end.set()
    office.until_stage(ImportStage.RECEIPT)
    assert looks == [StagedFilter()]


def test_kinds_are_counted_and_show_their_rows(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, [*ODD, "cy@example.org,Cyrus,Dot,"]))
    office.until_check()
    kinds = office.sheet.check.kinds
    texts = [kinds.item(row).text().strip() for row in range(kinds.count())]
    assert "Will be relayed (2)" in texts
    assert "incomplete e-mail address (1)" in texts
    assert "same donor twice, newest goes (1)" in texts
    assert "address perhaps mistyped (1)" in texts
    kinds.setCurrentRow(texts.index("damaged phone, left out (1)"))
    office.until(lambda: office.cells(CheckCol.ROW) == ["3"])
    office.sheet.check.only_problems.click()
    office.until(lambda: office.cells(CheckCol.ROW) == ["2", "3"])
    office.sheet.check.only_problems.click()
    office.until(lambda: len(office.cells(CheckCol.ROW)) == 4)
    assert "duplicate of row 5" in str(office.cells(CheckCol.PROBLEM)[2])


def test_a_mistyped_domain_is_offered_and_taken_by_a_button(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, ODD))
    office.until_check()
    button = office.sheet.check.take_suggestion
    assert button.text() == "&Use ann@gmail.com"
    with office.qtbot.waitSignal(office.flow.row_edited):
        button.click()
    assert office.cells(CheckCol.EMAIL)[0] == "ann@gmail.com"
    assert button.isHidden()


def test_a_correction_that_makes_two_rows_one_donor_lets_the_newest_go(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, ["ann@,Old,Dot,", "ann@example.org,New,Dot,"]))
    office.until_check()
    office.type_into(0, CheckCol.EMAIL, "ann@example.org")
    assert office.cells(CheckCol.STATE) == ["Skipped", "Will be relayed"]


def test_a_file_seen_before_offers_only_what_is_new(office: Office, tmp_path: Path) -> None:
    office.take(write_export(tmp_path / "november.csv", gifts(340)))
    office.until_check()
    office.queue()
    office.sheet.go_on.click()
    office.take(write_export(tmp_path / "november.csv", gifts(368)))
    office.until_check()
    assert office.sheet.go_on.text() == "&Queue 28 donors"
    assert "28 are new" in office.sheet.check.seen.text()
    office.sheet.check.only_new.click()
    office.until(lambda: office.sheet.go_on.text() == "&Queue 368 donors")
    office.sheet.check.only_new.click()
    office.until(lambda: office.sheet.go_on.text() == "&Queue 28 donors")
    office.queue()
    receipt = office.flow.standing.queued[0].receipt
    assert receipt.balances
    assert (receipt.rows, receipt.waiting, receipt.skipped) == (368, 28, 340)


def test_the_very_same_file_is_told_with_its_date(office: Office, tmp_path: Path) -> None:
    path = donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"])
    office.take(path)
    office.until_check()
    office.queue()
    office.take(path)
    office.until_check()
    assert "You queued this file on" in office.sheet.check.seen.text()
    assert "0 of 1 rows are new" in office.sheet.check.seen.text()


def test_the_columns_of_a_recognised_file_are_laid_out_when_somebody_looks_at_them(
    office: Office, tmp_path: Path
) -> None:
    office.take(donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"]))
    office.until_check()
    match = office.sheet.match
    assert match.table.rowCount() == 0
    office.sheet.steps.button(ImportPageId.MATCH).click()
    assert match.table.rowCount() == len(match.boxes) == 4
    assert {field.value for field in match.columns} == {box.currentData() for box in match.boxes} - {""}


def test_an_open_e_mail_column_is_asked_for_once(office: Office, tmp_path: Path) -> None:
    header = "Reach them at,Given Name,Colour"
    office.take(donors_csv(tmp_path, ["ann@example.org,Ann,red"], header=header))
    office.until_stage(ImportStage.ASKING)
    match = office.sheet.match
    assert office.sheet.page is ImportPageId.MATCH
    assert "Which column holds" in match.questions.text()
    assert not office.sheet.go_on.isEnabled()
    assert match.table.model().index(2, 1).data() == "red"
    for place in (1, 0):
        box = match.boxes[place]
        box.setCurrentIndex(box.findData(Field.EMAIL.value))
        box.activated.emit(box.currentIndex())
    assert "one column only" in match.note.text()
    assert match.boxes[1].currentData() == ""
    assert office.sheet.go_on.isEnabled()
    office.sheet.go_on.click()
    office.until_check()
    assert office.cells(CheckCol.EMAIL) == ["ann@example.org"]
    office.sheet.cancel.click()
    office.until_stage(ImportStage.IDLE)
    office.take(donors_csv(tmp_path, ["bea@example.org,Bea,blue"], "again.csv", header=header))
    office.until_check()
    assert office.cells(CheckCol.EMAIL) == ["bea@example.org"]


def test_the_page_is_asked_for_once(office: Office, tmp_path: Path) -> None:
    office.connection = office.desk.connect("Chosen", scope=Scope(ScopeKind.ONLY, ("spring",)))
    office.take(donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"]))
    office.until_stage(ImportStage.ASKING)
    assert office.sheet.match.page.accessibleName() == "Action page"
    assert not office.sheet.go_on.isEnabled()
    office.sheet.match.page.setText("spring")
    office.sheet.go_on.click()
    office.until_check()
    assert office.cells(CheckCol.PAGE) == ["spring"]


def test_reading_otherwise_stays_on_the_read_page(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("Report of May\n\nEmail;First Name\nann@example.org;Nuñez\nTotals;\n".encode("cp1252"))
    office.take(path)
    office.until_check()
    read = office.sheet.read
    assert (read.encoding.currentData(), read.delimiter.currentData(), read.header_row.value()) == ("cp1252", ";", 3)
    assert office.cells(CheckCol.FIRST) == ["Nuñez"]
    assert "1 row of sums left out" in office.sheet.check.told.text()
    office.sheet.steps.button(ImportPageId.READ).click()
    assert office.sheet.page is ImportPageId.READ
    read.encoding.setCurrentIndex(read.encoding.findData("mac-roman"))
    read.encoding.activated.emit(0)
    office.until(lambda: office.flow.standing.stage is ImportStage.CHECKING and office.flow.standing.by_hand)
    assert office.sheet.page is ImportPageId.READ
    office.sheet.go_on.click()
    office.until(lambda: office.cells(CheckCol.FIRST) == ["NuÒez"])
    office.sheet.steps.button(ImportPageId.READ).click()
    read.header_row.setValue(0)
    read.header_row.editingFinished.emit()
    office.until(lambda: office.flow.standing.preview is not None and office.flow.standing.preview.header_row == 0)


def test_several_files_and_a_zip_come_one_after_another(office: Office, tmp_path: Path) -> None:
    inner = donors_csv(tmp_path, ["zoe@example.org,Zoe,Dot,"], "inner.csv")
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(inner, "inner.csv")
    office.take(donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"], "one.csv"), packed, inner)
    office.until_check()
    assert "file 1 of 3: one.csv" in office.sheet.title.text()
    office.sheet.go_on.click()
    office.until(lambda: office.flow.standing.number == 2 and office.flow.standing.checked)
    assert "packed.zip/inner.csv" in office.sheet.title.text()
    office.sheet.go_on.click()
    office.until(lambda: office.flow.standing.number == 3 and office.flow.standing.checked)
    assert office.sheet.go_on.text() == "&Queue 0 donors"
    assert office.sheet.leave_out.isHidden()
    office.sheet.cancel.click()
    office.until_stage(ImportStage.RECEIPT)
    assert [one.receipt.rows for one in office.flow.standing.queued] == [1, 1]
    assert office.desk.counts(office.connection).rows == 2


def test_pasted_rows(office: Office) -> None:
    office.flow.take_text(office.connection.id, "ann@example.org\tAnn\tDot\nbea@example.org\tBea\tDot\n")
    office.until_stage(ImportStage.ASKING)
    office.sheet.go_on.click()
    office.until_check()
    assert office.cells(CheckCol.LAST) == ["Dot", "Dot"]
    office.queue()
    assert office.flow.standing.queued[0].facts.file_name == "Pasted text"


def test_what_cannot_be_read_says_so(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    office.take(path)
    office.until_stage(ImportStage.REFUSED)
    assert "What can be read: .csv" in office.sheet.refusal.text()
    office.sheet.go_on.click()
    office.until_stage(ImportStage.IDLE)


def test_cancel_asks_only_if_something_was_edited(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, ODD))
    office.until_check()
    QTest.keyClick(office.sheet, Qt.Key.Key_Escape)
    office.until_stage(ImportStage.IDLE)
    office.take(donors_csv(tmp_path, ODD))
    office.until_check()
    office.type_into(1, CheckCol.EMAIL, "bea@example.org")
    office.sheet.cancel.click()
    ask = office.sheet.findChild(QMessageBox, "discard")
    assert ask is not None
    ask.button(QMessageBox.StandardButton.Discard).click()
    office.until_stage(ImportStage.IDLE)
    batches = office.desk.services.database
    office.until(lambda: batches.row("SELECT COUNT(*) FROM batch") == (0,))
    assert batches.row("SELECT COUNT(*) FROM record") == (0,)


def test_a_cancelled_reader_leaves_nothing(office: Office, tmp_path: Path) -> None:
    office.take(write_export(tmp_path / "many.csv", gifts(20_000)))
    office.until(lambda: office.flow.standing.rows_read or office.flow.standing.stage is ImportStage.CHECKING)
    office.sheet.cancel.click()
    office.until_stage(ImportStage.IDLE)
    office.until(lambda: not office.bridge.is_busy)
    assert office.desk.services.database.row("SELECT COUNT(*) FROM record") == (0,)


@pytest.mark.parametrize("ending", ["csv", "html", "pdf"])
def test_a_receipt_is_saved(office: Office, tmp_path: Path, ending: str) -> None:
    office.take(donors_csv(tmp_path, [*ODD, "=1+1@example.org,Eve,Dot,"]))
    office.until_check()
    office.queue()
    path = tmp_path / f"receipt.{ending}"
    office.sheet.receipt.save_as(str(path))
    content = path.read_bytes()
    if ending == "pdf":
        assert content.startswith(b"%PDF")
    else:
        assert "4 rows = 0 sent + 3 waiting + 1 held" in content.decode("utf-8-sig")
    assert path.name in office.sheet.receipt.told.text()
    office.sheet.receipt.save_as(str(tmp_path / "no" / f"receipt.{ending}"))
    assert "could not be written" in office.sheet.receipt.told.text()


def test_every_part_of_the_sheet_has_a_name(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, ODD))
    office.until_check()
    office.sheet.match.show_standing(office.flow.standing)
    for widget in office.sheet.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is office.sheet:
            inner = widget.objectName().startswith("qt_")
            assert inner or widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_a_crash_of_the_window_drops_what_was_staged(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, ODD))
    office.until_check()
    services = office.desk.services
    with services.database.writing() as sql:
        sql.execute("UPDATE batch SET loading_owner = ?", (services.owners.me.rsplit(":", 1)[0] + ":1",))
    services.queue.release_dead(office.connection.id, 0.0)
    assert services.database.row("SELECT COUNT(*) FROM record") == (0,)


def test_a_broken_zip_is_told_and_disturbs_nothing(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with office.qtbot.waitSignal(office.flow.trouble) as told:
        office.take(path)
    assert "broken.zip" in told.args[0]
    assert office.flow.standing.stage is ImportStage.IDLE


def test_a_wrong_encoding_can_be_taken_back(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("Email,First Name\nann@example.org,Nuñez\n".encode("cp1252"))
    office.take(path)
    office.until_check()
    office.flow.reread(encoding="utf-8")
    office.until_stage(ImportStage.REFUSED)
    assert "is not written in utf-8" in office.sheet.refusal.text()
    office.flow.reread(encoding="cp1252")
    office.until_stage(ImportStage.CHECKING)
    office.until(lambda: office.cells(CheckCol.FIRST) == ["Nuñez"])


def test_the_problem_of_the_row_under_the_cursor_is_told_in_full(office: Office, tmp_path: Path) -> None:
    office.take(donors_csv(tmp_path, ODD))
    office.until_check()
    office.sheet.check.table.setCurrentIndex(office.sheet.check.model.index(1, CheckCol.EMAIL))
    assert "not a complete e-mail address" in office.sheet.check.why.text()
    assert "a spreadsheet shortened it" in office.sheet.check.why.text()


def test_whose_file_it_is_can_be_overruled(office: Office, tmp_path: Path) -> None:
    office.take(write_export(tmp_path / "a.csv", [Gift(number=1, email="ann@example.org", kind="Chargeback fee")]))
    office.until_check()
    read = office.sheet.read
    assert read.recognised.currentText() == "Anedot transactions"
    assert "the columns" in read.recognised.accessibleDescription()
    assert office.cells(CheckCol.STATE) == ["Skipped"]
    read.recognised.setCurrentIndex(read.recognised.findData("plain"))
    read.recognised.activated.emit(0)
    office.until(lambda: office.flow.standing.stage is ImportStage.CHECKING and office.flow.standing.by_hand)
    office.until(lambda: office.cells(CheckCol.STATE) == ["Will be relayed"])
    assert read.recognised.currentText() == "Donor list"
