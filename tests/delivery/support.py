"""A harness with what delivery is about: bulk relay, dated donations, and people who left lists."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.queue.records import BatchSource, NewRecord, Record, StateCounts
from tests.harness import Harness

BULK_PATH = "import/bulk_import"
RESULT_PATH = "import/info"
SYNC_PATH = "contact/sync"
CONTACTS_PATH = "contacts"
LIST_PATH = "contactLists"
MEMBERSHIPS_PATH = "contacts/{id}/contactLists"


class DeliveryHarness(Harness):
    """A harness that relays in bulk too."""

    def relay_in_bulk(self, connection: Connection) -> StateCounts:
        """Relay to the end in bulk and return the counts."""
        return self.relay(connection, in_bulk=True)

    def queue_dated(self, connection: Connection, *dated: tuple[Donor, str]) -> int:
        """Queue donations with their dates as one batch; returns its number."""
        queue, now = self.services.queue, self.clock.now()
        batch_id = queue.open_batch(connection.id, BatchSource(kind="file", file_name="made-up.csv"), now)
        records = [
            NewRecord(row=row, donor=donor, state=RecordState.WAITING, donated_at=date)
            for row, (donor, date) in enumerate(dated, 2)
        ]
        queue.add(connection.id, batch_id, records, now)
        queue.close_batch(batch_id)
        return batch_id

    def queue_many(self, connection: Connection, made: Iterable[Donor]) -> None:
        """Queue very many donors, by portions as an import does."""
        queue, now = self.services.queue, self.clock.now()
        batch_id = queue.open_batch(connection.id, BatchSource(kind="file", file_name="many.csv"), now)
        rows = enumerate(made, 2)
        while portion := list(itertools.islice(rows, 2_000)):
            records = [NewRecord(row=row, donor=donor, state=RecordState.WAITING) for row, donor in portion]
            queue.add(connection.id, batch_id, records, now)
        queue.close_batch(batch_id)

    def keeping(self, connection: Connection, *fields: ContactField) -> Connection:
        """Change the connection so that it leaves some values as the account has them."""
        settings = replace(self.now_is(connection).settings, keep_fields=frozenset(fields))
        return self.services.connections.change(connection.id, settings, self.clock.now())

    def stand(self, email: str, status: MemberStatus, list_id: str = "1") -> None:
        """Set the status of this address's contact on a list."""
        contact = self.account.contact(email) or self.account.add_contact(email)
        self.account.set_status(contact.id, list_id, status)

    def records(self, connection: Connection, state: RecordState | None = None) -> list[Record]:
        """Return all records."""
        return list(self.services.record_reader.all_records(connection.id, state))

    def held(self, connection: Connection) -> list[int]:
        """Return the numbers of the held records."""
        return self.services.decisions.held(connection.id)


def codes(records: Sequence[Record]) -> set[ReasonCode | None]:
    """Return the reasons that some records have."""
    return {record.reason.code if record.reason else None for record in records}
