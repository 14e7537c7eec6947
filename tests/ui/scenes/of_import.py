"""How donors come in: the import sheet page by page, typed entry, repair and pushing again."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from ac_desktop.importing.profiles.columns import Field
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.imports.layouts import Layout
from ac_desktop.store.imports.staged_order import StagedColumn, StagedOrder
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.dialogs.donor_form import AddDonorForm
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.comparison import CompareStage
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.importing.imports.imports_dialog import ImportsDialog
from ac_desktop.ui.importing.layouts_dialog import LayoutsDialog
from ac_desktop.ui.importing.results.result_dialog import ImportResultDialog
from ac_desktop.ui.importing.sheet import ImportPageId
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.queue.edit_dialog import EditDialog
from ac_desktop.ui.queue.resend_dialog import ResendDialog
from tests.anedot import DonationRow, donation_rows, write_export
from tests.harness import donors
from tests.ui.connection.support import UiHarness
from tests.ui.scenes.of_window import main_window
from tests.ui.scenes.stage import Scene, close_for_good, until

ODD_ROWS: Final = (
    DonationRow(number=90, email="zoe@gmial.com", first="Zoe"),
    DonationRow(number=91, email="not an address", first="Yan", phone="2.25E+09"),
    DonationRow(number=92, email="", first="Xavier"),
    DonationRow(number=93, email="payout@example.org", kind="Withdrawal"),
    DonationRow(number=94, email="DONOR3@example.org", day="2026-05-01"),
)
OWN_FILE: Final = (
    "Spring report\n\nReach them at,Who,Given on,Color\nann@example.org,Ann Dot,04/05/2026,red\n"
    "bea@example.org,Bea Dot,05/06/2026,blue\nTotals,,,\n"
)

STATUS_COLUMNS: Final = (
    "Recurring Status", "Membership Status", "SMS Opted Out", "Phone Bounced", "Volunteer Status", "Account State",
    "Pledge Status", "Ticket Status",
)  # fmt: skip
"""Columns that speak of a status and that nobody reads."""

Arrange = Callable[[MainWindow], None]


def _file(ui: UiHarness) -> Path:
    return write_export(ui.services.folder / "anedot spring.csv", [*donation_rows(40), *ODD_ROWS])


def _sheet(arrange: Arrange, stage: ImportStage = ImportStage.CHECKING) -> Scene:
    """Show the sheet once a file has come to a stage."""

    @contextmanager
    def scene(ui: UiHarness) -> Iterator[QWidget]:
        connection = ui.harness.connect("Spring Appeal")
        with main_window(ui, connection.id) as window:
            window.deferred.flow.add_files(connection.id, [_file(ui)])
            _wait(window, ImportStage.CHECKING)
            if stage is ImportStage.RESULT:
                window.deferred.sheet.go_on.click()
                _wait(window, stage)
            arrange(window)
            yield window

    return scene


def _wait(window: MainWindow, stage: ImportStage) -> None:
    until(lambda: window.deferred.flow.state.stage is stage)
    until(lambda: not window.bridge.is_busy)


def _read(window: MainWindow) -> None:
    window.deferred.sheet.steps.button(ImportPageId.READ).click()


def _check(window: MainWindow) -> None:
    window.deferred.sheet.steps.button(ImportPageId.CHECK).click()


def _problems(window: MainWindow) -> None:
    window.deferred.sheet.check.only_problems.click()
    until(lambda: 0 < window.deferred.sheet.check.model.rowCount() < 10)
    model = window.deferred.sheet.check.model
    row = next(
        row for row in range(model.rowCount()) if (one := model.record_at(row)) and one.donor.first_name == "Zoe"
    )
    window.deferred.sheet.check.table.setCurrentIndex(model.index(row, 2))


@contextmanager
def _cell_menu(ui: UiHarness) -> Iterator[QWidget]:
    """Show the menu over a row that has a suggestion."""
    with _sheet(_problems)(ui) as window:
        assert isinstance(window, MainWindow)
        menu = window.deferred.sheet.check.row_menu.menu()
        yield menu
        close_for_good(menu)


@contextmanager
def _compared(ui: UiHarness) -> Iterator[QWidget]:
    """Some of the file's donors are known to the account, and one has left the list."""
    account = ui.harness.account
    account.add_contact("donor0@example.org", first_name="A.", last_name="Last0")
    same = donation_rows(2)[1]
    account.add_contact(same.email, first_name=same.first, last_name=same.last, phone=same.phone)
    gone = account.add_contact("donor2@example.org")
    account.set_status(gone.id, ui.harness.server.list_id, MemberStatus.UNSUBSCRIBED)
    with _sheet(_compare)(ui) as window:
        yield window


