"""What the Read page says while a file is read."""

import pytest
from pytestqt.qtbot import QtBot

from ac_desktop.importing.detection.preview import Preview
from ac_desktop.importing.formats.table import FileKind
from ac_desktop.importing.options import ImportSource
from ac_desktop.ui.importing.import_state import ImportStage, ImportState
from ac_desktop.ui.importing.read_page import ReadPage


@pytest.mark.parametrize(
    ("rows", "seconds", "about", "expected"),
    [
        (0, 0.0, 0, "Reading Pasted text…"),
        (10, 1.0, 1000, "Reading Pasted text…"),
        (500, 5.0, 1000, "Rows read: 500, 100 per second, about 5 s left"),
        (500, 5.0, 0, "Rows read: 500, 100 per second"),
        (900, 10.0, 800, "Rows read: 900, 90 per second"),
    ],
)
def test_rate_and_time_left(qtbot: QtBot, rows: int, seconds: float, about: int, expected: str) -> None:
    page = ReadPage()
    qtbot.addWidget(page)
    preview = Preview(name="x", kind=FileKind.DELIMITED, estimated_rows=about)
    page.show_state(
        ImportState(
            stage=ImportStage.READING, source=ImportSource(text="x"), preview=preview, rows_read=rows, seconds=seconds
        )
    )
    assert page.message.text() == expected
    assert page.progress.accessibleName() == expected
    page.show_state(ImportState(stage=ImportStage.CHECKING, preview=preview))
    assert page.message.text() == ""
