"""The filter above the table: a search field and a chip for each kind of value, as many as there is room for."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.store.queries.listing import FilterChoices
from ac_desktop.ui.base import icons, privacy_mask
from ac_desktop.ui.base.parts.announcing import announce
from ac_desktop.ui.base.parts.search_line import show_as_search
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_S, SPACE_XS, scaled
from ac_desktop.ui.queue.filtering.filter_chip import FilterChip
from ac_desktop.ui.queue.filtering.queue_filter import FilterValues, QueueFilter

_TYPING_MS: Final = 200
_SEARCH_WIDTH: Final = 150
_ICON: Final = 16


class FilterBar(QWidget):
    """Shows the filter and changes it; Esc in the search field clears everything."""

    left = Signal()
    choices_wanted = Signal()
    views_wanted = Signal(object)
    columns_wanted = Signal(object)

    def __init__(self, model: QueueFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._choices = FilterChoices()
        self._waiting: FilterChip | None = None
        self.edit = QLineEdit()
        self.found = QLabel()
        self.state = FilterChip(tr("State"))
        self.source = FilterChip(tr("File"))
        self.page = FilterChip(tr("Page"))
        self.reason = FilterChip(tr("Reason"))
        self.days = FilterChip(tr("Date"))
        self.more = FilterChip(tr("More filters"))
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.views_button = _tool("bookmark", tr("Saved views"))
        self.columns_button = _tool("columns", tr("Choose columns"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._apply_now)
        self._lay_out()
        self._connect()
        self.show_values()

    @property
    def chips(self) -> tuple[FilterChip, ...]:
        """The chips, in their order."""
        return self.state, self.source, self.page, self.reason, self.days

    def _lay_out(self) -> None:
        self.edit.setPlaceholderText(tr("Search donors"))
        self.edit.setAccessibleName(tr("Search donors"))
        self.edit.setAccessibleDescription(
            tr("Searches every column. To search one, use file:, page:, state: or cause:. Press Esc to clear.")
        )
        self.edit.setToolTip(self.edit.accessibleDescription())
        self.edit.setAcceptDrops(False)
        show_as_search(self.edit)
        self.edit.installEventFilter(self)
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.found.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for part in (self.edit, *self.chips, self.more, self.found):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self.views_button)
        self._row.addWidget(self.columns_button)
        self._fit_to_font()

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._typing.start)
        self.edit.returnPressed.connect(self._apply_now)
        self._model.changed.connect(self.show_values)
        self._model.state_chosen.connect(self.show_values)
        self.state.wanted.connect(partial(self._open, self.state))
        self.days.wanted.connect(partial(self._open, self.days))
        for chip in (self.source, self.page, self.reason, self.more):
            chip.wanted.connect(partial(self._ask_for, chip))
        for chip in self.chips:
            chip.cleared.connect(partial(self._clear_chip, chip))
        self.views_button.clicked.connect(partial(self._want, self.views_wanted, self.views_button))
        self.columns_button.clicked.connect(partial(self._want, self.columns_wanted, self.columns_button))

    @property
    def text(self) -> str:
        """What is typed."""
        return self.edit.text().strip()

    def show_found(self, number: int | None, *, is_whole: bool = True) -> None:
        """Show how many donors match, so far where it is not all; None while there is no filter."""
        text = ""
        if number is not None and is_whole:
            text = ntr("{count} donor found", "{count} donors found", number)
        elif number is not None:
            text = ntr("{count} donor found so far…", "{count} donors found so far…", number)
        if text != self.found.text():
            self.found.setText(text)
            self._fit()
            if text and is_whole:
                # The focus is in the field, and a narrow window has no room for the count.
                announce(self, text)

    def show_values(self, _state: object = None) -> None:
        """Show the filter as it is, whoever changed it."""
        values = self._model.values
        if values.text != self.text:
            self._typing.stop()
            self.edit.setText(values.text)
            self._typing.stop()
        if self._model.state is None and values.is_empty:
            for chip in self.chips:
                chip.show_value("")
        else:
            self._show_words(values)
        self._fit()

    def _show_words(self, values: FilterValues) -> None:
        from ac_desktop.ui.queue.filtering import filter_menus  # what the menus are made of is not needed at first

        mask = privacy_mask.mask_text
        self.state.show_value(filter_menus.state_word(self._model.state) if self._model.state else "")
        self.source.show_value(mask(filter_menus.source_word(values.source)) if values.source else "")
        self.page.show_value(values.page or "")
        self.reason.show_value(filter_menus.reason_word(values.reason) if values.reason else "")
        self.days.show_value(filter_menus.days_word(values.days) if values.days else "")

    def show_choices(self, choices: FilterChoices) -> None:
        """Take the values to choose from, and open the menu that waits for them."""
        self._choices = choices
        chip, self._waiting = self._waiting, None
        if chip is not None and chip.isVisible():
            self._open(chip)

    def menu_of(self, chip: FilterChip) -> QMenu:
        """Build a chip's menu."""
        from ac_desktop.ui.queue.filtering import filter_menus

        model, values, choices = self._model, self._model.values, self._choices
        match chip:
            case self.state:
                return filter_menus.state_menu(self, model.state, model.choose_state)
            case self.source:
                return filter_menus.source_menu(self, choices.sources, values.source, model.choose_source)
            case self.page:
                return filter_menus.page_menu(self, choices.pages, values.page, model.choose_page)
            case self.reason:
                return filter_menus.reason_menu(self, choices.reasons, values.reason, model.choose_reason)
            case self.days:
                return filter_menus.days_menu(self, values.days, model.choose_days)
            case _:
                return self._menu_of_more()

    def focus(self) -> None:
        """Focus the field."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def show_filter(self, text: str) -> None:
        """Search for other words at once."""
        self.edit.setText(text)
        self._apply_now()

    def clear(self) -> None:
        """Clear the filter: every donor of the state is shown again."""
        self._model.clear()
        self.left.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Clear the filter on Esc, and go to the table on Down."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.edit.clear()
                self.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.left.emit()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the size of the field, the chips that are set and the buttons: the others fold."""
        kept = [chip for chip in self.chips if chip.is_set] + [self.more]
        width = sum(chip.minimumSizeHint().width() + self._row.spacing() for chip in kept)
        return QSize(width + self._fixed_width(), super().minimumSizeHint().height())

    def _fixed_width(self) -> int:
        margins = self._row.contentsMargins()
        tools = (self.views_button, self.columns_button)
        width = sum(tool.sizeHint().width() + self._row.spacing() for tool in tools)
        return width + self.edit.minimumWidth() + self._row.spacing() * 2 + margins.left() + margins.right()

    def _fit(self) -> None:
        """Hide the count first, then the chips that are not set, where they have no room."""
        room = self.width() - self._fixed_width()
        gap = self._row.spacing()
        chips = sum(chip.sizeHint().width() + gap for chip in self.chips)
        found = self.found.sizeHint().width() + gap if self.found.text() else 0
        folded = chips > room
        for chip in self.chips:
            chip.setVisible(chip.is_set or not folded)
        self.more.setVisible(folded)
        if folded:
            chips = sum(chip.sizeHint().width() + gap for chip in (*self.chips, self.more) if not chip.isHidden())
        self.found.setVisible(bool(found) and chips + found <= room)
        self.edit.setMaximumWidth(scaled(_SEARCH_WIDTH * 2, self) if folded else self.edit.minimumWidth())

    def _fit_to_font(self) -> None:
        self.edit.setMinimumWidth(scaled(_SEARCH_WIDTH, self))
        margin = scaled(SPACE_L, self)
        self._row.setContentsMargins(margin, scaled(SPACE_S, self), margin, scaled(SPACE_S, self))
        self._row.setSpacing(scaled(SPACE_XS + 2, self))
        for tool in (self.views_button, self.columns_button):
            tool.setIconSize(QSize(scaled(_ICON, self), scaled(_ICON, self)))

    def _clear_chip(self, chip: FilterChip) -> None:
        model = self._model
        match chip:
            case self.state:
                model.choose_state(None)
            case self.source:
                model.choose_source(None)
            case self.page:
                model.choose_page(None)
            case self.reason:
                model.choose_reason(None)
            case _:
                model.choose_days(None)

    def _ask_for(self, chip: FilterChip) -> None:
        self._waiting = chip
        self.choices_wanted.emit()

    def _open(self, chip: FilterChip) -> None:
        chip.open_menu(self.menu_of(chip))

    def _menu_of_more(self) -> QMenu:
        menu = QMenu(self)
        for chip in self.chips:
            if not chip.is_set:
                below = self.menu_of(chip)
                below.setTitle(chip.title)
                menu.addMenu(below)
        return menu

    def _want(self, signal: object, button: QToolButton) -> None:
        signal.emit(button.mapToGlobal(QPoint(0, button.height())))  # type: ignore[attr-defined]  # a bound signal

    def _apply_now(self) -> None:
        self._typing.stop()
        self._model.search(self.text)


def _tool(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    icons.set_icon(button, icon)
    set_button_kind(button, ButtonKind.FLAT)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
