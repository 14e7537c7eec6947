"""Which donations of a service earlier batches of a connection hold, by the service's own IDs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.reason_facts import NO_DONATION
from ac_desktop.store.ports import Database

_CHUNK: Final = 1_000
_NO_DONATION: Final = ", ".join(f"'{code.value}'" for code in sorted(NO_DONATION))


@dataclass(frozen=True, slots=True)
class SeenDonations:
    """The IDs of donations that were taken in as completed, and of those left out as they were not."""

    completed: frozenset[str]
    not_completed: frozenset[str]

    def has(self, donation_id: str, *, completed: bool) -> bool:
        """Whether the donation is known as it is now: one that was pending before and is completed now is new."""
        return donation_id in (self.completed if completed else self.not_completed)


def seen_donations(database: Database, connection_id: int, donation_ids: Sequence[str]) -> SeenDonations:
    """Return which of these donations a connection's queued batches hold.

    The records are read once for each thousand IDs, without an index of their own: one would be written to at random
    for every row of every import.
    """
    query = (
        f"SELECT DISTINCT r.donation_id, r.state = 'skipped' AND r.reason_code IN ({_NO_DONATION}) AS left_out"
        " FROM record r JOIN batch b ON b.id = r.batch_id"
        f" WHERE r.connection_id = ? AND b.loading_owner IS NULL AND r.donation_id {database.fragments.in_list}"
    )
    completed: set[str] = set()
    not_completed: set[str] = set()
    for first in range(0, len(donation_ids), _CHUNK):
        chunk = database.fragments.list_value(donation_ids[first : first + _CHUNK])
        for donation_id, left_out in database.rows(query, (connection_id, chunk)):
            (not_completed if left_out else completed).add(donation_id)
    return SeenDonations(frozenset(completed), frozenset(not_completed))
