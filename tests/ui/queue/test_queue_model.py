"""The model of the queue's table: its rows, cells and selection while the queue changes."""

from array import array
from collections.abc import Callable, Iterable, Sequence

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.editor import Editor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Cause, RecordState, Step
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import RecordQuery, Sort, SortKey
from ac_desktop.store.queue.records import Record, StateCounts
from ac_desktop.ui.base import formatting
from ac_desktop.ui.queue import columns
from ac_desktop.ui.queue import model as model_module
from ac_desktop.ui.queue.columns import TABS, QueueColumn
from ac_desktop.ui.queue.model import PAGE, QueueModel
from ac_desktop.ui.queue.table import QueueTable
from ac_desktop.ui.queue.tabs import QueueTabs
from tests.harness import Harness, donors

NOW = 1_795_000_000.0


def record(number: int, **other: object) -> Record:
    values: dict[str, object] = {
        "id": number,
        "connection_id": 1,
        "batch_id": 1,
        "file_name": "donors.csv",
        "sheet": "",
        "row": number + 1,
        "donor": Donor(email=f"donor{number}@example.org", first_name="Annie", last_name="Dot"),
        "state": RecordState.WAITING,
        "step": Step.CONTACT,
        "contact_id": None,
        "was_new": None,
        "tries": 0,
        "next_try_at": 0.0,
        "cause": None,
        "reason": None,
        "changed_at": NOW,
    }
    return Record(**{**values, **other})  # type: ignore[arg-type]


