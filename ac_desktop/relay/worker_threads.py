"""The worker threads of a relay: each claims what is next, relays it and stores the result, or waits."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.activecampaign.rate_limiter import RequestLimiter
from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import ConnectionState, Outcome
from ac_desktop.platform.process import lower_thread_priority
from ac_desktop.relay.claim_queues import AnyClaim, ClaimQueues
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.connection_keys import ConnectionKeys, KeyUnusableError
from ac_desktop.relay.connection_run import ChangeSignal, ConnectionRun, Relay
from ac_desktop.relay.progress import PauseReason
from ac_desktop.relay.read_back import PageReadBack, SingleReadBack
from ac_desktop.relay.request_runner import RelayStoppedError, RequestContext
from ac_desktop.relay.resting import DatabaseRest
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.errors import StoreError, world_trouble
from ac_desktop.store.ports import Database
from ac_desktop.store.queue.claims import IdleReason, NoClaim

_IDLE_SECONDS: Final = 1.0
_OFFLINE_SECONDS: Final = 5.0
_KEY_SECONDS: Final = 5.0

SenderFactory = Callable[[Connection, str], Sender]


@dataclass(frozen=True, kw_only=True)
class WorkerResources:
    """What all workers share; `interrupt` halts the relay of a connection that is paused."""

    database: Database
    claims: ClaimQueues
    connections: Connections
    keys: ConnectionKeys
    rate_limiter: RequestLimiter
    clock: Clock
    redactor: Redactor
    lowers_priority: bool
    signal: ChangeSignal
    sender_for: SenderFactory
    offline: Callable[[str], bool]
    interrupt: Callable[[int], None]
    on_end: Callable[[ConnectionRun], None]


class Worker:
    """One thread of a relay."""

    def __init__(self, run: ConnectionRun, resources: WorkerResources) -> None:
        self._run = run
        self._resources = resources
        self._database = resources.database
        self._claims = resources.claims
        self._connections = resources.connections
        self._rate_limiter = resources.rate_limiter
        self._clock = resources.clock
        self._signal = resources.signal
        self._rest = DatabaseRest(run, resources.signal, resources.clock)

    def work(self) -> None:
        """Relay until the run stops."""
        run = self._run
        try:
            if self._resources.lowers_priority:
                lower_thread_priority()
            with suppress(RelayStoppedError):
                while not run.stopping and self._rest.unless_stopped(self._next):
                    pass
        except StoreError as error:
            self._abort(str(error))
        except BaseException as error:
            trouble = world_trouble(error)
            self._abort(str(trouble) if trouble else "")
            raise
        finally:
            self._end()

    def _next(self) -> bool:
        """Relay what is next or wait; return False where the relay is over."""
        with self._signal.condition:
            seen = self._signal.count
        connection = self._run.known_connection or self._connections.get(self._run.connection_id)
        if connection is None:
            return False
        if self._waits_for_account(connection, seen):
            return True
        sender = self._sender(connection)
        if sender is None:
            return False
        self._claims.begin(self._run, connection)
        got = self._claims.claim(self._run)
        self._run.known_connection = None
        if isinstance(got, NoClaim):
            return self._idle(got, seen)
        if got.connection.settings.address != connection.settings.address:
            self._rest.to_the_end(partial(self._claims.release, got))
            self._claims.end(got)
            return True
        if self._database.is_distant:
            self._run.known_connection = got.connection
        self._relay(got, sender)
        return True

    def _waits_for_account(self, connection: Connection, seen: int) -> bool:
        """Wait where the account is busy or this computer is offline; return whether that was so."""
        busy = self._rate_limiter.busy_left(connection.account)
        if busy > 0:
            self._wait(seen, busy, PauseReason.BUSY)
            return True
        if self._resources.offline(connection.account):
            self._wait(seen, _OFFLINE_SECONDS, PauseReason.OFFLINE)
            return True
        return False

    def _idle(self, got: NoClaim, seen: int) -> bool:
        match got.idle:
            case IdleReason.DONE | IdleReason.STOPPED:
                connection = self._connections.get(self._run.connection_id) if got.idle is IdleReason.STOPPED else None
                if connection is not None and connection.state is ConnectionState.PAUSED:
                    self._resources.interrupt(self._run.connection_id)
                with self._signal.condition:
                    self._run.stopping = True
                    self._signal.wake()
                return False
            case IdleReason.LATER:
                seconds = min(got.until - self._clock.now(), rules.LONGEST_BREATHING_SPACE)
                self._wait(seen, max(seconds, 0.001), PauseReason.BREATHING)
            case _:
                self._wait(seen, _IDLE_SECONDS, None)
        return True

    def _wait(self, seen: int, seconds: float, why: PauseReason | None) -> None:
        """Wait for a change or for the seconds to pass, unless something changed since `seen`."""
        with self._signal.condition:
            if self._run.stopping or self._signal.count != seen:
                return
            if why is not None:
                self._run.pause_reason, self._run.paused_until = why, self._clock.now() + seconds
            self._clock.wait(self._signal.condition, seconds)

    def _sender(self, connection: Connection) -> Sender | None:
        """Return the run's sender; the key is read once a run and after each change of the settings."""
        with self._run.key_lock:
            if self._run.senders and self._run.address == connection.settings.address and not self._is_key_doubtful():
                return self._run.senders[-1]
            try:
                key = self._resources.keys.get(connection.id)
            except KeyUnusableError as error:
                self._abort(error.reason.text, error.reason.code)
                return None
            self._run.address = connection.settings.address
            self._run.senders.append(self._resources.sender_for(connection, key))
            return self._run.senders[-1]

    def _is_key_doubtful(self) -> bool:
        """Whether somebody in the office has replaced the key; asked every few seconds and after each failure."""
        run, now = self._run, self._clock.steady()
        if not self._database.is_distant or (now < run.key_trusted_until and not run.has_failed_since):
            return False
        run.key_trusted_until, run.has_failed_since = now + _KEY_SECONDS, False
        return self._resources.keys.has_changed(run.connection_id)

    def _relay(self, claim: AnyClaim, sender: Sender) -> None:
        """Relay what was claimed, and store the result."""
        with _released_on_error(partial(self._rest.to_the_end, partial(self._claims.release, claim))):
            relay = self._claims.create_relay(self._run, claim, self._context(sender))
        with self._signal.condition:
            self._run.relays.add(relay)
            self._run.pause_reason = self._run.paused_until = None
        carried_out, done = False, False
        try:
            relay.run()
            carried_out = True
            self._record(relay, self._rest.to_the_end(relay.store_result))
            done = True
        except RelayStoppedError:
            pass
        except Exception as error:
            kept = self._store_after_error(error, relay, carried_out=carried_out)
            done = kept is not None
            self._record(relay, kept or {})
            raise
        finally:
            try:
                if not done:
                    self._rest.to_the_end(relay.release)
            finally:
                self._claims.end(claim)
                with self._signal.condition:
                    self._run.relays.discard(relay)
                    self._signal.wake()
        self._signal.notify_listeners()

    def _store_after_error(self, error: Exception, relay: Relay, *, carried_out: bool) -> Mapping[Outcome, int] | None:
        """Store an attempt that met an error after a request was sent; return the number of records by outcome.

        It is stored with its own result where it was complete, else as failed; without its steps where those are at
        fault.
        Return None where no request was sent, or where the store cannot be written to: then it counts as killed.
        """
        if not relay.has_sent:
            return None
        why = reason(ReasonCode.NOT_KEPT if isinstance(error, StoreError) else ReasonCode.OWN_FAULT)
        ways: list[Callable[[], None]] = [partial(relay.fail, why, with_steps=steps) for steps in (True, False)]
        if carried_out:
            ways.insert(0, lambda: None)
        for way in ways[:-1]:
            try:
                return self._store(relay, way)
            except Exception:  # noqa: BLE001, S112  the first error is raised again; here the next way is tried
                continue
        return self._store(relay, ways[-1])

    def _store(self, relay: Relay, prepare: Callable[[], None]) -> Mapping[Outcome, int] | None:
        prepare()
        try:
            return self._rest.to_the_end(relay.store_result)
        except StoreError:
            return None

    def _record(self, relay: Relay, outcomes: Mapping[Outcome, int]) -> None:
        with self._signal.condition:
            self._run.throughput.record(outcomes, self._clock.now())
            self._run.has_failed_since |= bool(outcomes.get(Outcome.WAITING) or outcomes.get(Outcome.FAILED))
            self._run.unconfirmed += outcomes.get(Outcome.TAKEN, 0)
            if isinstance(relay, PageReadBack | SingleReadBack):
                self._run.unconfirmed -= sum(outcomes.values())

    def _context(self, sender: Sender) -> RequestContext:
        return RequestContext(
            sender=sender,
            rate_limiter=self._rate_limiter,
            clock=self._clock,
            redactor=self._resources.redactor,
            stopping=lambda: self._run.stopping,
            rest=self._rest,
        )

    def _abort(self, trouble: str, code: ReasonCode | None = None) -> None:
        with self._signal.condition:
            self._run.abort(trouble, code)
            self._signal.wake()

    def _end(self) -> None:
        with self._signal.condition:
            self._run.leaving += 1
            is_last = self._run.leaving == len(self._run.threads)
        leave = self._claims.end_run if is_last else self._claims.leave
        # What cannot be released is free when its lease is over.
        with suppress(RelayStoppedError, StoreError):
            self._rest.to_the_end(partial(leave, self._run))
        for sender in self._run.senders:
            sender.close_thread()
        self._database.close_thread()
        self._clock.thread_ended()
        with self._signal.condition:
            self._run.workers -= 1
            self._run.stopping = True
            if self._run.workers == 0:
                self._resources.on_end(self._run)
            self._signal.wake()
        self._signal.notify_listeners()


@contextmanager
def _released_on_error(release: Callable[[], object]) -> Iterator[None]:
    """Release a claim that is not relayed yet where an error occurs."""
    try:
        yield
    except BaseException:
        release()
        raise
