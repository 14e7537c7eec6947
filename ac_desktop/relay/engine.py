"""The relay engine: starts and stops the relays of connections and reports their progress."""

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from ac_desktop.activecampaign.rate_limiter import RateLimiter
from ac_desktop.model import rules
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import ConnectionState, Outcome
from ac_desktop.model.wording import tr
from ac_desktop.relay.claim_queues import AnyClaim, ClaimQueues
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.connection_run import ConnectionRun, Relay
from ac_desktop.relay.own_faults import released_on_error, store_after_error
from ac_desktop.relay.progress import PauseReason, Progress
from ac_desktop.relay.read_back import PageReadBack, SingleReadBack
from ac_desktop.relay.request_runner import RelayStoppedError, RequestContext, Sender
from ac_desktop.relay.ui_yield import UiYield
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.connections.keys import Keys
from ac_desktop.store.errors import StoreError, world_trouble
from ac_desktop.store.ports import Database
from ac_desktop.store.queue.bulk_queue import BulkQueue
from ac_desktop.store.queue.claims import IdleReason, NoClaim
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.read_back import ReadBackQueue

WORKERS: Final = rules.MOST_IN_FLIGHT
STOP_TIMEOUT: Final = 3.0
_IDLE_SECONDS: Final = 1.0
_OFFLINE_SECONDS: Final = 5.0


SenderFactory = Callable[[Connection, str], Sender]


