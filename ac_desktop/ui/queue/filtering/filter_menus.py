"""The menus of the filter's chips: the values that the connection's donors have, and the words for them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ac_desktop.model.reasons import ReasonCode, template
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import source_name, tr
from ac_desktop.store.queries.record_query import Period, SourceFilter
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.queue.columns import TABS
from ac_desktop.ui.queue.filtering.queue_filter import DayRange

LONGEST: Final = 60
"""Longer values are shortened in a menu."""

T = TypeVar("T")


def state_word(state: RecordState | None) -> str:
    """Return a state's word, or that of all."""
    return tr("All donors") if state is None else formatting.record_label(state).word


def source_word(source: SourceFilter) -> str:
    """Return a file's name, or where donors without a file came from."""
    return source_name(source.kind, source.file_name)


def reason_word(code: ReasonCode) -> str:
    """Return the sentence of a reason, with … where a donor's own value stands."""
    text = template(code)
    parts = text.split("{")
    return parts[0] + "".join("…" + part.partition("}")[2] for part in parts[1:])


def days_word(days: DayRange | Period) -> str:
    """Return the words for a range of days."""
    match days:
        case DayRange.TODAY:
            return tr("today")
        case DayRange.YESTERDAY:
            return tr("yesterday")
        case DayRange.WEEK:
            return tr("last 7 days")
        case DayRange.MONTH:
            return tr("last 30 days")
        case Period():
            return _period_word(days)


def state_menu(parent: QWidget, chosen: RecordState | None, choose: Callable[[RecordState | None], None]) -> QMenu:
    """Build the menu of states."""
    return _menu(parent, [(state_word(state), state) for state in TABS], chosen, choose)


def source_menu(
    parent: QWidget,
    sources: Sequence[SourceFilter],
    chosen: SourceFilter | None,
    choose: Callable[[SourceFilter | None], None],
) -> QMenu:
    """Build the menu of files."""
    entries = [(source_word(source), source) for source in sources]
    return _with_all(parent, tr("All files"), entries, chosen, choose)


def page_menu(parent: QWidget, pages: Sequence[str], chosen: str | None, choose: Callable[[str | None], None]) -> QMenu:
    """Build the menu of action pages."""
    return _with_all(parent, tr("All pages"), [(page, page) for page in pages], chosen, choose)


def reason_menu(
    parent: QWidget,
    reasons: Sequence[ReasonCode],
    chosen: ReasonCode | None,
    choose: Callable[[ReasonCode | None], None],
) -> QMenu:
    """Build the menu of reasons."""
    entries = [(reason_word(code), code) for code in reasons]
    return _with_all(parent, tr("All reasons"), entries, chosen, choose)


def days_menu(
    parent: QWidget, chosen: DayRange | Period | None, choose: Callable[[DayRange | Period | None], None]
) -> QMenu:
    """Build the menu of days."""
    entries: list[tuple[str, DayRange | Period]] = [(_capital(days_word(one)), one) for one in DayRange]
    if isinstance(chosen, Period):
        entries.append((days_word(chosen), chosen))
    return _with_all(parent, tr("Any date"), entries, chosen, choose)


def _with_all(
    parent: QWidget,
    all_of_them: str,
    entries: Sequence[tuple[str, T]],
    chosen: T | None,
    choose: Callable[[T | None], None],
) -> QMenu:
    everything: list[tuple[str, T | None]] = [(all_of_them, None)]
    return _menu(parent, [*everything, *entries], chosen, choose)


def _menu(parent: QWidget, entries: Sequence[tuple[str, T]], chosen: T | None, choose: Callable[[T], None]) -> QMenu:
    menu = QMenu(parent)
    group = QActionGroup(menu)
    for word, value in entries:
        masked = privacy_mask.mask_text(word)
        short = masked if len(masked) <= LONGEST else masked[: LONGEST - 1] + "…"
        action = menu.addAction(short.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(value == chosen)
        action.triggered.connect(partial(_choose, choose, value))
        group.addAction(action)
    return menu


def _choose(choose: Callable[[T], None], value: T, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal
    choose(value)


def _period_word(shown: Period) -> str:
    begin = QDateTime.fromSecsSinceEpoch(round(shown.since))
    last = QDateTime.fromSecsSinceEpoch(round(shown.until) - 1)
    short = QLocale.FormatType.ShortFormat
    first_day = QLocale().toString(begin.date(), short)
    if begin.date() != last.date():
        return tr("{first} to {last}", first=first_day, last=QLocale().toString(last.date(), short))
    if shown.until - shown.since >= 23 * 3600:
        return first_day
    time = QLocale().toString(begin.time(), short)
    return tr("{day}, {time}", day=first_day, time=time)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
