"""A titled text that can be read, selected, copied and saved, not changed."""

import re
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import write_private
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.file_dialogs import save_dialog
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.metrics import (
    RADIUS_CONTROL,
    SECOND_LINE,
    SPACE_L,
    SPACE_S,
    SPACE_XS,
    code_font,
    scaled,
    sized_font,
)
from ac_desktop.ui.log.json_text import MARK, arranged

LEAST_CHARACTERS: Final = 30
MOST_LINES: Final = 60
"""A longer text scrolls in itself."""
_ICON: Final = 16
_BUTTON: Final = 29
_NO_LIMIT: Final = 16_777_215
"""Qt's own largest size of a widget."""
LEAST_LINES: Final = 4
_KEY: Final = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*:)')
_STRING: Final = re.compile(r'(?<=: )"(?:[^"\\]|\\.)*"')
_FOLD: Final = re.compile(f"{MARK}.*")
_OTHER: Final = re.compile(r"(?<=: )(?:-?\d[\d.eE+-]*|true|false|null)")


class TextBlock(QWidget):
    """Shows a text under its title, as high as its lines, with a button that copies all of it."""

    save_failed = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._text = ""
        self._fills_tab = False
        self._view = QPlainTextEdit()
        self._caption = QLabel(title)
        self.copy_button = _button("copy", tr("Copy “{title}”", title=title))
        self.more_button = _button("more", tr("More for “{title}”", title=title))
        self.menu = QMenu(self)
        self.save_action = self.menu.addAction(tr("Save…"))
        self._colors = JsonColors(self._view.document())
        self._lay_out()
        self._fit_to_font()
        self.copy_button.clicked.connect(self.copy)
        self.save_action.triggered.connect(self._ask_where)

    def _lay_out(self) -> None:
        view = self._view
        view.setReadOnly(True)
        view.setAcceptDrops(False)
        view.setTabChangesFocus(True)
        view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        view.setAccessibleName(self._title)
        view.document().setDocumentMargin(SPACE_S)
        view.viewport().setAutoFillBackground(False)
        self._caption.setBuddy(view)
        self.more_button.setMenu(self.menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._head = QHBoxLayout()
        self._head.setSpacing(SPACE_XS)
        self._head.addWidget(self._caption)
        self._head.addStretch(1)
        self._head.addWidget(self.copy_button)
        self._head.addWidget(self.more_button)
        self._ground = CodeGround(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addLayout(self._head)
        layout.addWidget(self._ground, 1)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a widget before the buttons."""
        self._head.insertWidget(self._head.indexOf(self.copy_button), widget)

    def fill_tab(self) -> None:
        """Fill a tab, whose title is the block's, and scroll there."""
        self._fills_tab = True
        self._caption.setText("")
        self.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_L)
        self._fit_to_font()

    def show_text(self, text: str) -> None:
        """Show another text; the scroll position is kept where it is the same."""
        self._text = text
        self._show()
        self.copy_button.setEnabled(bool(text))
        self.more_button.setEnabled(bool(text))

    def text(self) -> str:
        """Return the whole text, as it is copied and saved."""
        return self._text

    def shown(self) -> str:
        """Return the text as it is arranged for reading."""
        return self._view.toPlainText()

    def copy(self) -> None:
        """Copy the whole text."""
        QGuiApplication.clipboard().setText(self.text())

    def save(self, name: str) -> None:
        """Write the text to a file."""
        try:
            write_private(Path(name), self.text())
        except OSError as error:
            self.save_failed.emit(
                tr("“{name}” couldn't be saved ({problem}).", name=Path(name).name, problem=error.strerror or error)
            )

    def changeEvent(self, event: QEvent) -> None:
        """Keep the fixed font as large as the window's, and the colors right for the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
        if event.type() == QEvent.Type.PaletteChange:
            self._colors.rehighlight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of the lines at this width."""
        super().resizeEvent(event)
        self._fit_height()

    def _arranged(self) -> str:
        return self._text

    def _show(self) -> None:
        shown = self._arranged()
        if shown != self._view.toPlainText():
            self._colors.is_json = shown.startswith(("{", "["))
            self._view.setPlainText(shown)
        self._fit_height()

    def _ask_where(self) -> None:
        name = "response.json" if self.text().startswith(("{", "[")) else "details.txt"
        save_dialog(self, tr("Save"), name=name, save=self.save).open()

    def _fit_to_font(self) -> None:
        self._view.setFont(code_font(self.font()))
        self._caption.setFont(sized_font(self.font(), SECOND_LINE, QFont.Weight.DemiBold))
        for button in (self.copy_button, self.more_button):
            button.setIconSize(QSize(scaled(_ICON, self), scaled(_ICON, self)))
            button.setFixedWidth(scaled(_BUTTON, self))
        self._fit_height()

    def _fit_height(self) -> None:
        if self._fills_tab:
            self._view.setMinimumHeight(self._view.fontMetrics().height() * LEAST_LINES)
            self._view.setMaximumHeight(_NO_LIMIT)
            self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            return
        self._view.document().setTextWidth(self._view.viewport().width())
        lines = max(1, round(self._view.document().size().height()))
        line = QFontMetricsF(self._view.font()).lineSpacing()
        height = ceil(line * min(lines, MOST_LINES)) + 2 * SPACE_S + SPACE_XS
        self._view.setFixedHeight(height)
        self._view.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )


