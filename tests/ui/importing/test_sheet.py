"""The import as a person does it: read, asked where something is open, checked, corrected, queued, undone."""

import threading
import zipfile
from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from ac_desktop.importing.profiles.columns import Field
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.store.imports.staging import StagedFilter
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.importing.sheet import ImportPageId
from tests.anedot import DonationRow, donation_rows, write_export
from tests.store.plain_rows import plain
from tests.ui.importing.support import PATIENCE, ImportHarness, donors_csv

ODD = ("ann@gmial.com,Ann,Dot,(225) 250-1301", "bad@,Bea,Dot,2.25E+09", "cy@example.org,Cy,Dot,")


def test_recognise_check_fix_a_cell_queue_and_undo(importing: ImportHarness, tmp_path: Path) -> None:
    rows = [
        *donation_rows(3),
        DonationRow(number=7, email="zoe@"),
        DonationRow(number=8, email="payout@example.org", kind="Withdrawal"),
    ]
    importing.take(write_export(tmp_path / "a b.csv", rows))
    importing.until_check()
    preview = importing.flow.state.preview
    assert preview is not None
    assert preview.recognised_as == "Anedot transactions"
    assert "Comments" in preview.not_relayed
    assert importing.cells(CheckCol.STATE) == ["To send"] * 3 + ["To fix", "Skipped"]
    assert importing.harness.counts(importing.connection).rows == 0
    assert importing.harness.services.record_reader.records(importing.connection.id) == []
    assert importing.sheet.go_on.text() == "&Add 3 donors to queue"
    importing.type_into(3, CheckCol.EMAIL, "Zoe@Example.org ")
    assert importing.cells(CheckCol.STATE)[3] == "To send"
    assert importing.cells(CheckCol.EMAIL)[3] == "zoe@example.org"
    assert importing.sheet.go_on.text() == "&Add 4 donors to queue"

    importing.queue()

    assert importing.sheet.page is ImportPageId.RESULT
    receipt = importing.flow.state.queued[0].result
    assert receipt.balances
    assert (receipt.rows, receipt.waiting, receipt.skipped) == (5, 4, 1)
    assert importing.harness.counts(importing.connection).waiting == 4
    assert importing.sheet.result.undo.text() == "&Undo: remove 4 donors from queue"
    importing.sheet.result.undo.click()
    importing.until(lambda: importing.harness.counts(importing.connection).waiting == 0)
    importing.until(lambda: "4 donors removed from the queue" in importing.sheet.result.message.text())
    receipt = importing.flow.state.queued[0].result
    assert receipt.balances
    assert receipt.withdrawn == 4
    events = importing.harness.services.history.events(importing.connection.id)
    assert [event.kind.value for event in events][-2:] == ["queued", "withdrawn"]


def test_the_rows_of_a_file_are_looked_up_once(
    importing: ImportHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging = importing.harness.services.staging
    look, looks, may_end = staging.ids, list[StagedFilter](), threading.Event()

    def counted(batch_id: int, shown: StagedFilter) -> "array[int]":
        looks.append(shown)
        may_end.wait(PATIENCE / 1000)
        return look(batch_id, shown)

    monkeypatch.setattr(staging, "ids", counted)
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_stage(ImportStage.CHECKING)
    importing.sheet.go_on.click()
    may_end.set()
    importing.until_stage(ImportStage.RESULT)
    assert looks == [StagedFilter()]


def test_kinds_are_counted_and_show_their_rows(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, [*ODD, "cy@example.org,Cyrus,Dot,"]))
    importing.until_check()
    kinds = importing.sheet.check.kinds
    texts = [kinds.item(row).text().strip() for row in range(kinds.count())]
    assert "To send (2)" in texts
    assert "incomplete email address (1)" in texts
    assert "duplicate, newest donation is used (1)" in texts
    assert "possible typo in email (1)" in texts
    kinds.setCurrentRow(texts.index("damaged phone, left out (1)"))
    importing.until(lambda: importing.cells(CheckCol.ROW) == ["3"])
    importing.sheet.check.only_problems.click()
    importing.until(lambda: importing.cells(CheckCol.ROW) == ["2", "3"])
    importing.sheet.check.only_problems.click()
    importing.until(lambda: len(importing.cells(CheckCol.ROW)) == 4)
    assert "Duplicate of row 5." in str(importing.cells(CheckCol.PROBLEM)[2])


