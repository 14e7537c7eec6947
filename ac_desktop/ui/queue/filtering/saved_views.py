"""Filters that a person named and kept: codes and names of files and pages, never the words that were searched for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.queries.record_query import SourceFilter
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.queue.filtering.queue_filter import DayRange, FilterValues

KEY: Final = "queue-views"
"""Where the views are stored, beside the columns."""


@dataclass(frozen=True)
class SavedView:
    """A filter with its name."""

    name: str
    state: RecordState | None
    values: FilterValues


class SavedViews:
    """The views of a person, in the order in which they were saved."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings

    def all(self) -> list[SavedView]:
        """Return every view; what an earlier or later version cannot have meant is left out."""
        kept = bytes(self._settings.layout(KEY).data())
        try:
            entries = json.loads(kept) if kept else []
        except ValueError:
            return []
        views = [_view(entry) for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
        return [view for view in views if view is not None]

    def save(self, view: SavedView) -> None:
        """Keep a view; it replaces another one of its name."""
        self._store([*(one for one in self.all() if one.name != view.name), view])

    def remove(self, name: str) -> None:
        """Forget a view."""
        self._store([one for one in self.all() if one.name != name])

    def _store(self, views: list[SavedView]) -> None:
        text = json.dumps([_entry(view) for view in views], ensure_ascii=False)
        self._settings.keep_layout(KEY, QByteArray(text.encode()))
        self._settings.save()


def _entry(view: SavedView) -> dict[str, object]:
    values = view.values
    days = values.days.value if isinstance(values.days, DayRange) else None
    return {
        "name": view.name,
        "state": view.state.value if view.state else None,
        "source": [values.source.kind, values.source.file_name] if values.source else None,
        "page": values.page,
        "reason": values.reason.value if values.reason else None,
        "days": days,
    }


def _view(entry: Mapping[str, object]) -> SavedView | None:
    name, page, source = entry.get("name"), entry.get("page"), entry.get("source")
    if not isinstance(name, str) or not name:
        return None
    try:
        state = RecordState(str(entry["state"])) if entry.get("state") else None
        reason = ReasonCode(str(entry["reason"])) if entry.get("reason") else None
        days = DayRange(str(entry["days"])) if entry.get("days") else None
    except ValueError:
        return None
    kind_and_name = [str(part) for part in source] if isinstance(source, list) else []
    return SavedView(
        name,
        state,
        FilterValues(
            source=SourceFilter(*kind_and_name) if len(kind_and_name) == len(("kind", "name")) else None,
            page=page if isinstance(page, str) else None,
            reason=reason,
            days=days,
        ),
    )
