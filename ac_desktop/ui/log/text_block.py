"""A titled text that can be read, selected, copied and saved, not changed."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.wording import tr
from ac_desktop.platform.private_files import write_private
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.theme import Tone, tone_color

LEAST_LINES: Final = 4
_KEY: Final = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*:)')
_STRING: Final = re.compile(r'(?<=: )"(?:[^"\\]|\\.)*"')
_OTHER: Final = re.compile(r"(?<=: )(?:-?\d[\d.eE+-]*|true|false|null)")


class TextBlock(QWidget):
    """Shows a text under its title, with buttons to copy and to save it."""

    save_failed = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._is_one_line = False
        self._view = QPlainTextEdit()
        self._caption = QLabel(title)
        self.copy_button = self._button("copy", tr("Copy “{title}”", title=title))
        self.save_button = self._button("save", tr("Save “{title}”…", title=title))
        self._colours = JsonColours(self._view.document())
        self._lay_out()
        self._fit_to_font()
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self._ask_where)

    def _lay_out(self) -> None:
        self._view.setReadOnly(True)
        self._view.setAcceptDrops(False)
        self._view.setTabChangesFocus(True)
        self._view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._view.setAccessibleName(self._title)
        self._caption.setBuddy(self._view)
        self._head = QHBoxLayout()
        self._head.addWidget(self._caption, 1)
        self._head.addWidget(self.copy_button)
        self._head.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._head)
        layout.addWidget(self._view, 1)

    def _button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        icons.set_icon(button, icon)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def add_to_head(self, widget: QWidget) -> None:
        """Put a button beside the title."""
        self._head.insertWidget(1, widget)

    def fill_tab(self) -> None:
        """Fill a tab, whose title is the block's."""
        self._caption.setText("")
        self.setContentsMargins(6, 6, 6, 6)

    def make_one_line(self) -> None:
        """Use one line only."""
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.copy_button.hide()
        self.save_button.hide()
        self._is_one_line = True
        self._fit_to_font()

    def show_text(self, text: str) -> None:
        """Show another text; the scroll position is kept where it is the same."""
        if text != self._view.toPlainText():
            self._colours.is_json = text.startswith(("{", "["))
            self._view.setPlainText(text)
        self.copy_button.setEnabled(bool(text))
        self.save_button.setEnabled(bool(text))

    def text(self) -> str:
        """Return the text shown."""
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
        """Keep the fixed font as large as the window's, and the colours right for the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
        if event.type() == QEvent.Type.PaletteChange:
            self._colours.rehighlight()

    def _ask_where(self) -> None:
        name = "answer.json" if self.text().startswith(("{", "[")) else "details.txt"
        dialog = QFileDialog(self, tr("Save"), name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _fit_to_font(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self._view.setFont(font)
        line = self._view.fontMetrics().height()
        for button in (self.copy_button, self.save_button):
            button.setIconSize(icons.size_for(self))
        if self._is_one_line:
            self._view.setFixedHeight(round(line * 1.8))
        else:
            self._view.setMinimumHeight(line * LEAST_LINES)


class JsonColours(QSyntaxHighlighter):
    """Colours the names and the values of JSON, so that a long answer is faster to read."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.is_json = False

    def highlightBlock(self, text: str) -> None:
        """Colour a line; any other text stays as it is."""
        if not self.is_json:
            return
        palette = QApplication.palette()
        for pattern, tone in ((_KEY, Tone.NOTE), (_STRING, Tone.GOOD), (_OTHER, Tone.WARNING)):
            style = QTextCharFormat()
            style.setForeground(tone_color(tone, palette))
            for found in pattern.finditer(text):
                self.setFormat(found.start(), len(found[0]), style)


class AnswerBlock(TextBlock):
    """An answer: indented where it is JSON, and unchanged on demand."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._raw = self._pretty = ""
        self.raw_button = QToolButton()
        self.raw_button.setText(tr("Original"))
        self.raw_button.setCheckable(True)
        self.raw_button.setAutoRaise(True)
        self.raw_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.raw_button.toggled.connect(self._show_either)
        self.add_to_head(self.raw_button)

    def show_answer(self, pretty: str, raw: str) -> None:
        """Show another answer."""
        self._pretty, self._raw = pretty, raw or pretty
        self.raw_button.setEnabled(self._raw != self._pretty)
        self._show_either()

    def _show_either(self) -> None:
        self.show_text(self._raw if self.raw_button.isChecked() else self._pretty)