class RelayEngine:
    """Starts and stops the relay of connections and reports its progress.

    Everything shared by the workers is guarded by one condition, which also wakes them. `change_count` grows with
    each change, so that a change between a query of the queue and the wait for the next one is never missed.
    """

    def __init__(
        self,
        *,
        database: Database,
        queue: Queue,
        bulk_queue: BulkQueue,
        read_back_queue: ReadBackQueue,
        connections: Connections,
        keys: Keys,
        rate_limiter: RateLimiter,
        clock: Clock,
        redactor: Redactor,
        ui_yield: UiYield,
        sender_for: SenderFactory,
        offline: Callable[[str], bool],
        workers: int = WORKERS,
    ) -> None:
        self._database = database
        self._queue = queue
        self._read_back_queue = read_back_queue
        self._claims = ClaimQueues(
            database=database,
            connections=connections,
            clock=clock,
            queue=queue,
            bulk_queue=bulk_queue,
            read_back_queue=read_back_queue,
        )
        self._connections = connections
        self._keys = keys
        self._rate_limiter = rate_limiter
        self._clock = clock
        self._redactor = redactor
        self._ui_yield = ui_yield
        self.sender_for = sender_for
        self._offline = offline
        self._workers = min(workers, rules.MOST_IN_FLIGHT)
        self._condition = threading.Condition()
        self._change_count = 0
        self._runs: dict[int, ConnectionRun] = {}
        self._last: dict[int, ConnectionRun] = {}
        self._interrupted: dict[int, ConnectionRun] = {}
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change, on whichever thread made it."""
        self._listeners.append(listener)

    def start(self, connection_id: int, *, through: int | None = None, in_bulk: bool = False) -> None:
        """Start to relay the waiting records of a connection, up to record `through`; extend a relay under way.

        `in_bulk` sends up to 250 records a request wherever that is allowed; see `bulk_offer.bulk_refusal`.
        """
        with self._condition:
            self._interrupted.pop(connection_id, None)
            run = self._runs.get(connection_id)
            if run is not None and not run.stopping:
                run.through = None if through is None or run.through is None else max(run.through, through)
                run.in_bulk = run.in_bulk or in_bulk
                self._wake()
                return
            run = ConnectionRun(connection_id, through, self._clock.now(), in_bulk=in_bulk)
            self._runs[connection_id] = self._last[connection_id] = run
            run.workers = self._workers
            run.unconfirmed = self._read_back_queue.unconfirmed(connection_id) or 0
            for number in range(self._workers):
                self._clock.thread_started()
                thread = threading.Thread(
                    target=self._work, args=(run,), name=f"relay-{connection_id}-{number + 1}", daemon=True
                )
                run.threads.append(thread)
            for thread in run.threads:
                thread.start()
        self._notify_listeners()

    def is_running(self, connection_id: int) -> bool:
        """Whether a relay of this connection is under way."""
        with self._condition:
            return connection_id in self._runs

    def halt(self, connection_id: int) -> None:
        """Request the end of a relay; attempts in flight may finish. Returns at once."""
        with self._condition:
            run = self._runs.get(connection_id)
            if run is not None:
                run.stopping = True
                self._wake()

    def interrupt(self, connection_id: int) -> None:
        """Halt a relay as its connection is paused; where none is under way, `resume` starts none."""
        with self._condition:
            run = self._runs.get(connection_id)
            if run is None:
                self._interrupted.pop(connection_id, None)
            elif not run.stopping:
                self._interrupted[connection_id] = run
        self.halt(connection_id)

    def resume(self, connection_id: int) -> None:
        """Restart a relay that a pause interrupted, with its limit and mode; do nothing without one (rule 15).

        An interrupted relay is known to this process alone: after a restart a person presses *Relay* again.
        """
        with self._condition:
            run = self._interrupted.pop(connection_id, None)
        if run is not None:
            self.start(connection_id, through=run.through, in_bulk=run.in_bulk)

    def stop(self, timeout: float = STOP_TIMEOUT) -> bool:
        """End every relay within `timeout` seconds and release what is still in flight then.

        Return whether all ended in time.
        """
        with self._condition:
            runs = list(self._runs.values())
            for run in runs:
                run.stopping = True
            self._wake()
            ended = self._condition.wait_for(lambda: not self._runs, timeout)
            remaining = [relay for run in runs for relay in run.relays]
        for relay in remaining:
            relay.release()
        if ended:
            for run in runs:
                for thread in run.threads:
                    thread.join(timeout)
        return ended

    def join(self, connection_id: int, timeout: float) -> bool:
        """Wait up to `timeout` seconds of real time for a relay to end; return whether it has."""
        with self._condition:
            ended = self._condition.wait_for(lambda: connection_id not in self._runs, timeout)
            run = self._last.get(connection_id)
        if ended and run is not None:
            for thread in run.threads:
                thread.join(STOP_TIMEOUT)
        return ended

    def progress(self, connection_id: int) -> Progress:
        """Return the progress of the connection's latest relay."""
        waiting = self._queue.counts(connection_id).waiting
        with self._condition:
            run = self._last.get(connection_id)
            if run is None:
                return Progress(running=False, waiting=waiting)
            now = self._clock.now()
            return Progress(
                running=connection_id in self._runs,
                sent=run.throughput.count(Outcome.SENT),
                failed=run.throughput.count(Outcome.FAILED),
                held=run.throughput.count(Outcome.HELD),
                waiting=waiting,
                unconfirmed=max(0, run.unconfirmed),
                rate=run.throughput.rate(now),
                seconds_left=run.throughput.seconds_left(waiting, now),
                pause_reason=run.pause_reason,
                paused_until=run.paused_until,
                trouble=run.trouble,
                trouble_code=run.trouble_code,
                is_interrupted=connection_id in self._interrupted,
            )

    def _work(self, run: ConnectionRun) -> None:
        try:
            self._ui_yield.lower_priority()
            while not run.stopping:
                if not self._next(run):
                    break
        except StoreError as error:
            self._abort(run, str(error))
        except BaseException as error:
            trouble = world_trouble(error)
            self._abort(
                run,
                str(trouble)
                if trouble
                else tr("AC Desktop made a mistake of its own; the relay has stopped, nobody is lost."),
            )
            raise
        finally:
            self._end_worker(run)

    def _next(self, run: ConnectionRun) -> bool:
        """Relay what is next or wait; return False where the relay is over."""
        with self._condition:
            seen = self._change_count
        connection = self._connections.get(run.connection_id)
        if connection is None:
            return False
        if self._waits_for_account(run, connection, seen):
            return True
        sender = self._sender(run, connection)
        if sender is None:
            return False
        self._claims.begin(run, connection)
        got = self._claims.claim(run)
        if isinstance(got, NoClaim):
            return self._idle(run, got, seen)
        self._relay(run, got, sender)
        return True

    def _waits_for_account(self, run: ConnectionRun, connection: Connection, seen: int) -> bool:
        """Wait where the account is busy or this computer is offline; return whether that was so."""
        busy = self._rate_limiter.busy_left(connection.account)
        if busy > 0:
            self._wait(run, seen, busy, PauseReason.BUSY)
            return True
        if self._offline(connection.account):
            self._wait(run, seen, _OFFLINE_SECONDS, PauseReason.OFFLINE)
            return True
        return False

    def _idle(self, run: ConnectionRun, got: NoClaim, seen: int) -> bool:
        match got.idle:
            case IdleReason.DONE | IdleReason.STOPPED:
                connection = self._connections.get(run.connection_id) if got.idle is IdleReason.STOPPED else None
                if connection is not None and connection.state is ConnectionState.PAUSED:
                    self.interrupt(run.connection_id)
                with self._condition:
                    run.stopping = True
                    self._wake()
                return False
            case IdleReason.LATER:
                seconds = min(got.until - self._clock.now(), rules.LONGEST_BREATHING_SPACE)
                self._wait(run, seen, max(seconds, 0.001), PauseReason.BREATHING)
            case _:
                self._wait(run, seen, _IDLE_SECONDS, None)
        return True

    def _wait(self, run: ConnectionRun, seen: int, seconds: float, why: PauseReason | None) -> None:
        """Wait for a change or for the seconds to pass, unless something changed since `seen`."""
        with self._condition:
            if run.stopping or self._change_count != seen:
                return
            if why is not None:
                run.pause_reason, run.paused_until = why, self._clock.now() + seconds
            self._clock.wait(self._condition, seconds)

    def _sender(self, run: ConnectionRun, connection: Connection) -> Sender | None:
        """Return the run's sender; the key is read once a run and after each change of the settings."""
        with run.key_lock:
            if run.senders and run.address == connection.settings.address:
                return run.senders[-1]
            key = self._keys.get(self._connections.key_name(connection.id))
            if key is None:
                self._abort(run, reason(ReasonCode.KEY_MISSING).text, ReasonCode.KEY_MISSING)
                return None
            run.address = connection.settings.address
            run.senders.append(self.sender_for(connection, key))
            return run.senders[-1]

    def reload_key(self, connection_id: int) -> None:
        """Read the key again before the next record, as a person has replaced it, and clear a missing-key error."""
        with self._condition:
            run = self._runs.get(connection_id)
            if run is not None:
                run.address = None
            last = self._last.get(connection_id)
            if last is not None and last.trouble_code is ReasonCode.KEY_MISSING:
                last.trouble, last.trouble_code = "", None
        self._notify_listeners()

    def _relay(self, run: ConnectionRun, claim: AnyClaim, sender: Sender) -> None:
        """Relay what was claimed, and store the result."""
        with released_on_error(partial(self._claims.release, claim)):
            relay = self._claims.create_relay(claim, self._context(run, sender))
        with self._condition:
            run.relays.add(relay)
            run.pause_reason = run.paused_until = None
        carried_out, done = False, False
        try:
            relay.run()
            carried_out = True
            self._ui_yield.wait_while_busy()
            self._record(run, relay, relay.store_result())
            done = True
        except RelayStoppedError:
            pass
        except Exception as error:
            kept = store_after_error(error, relay, carried_out=carried_out)
            done = kept is not None
            self._record(run, relay, kept or {})
            raise
        finally:
            if not done:
                relay.release()
            with self._condition:
                run.relays.discard(relay)
                self._wake()
        self._notify_listeners()

    def _record(self, run: ConnectionRun, relay: Relay, outcomes: Mapping[Outcome, int]) -> None:
        with self._condition:
            run.throughput.record(outcomes, self._clock.now())
            run.unconfirmed += outcomes.get(Outcome.TAKEN, 0)
            if isinstance(relay, PageReadBack | SingleReadBack):
                run.unconfirmed -= sum(outcomes.values())

    def _context(self, run: ConnectionRun, sender: Sender) -> RequestContext:
        return RequestContext(
            sender=sender,
            rate_limiter=self._rate_limiter,
            clock=self._clock,
            redactor=self._redactor,
            ui_yield=self._ui_yield,
            stopping=lambda: run.stopping,
        )

    def _abort(self, run: ConnectionRun, trouble: str, code: ReasonCode | None = None) -> None:
        with self._condition:
            if not run.trouble:
                run.trouble, run.trouble_code = trouble, code
            run.stopping = True
            self._wake()

    def _end_worker(self, run: ConnectionRun) -> None:
        for sender in run.senders:
            sender.close_thread()
        self._database.close_thread()
        self._clock.thread_ended()
        with self._condition:
            run.workers -= 1
            run.stopping = True
            if run.workers == 0:
                self._runs = {number: other for number, other in self._runs.items() if other is not run}
            self._wake()
        self._notify_listeners()

    def _wake(self) -> None:
        self._change_count += 1
        self._clock.notify(self._condition)

    def _notify_listeners(self) -> None:
        for listener in self._listeners:
            listener()
