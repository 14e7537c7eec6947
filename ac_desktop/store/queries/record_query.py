"""A query of records: which ones, in which order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ac_desktop.model.states import RecordState
from ac_desktop.store.queries.filters import EVERYTHING, RecordFilter


class SortKey(StrEnum):
    """The columns by which records can be sorted."""

    QUEUED = "queued"
    STATE = "state"
    DONOR = "donor"
    EMAIL = "email"
    SOURCE = "source"
    PAGE = "page"
    CONTACT = "contact"
    LIST = "list"
    TRIES = "tries"
    NEXT_TRY = "next_try"
    CHANGED = "changed"
    REASON = "reason"
    WHO = "who"
    CONTACT_ID = "contact_id"
    PHONE = "phone"
    TEAM = "team"
    STEP = "step"
    CREATED = "created"
    CODE = "code"


@dataclass(frozen=True)
class Sort:
    """An order of records; equal ones are in the order in which they were queued."""

    key: SortKey = SortKey.QUEUED
    descending: bool = False


AS_QUEUED: Final = Sort()


@dataclass(frozen=True)
class RecordQuery:
    """A query of records: which ones, in which order."""

    connection_id: int
    state: RecordState | None = None
    filter: RecordFilter = EVERYTHING
    sort: Sort = AS_QUEUED

    @property
    def is_ascending(self) -> bool:
        """Whether the IDs are in ascending order, so that binary search works."""
        return self.sort == AS_QUEUED