def test_a_mistyped_domain_is_offered_and_taken_by_a_button(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    button = importing.sheet.check.take_suggestion
    assert button.text() == "&Use ann@gmail.com"
    with importing.qtbot.waitSignal(importing.flow.rows_edited):
        button.click()
    assert importing.cells(CheckCol.EMAIL)[0] == "ann@gmail.com"
    assert button.isHidden()


def test_a_correction_that_makes_two_rows_one_donor_lets_the_newest_go(
    importing: ImportHarness, tmp_path: Path
) -> None:
    importing.take(donors_csv(tmp_path, ["ann@,Old,Dot,", "ann@example.org,New,Dot,"]))
    importing.until_check()
    importing.type_into(0, CheckCol.EMAIL, "ann@example.org")
    assert importing.cells(CheckCol.STATE) == ["Skipped", "To send"]


def test_a_file_seen_before_offers_only_what_is_new(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(write_export(tmp_path / "november.csv", donation_rows(340)))
    importing.until_check()
    importing.queue()
    importing.sheet.go_on.click()
    importing.take(write_export(tmp_path / "november.csv", donation_rows(368)))
    importing.until_check()
    assert importing.sheet.go_on.text() == "&Add 28 donors to queue"
    assert "New: 28" in importing.sheet.check.seen.text()
    importing.sheet.check.only_new.click()
    importing.until(lambda: importing.sheet.go_on.text() == "&Add 368 donors to queue")
    importing.sheet.check.only_new.click()
    importing.until(lambda: importing.sheet.go_on.text() == "&Add 28 donors to queue")
    importing.queue()
    receipt = importing.flow.state.queued[0].result
    assert receipt.balances
    assert (receipt.rows, receipt.waiting, receipt.skipped) == (368, 28, 340)


def test_the_very_same_file_is_reported_with_its_date(importing: ImportHarness, tmp_path: Path) -> None:
    path = donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"])
    importing.take(path)
    importing.until_check()
    importing.queue()
    importing.take(path)
    importing.until_check()
    assert "You already queued this file on" in importing.sheet.check.seen.text()
    assert "New rows: 0 of 1" in importing.sheet.check.seen.text()


def test_the_columns_of_a_recognised_file_are_laid_out_when_somebody_looks_at_them(
    importing: ImportHarness, tmp_path: Path
) -> None:
    importing.take(donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"]))
    importing.until_check()
    match = importing.sheet.match
    assert match.table.rowCount() == 0
    importing.sheet.steps.button(ImportPageId.MATCH).click()
    assert match.table.rowCount() == len(match.boxes) == 4
    assert {field.value for field in match.columns} == {box.currentData() for box in match.boxes} - {""}


def test_an_open_e_mail_column_is_asked_for_once(importing: ImportHarness, tmp_path: Path) -> None:
    header = "Reach them at,Given Name,Color,Or at"
    importing.take(donors_csv(tmp_path, ["ann@example.org,Ann,red,ann@example.net"], header=header))
    importing.until_stage(ImportStage.ASKING)
    match = importing.sheet.match
    assert importing.sheet.page is ImportPageId.MATCH
    assert "Which column contains" in match.questions.text()
    assert not importing.sheet.go_on.isEnabled()
    assert match.table.model().index(2, 1).data() == "red"
    for place in (1, 0):
        box = match.boxes[place]
        box.setCurrentIndex(box.findData(Field.EMAIL.value))
        box.activated.emit(box.currentIndex())
    assert "one column only" in match.note.text()
    assert match.boxes[1].currentData() == ""
    assert importing.sheet.go_on.isEnabled()
    importing.sheet.go_on.click()
    importing.until_check()
    assert importing.cells(CheckCol.EMAIL) == ["ann@example.org"]
    importing.sheet.cancel.click()
    importing.until_stage(ImportStage.IDLE)
    importing.take(donors_csv(tmp_path, ["bea@example.org,Bea,blue,"], "again.csv", header=header))
    importing.until_check()
    assert importing.cells(CheckCol.EMAIL) == ["bea@example.org"]


def test_a_column_of_addresses_is_proposed_though_its_heading_is_unknown(
    importing: ImportHarness, tmp_path: Path
) -> None:
    rows = ["ann@example.org,Ann,red", "bea@example.org,Bea,blue"]
    importing.take(donors_csv(tmp_path, rows, header="Reach  them at,Given Name,Color"))
    importing.until_stage(ImportStage.ASKING)
    match = importing.sheet.match
    assert "Which column contains" in match.questions.text()
    assert [box.currentData() for box in match.boxes] == ["email", "first_name", ""]
    assert importing.harness.counts(importing.connection).rows == 0
    importing.sheet.go_on.click()
    importing.until_check()
    assert importing.cells(CheckCol.EMAIL) == ["ann@example.org", "bea@example.org"]


def test_the_page_is_asked_for_once(importing: ImportHarness, tmp_path: Path) -> None:
    importing.connection = importing.harness.connect("Chosen", scope=Scope(ScopeKind.ONLY, ("spring",)))
    importing.take(donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"]))
    importing.until_stage(ImportStage.ASKING)
    assert importing.sheet.match.page.accessibleName() == "Action page"
    assert not importing.sheet.go_on.isEnabled()
    importing.until(lambda: importing.sheet.match.page.pages == ("spring",))
    importing.sheet.match.page.setText("spring")
    importing.sheet.go_on.click()
    importing.until_check()
    assert importing.cells(CheckCol.PAGE) == ["spring"]


def test_reading_otherwise_stays_on_the_read_page(importing: ImportHarness, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("Report of May\n\nEmail;First Name\nann@example.org;Nuñez\nTotals;\n".encode("cp1252"))
    importing.take(path)
    importing.until_check()
    read = importing.sheet.read
    assert (read.encoding.currentData(), read.delimiter.currentData(), read.header_row.value()) == ("cp1252", ";", 3)
    assert importing.cells(CheckCol.FIRST) == ["Nuñez"]
    assert "1 totals row left out" in importing.sheet.check.message.text()
    importing.sheet.steps.button(ImportPageId.READ).click()
    assert importing.sheet.page is ImportPageId.READ
    read.encoding.setCurrentIndex(read.encoding.findData("mac-roman"))
    read.encoding.activated.emit(0)
    importing.until(lambda: importing.flow.state.stage is ImportStage.CHECKING and importing.flow.state.by_hand)
    assert importing.sheet.page is ImportPageId.READ
    importing.sheet.go_on.click()
    importing.until(lambda: importing.cells(CheckCol.FIRST) == ["NuÒez"])
    importing.sheet.steps.button(ImportPageId.READ).click()
    read.header_row.setValue(0)
    read.header_row.editingFinished.emit()
    importing.until(lambda: importing.flow.state.preview is not None and importing.flow.state.preview.header_row == 0)


def test_several_files_and_a_zip_come_one_after_another(importing: ImportHarness, tmp_path: Path) -> None:
    inner = donors_csv(tmp_path, ["zoe@example.org,Zoe,Dot,"], "inner.csv")
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(inner, "inner.csv")
    importing.take(donors_csv(tmp_path, ["ann@example.org,Ann,Dot,"], "one.csv"), packed, inner)
    importing.until_check()
    assert "file 1 of 3: one.csv" in importing.sheet.title.text()
    importing.sheet.go_on.click()
    importing.until(lambda: importing.flow.state.number == 2 and importing.flow.state.checked)
    assert "packed.zip/inner.csv" in importing.sheet.title.text()
    importing.sheet.go_on.click()
    importing.until(lambda: importing.flow.state.number == 3 and importing.flow.state.checked)
    assert importing.sheet.go_on.text() == "&Add 0 donors to queue"
    assert importing.sheet.leave_out.isHidden()
    importing.sheet.cancel.click()
    importing.until_stage(ImportStage.RESULT)
    assert [one.result.rows for one in importing.flow.state.queued] == [1, 1]
    assert importing.harness.counts(importing.connection).rows == 2


def test_pasted_rows(importing: ImportHarness) -> None:
    importing.flow.add_text(importing.connection.id, "ann@example.org\tAnn\tDot\nbea@example.org\tBea\tDot\n")
    importing.until_stage(ImportStage.ASKING)
    importing.sheet.go_on.click()
    importing.until_check()
    assert importing.cells(CheckCol.LAST) == ["Dot", "Dot"]
    importing.queue()
    assert importing.flow.state.queued[0].facts.file_name == "Pasted text"


def test_what_cannot_be_read_says_so(importing: ImportHarness, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    importing.take(path)
    importing.until_stage(ImportStage.REFUSED)
    assert "Supported: .csv" in importing.sheet.refusal.text()
    importing.sheet.go_on.click()
    importing.until_stage(ImportStage.IDLE)


def test_cancel_asks_only_if_something_was_edited(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    QTest.keyClick(importing.sheet, Qt.Key.Key_Escape)
    importing.until_stage(ImportStage.IDLE)
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    importing.type_into(1, CheckCol.EMAIL, "bea@example.org")
    importing.sheet.cancel.click()
    ask = importing.sheet.findChild(QMessageBox, "discard")
    assert ask is not None
    ask.button(QMessageBox.StandardButton.Discard).click()
    importing.until_stage(ImportStage.IDLE)
    batches = importing.harness.services.database
    importing.until(lambda: plain(batches.row("SELECT COUNT(*) FROM batch")) == (0,))
    assert plain(batches.row("SELECT COUNT(*) FROM record")) == (0,)


def test_a_cancelled_reader_leaves_nothing(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(write_export(tmp_path / "many.csv", donation_rows(20_000)))
    importing.until(lambda: importing.flow.state.rows_read or importing.flow.state.stage is ImportStage.CHECKING)
    importing.sheet.cancel.click()
    importing.until_stage(ImportStage.IDLE)
    importing.until(lambda: not importing.bridge.is_busy)
    assert plain(importing.harness.services.database.row("SELECT COUNT(*) FROM record")) == (0,)


@pytest.mark.parametrize("ending", ["csv", "html", "pdf"])
def test_a_receipt_is_saved(importing: ImportHarness, tmp_path: Path, ending: str) -> None:
    importing.take(donors_csv(tmp_path, [*ODD, "=1+1@example.org,Eve,Dot,"]))
    importing.until_check()
    importing.queue()
    path = tmp_path / f"receipt.{ending}"
    importing.sheet.result.save_as(str(path))
    content = path.read_bytes()
    if ending == "pdf":
        assert content.startswith(b"%PDF")
    else:
        assert "4 rows = 0 sent + 3 waiting + 1 held" in content.decode("utf-8-sig")
    assert path.name in importing.sheet.result.message.text()
    importing.sheet.result.save_as(str(tmp_path / "no" / f"receipt.{ending}"))
    assert "couldn't be saved" in importing.sheet.result.message.text()


def test_every_part_of_the_sheet_has_a_name(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    importing.sheet.match.show_state(importing.flow.state)
    for widget in importing.sheet.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is importing.sheet:
            inner = widget.objectName().startswith("qt_")
            assert inner or widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_a_crash_of_the_window_drops_what_was_staged(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    services = importing.harness.services
    with services.database.writing() as sql:
        sql.execute("UPDATE batch SET loading_owner = ?", (services.owners.me.rsplit(":", 1)[0] + ":1",))
    services.queue.release_dead(importing.connection.id, 0.0)
    assert plain(services.database.row("SELECT COUNT(*) FROM record")) == (0,)


def test_a_broken_zip_is_reported_and_disturbs_nothing(importing: ImportHarness, tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with importing.qtbot.waitSignal(importing.flow.failed) as reported:
        importing.take(path)
    assert "broken.zip" in reported.args[0]
    assert importing.flow.state.stage is ImportStage.IDLE


def test_a_wrong_encoding_can_be_taken_back(importing: ImportHarness, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("Email,First Name\nann@example.org,Nuñez\n".encode("cp1252"))
    importing.take(path)
    importing.until_check()
    importing.flow.read_again(encoding="utf-8")
    importing.until_stage(ImportStage.REFUSED)
    assert "isn't encoded as utf-8" in importing.sheet.refusal.text()
    importing.flow.read_again(encoding="cp1252")
    importing.until_stage(ImportStage.CHECKING)
    importing.until(lambda: importing.cells(CheckCol.FIRST) == ["Nuñez"])


def test_the_problem_of_the_row_under_the_cursor_is_reported_in_full(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    importing.sheet.check.table.setCurrentIndex(importing.sheet.check.model.index(1, CheckCol.EMAIL))
    assert "isn't a complete email address" in importing.sheet.check.why.text()
    assert "a spreadsheet shortened it" in importing.sheet.check.why.text()


def test_whose_file_it_is_can_be_overruled(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(
        write_export(tmp_path / "a.csv", [DonationRow(number=1, email="ann@example.org", kind="Chargeback fee")])
    )
    importing.until_check()
    read = importing.sheet.read
    assert read.recognised.currentText() == "Anedot transactions"
    assert "by its columns" in read.recognised.accessibleDescription()
    assert importing.cells(CheckCol.STATE) == ["Skipped"]
    read.recognised.setCurrentIndex(read.recognised.findData("plain"))
    read.recognised.activated.emit(0)
    importing.until(lambda: importing.flow.state.stage is ImportStage.CHECKING and importing.flow.state.by_hand)
    importing.until(lambda: importing.cells(CheckCol.STATE) == ["To send"])
    assert read.recognised.currentText() == "Donor list"


def test_the_footer_explains_and_ends_with_the_one_accented_button(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    sheet = importing.sheet
    footer = (sheet.check.message, sheet.cancel, sheet.back, sheet.go_on)
    places = [one.mapTo(sheet, one.rect().topLeft()).x() for one in footer]
    assert places == sorted(places)
    accented = [one for one in sheet.findChildren(QPushButton) if one.property("kind") == "primary" or one.isDefault()]
    assert accented == [sheet.go_on]


def test_back_goes_page_by_page_and_keeps_the_corrections(importing: ImportHarness, tmp_path: Path) -> None:
    importing.take(donors_csv(tmp_path, ODD))
    importing.until_check()
    importing.type_into(1, CheckCol.FIRST, "Eve")
    pages = []
    for _ in range(2):
        importing.sheet.back.click()
        pages.append(importing.sheet.page)
    assert pages == [ImportPageId.MATCH, ImportPageId.READ]
    assert importing.sheet.back.isHidden()
    importing.sheet.steps.button(ImportPageId.CHECK).click()
    assert importing.cells(CheckCol.FIRST)[1] == "Eve"
