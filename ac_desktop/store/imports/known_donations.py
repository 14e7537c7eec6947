"""Which donations of a service earlier batches of a connection hold, by the service's own IDs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.reason_facts import NO_DONATION
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.store.ports import Database

_CHUNK: Final = 20_000
_UNCLEAR: Final = f"'{ReasonCode.DONATION_UNCLEAR.value}'"
_NO_DONATION: Final = ", ".join(f"'{code.value}'" for code in sorted(NO_DONATION))


@dataclass(frozen=True, slots=True)
class SeenDonations:
    """The IDs of donations whose donors were taken in, and of those left out, or held, because of their status."""

    taken: frozenset[str]
    left_out: frozenset[str]


def seen_donations(database: Database, connection_id: int, donation_ids: Sequence[str]) -> SeenDonations:
    """Return which of these donations a connection's queued batches hold.

    The records are read once for each chunk of IDs, without an index of their own: one would be written to at random
    for every row of every import.
    """
    query = (
        f"SELECT DISTINCT r.donation_id, r.state = 'skipped' AND r.reason_code IN ({_NO_DONATION})"
        f" OR r.state = 'held' AND r.reason_code = {_UNCLEAR} AS left_out"
        " FROM record r JOIN batch b ON b.id = r.batch_id"
        f" WHERE r.connection_id = ? AND b.loading_owner IS NULL AND r.donation_id {database.fragments.in_list}"
    )
    taken: set[str] = set()
    without_donation: set[str] = set()
    for first in range(0, len(donation_ids), _CHUNK):
        chunk = database.fragments.list_value(donation_ids[first : first + _CHUNK])
        for donation_id, left_out in database.rows(query, (connection_id, chunk)):
            (without_donation if left_out else taken).add(donation_id)
    return SeenDonations(frozenset(taken), frozenset(without_donation))