class CodeGround(QFrame):
    """The ground of a text, with a thin edge."""

    def __init__(self, view: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(view)
        self._set_ground()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._set_ground()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        colors = current_colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.focus if self._view.hasFocus() else colors.line, 1))
        painter.setBrush(colors.code)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.end()

    def _set_ground(self) -> None:
        ground = QColor(current_colors().code)
        if self._view.palette().color(QPalette.ColorRole.Base) != ground:
            palette = QPalette(self._view.palette())
            palette.setColor(QPalette.ColorRole.Base, ground)
            self._view.setPalette(palette)


class JsonColors(QSyntaxHighlighter):
    """Colors the names and the values of JSON, so that a long answer is faster to read."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.is_json = False

    def highlightBlock(self, text: str) -> None:
        """Color a line; any other text stays as it is."""
        if not self.is_json:
            return
        colors = current_colors()
        for pattern, color in (
            (_KEY, colors.json_name),
            (_STRING, colors.json_text),
            (_OTHER, colors.json_number),
            (_FOLD, colors.json_name),
        ):
            style = QTextCharFormat()
            style.setForeground(color)
            for found in pattern.finditer(text):
                self.setFormat(found.start(), len(found[0]), style)


class PayloadBlock(TextBlock):
    """A request or a response in JSON: arranged for reading, with a click on ▸ whole, and unchanged on demand."""

    def __init__(self, title: str, *, folds: bool, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._raw = ""
        self._folds = folds
        self._shown_width = 0
        self.whole_action = self._checkable(tr("Show all fields"))
        self.raw_action = self._checkable(tr("Original"))
        self.whole_action.setVisible(folds)
        self._view.viewport().installEventFilter(self)
        self._view.installEventFilter(self)

    def show_payload(self, pretty: str, raw: str = "") -> None:
        """Show another request or response; `raw` is what came over the network."""
        self._raw = raw or pretty
        self.raw_action.setEnabled(self._raw != pretty)
        self.show_text(pretty)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Unfold by a click on a line with ▸, or by Enter there."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            cursor = self._view.cursorForPosition(event.position().toPoint())
            if MARK in cursor.block().text() and not self._view.textCursor().hasSelection():
                self.whole_action.setChecked(True)
        if (
            watched is self._view
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and self._folds
        ):
            self.whole_action.toggle()
            return True
        return False

    def _arranged(self) -> str:
        if self.raw_action.isChecked():
            return self._raw
        folds = self._folds and not self.whole_action.isChecked()
        self._shown_width = self._characters()
        more, links = tr("{count} more fields"), tr("{count} links")
        return arranged(self._text, folds=folds, more=more, links=links, width=self._shown_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines where this width has them."""
        super().resizeEvent(event)
        if self._characters() != self._shown_width:
            self._show()

    def _characters(self) -> int:
        room = self._view.viewport().width() - 2 * SPACE_S
        return max(LEAST_CHARACTERS, int(room / QFontMetricsF(self._view.font()).horizontalAdvance("0")) - 1)

    def _checkable(self, text: str) -> QAction:
        action = self.menu.addAction(text)
        action.setCheckable(True)
        action.toggled.connect(self._show)
        return action


def _button(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    icons.set_icon(button, icon)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
