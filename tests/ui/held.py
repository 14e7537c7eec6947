"""A donor who is held, as a broken address or an opt-out makes one."""

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.harness import Harness


def hold(harness: Harness, connection: Connection, code: ReasonCode = ReasonCode.BAD_EMAIL) -> int:
    """Queue a held record; returns its number."""
    why = reason(code, email="ann@", list="Donors", person="ann")
    queue, now = harness.services.queue, harness.clock.now()
    batch_id = queue.open_batch(connection.id, BatchSource(kind="file", file_name="a.csv", header=("Email",)), now)
    email = "ann@" if code is ReasonCode.BAD_EMAIL else "ann@example.org"
    donor = Donor(email=email, first_name="Ann")
    queue.add(connection.id, batch_id, [NewRecord(row=2, donor=donor, state=RecordState.HELD, reason=why, cells=(email,))], now)  # fmt: skip  # noqa: E501
    queue.close_batch(batch_id)
    return queue.last_record(connection.id)
