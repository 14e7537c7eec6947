"""Reads which rows of a staged batch are shown, and which contain a text, off the main thread."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject

from ac_desktop.services import Services
from ac_desktop.store.imports.staged_order import StagedOrder
from ac_desktop.store.imports.staging import StagedFilter
from ac_desktop.store.ports import QueryCancelledError, QueryToken
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.importing.checking.kinds_list import ALL_ROWS, SimilarRows, WantedRows
from ac_desktop.ui.importing.comparison import ComparisonRunner


@dataclass(frozen=True)
class ShownRows:
    """The rows to show of a batch; without an `order` they are in that of the file."""

    batch_id: int = 0
    wanted: WantedRows = ALL_ROWS
    order: StagedOrder | None = None

    def of(self, wanted: WantedRows) -> "ShownRows":
        """Return other rows of the batch in the same order."""
        return replace(self, wanted=wanted)

    @property
    def staged(self) -> StagedFilter:
        """The filter of the store: how rows compare is not stored."""
        return self.wanted if isinstance(self.wanted, StagedFilter) else ALL_ROWS


@dataclass(frozen=True)
class RowsToFind:
    """A text, and the IDs of the rows among which it is looked for."""

    shown: ShownRows
    text: str
    ids: "array[int]"


class RowReader(QObject):
    """Reads one list of rows and one search at a time; the newest request cancels those before it."""

    def __init__(
        self, services: Services, bridge: Bridge, comparing: ComparisonRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._comparing = comparing
        self._asked: ShownRows | None = None
        self._reading, self._finding = QueryToken(), QueryToken()

    def read(self, shown: ShownRows, deliver: "Callable[[ShownRows, array[int]], None]") -> None:
        """Deliver the IDs of the rows; those that were just asked for are not read twice."""
        if self._asked == shown:
            return
        self._reading.cancel()
        self._reading, self._asked = QueryToken(), shown
        among: array[int] | None = None
        if isinstance(shown.wanted, SimilarRows):
            among = self._comparing.ids(shown.wanted.difference)
            if shown.order is None:
                self._delivered(shown, self._reading, deliver, among)
                return
        read = partial(_read, self._services, shown, among, self._reading)
        self._bridge.run(read, partial(self._delivered, shown, self._reading, deliver), _ignore_cancelled)

    def find(self, wanted: RowsToFind, deliver: "Callable[[RowsToFind, array[int]], None]") -> None:
        """Deliver the places of the rows that contain the text, in the order in which they are shown."""
        self.stop_finding()
        token = self._finding
        find = partial(_find, self._services, wanted, token)
        self._bridge.run(find, partial(_unless_cancelled, token, partial(deliver, wanted)), _ignore_cancelled)

    def stop_finding(self) -> None:
        """Wait for no search any more."""
        self._finding.cancel()
        self._finding = QueryToken()

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._reading.cancel()
        self._asked = None
        self.stop_finding()

    def _delivered(
        self,
        shown: ShownRows,
        token: QueryToken,
        deliver: "Callable[[ShownRows, array[int]], None]",
        ids: "array[int]",
    ) -> None:
        if not token.is_cancelled:
            self._asked = None
            deliver(shown, ids)


def _read(services: Services, shown: ShownRows, among: "array[int] | None", token: QueryToken) -> "array[int]":
    if shown.order is None:
        return services.staging.ids(shown.batch_id, shown.staged)
    ids = services.staging.ids_in_order(shown.batch_id, shown.staged, shown.order, token)
    if among is None:
        return ids
    kept = frozenset(among)
    return array("q", (one for one in ids if one in kept))


def _find(services: Services, wanted: RowsToFind, token: QueryToken) -> "array[int]":
    shown = wanted.shown
    found = frozenset(services.staging.ids_with_text(shown.batch_id, ALL_ROWS, wanted.text, token))
    return array("q", (place for place, one in enumerate(wanted.ids) if one in found))


def _unless_cancelled(token: QueryToken, deliver: "Callable[[array[int]], None]", found: "array[int]") -> None:
    if not token.is_cancelled:
        deliver(found)


def _ignore_cancelled(error: Exception) -> None:
    if not isinstance(error, QueryCancelledError):
        raise error
