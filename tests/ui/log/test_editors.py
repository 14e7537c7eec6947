"""Who else is changing the donor in sight is said in the inspector, while they do."""

from dataclasses import dataclass, field, replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.connection import Connection
from ac_desktop.model.editor import Editor
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.log.details import DetailsPane
from ac_desktop.ui.log.editors import EditorsNotice
from ac_desktop.ui.queue.edit_dialog import EditDialog
from tests.harness import Harness
from tests.ui.held import hold

BEN = Editor("ben", "Accounting")


@dataclass
class MadeUpEditing:
    """Others who are editing, by record, and what was begun and ended here."""

    by_record: dict[int, list[Editor]] = field(default_factory=dict)
    begun: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)

    def begin(self, record_id: int) -> list[Editor]:
        self.begun.append(record_id)
        return self.others(record_id)

    def end(self, record_id: int) -> None:
        self.ended.append(record_id)

    def others(self, record_id: int) -> list[Editor]:
        return self.by_record.get(record_id, [])


def test_the_inspector_names_who_is_editing_until_they_have_ended(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    number = hold(harness, connection)
    details = DetailsPane(harness.services)
    qtbot.addWidget(details)
    details.show()
    editing = MadeUpEditing({number: [BEN]})
    notice = EditorsNotice(editing, lambda: details.record_id, details, bridge)
    details.show_record(harness.services.record_reader.record(number))

    notice.look_now()
    qtbot.waitUntil(lambda: "“ben” at “Accounting”" in details.editors.text())
    editing.by_record.clear()
    notice.look_soon()

    qtbot.waitUntil(lambda: not details.editors.text())
    assert not details.editors.isVisible()


def test_who_opens_a_donor_learns_who_else_has_it_open_and_tells_the_others(
    qtbot: QtBot, harness: Harness, bridge: Bridge, connection: Connection
) -> None:
    number = hold(harness, connection)
    record = harness.services.record_reader.record(number)
    assert record is not None
    editing = MadeUpEditing({number: [BEN]})
    services = replace(harness.services)
    object.__setattr__(services, "editing", editing)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = EditDialog(services, bridge, record, connection, parent)
    dialog.open()
    qtbot.waitUntil(lambda: "“ben” at “Accounting”" in dialog.message.text())
    assert (editing.begun, editing.ended) == ([number], [])

    dialog.done(0)

    qtbot.waitUntil(lambda: editing.ended == [number])
