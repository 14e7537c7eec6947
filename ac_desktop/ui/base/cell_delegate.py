"""How a table's cell is painted, read in one call: Qt asks role by role, and each question crosses into Python."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex

DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_DECORATION: Final = int(Qt.ItemDataRole.DecorationRole)
_FOREGROUND: Final = int(Qt.ItemDataRole.ForegroundRole)
_BACKGROUND: Final = int(Qt.ItemDataRole.BackgroundRole)
_FONT: Final = int(Qt.ItemDataRole.FontRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_CHECK: Final = int(Qt.ItemDataRole.CheckStateRole)
STYLE_ROLES: Final = frozenset({DISPLAY, _DECORATION, _FOREGROUND, _BACKGROUND, _FONT, _ALIGNMENT, _CHECK})
"""The roles that a cell is painted from. Qt's own names for them are slow to look up, so each is looked up once."""

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINE_SEPARATOR: Final = "\N{LINE SEPARATOR}"

Feature = QStyleOptionViewItem.ViewItemFeature


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell is painted; None stands for the table's own style."""

    text: str | None = None
    icon: QIcon | None = None
    color: QColor | None = None
    ground: QColor | None = None
    font: QFont | None = None
    is_right: bool = False
    icon_at_end: bool = False

    def of_role(self, role: int) -> object:
        """Return one field of the style by its Qt role."""
        if role == DISPLAY:
            return self.text
        if role == _DECORATION:
            return self.icon
        if role == _FOREGROUND:
            return self.color
        if role == _BACKGROUND:
            return self.ground
        if role == _FONT:
            return self.font
        return _RIGHT if role == _ALIGNMENT and self.is_right else None


NOTHING: Final = CellStyle()


class CellDelegate(QStyledItemDelegate):
    """Paints cells as Qt does, but reads a cell's style once."""

    def __init__(self, style: Callable[[Index], CellStyle], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._features: dict[tuple[Feature, bool, bool], Feature] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the option, as QStyledItemDelegate does from the roles."""
        style = self._style(index)
        option.index = index  # type: ignore[assignment]  # Qt gives a QModelIndex here
        text = style.text
        option.features = self._with(option.features, has_text=text is not None, has_icon=style.icon is not None)
        if text is not None:
            option.text = text.replace("\n", _LINE_SEPARATOR) if "\n" in text else text
        if style.icon is not None:
            option.icon = style.icon
            if style.icon_at_end:
                option.decorationPosition = QStyleOptionViewItem.Position.Right
        if style.color is not None:
            palette = QPalette(option.palette)
            palette.setBrush(QPalette.ColorRole.Text, style.color)
            option.palette = palette
        if style.ground is not None:
            option.backgroundBrush = QBrush(style.ground)
        if style.font is not None:
            font = style.font.resolve(option.font)
            option.font = font
            option.fontMetrics = QFontMetrics(font)
        if style.is_right:
            option.displayAlignment = _RIGHT

    def _with(self, features: Feature, *, has_text: bool, has_icon: bool) -> Feature:
        """Add the cell's features to the flags; combining flags is slow, and few combinations occur."""
        key = (features, has_text, has_icon)
        found = self._features.get(key)
        if found is None:
            found = features | (Feature.HasDisplay if has_text else Feature(0))
            found |= Feature.HasDecoration if has_icon else Feature(0)
            self._features[key] = found
        return found