class FakeViews:
    """Numbers and records as a test wants them, counting what is read."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.shown = list(ids)
        self.pages_read = 0
        self.missing: set[int] = set()
        self.editors: dict[int, tuple[Editor, ...]] = {}

    def ids(self, question: RecordQuery) -> "array[int]":
        assert question.connection_id == 1
        assert question.state in TABS
        return array("q", self.shown)

    def among(self, question: RecordQuery, record_ids: Iterable[int]) -> frozenset[int]:
        assert question.connection_id == 1
        return frozenset(record_ids) & frozenset(self.shown)

    def by_ids(self, record_ids: list[int]) -> list[Record]:
        self.pages_read += 1
        return [
            record(number, editors=self.editors.get(number, ())) for number in record_ids if number not in self.missing
        ]


def model_of(views: FakeViews) -> QueueModel:
    model = QueueModel(views, views, lambda: NOW)
    model.show(RecordQuery(1))
    return model


def by_the_book(model: QueueModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


def emails(model: QueueModel) -> list[str]:
    return [str(model.index(row, QueueColumn.EMAIL).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([1, 2, 3], [1, 2, 3, 4, 5]),
        ([1, 2, 3, 4, 5], [3, 4, 5]),
        ([1, 2, 5, 6], [2, 3, 4, 6, 7]),
        ([1, 2, 3], []),
        ([], [1, 2, 3]),
        (list(range(1, 400)), list(range(1, 400, 2))),
        (list(range(1, 400, 2)), list(range(2, 400, 2))),
        (list(range(1, 1000)), list(range(600, 1400))),
    ],
)
@pytest.mark.usefixtures("qtbot")
def test_the_model_changes_by_the_book(before: list[int], after: list[int]) -> None:
    views = FakeViews(before)
    model = model_of(views)
    by_the_book(model)
    views.shown = after
    model.refresh()
    assert emails(model) == [f"donor{number}@example.org" for number in after]


@pytest.mark.parametrize(
    ("before", "after"),
    [([3, 1, 2], [2, 1, 3]), ([3, 1, 2], [1, 4]), ([], [5, 4]), ([5, 4], []), ([9, 8, 7], [9, 8, 7])],
)
def test_sorted_rows_change_by_the_book_and_take_the_selection_along(
    qtbot: QtBot, before: list[int], after: list[int]
) -> None:
    views = FakeViews(before)
    model = QueueModel(views, views, lambda: NOW)
    model.show(RecordQuery(1, sort=Sort(SortKey.EMAIL)))
    by_the_book(model)
    table = QueueTable(model)
    qtbot.addWidget(table)
    chosen = [number for number in before[:2] if table.go_to(number)][-1:]
    views.shown = after
    table.refresh()
    assert table.selected_ids() == chosen
    assert sorted(model.ids()) == sorted({*after, *chosen})


def test_only_pages_that_are_seen_are_read(qtbot: QtBot) -> None:
    views = FakeViews(range(1, 100_001))
    model = model_of(views)
    table = QueueTable(model)
    qtbot.addWidget(table)
    table.resize(900, 600)
    with qtbot.waitExposed(table):
        table.show()
    table.grab()
    assert views.pages_read == 1
    assert model.record_at(50_000) is not None
    assert views.pages_read == 2
    assert model.record_at(50_000 // PAGE * PAGE) is not None
    assert views.pages_read == 2


@pytest.mark.usefixtures("qtbot")
def test_a_record_removed_by_someone_else_shows_nothing() -> None:
    views = FakeViews([1, 2, 3])
    views.missing = {2}
    model = model_of(views)
    by_the_book(model)
    assert model.index(1, QueueColumn.EMAIL).data() is None
    assert model.index(2, QueueColumn.EMAIL).data() == "donor3@example.org"


@pytest.mark.parametrize("after", [range(50, 400), range(1, 400, 3)])
def test_selection_cursor_and_place_survive_a_refresh(qtbot: QtBot, after: range) -> None:
    views = FakeViews(range(1, 400))
    model = model_of(views)
    table = QueueTable(model)
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    kept = [number for number in after if 99 < number < 120][:3]
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number in kept:
        table.selectionModel().setCurrentIndex(model.index(model.row_of(number) or 0, 0), rows)
    table.verticalScrollBar().setValue(model.row_of(kept[0]) or 0)
    top = model.id_at(table.rowAt(2))
    views.shown = list(after)
    table.refresh()
    assert table.selected_ids() == kept
    current = table.current_record()
    assert current is not None
    assert current.id == kept[-1]
    assert top == kept[0]
    assert model.id_at(table.rowAt(2)) == top


def test_a_selected_row_that_leaves_the_tab_stays_until_one_moves_on(qtbot: QtBot) -> None:
    views = FakeViews([1, 2, 3])
    model = model_of(views)
    by_the_book(model)
    table = QueueTable(model)
    qtbot.addWidget(table)
    assert table.go_to(2)
    views.shown = [1, 3]
    model.refresh(table.ids_to_keep())
    assert emails(model)[1] == "donor2@example.org"
    dimmed = model.index(1, QueueColumn.EMAIL).data(Qt.ItemDataRole.ForegroundRole)
    assert dimmed is not None
    assert model.index(0, QueueColumn.EMAIL).data(Qt.ItemDataRole.ForegroundRole) is None
    assert table.go_to(3)
    model.refresh(table.ids_to_keep())
    assert emails(model) == ["donor1@example.org", "donor3@example.org"]


@pytest.mark.usefixtures("qtbot")
def test_real_pages_of_the_store(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(450))
    model = QueueModel(Listing(harness.services.database), harness.services.record_reader, harness.clock.now)
    by_the_book(model)
    model.show(RecordQuery(connection.id))
    assert emails(model) == [f"donor{number}@example.org" for number in range(450)]
    harness.queue(connection, donors(3, start=450))
    model.refresh()
    assert model.rowCount() == 453
    model.show(RecordQuery(connection.id, RecordState.FAILED))
    assert model.rowCount() == 0
    model.show(None)
    assert model.rowCount() == 0


def test_states_and_marks_are_reported_in_words() -> None:
    fresh = record(1)
    half = record(1, contact_id="25", step=Step.LIST, state=RecordState.FAILED)
    sent = record(1, contact_id="25", step=Step.LIST, state=RecordState.SENT)
    now = record(1, state=RecordState.SENDING)
    skipped = record(1, state=RecordState.SKIPPED)
    assert (columns.contact_label(fresh).word, columns.list_label(fresh).word) == ("pending", "pending")
    assert (columns.contact_label(half).word, columns.list_label(half).word) == ("done", "failed")
    assert (columns.contact_label(sent).word, columns.list_label(sent).word) == ("done", "done")
    assert (columns.contact_label(now).word, columns.list_label(now).word) == ("now", "pending")
    assert columns.contact_label(skipped).word == "none"
    assert "Contact 25 is saved" in formatting.steps_text(half)


def test_a_row_reads_as_a_sentence() -> None:
    failed = record(
        1,
        state=RecordState.FAILED,
        attempts=2,
        cause=Cause.DONOR,
        reason=reason(ReasonCode.BAD_EMAIL, email="ann@"),
    )
    assert columns.sentence(failed) == (
        "Annie Dot, failed, “ann@” isn't a complete email address, donor1@example.org, attempts: 2"
    )
    assert columns.text(failed, QueueColumn.WHO, NOW) == "You"
    assert columns.text(failed, QueueColumn.SOURCE, NOW) == "donors.csv · 2"


def test_the_next_try_is_relative() -> None:
    assert columns.text(record(1, next_try_at=NOW + 8), QueueColumn.NEXT_TRY, NOW) == "in 8 s"
    assert columns.text(record(1), QueueColumn.NEXT_TRY, NOW) == "with the next relay"


def test_tabs_carry_their_counts(qtbot: QtBot) -> None:
    tabs = QueueTabs()
    qtbot.addWidget(tabs)
    tabs.show_counts(StateCounts(waiting=214, sending=4, held=9, failed=3, sent=301))
    texts = [tabs.tabText(at) for at in range(tabs.count())]
    assert texts == ["All (531)", "Waiting (214)", "Sending (4)", "Held (9)", "Failed (3)", "Sent (301)", "Skipped"]


def reasons_of(model: QueueModel) -> list[str]:
    return [model.cell(model.index(row, QueueColumn.REASON)).first for row in range(model.rowCount())]


def read_at_once(
    function: Callable[[], list[Record]],
    on_done: Callable[[list[Record]], None],
    on_error: Callable[[Exception], None] | None = None,
) -> None:
    assert on_error is not None
    on_done(function())


@pytest.mark.usefixtures("qtbot")
def test_a_row_says_who_else_is_editing_the_donor_and_never_oneself() -> None:
    views = FakeViews([1, 2, 3])
    model = QueueModel(views, views, lambda: NOW, read_beside=read_at_once, me=lambda: "here")
    views.editors = {
        1: (Editor("ana", "Front desk", "here"),),
        2: (Editor("ana", "Front desk", "here"), Editor("ben", "Accounting", "there")),
        3: (Editor("ben", "Accounting", "there"), Editor("cleo", "Back office", "far")),
    }
    model.show(RecordQuery(1))
    reasons_of(model)

    assert reasons_of(model) == ["", "“ben” is editing.", "Editing now: ben, cleo."]
    assert "“ben” is editing" in str(model.index(1, QueueColumn.DONOR).data(Qt.ItemDataRole.AccessibleTextRole))
    assert not model.cell(model.index(1, QueueColumn.REASON)).is_quiet


@pytest.mark.usefixtures("qtbot")
def test_a_row_is_read_again_where_somebody_edits_it_and_no_other_row_by_itself(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_module, "LOOK_AGAIN_MS", 0)
    views = FakeViews([1])
    model = QueueModel(views, views, lambda: NOW, read_beside=read_at_once, me=lambda: "here")
    model.show(RecordQuery(1))
    reasons_of(model)
    read = views.pages_read
    qtbot.wait(1)
    assert (reasons_of(model), views.pages_read) == ([""], read)

    views.editors = {1: (Editor("ben", "Accounting", "there"),)}
    model.refresh()
    reasons_of(model)
    assert reasons_of(model) == ["“ben” is editing."]
    views.editors = {}
    with qtbot.waitSignal(model.dataChanged):
        pass
    reasons_of(model)
    assert reasons_of(model) == [""]
