"""A window whose queue has donors in every state."""

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.ui.main.main_window import MainWindow
from tests.harness import Harness, donors
from tests.ui.queue.full_queue import put


@pytest.fixture
def full(harness: Harness, window: MainWindow, connection: Connection) -> MainWindow:
    """Six waiting, three failed for one cause, one for another, one held by consent, one skipped."""
    harness.queue(connection, donors(12))
    put(harness, (1, 2, 3), RecordState.FAILED, ReasonCode.DONOR_REFUSED, detail="no such mailbox")
    put(harness, (4,), RecordState.FAILED, ReasonCode.KEY_REFUSED)
    put(harness, (5,), RecordState.HELD, ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors")
    put(harness, (6,), RecordState.SKIPPED, ReasonCode.DUPLICATE_ROW, row=7)
    window.refresh()
    return window
