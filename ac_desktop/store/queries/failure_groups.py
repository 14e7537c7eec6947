"""Failed records grouped by reason, the most frequent first."""

from dataclasses import dataclass
from typing import Final

from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.store.ports import Database
from ac_desktop.store.queries.filters import RecordFilter
from ac_desktop.store.queries.record_query import RecordQuery

_BY_CODE: Final = """
    SELECT COUNT(*) AS number, MIN(reason) AS example, COUNT(DISTINCT reason) AS kinds FROM record
    WHERE connection_id = ? AND state = ? AND reason IS NOT NULL GROUP BY reason_code ORDER BY number DESC, reason_code
"""


@dataclass(frozen=True)
class CauseGroup:
    """The records of one reason code; `example` is the reason of one of them, and of all where `is_same`."""

    example: Reason
    count: int
    is_same: bool

    @property
    def code(self) -> ReasonCode:
        """The reason code."""
        return self.example.code


def causes(database: Database, connection_id: int, state: RecordState = RecordState.FAILED) -> list[CauseGroup]:
    """Return a connection's records of one state grouped by reason code."""
    rows = database.rows(_BY_CODE, (connection_id, state.value))
    return [CauseGroup(Reason.from_json(row["example"]), row["number"], row["kinds"] == 1) for row in rows]


def of_cause(connection_id: int, code: ReasonCode, state: RecordState = RecordState.FAILED) -> RecordQuery:
    """Return the query for the records of one reason code."""
    return RecordQuery(connection_id, state, RecordFilter(codes=(code,)))