def _compare(window: MainWindow) -> None:
    window.deferred.sheet.check.compare.button.click()
    until(lambda: window.deferred.flow.comparing.stage is CompareStage.DONE)


def _result(window: MainWindow) -> None:
    window.deferred.import_notice.result.click()


def _queued(_window: MainWindow) -> None: ...


def _seen_before(window: MainWindow) -> None:
    """The same file comes once more."""
    connection = window.state.connection
    assert connection is not None
    path = window.deferred.flow.state.source.path
    assert path is not None
    window.deferred.sheet.go_on.click()
    _wait(window, ImportStage.RESULT)
    window.deferred.flow.add_files(connection.id, [path])
    _wait(window, ImportStage.CHECKING)


@contextmanager
def _alike(ui: UiHarness) -> Iterator[QWidget]:
    """The same typing error is in many rows."""
    connection = ui.harness.connect("Spring Appeal")
    path = ui.services.folder / "spring gala.csv"
    rows = [f"donor{row}@gmial.com,Ann,Dot" for row in range(12)] + ["bad@,Bea,Dot", "cy@example.org,Cy,Dot"]
    path.write_text("\n".join(["Email,First Name,Last Name", *rows]) + "\n", encoding="utf-8")
    with main_window(ui, connection.id) as window:
        window.deferred.flow.add_files(connection.id, [path])
        _wait(window, ImportStage.CHECKING)
        until(window.deferred.sheet.check.alike.isVisible)
        yield window


def _suggested(window: MainWindow) -> None:
    """The email with a typing error is the current cell, with what may be meant under it."""
    _problems(window)
    check = window.deferred.sheet.check
    window.activateWindow()
    check.table.setFocus()
    until(lambda: check.suggestions.list.texts)


def _searched(window: MainWindow) -> None:
    """A text is looked for, and the rows are sorted by the email, downwards."""
    check = window.deferred.sheet.check
    check.choose_order(StagedOrder(StagedColumn.EMAIL, is_descending=True))
    check.search.field.setText("donor1")
    until(check.search.found.isVisible)


@contextmanager
def _paged(ui: UiHarness) -> Iterator[QWidget]:
    """The page of a row is being typed, and the known pages are offered."""
    connection = ui.harness.connect("Spring Appeal", scope=Scope(ScopeKind.ONLY, ("spring-gala", "autumn-gala")))
    path = ui.services.folder / "walkathon.csv"
    rows = ["ann@example.org,Ann,Dot,spring-gala", "bea@example.org,Bea,Dot,", "cy@example.org,Cy,Dot,autumn-gala"]
    path.write_text("\n".join(["Email,First Name,Last Name,Page", *rows]) + "\n", encoding="utf-8")
    with main_window(ui, connection.id) as window:
        window.deferred.flow.add_files(connection.id, [path])
        _wait(window, ImportStage.CHECKING)
        check = window.deferred.sheet.check
        window.activateWindow()
        check.table.setFocus()
        check.table.setCurrentIndex(check.model.index(1, CheckCol.PAGE))
        check.table.edit(check.table.currentIndex())
        until(lambda: check.suggestions.list.texts)
        yield window


