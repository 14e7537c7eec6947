"""The menu over the log: jump from a line to its donor, and copy lines as text, masked as they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QMenu, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.log.lines import LogLine
from ac_desktop.ui.log.model import LogColumn


@dataclass(frozen=True, kw_only=True)
class LogActions:
    """What the menu of the log can do; provided by the window."""

    go_to_donor: Callable[[int], None]
    show_details: Callable[[LogLine], None]
    copy: Callable[[str], None]


def log_menu(parent: QWidget, lines: QAbstractItemModel, row: int, line: LogLine | None, actions: LogActions) -> QMenu:
    """Build the menu over the line in `row`; `lines` are those that the log shows."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    has_donor = line is not None and bool(line.record_id)
    go_to = menu.addAction(tr("Go to the donor in the queue"))
    details = menu.addAction(tr("Show request and response"))
    for action in (go_to, details):
        action.setEnabled(has_donor)
        if not has_donor:
            action.setToolTip(tr("This entry isn't about a donor."))
    icons.set_icon(go_to, "list")
    if line is not None:
        go_to.triggered.connect(partial(_ignore_arguments, partial(actions.go_to_donor, line.record_id)))
        details.triggered.connect(partial(_ignore_arguments, partial(actions.show_details, line)))
    menu.addSeparator()
    number = lines.rowCount()
    one = menu.addAction(tr("Copy this entry"))
    one.setEnabled(line is not None)
    every = menu.addAction(ntr("Copy {count} shown entry", "Copy {count} shown entries", number))
    every.setEnabled(number > 0)
    icons.set_icon(one, "copy")
    one.triggered.connect(partial(_ignore_arguments, lambda: actions.copy(_text(lines, row))))
    every.triggered.connect(
        partial(_ignore_arguments, lambda: actions.copy("\n".join(_text(lines, at) for at in range(number))))
    )
    return menu


def _text(lines: QAbstractItemModel, row: int) -> str:
    return "\t".join(str(lines.index(row, column).data() or "") for column in LogColumn)


def _ignore_arguments(do: Callable[[], None], _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's own signal
    do()
