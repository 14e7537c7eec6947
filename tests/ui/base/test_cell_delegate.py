"""A cell that is read in one call is painted as Qt paints one that it reads role by role."""

from typing import Final

import pytest
from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtWidgets import QStyledItemDelegate, QTableView
from pytestqt.qtbot import QtBot

from ac_desktop.ui.base import icons
from ac_desktop.ui.base.cell_delegate import NOTHING, STYLE_ROLES, CellDelegate, CellStyle, Index
from ac_desktop.ui.base.theme import Tone

NO_PARENT: Final = QModelIndex()
COLUMNS: Final = 3
CURRENT: Final = 4


def _font(*, bold: bool, italic: bool) -> QFont:
    font = QFont()
    font.setBold(bold)
    font.setItalic(italic)
    return font


class OneOfEach(QAbstractTableModel):
    """Cells of every appearance, each once with an icon and once on the right."""

    def __init__(self) -> None:
        super().__init__()
        red, ground = QColor("#a8201a"), QColor("#d8e4f4")
        texts = (None, "", "Ana Example", "two\nlines", "a long text that does not fit into its column", "بريد")
        rows: list[tuple[CellStyle, ...]] = []
        for text in texts:
            icon = icons.icon("sent", Tone.GOOD)
            rows.append((CellStyle(text), CellStyle(text, icon), CellStyle(text, color=red, is_right=True)))
            font = _font(bold=True, italic=False)
            rows.append(
                (CellStyle(text, ground=ground), CellStyle(text, icon, red, ground, font), CellStyle(text, font=font))
            )
        rows.append((NOTHING, CellStyle("italic", font=_font(bold=False, italic=True)), CellStyle("12", is_right=True)))
        self.rows = rows

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802  Qt spells it so
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802  Qt spells it so
        return 0 if parent.isValid() else COLUMNS

    def look(self, index: Index) -> CellStyle:
        return self.rows[index.row()][index.column()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.look(index).of_role(role) if role in STYLE_ROLES else None


def picture(table: QTableView, delegate: QStyledItemDelegate) -> QImage:
    table.setItemDelegate(delegate)
    return table.viewport().grab().toImage()


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("wraps", [True, False])
def test_every_cell_looks_as_qt_would_paint_it(
    qtbot: QtBot,
    enabled: bool,  # noqa: FBT001  of the test
    direction: Qt.LayoutDirection,
    wraps: bool,  # noqa: FBT001  of the test
) -> None:
    model = OneOfEach()
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(model)
    table.setAlternatingRowColors(True)
    table.setLayoutDirection(direction)
    table.setWordWrap(wraps)
    table.setEnabled(enabled)
    table.setIconSize(icons.size_for(table))
    table.resize(420, 640)
    table.selectionModel().select(
        model.index(CURRENT, 1),
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )
    by_role = picture(table, QStyledItemDelegate(table))
    whole = picture(table, CellDelegate(model.look, table))
    assert whole == by_role
    assert whole != picture(table, CellDelegate(lambda _: NOTHING, table))


def test_a_cell_is_as_wide_as_qt_would_make_it(qtbot: QtBot) -> None:
    model = OneOfEach()
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(model)

    def widths() -> list[int]:
        table.resizeColumnsToContents()
        return [table.columnWidth(column) for column in range(COLUMNS)]

    table.setItemDelegate(QStyledItemDelegate(table))
    by_role = widths()
    table.setItemDelegate(CellDelegate(model.look, table))
    assert widths() == by_role
