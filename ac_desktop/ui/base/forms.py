"""Forms whose every field has a label with a mnemonic, an accessible name and description, and space for its error."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.donor import Donor
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.metrics import SPACE_S

_LINE_WIDTH: Final = 34
"""In digits."""
LEAST_FIELD: Final = 24
"""The characters that fit at least into a field beside its label."""


class FormField(QWidget):
    """A form's field with its hint and its error below it."""

    def __init__(self, widget: QWidget, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.widget = widget
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        self._hint = small_label(hint)
        self._error = small_label("")
        self._icon = FieldIcon()
        self._icon.show_icon("problem", Tone.PROBLEM)
        layout.addWidget(self._hint)
        row = QHBoxLayout()
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._error, 1)
        layout.addLayout(row)
        self._error.setObjectName("error")
        self._hint.setVisible(bool(hint))
        self._error.setVisible(False)
        self._icon.setVisible(False)

    @property
    def error(self) -> str:
        """What is wrong with the field, or ""."""
        return self._error.text()

    def show_error(self, text: str) -> None:
        """Show what is wrong with the field, also to screen readers; "" clears it."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._icon.setVisible(bool(text))
        self._describe()

    def show_hint(self, text: str) -> None:
        """Show another hint below the field."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._describe()

    def _describe(self) -> None:
        _focused_part(self.widget).setAccessibleDescription(self._error.text() or self._hint.text())


