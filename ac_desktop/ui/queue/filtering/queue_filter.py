"""Which donors the queue shows: one filter that the sidebar, the chips, the search field and saved views share."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QDate, QDateTime, QObject, QTime, Signal

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.queries import record_query
from ac_desktop.store.queries.record_query import Period, RecordFilter, SourceFilter
from ac_desktop.ui.base import formatting

WEEK: Final = 7
MONTH: Final = 30


class DayRange(StrEnum):
    """Days that a person can filter by; the values are stored."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class FilterValues:
    """What is chosen: one value of each kind at most, and the words that are searched for."""

    text: str = ""
    source: SourceFilter | None = None
    page: str | None = None
    reason: ReasonCode | None = None
    days: DayRange | Period | None = None

    @property
    def is_empty(self) -> bool:
        """Whether every donor of the state is shown."""
        return self == NO_FILTER


NO_FILTER: Final = FilterValues()


class QueueFilter(QObject):
    """Holds the state and the other values; `state_chosen` and `changed` report which of them changed."""

    state_chosen = Signal(object)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state: RecordState | None = None
        self._values = NO_FILTER

    @property
    def state(self) -> RecordState | None:
        """The state whose donors are shown; None for all."""
        return self._state

    @property
    def values(self) -> FilterValues:
        """Everything but the state."""
        return self._values

    def choose_state(self, state: RecordState | None) -> None:
        """Show the donors in one state, or all of them."""
        if state is not self._state:
            self._state = state
            self.state_chosen.emit(state)

    def choose(self, values: FilterValues) -> None:
        """Filter by other values."""
        if values != self._values:
            self._values = values
            self.changed.emit()

    def search(self, text: str) -> None:
        """Search for other words."""
        self.choose(replace(self._values, text=text.strip()))

    def choose_source(self, source: SourceFilter | None) -> None:
        """Show the donors of one file."""
        self.choose(replace(self._values, source=source))

    def choose_page(self, page: str | None) -> None:
        """Show the donors of one action page."""
        self.choose(replace(self._values, page=page))

    def choose_days(self, days: DayRange | Period | None) -> None:
        """Show the donors who changed within some days."""
        self.choose(replace(self._values, days=days))

    def choose_reason(self, code: ReasonCode | None) -> None:
        """Show the donors with one reason."""
        self.choose(replace(self._values, reason=code))

    def clear(self) -> None:
        """Show every donor of the state again."""
        self.choose(NO_FILTER)

    def record_filter(self, now: float) -> RecordFilter:
        """Return the filter for the store; `now` in seconds since 1970 tells which day today is."""
        chosen = self._values
        words = {formatting.record_label(state).word: state for state in RecordState}
        typed = record_query.parse_filter(chosen.text, words)
        return replace(
            typed,
            codes=() if chosen.reason is None else (chosen.reason,),
            sources=() if chosen.source is None else (chosen.source,),
            named_pages=() if chosen.page is None else (chosen.page,),
            changed=period(chosen.days, now),
        )


def period(days: DayRange | Period | None, now: float) -> Period | None:
    """Return the days of a range as a period that begins and ends at midnight, local time."""
    if days is None or isinstance(days, Period):
        return days
    today = QDateTime.fromMSecsSinceEpoch(round(now * 1000)).date()
    match days:
        case DayRange.TODAY:
            return _between(today, today)
        case DayRange.YESTERDAY:
            return _between(today.addDays(-1), today.addDays(-1))
        case DayRange.WEEK:
            return _between(today.addDays(1 - WEEK), today)
        case DayRange.MONTH:
            return _between(today.addDays(1 - MONTH), today)


def _between(first: QDate, last: QDate) -> Period:
    return Period(_midnight(first), _midnight(last.addDays(1)))


def _midnight(day: QDate) -> float:
    return float(QDateTime(day, QTime(0, 0)).toSecsSinceEpoch())
