"""The window imports the export of every service without a question: its Check page comes at once, with the rows."""

from pathlib import Path

import pytest

from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.import_state import ImportStage
from tests.importing.made_exports import EXPORTS, HELD, chance, make_export
from tests.ui.importing.support import ImportHarness


@pytest.mark.parametrize("name", EXPORTS)
def test_the_check_page_comes_without_a_question(importing: ImportHarness, tmp_path: Path, name: str) -> None:
    made = make_export(EXPORTS[name], chance())
    stages: list[ImportStage] = []
    importing.flow.changed.connect(lambda state: stages.append(state.stage))
    importing.take(made.write(tmp_path))
    importing.until_check()
    assert ImportStage.ASKING not in stages
    assert importing.flow.state.preview is not None
    assert importing.flow.state.preview.recognised_as == made.export.label
    importing.until(lambda: importing.sheet.check.model.rowCount() == len(made.rows))
    states = ["To fix" if code in HELD else "Skipped" if code else "To send" for code in made.codes]
    assert importing.cells(CheckCol.STATE) == states
    unclear = {value for (change, code) in made.export.bad if code == "donation_unclear" for value in change.values()}
    text = importing.sheet.check.unread.text.text()
    assert all(value in text for value in unclear)
    importing.queue()
    assert importing.harness.counts(importing.connection).waiting == len(made.waiting)
