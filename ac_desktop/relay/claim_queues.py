"""The claims of a relay: what is next in the queues, and the attempt for each kind of claim."""

from functools import partial
from typing import Final

from ac_desktop.activecampaign import bulk
from ac_desktop.model.connection import Connection
from ac_desktop.relay.bulk_worker import BulkRelay
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.connection_run import ConnectionRun, Relay
from ac_desktop.relay.own_claims import ConnectionClaims, OwnClaims
from ac_desktop.relay.read_back import PageReadBack, SingleReadBack
from ac_desktop.relay.request_runner import RequestContext
from ac_desktop.relay.worker import RecordRelay
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.office.duty import DUTY_LASTS, Duties
from ac_desktop.store.ports import Database, WriteScope
from ac_desktop.store.queue.bulk_queue import BulkQueue
from ac_desktop.store.queue.claims import BulkClaim, Claim, IdleReason, NoClaim, PageClaim, SingleClaim
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.read_back import ReadBackQueue

MANY: Final = 500
"""With more records than this one is relayed alone first, so that a mistake affects one donor and not all."""

AnyClaim = Claim | BulkClaim | PageClaim | SingleClaim


class ClaimQueues:
    """Claims from the queue of records, of bulk requests and of reading back."""

    def __init__(
        self,
        *,
        database: Database,
        connections: Connections,
        clock: Clock,
        queue: Queue,
        bulk_queue: BulkQueue,
        read_back_queue: ReadBackQueue,
        duties: Duties,
    ) -> None:
        self._database = database
        self._connections = connections
        self._clock = clock
        self._queue = queue
        self._bulk_queue = bulk_queue
        self._read_back_queue = read_back_queue
        self._duties = duties
        self._own = OwnClaims()

    def begin(self, run: ConnectionRun, connection: Connection) -> None:
        """Relay one record alone first where many wait, or where a bulk request would not reveal a wrong list."""
        with run.begin_lock:
            if not run.is_begun:
                if not run.duty_of:
                    self._duties.relay_begins(connection.id, connection.account)
                    run.duty_of = connection.account
                if run.in_bulk or self._queue.counts(connection.id).waiting > MANY:
                    self._connections.limit_to_single(connection.id)
                run.is_begun = True

    def end_run(self, run: ConnectionRun) -> None:
        """Leave the duty too, as the last worker of a relay ends."""
        self.leave(run)
        if run.duty_of:
            self._duties.relay_ends(run.connection_id, run.duty_of)
            run.duty_of = ""

    def claim(self, run: ConnectionRun) -> AnyClaim | NoClaim:
        """Claim what is next: a result to request, then a bulk request in a bulk relay, then one record.

        The records a person chose come first, then those that came in by themselves: singly, never in bulk.
        The list is read back when only donors of bulk requests are left; one of them is checked sooner where attempts
        have failed since the last success. All in one transaction: an attempt that ends between two queries must not
        send one record singly for nothing.
        """
        with self._own.claiming(run.connection_id) as own:
            claimed: AnyClaim | NoClaim | None = self._claim_at_once(run, own)
            if claimed is None:
                self.release_ahead(run)
                claimed = self._claim(run, own)
            if not isinstance(claimed, NoClaim):
                own.add(claimed.token)
        return claimed

    def end(self, claim: AnyClaim) -> None:
        """Forget a claim whose result is stored, or that is released."""
        self._own.end(claim.connection.id, claim.token)

    def release_ahead(self, run: ConnectionRun) -> None:
        """Release what was claimed for the next worker, as there is none."""
        self._queue.release_ahead(run.connection_id, self._clock.now())

    def leave(self, run: ConnectionRun) -> None:
        """Leave to others what was claimed for the next worker, as there is none, and the attempts there may be."""
        self.release_ahead(run)
        self._queue.end_waiting(run.connection_id)

    def _claim_at_once(self, run: ConnectionRun, own: ConnectionClaims) -> Claim | None:
        if run.in_bulk or own.may_have_unknown:
            return None
        return self._queue.claim_at_once(run.connection_id, self._clock.now(), run.through)

    def _claim(self, run: ConnectionRun, own: ConnectionClaims) -> AnyClaim | NoClaim:
        now = self._clock.now()
        is_left = self._is_left_to_another(run, now)
        with self._database.writing(WriteScope.account_of(run.connection_id)):
            if own.may_have_unknown or self._queue.may_have_lost_claims(run.connection_id):
                self._queue.release_unknown(run.connection_id, own.tokens, now)
            by_hand = self._claim_by_hand(run, now, is_left=is_left) if run.through != 0 else NoClaim(IdleReason.DONE)
            if not (run.is_automatic and isinstance(by_hand, NoClaim)):
                return by_hand
            automatic = self._queue.claim_automatic(run.connection_id, now)
            return _sooner(by_hand, automatic) if isinstance(automatic, NoClaim) else automatic

    def _claim_by_hand(self, run: ConnectionRun, now: float, *, is_left: bool) -> AnyClaim | NoClaim:
        number = run.connection_id
        with self._database.writing(WriteScope.account_of(number)):
            taken = None if is_left else self._bulk_queue.adopt(number, now) or self._read_back_queue.probe(number, now)
            if taken is None and run.in_bulk:
                taken = self._claim_bulk(run, now)
            got = taken or self._queue.claim(number, now, run.through)
            if isinstance(got, NoClaim) and got.idle in {IdleReason.OTHERS, IdleReason.DONE}:
                if is_left:
                    return NoClaim(IdleReason.OTHERS) if self.has_open_results(number) else got
                return self._read_back_queue.claim(number, now) or got
            return got

    def has_open_results(self, connection_id: int) -> bool:
        """Whether a bulk request's result is not known, or a list is to be read back."""
        return self._bulk_queue.has_open(connection_id) or self._read_back_queue.has_work(connection_id)

    def _is_left_to_another(self, run: ConnectionRun, now: float) -> bool:
        """Whether results and lists are left to another workstation: for a while, as that one may not get on."""
        if not self._duties.is_left_to_another(run.connection_id, run.duty_of):
            return False
        if run.left_until is None:
            run.left_until = now + DUTY_LASTS
        return now < run.left_until

    def _claim_bulk(self, run: ConnectionRun, now: float) -> BulkClaim | None:
        connection = self._connections.get(run.connection_id)
        if connection is None or connection.settings.keep_fields:
            return None
        fitting = partial(bulk.contacts_that_fit, list_id=connection.settings.list_id)
        return self._bulk_queue.claim(connection.id, now, fitting, bulk.MOST_CONTACTS, run.through)

    def release(self, claim: AnyClaim | None) -> None:
        """Release a claim that is not relayed yet."""
        now = self._clock.now()
        match claim:
            case None:
                pass
            case BulkClaim():
                self._bulk_queue.release(claim, now)
            case PageClaim() | SingleClaim():
                self._read_back_queue.release(claim, now)
            case _:
                self._queue.release(claim, claim.busy_waited, now)

    def create_relay(self, run: ConnectionRun, claim: AnyClaim, context: RequestContext) -> Relay:
        """Return the attempt for a claim."""
        match claim:
            case BulkClaim():
                return BulkRelay(claim, self._bulk_queue, context)
            case PageClaim():
                return PageReadBack(claim, self._read_back_queue, context)
            case SingleClaim():
                return SingleReadBack(claim, self._read_back_queue, context)
            case _:
                return RecordRelay(claim, self._queue, context, run.list_reading)


_SOONEST_FIRST: Final = (IdleReason.STOPPED, IdleReason.OTHERS, IdleReason.LATER, IdleReason.DONE)


def _sooner(one: NoClaim, other: NoClaim) -> NoClaim:
    """Return which of two reasons to wait ends sooner; a connection that is stopped is so for both."""
    if one.idle is other.idle is IdleReason.LATER:
        return min(one, other, key=lambda idle: idle.until)
    return min(one, other, key=lambda idle: _SOONEST_FIRST.index(idle.idle))
