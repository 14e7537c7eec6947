"""A process that dies in the middle of a relay, at any request: what it held stays held by a dead owner."""

import contextlib
from functools import partial
from typing import Final

from ac_desktop.activecampaign import bulk
from ac_desktop.activecampaign.client import Client
from ac_desktop.activecampaign.rate_limiter import RateLimiter
from ac_desktop.activecampaign.requests import Reply, Request
from ac_desktop.model.connection import Connection
from ac_desktop.relay.bulk_worker import BulkRelay
from ac_desktop.relay.request_runner import RelayStoppedError, RequestContext
from ac_desktop.relay.worker import RecordRelay
from ac_desktop.store.queue.bulk_queue import BulkQueue
from ac_desktop.store.queue.claims import NoClaim
from tests.delivery.support import DeliveryHarness
from tests.unpaced import UnpacedLedger

NEVER: Final = 10_000


class DiedError(Exception):
    """Nothing more is done: not even giving back what was held."""


class Dying:
    """Sends so many requests, then dies: before the next one leaves, or when it has arrived and its answer has not."""

    def __init__(self, client: Client, requests: int, *, after_sending: bool) -> None:
        self._client = client
        self._left = requests
        self._after_sending = after_sending

    def send(self, request: Request) -> Reply:
        self._left -= 1
        if self._left >= 0:
            return self._client.send(request)
        if self._after_sending:
            self._client.send(request)
        raise DiedError

    def close_thread(self) -> None:
        self._client.close_thread()


def die_relaying(
    harness: DeliveryHarness, connection: Connection, requests: int, *, in_bulk: bool, after_sending: bool
) -> bool:
    """Start another process that claims and dies after so many requests; return False where nothing waits."""
    other = harness.open()
    sender = Dying(Client(connection.settings.address, harness.server.key), requests, after_sending=after_sending)
    context = RequestContext(
        sender=sender,
        rate_limiter=RateLimiter(UnpacedLedger(), harness.clock.now, harness.clock.sleep, harness.clock.steady),
        clock=harness.clock,
        redactor=harness.redactor,
        stopping=lambda: False,
    )
    try:
        relay: RecordRelay | BulkRelay
        bulk_queue = BulkQueue(other.database, other.owners)
        fitting = partial(bulk.contacts_that_fit, list_id=connection.settings.list_id)
        now = harness.clock.now()
        many = bulk_queue.claim(connection.id, now, fitting, bulk.MOST_CONTACTS) if in_bulk else None
        if many is not None:
            relay = BulkRelay(many, bulk_queue, context)
        else:
            one = other.queue.claim(connection.id, now)
            if isinstance(one, NoClaim):
                return False
            relay = RecordRelay(one, other.queue, context)
        with contextlib.suppress(DiedError, RelayStoppedError):
            relay.run()
        return True
    finally:
        sender.close_thread()
        other.close()