@contextmanager
def _unread(ui: UiHarness) -> Iterator[QWidget]:
    """The file has many columns of statuses that nobody reads."""
    connection = ui.harness.connect("Spring Appeal")
    path = ui.services.folder / "members.csv"
    rows = [
        f"donor{row}@example.org," + ",".join(f"{row % 4}-{one[:3]}" for one in STATUS_COLUMNS) for row in range(40)
    ]
    path.write_text("\n".join([",".join(["Email", *STATUS_COLUMNS]), *rows]) + "\n", encoding="utf-8")
    with main_window(ui, connection.id) as window:
        window.deferred.flow.add_files(connection.id, [path])
        _wait(window, ImportStage.CHECKING)
        yield window


@contextmanager
def _match(ui: UiHarness) -> Iterator[QWidget]:
    connection = ui.harness.connect("Chosen pages", scope=Scope(ScopeKind.ONLY, ("spring",)))
    path = ui.services.folder / "own.csv"
    path.write_text(OWN_FILE, encoding="utf-8")
    with main_window(ui, connection.id) as window:
        window.deferred.flow.add_files(connection.id, [path])
        _wait(window, ImportStage.ASKING)
        box = window.deferred.sheet.match.boxes[2]
        box.setCurrentIndex(box.findData(Field.DATE.value))
        yield window


@contextmanager
def _refused(ui: UiHarness) -> Iterator[QWidget]:
    connection = ui.harness.connect("Spring Appeal")
    path = ui.services.folder / "picture.xlsx"
    path.write_bytes(b"\x89PNG made up")
    with main_window(ui, connection.id) as window:
        window.deferred.flow.add_files(connection.id, [path, _file(ui)])
        _wait(window, ImportStage.REFUSED)
        yield window


@contextmanager
def _entry(ui: UiHarness) -> Iterator[QWidget]:
    connection = ui.harness.connect("Spring Appeal")
    with main_window(ui, connection.id) as window:
        window.deferred.import_controller.add_donor()
        form = window.findChild(AddDonorForm)
        assert form is not None
        yield form


@contextmanager
def _entry_added(ui: UiHarness) -> Iterator[QWidget]:
    """A donor was saved, and the next one has a damaged phone number."""
    with _entry(ui) as form:
        assert isinstance(form, AddDonorForm)
        for line, text in ((form.email, "annie.dot@example.org"), (form.first, "Annie"), (form.last, "Dot")):
            line.setText(text)
        form.save.click()
        until(lambda: bool(form.message.text()))
        form.email.setText("zoe@gmial.com")
        form.email.editingFinished.emit()
        form.first.setText("Zoe")
        form.phone.setText("2.25E+09")
        form.phone.editingFinished.emit()
        window = form.parentWidget()
        assert isinstance(window, MainWindow)
        until(lambda: not window.bridge.is_busy)
        yield form


@contextmanager
def _over_failed(ui: UiHarness) -> Iterator[tuple[MainWindow, Record]]:
    connection = ui.harness.connect("Spring Appeal")
    with main_window(ui, connection.id) as window:
        window.deferred.flow.add_files(connection.id, [_file(ui)])
        _wait(window, ImportStage.CHECKING)
        window.deferred.sheet.go_on.click()
        _wait(window, ImportStage.RESULT)
        window.deferred.sheet.go_on.click()
        until(lambda: not window.deferred.flow.is_open)
        record = next(one for one in ui.services.record_reader.records(connection.id) if one.donor.first_name == "Yan")
        window.queue.go_to(record)
        until(lambda: (current := window.queue.table.current_record()) is not None and current.id == record.id)
        until(lambda: not window.bridge.is_busy and not window.queue.reader.is_busy)
        yield window, record


