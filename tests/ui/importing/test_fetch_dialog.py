"""Fetching from Anedot in the window: the dialog, the Check page, the queue, and what is said where it fails."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from ac_desktop.importing.sources.anedot_api import FetchProblem, problem_text
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.practice.anedot_account import AnedotFault, AskedDay
from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.services import Services
from ac_desktop.ui.importing.fetch_dialog import FetchDialog
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.main_window import MainWindow
from tests.importing.sources.anedot_support import DAY, NEXT_DAY, donation
from tests.ui.importing.support import PATIENCE, ImportHarness


class Fetching:
    """The dialog over a stand-in Anedot, and the import that follows it."""

    def __init__(self, importing: ImportHarness, anedot: AnedotServer) -> None:
        self.importing = importing
        self.anedot = anedot
        self.services: Services = replace(importing.harness.services, anedot_options=AnedotOptions(url=anedot.url))
        self.dialog = self.open()

    def open(self) -> FetchDialog:
        """Open the dialog, once what is stored is shown."""
        dialog = FetchDialog(self.services, self.importing.bridge, self.importing.connection, self.importing.sheet)
        dialog.fetched.connect(partial(self.importing.flow.add_fetched, self.importing.connection.id))
        dialog.open()
        self.importing.until(dialog.fetch.isEnabled)
        for edit, day in ((dialog.since, DAY), (dialog.until, DAY)):
            edit.setDate(QDate(day.year, day.month, day.day))
        self.dialog = dialog
        return dialog

    def fetch(self, *, key: str | None = None, uid: str | None = None) -> None:
        """Enter account and key, and press Fetch."""
        self.dialog.account.setText(self.anedot.uid if uid is None else uid)
        self.dialog.key.line.setText(self.anedot.key if key is None else key)
        self.dialog.fetch.click()

    def fetch_in_vain(self) -> None:
        """Fetch, and wait until the dialog says what came of it."""
        self.fetch()
        self.importing.until(self.dialog.fetch.isEnabled)

    def error_at(self, line: QLineEdit) -> str:
        """Return what is said below a field, as screen readers read it."""
        return line.accessibleDescription()

    def waiting(self) -> int:
        """Return how many donors wait."""
        return self.importing.harness.counts(self.importing.connection).waiting


@pytest.fixture
def fetching(importing: ImportHarness) -> Iterator[Fetching]:
    with AnedotServer() as anedot:
        made = Fetching(importing, anedot)
        yield made
        made.anedot.accounts.on_request = None


def test_a_day_goes_through_the_check_page_into_the_queue(fetching: Fetching) -> None:
    for number, status in enumerate(("completed", "completed", "refunded")):
        fetching.anedot.accounts.donate(donation(number, status=status))
    fetching.fetch()
    fetching.importing.until_check()

    assert fetching.waiting() == 0
    assert fetching.importing.flow.state.source.name == "Anedot, Nov 27, 2026"
    fetching.importing.flow.queue()
    fetching.importing.until_stage(ImportStage.RESULT)
    (queued,) = fetching.importing.flow.state.queued
    assert (queued.result.waiting, queued.result.skipped, queued.facts.kind) == (2, 1, "fetch")
    fetching.importing.flow.undo()
    fetching.importing.until(lambda: fetching.waiting() == 0)


def test_account_and_key_are_asked_for_once_and_nothing_new_is_said(fetching: Fetching) -> None:
    fetching.anedot.accounts.donate(donation(1))
    fetching.fetch()
    fetching.importing.until_check()
    fetching.importing.flow.queue()
    fetching.importing.until_stage(ImportStage.RESULT)

    again = fetching.open()
    assert (again.account.text(), again.key.key) == (fetching.anedot.uid, "")
    assert "saved key" in fetching.error_at(again.key.line)
    again.fetch.click()
    fetching.importing.until(again.fetch.isEnabled)

    assert again.message.text() == "No new donations. Known from earlier imports: 1."
    assert again.requests.text() == "Requests left this month: 998. This fetch needs: 1."
    again.reject()


def test_the_key_has_the_focus_and_is_hidden(fetching: Fetching) -> None:
    fetching.importing.qtbot.waitExposed(fetching.dialog)
    assert fetching.dialog.focusWidget() is fetching.dialog.key.line
    assert fetching.dialog.key.line.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (AnedotFault.WRAPPED, FetchProblem.ANSWER_CHANGED),
        (AnedotFault.QUOTA_429, FetchProblem.TOO_MANY_REQUESTS),
        (AnedotFault.ERROR_500, FetchProblem.SERVER_TROUBLE),
    ],
)
def test_a_fetch_that_fails_says_why_and_queues_nobody(
    fetching: Fetching, fault: AnedotFault, problem: FetchProblem
) -> None:
    fetching.anedot.accounts.donate(donation(1))
    fetching.anedot.accounts.fault = fault
    fetching.fetch_in_vain()

    assert fetching.dialog.message.text() == problem_text(problem)
    assert fetching.dialog.isVisible()
    assert fetching.importing.flow.state.stage is ImportStage.IDLE
    assert fetching.services.anedot.accounts.of(fetching.importing.connection.id) is None


def test_a_refused_key_and_a_wrong_account_are_said_at_their_fields(fetching: Fetching) -> None:
    fetching.fetch(key="another-key")
    fetching.importing.until(fetching.dialog.fetch.isEnabled)
    refused = fetching.error_at(fetching.dialog.key.line)
    fetching.fetch(uid="a 1")
    not_a_uid = fetching.error_at(fetching.dialog.account)

    assert refused == problem_text(FetchProblem.KEY_REFUSED)
    assert "only letters and digits" in not_a_uid


def test_the_key_is_in_no_text_of_the_window_and_leaves_the_field(fetching: Fetching) -> None:
    key = fetching.anedot.key
    fetching.fetch()
    while_it_is_sent = [_texts(widget) for widget in QApplication.allWidgets()]
    fetching.importing.until(fetching.dialog.fetch.isEnabled)
    afterwards = [_texts(widget) for widget in QApplication.allWidgets()]

    assert fetching.dialog.key.line.text() == ""
    assert sum(key in text for text in while_it_is_sent) == 0
    assert sum(key in text for text in afterwards) == 0
    fetching.dialog.reject()


def _texts(widget: QWidget) -> str:
    """Return what a widget shows or tells screen readers, of whatever kind it is."""
    named = (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    line = widget.displayText() if isinstance(widget, QLineEdit) else ""
    return "\n".join((*named, text, line))


def test_closing_the_dialog_stops_before_the_next_day(fetching: Fetching) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def on_request(_: AskedDay) -> None:
        asked.set()
        go_on.wait(PATIENCE / 1000)

    fetching.anedot.accounts.on_request = on_request
    fetching.dialog.until.setDate(QDate(NEXT_DAY.year, NEXT_DAY.month, NEXT_DAY.day))
    fetching.fetch()
    fetching.importing.until(asked.is_set)
    fetching.dialog.reject()
    go_on.set()
    fetching.importing.until(lambda: not fetching.importing.bridge.is_busy)

    assert [one.day for one in fetching.anedot.accounts.asked] == [DAY.isoformat()]
    assert fetching.importing.flow.state.stage is ImportStage.IDLE


def test_what_is_left_out_on_the_check_page_is_neither_stored_nor_known(fetching: Fetching) -> None:
    fetching.anedot.accounts.donate(donation(1))
    fetching.fetch()
    fetching.importing.until_check()
    fetching.importing.flow.leave_out()
    fetching.importing.until(lambda: not fetching.importing.bridge.is_busy)
    batches = fetching.services.database.row("SELECT COUNT(*) AS number FROM batch")
    outcome = fetching.services.fetch_donations(fetching.importing.connection, DAY, DAY, by_itself=True)

    assert batches is not None
    assert batches["number"] == 0
    assert outcome.import_result is not None
    assert outcome.import_result.waiting == 1


def test_the_action_opens_the_dialog_for_the_connection_shown(window: MainWindow) -> None:
    window.actions_.fetch.trigger()
    dialog = window.findChild(FetchDialog)

    assert dialog is not None
    assert "Spring" in dialog.windowTitle()
    dialog.reject()
