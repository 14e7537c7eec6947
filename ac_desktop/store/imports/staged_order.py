"""How the rows of a staged batch are ordered and searched, as parts of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ac_desktop.store.ports import Fragments
from ac_desktop.store.statements import containing

_PAGE: Final = "CASE WHEN r.page = '' THEN r.page_name ELSE r.page END"
_STATE: Final = "CASE r.state WHEN 'held' THEN 0 WHEN 'failed' THEN 1 WHEN 'waiting' THEN 2 ELSE 3 END"
_SEARCHED: Final = ("r.email", "r.first_name", "r.last_name", "r.phone", "r.page", "r.page_name")


class StagedColumn(StrEnum):
    """What the rows of a batch can be ordered by."""

    ROW = "row"
    STATE = "state"
    EMAIL = "email"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    PAGE = "page"
    REASON = "reason"


@dataclass(frozen=True)
class StagedOrder:
    """The order of a batch's rows, where it is not that of the file; rows without a value are last in any case."""

    column: StagedColumn
    is_descending: bool = False

    def clause(self, fragments: Fragments) -> str:
        """Return the terms of ORDER BY for the records `r`; equal rows are in the order of the file."""
        direction = " DESC" if self.is_descending else ""
        if self.column is StagedColumn.ROW:
            return f"r.id{direction}"
        if self.column is StagedColumn.STATE:
            return f"{_STATE}{direction}, r.id"
        text = _TEXTS[self.column]
        return f"{text} = '', {fragments.without_case.format(text)}{direction}, r.id"


_TEXTS: Final[Mapping[StagedColumn, str]] = MappingProxyType(
    {
        StagedColumn.EMAIL: "r.email",
        StagedColumn.FIRST_NAME: "r.first_name",
        StagedColumn.LAST_NAME: "r.last_name",
        StagedColumn.PHONE: "r.phone",
        StagedColumn.PAGE: _PAGE,
        StagedColumn.REASON: "COALESCE(r.reason_code, r.warnings, '')",
    }
)


def text_condition(text: str, fragments: Fragments) -> tuple[str, list[object]]:
    """Return the condition that each word of a text is in one of a record's columns, or is its row number."""
    conditions: list[str] = []
    values: list[object] = []
    for word in text.split():
        parts = []
        for column in _SEARCHED:
            for pattern in containing(word):
                parts.append(f"{column} {fragments.like} ? ESCAPE '\\'")
                values.append(pattern)
        if word.isascii() and word.isdigit():
            parts.append("r.row = ?")
            values.append(int(word))
        conditions.append(f"({' OR '.join(parts)})")
    return " AND ".join(conditions) or "TRUE", values