class DonorLine(QLineEdit):
    """A line for a donor's name or address; while the privacy mask is on, only the field being edited is readable."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAcceptDrops(False)
        self.follow_privacy_mask()

    def follow_privacy_mask(self) -> None:
        """Mask or show the text, following the privacy mask."""
        hidden = privacy_mask.is_masked() and not self.hasFocus()
        self.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the text while it is edited."""
        super().focusInEvent(event)
        self.follow_privacy_mask()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mask the text after editing."""
        super().focusOutEvent(event)
        self.follow_privacy_mask()


class Form(QFormLayout):
    """A form layout that names its fields for screen readers.

    Labels are beside their fields where all of them fit, else above. Qt's own wrapping of long rows gives a field
    less than it needs.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def minimumSize(self) -> QSize:
        """Return the smallest size: the widest label or field, as one may be above the other."""
        widest = max(self._widest(QFormLayout.ItemRole.LabelRole), self._widest(QFormLayout.ItemRole.FieldRole))
        margins = self.contentsMargins()
        return QSize(widest + margins.left() + margins.right(), super().minimumSize().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width, with the labels where they would be at that width.

        It is computed here, because Qt also asks about widths that are never used, and nothing must move for those.
        """
        margins, gap = self.contentsMargins(), max(0, self.verticalSpacing())
        inner = width - margins.left() - margins.right()
        beside = None if self._is_narrow(inner) else inner - self._beside()
        heights = [self._row_height(row, inner, beside) for row in range(self.rowCount()) if self._is_shown(row)]
        return sum(heights) + gap * max(0, len(heights) - 1) + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:
        """Lay the rows out, with the labels beside the fields where they fit."""
        policies = QFormLayout.RowWrapPolicy
        margins = self.contentsMargins()
        is_narrow = self._is_narrow(rect.width() - margins.left() - margins.right())
        wanted = policies.WrapAllRows if is_narrow else policies.DontWrapRows
        if wanted is not self.rowWrapPolicy():
            self.setRowWrapPolicy(wanted)
        super().setGeometry(rect)

    def _is_narrow(self, width: int) -> bool:
        """Whether labels and fields do not fit beside each other."""
        owner = self.parentWidget()
        metrics = owner.fontMetrics() if owner is not None else QApplication.fontMetrics()
        field = max(self._widest(QFormLayout.ItemRole.FieldRole), metrics.averageCharWidth() * LEAST_FIELD)
        return width < self._beside() + field

    def _beside(self) -> int:
        """Return the width that labels beside the fields take."""
        return self._widest(QFormLayout.ItemRole.LabelRole) + max(0, self.horizontalSpacing())

    def _is_shown(self, row: int) -> bool:
        item = self.itemAt(row, QFormLayout.ItemRole.FieldRole)
        return item is not None and not item.isEmpty()

    def _row_height(self, row: int, width: int, beside: int | None) -> int:
        """Return a row's height; `beside` is what labels leave of the width, None where they are above."""
        field = self.itemAt(row, QFormLayout.ItemRole.FieldRole)
        label = self.itemAt(row, QFormLayout.ItemRole.LabelRole)
        if label is None:
            return _height_at(field, width)
        above = label.sizeHint().boundedTo(label.maximumSize()).height()
        if beside is None:
            return above + max(0, self.verticalSpacing()) + _height_at(field, width)
        return max(above, _height_at(field, beside))

    def _widest(self, role: QFormLayout.ItemRole) -> int:
        items = (self.itemAt(row, role) for row in range(self.rowCount()))
        return max((item.minimumSize().width() for item in items if item is not None and not item.isEmpty()), default=0)

    def add_field(self, label: str, widget: QWidget, hint: str = "") -> FormField:
        """Add a field; `label` carries the mnemonic as `&`. A composite names the part that receives its focus."""
        field = FormField(widget, hint)
        refuse_drops(widget)
        caption = QLabel(label)
        named = _focused_part(widget)
        caption.setBuddy(named)
        name = label.replace("&", "").rstrip(":")
        named.setAccessibleName(name)
        if isinstance(named, QSpinBox):
            # A style sheet leaves the text of a spin box no space at its left.
            named.lineEdit().setTextMargins(SPACE_S, 0, 0, 0)
        if isinstance(named, QComboBox) and (line := named.lineEdit()) is not None:
            line.setAccessibleName(name)
        named.setAccessibleDescription(hint)
        self.addRow(caption, field)
        return field

    def add_check(self, box: QAbstractButton, hint: str = "") -> FormField:
        """Add a check box; its own text names it."""
        field = FormField(box, hint)
        box.setAccessibleDescription(hint)
        # A row without any label is laid out higher than it is.
        none = QLabel()
        none.setMaximumHeight(0)
        self.addRow(none, field)
        return field


class FieldIcon(QLabel):
    """An icon as high as the text beside it, recolored with the palette."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ("", Tone.PLAIN)

    def show_icon(self, name: str, tone: Tone) -> None:
        """Show one of the program's icons."""
        self._shown = (name, tone)
        self.setPixmap(icons.pixmap(name, tone, self.fontMetrics().height(), self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette and the font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and self._shown[0]:
            self.show_icon(*self._shown)


def refuse_drops(widget: QWidget) -> None:
    """Refuse drops: a text field answers with a move, and the source then loses what was dragged."""
    for one in (widget, *widget.findChildren(QWidget)):
        if one.acceptDrops():
            one.setAcceptDrops(False)


def typed_donor(
    email: QLineEdit, first: QLineEdit, last: QLineEdit, phone: QLineEdit, page: QLineEdit, team: QLineEdit
) -> Donor:
    """Return the donor that is typed in, as it is typed."""
    return Donor(
        email=email.text(),
        first_name=first.text(),
        last_name=last.text(),
        phone=phone.text(),
        page=page.text(),
        team=team.text(),
    )


def widen(lines: Iterable[QLineEdit]) -> None:
    """Let the lines for a donor show a usual address whole."""
    for line in lines:
        line.setMinimumWidth(line.fontMetrics().horizontalAdvance("0") * _LINE_WIDTH)


def small_label(text: str) -> QLabel:
    """Return a label for sentences: it wraps, and shows its text literally."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    return label


def _height_at(item: QLayoutItem | None, width: int) -> int:
    if item is None:
        return 0
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def _focused_part(widget: QWidget) -> QWidget:
    return widget.focusProxy() or widget