@contextmanager
def _repair(ui: UiHarness) -> Iterator[QWidget]:
    with _over_failed(ui) as (window, _record):
        window.deferred.import_controller.repair()
        dialog = window.findChild(EditDialog)
        assert dialog is not None
        yield dialog


@contextmanager
def _push(ui: UiHarness) -> Iterator[QWidget]:
    with _over_failed(ui) as (window, _record):
        window.deferred.import_controller.push()
        dialog = window.findChild(ResendDialog)
        assert dialog is not None
        until(lambda: not window.bridge.is_busy)
        yield dialog


@contextmanager
def _layouts(ui: UiHarness) -> Iterator[QWidget]:
    """Two layouts are known, of which one has a name that is given to it."""
    connection = ui.harness.connect("Spring Appeal")
    now = ui.services.clock.now()
    columns = {"email": "Reach them at", "first_name": "Who", "date": "Given on"}
    header = ("Reach them at", "Who", "Given on", "Color")
    ui.services.layouts.store("f1", Layout(columns, "day first", header, "plain"), now, name="Spring report")
    ui.services.layouts.store("f2", Layout({"email": "Post"}, "", ("Post", "Mitglied"), "plain"), now, name="Club")
    with main_window(ui, connection.id) as window:
        window.deferred.import_controller.show_layouts()
        dialog = window.findChild(LayoutsDialog)
        assert dialog is not None
        until(lambda: not window.bridge.is_busy and dialog.model.rowCount() == 2)
        dialog.model.setData(dialog.model.index(0, 0), "spring report")
        until(lambda: not window.bridge.is_busy and bool(dialog.message.text()))
        yield dialog


@contextmanager
def _imports(ui: UiHarness) -> Iterator[QWidget]:
    """Three imports of two connections, one of which is partly sent."""
    spring, club = ui.harness.connect("Spring Appeal"), ui.harness.connect("Monthly givers")
    for connection, number, name in (
        (spring, 5, "walkathon.csv"),
        (club, 3, "monthly-givers-november.xlsx"),
        (spring, 2, "spring-gala.csv"),
    ):
        ui.harness.queue(connection, donors(number), name)
    with main_window(ui, spring.id) as window:
        window.deferred.import_controller.show_imports()
        dialog = window.findChild(ImportsDialog)
        assert dialog is not None
        until(lambda: not window.bridge.is_busy and dialog.model.rowCount() == 3)
        yield dialog


@contextmanager
def _import_result(ui: UiHarness) -> Iterator[QWidget]:
    """The result of an import of which nobody was sent yet."""
    with _imports(ui) as dialog:
        assert isinstance(dialog, ImportsDialog)
        dialog.show_result()
        result = dialog.findChild(ImportResultDialog)
        assert result is not None
        until(result.page.undo.isEnabled)
        yield result


SCENES: Final[Mapping[str, Scene]] = {
    "import-1-read": _sheet(_read),
    "import-2-match": _match,
    "import-3-check": _sheet(_check),
    "import-3-alike": _alike,
    "import-3-compared": _compared,
    "import-3-problems": _sheet(_problems),
    "cell-menu": _cell_menu,
    "import-3-suggested": _sheet(_suggested),
    "import-3-searched": _sheet(_searched),
    "import-3-paged": _paged,
    "import-3-unread": _unread,
    "import-3-seen-before": _sheet(_seen_before),
    "queued": _sheet(_queued, ImportStage.RESULT),
    "import-4-result": _sheet(_result, ImportStage.RESULT),
    "import-refused": _refused,
    "entry": _entry,
    "entry-told": _entry_added,
    "repair": _repair,
    "push": _push,
    "known-layouts": _layouts,
    "imports": _imports,
    "import-result": _import_result,
}

OF_THE_WHOLE_WINDOW: Final = frozenset(
    {*(name for name in SCENES if name.startswith("import-") and name != "import-result"), "queued"}
)
"""Scenes that show the main window itself: the sheet is a part of it."""
