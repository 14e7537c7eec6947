"""The relay engine: starts and stops the relays of connections and reports their progress."""

import threading
from collections.abc import Callable, Iterable
from typing import Final

from ac_desktop.activecampaign.rate_limiter import RequestLimiter
from ac_desktop.model import rules
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import Outcome
from ac_desktop.relay.claim_queues import ClaimQueues
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.connection_keys import ConnectionKeys
from ac_desktop.relay.connection_run import ChangeSignal, ConnectionRun, Relay
from ac_desktop.relay.list_reading import ListReading
from ac_desktop.relay.progress import Progress
from ac_desktop.relay.worker_threads import SenderFactory, Worker, WorkerResources
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.duty import Duties
from ac_desktop.store.ports import Database
from ac_desktop.store.queue.bulk_queue import BulkQueue
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.read_back import ReadBackQueue

WORKERS: Final = rules.MOST_IN_FLIGHT
STOP_TIMEOUT: Final = 3.0
_OF_THE_KEY: Final = frozenset({ReasonCode.KEY_MISSING, ReasonCode.KEY_OUTDATED})


class RelayEngine:
    """Starts and stops the relay of connections and reports its progress.

    What it shares with the workers is guarded by the condition of one `ChangeSignal`.
    """

    def __init__(
        self,
        *,
        database: Database,
        queue: Queue,
        bulk_queue: BulkQueue,
        read_back_queue: ReadBackQueue,
        connections: Connections,
        duties: Duties,
        keys: ConnectionKeys,
        rate_limiter: RequestLimiter,
        clock: Clock,
        redactor: Redactor,
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
            duties=duties,
        )
        self._connections = connections
        self._keys = keys
        self._rate_limiter = rate_limiter
        self._clock = clock
        self._redactor = redactor
        self.sender_for = sender_for
        self.lowers_priority = False
        """Whether worker threads that start from now on have a lower priority than the window's."""
        self._offline = offline
        self._workers = min(workers, rules.MOST_IN_FLIGHT)
        self._signal = ChangeSignal(clock)
        self._condition = self._signal.condition
        self._runs: dict[int, ConnectionRun] = {}
        self._last: dict[int, ConnectionRun] = {}
        self._interrupted: dict[int, ConnectionRun] = {}

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change, on whichever thread made it."""
        self._signal.subscribe(listener)

    def start(self, connection_id: int, *, through: int | None = None, in_bulk: bool = False) -> None:
        """Start to relay the waiting records of a connection, up to record `through`; extend a relay under way.

        `in_bulk` sends up to 250 records a request wherever that is allowed; see `estimate.can_go_in_bulk`.
        """
        self._start(connection_id, through, in_bulk=in_bulk, is_automatic=False)

    def start_automatic(self, connection_id: int) -> None:
        """Start to relay what came in by itself while the switch is on, one by one; extend a relay under way."""
        self._start(connection_id, 0, in_bulk=False, is_automatic=True)

    def _start(self, connection_id: int, through: int | None, *, in_bulk: bool, is_automatic: bool) -> None:
        unconfirmed = self._read_back_queue.unconfirmed(connection_id) or 0
        with self._condition:
            interrupted = self._interrupted.get(connection_id)
            if not is_automatic or (interrupted is not None and interrupted.through == 0):
                self._interrupted.pop(connection_id, None)
            run = self._runs.get(connection_id)
            if run is not None and not run.stopping:
                run.through = None if through is None or run.through is None else max(run.through, through)
                run.in_bulk = run.in_bulk or in_bulk
                run.is_automatic = run.is_automatic or is_automatic
                self._signal.wake()
                return
            run = ConnectionRun(connection_id, through, self._clock.now(), in_bulk=in_bulk, is_automatic=is_automatic)
            self._runs[connection_id] = self._last[connection_id] = run
            # In an office each workstation would read the list for itself.
            run.list_reading = None if self._database.is_distant else ListReading(self._clock)
            run.workers = self._workers
            run.unconfirmed = unconfirmed
            for number, worker in enumerate(self._workers_of(run), start=1):
                self._clock.thread_started()
                thread = threading.Thread(target=worker.work, name=f"relay-{connection_id}-{number}", daemon=True)
                run.threads.append(thread)
            for thread in run.threads:
                thread.start()
        self._signal.notify_listeners()

    def has_open_results(self, connection_id: int) -> bool:
        """Whether donors of bulk requests wait for a result, or for the list to be read back."""
        return self._claims.has_open_results(connection_id)

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
                self._signal.wake()

    def halt_automatic(self, connection_id: int) -> None:
        """Request the end of a relay that takes only what came in by itself; one that a person started goes on."""
        with self._condition:
            run = self._runs.get(connection_id)
            is_automatic = run is not None and run.through == 0
        if is_automatic:
            self.halt(connection_id)

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
            self._start(connection_id, run.through, in_bulk=run.in_bulk, is_automatic=run.is_automatic)

    def stop(self, timeout: float = STOP_TIMEOUT) -> bool:
        """End every relay within `timeout` seconds and release what is still in flight then.

        Return whether all ended in time.
        """
        with self._condition:
            runs = list(self._runs.values())
            for run in runs:
                run.stopping = True
            self._signal.wake()
            ended = self._condition.wait_for(lambda: not self._runs, timeout)
            remaining = [relay for run in runs for relay in run.relays]
            for run in runs:
                run.is_abandoned = True
            self._signal.wake()
        _release(remaining)
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
        with self._condition:
            run = self._last.get(connection_id)
        waiting = self._waiting(connection_id, run)
        with self._condition:
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
                is_own_fault=run.is_own_fault,
                is_interrupted=connection_id in self._interrupted,
                list_pages=run.list_reading.progress if run.list_reading is not None else None,
            )

    def _waiting(self, connection_id: int, run: ConnectionRun | None) -> int:
        """Return the number of waiting records; for a run, the last one known while an office's database is away."""
        try:
            waiting = self._queue.counts(connection_id).waiting
        except StoreError as error:
            if run is None or not error.may_pass:
                raise
            return run.last_waiting
        if run is not None:
            run.last_waiting = waiting
        return waiting

    def reload_key(self, connection_id: int) -> None:
        """Read the key again before the next record, as a person has replaced it, and clear a missing-key error."""
        with self._condition:
            run = self._runs.get(connection_id)
            if run is not None:
                run.address = None
            last = self._last.get(connection_id)
            if last is not None and last.trouble_code in _OF_THE_KEY:
                last.trouble, last.trouble_code = "", None
        self._signal.notify_listeners()

    def _workers_of(self, run: ConnectionRun) -> list[Worker]:
        resources = WorkerResources(
            database=self._database,
            claims=self._claims,
            connections=self._connections,
            keys=self._keys,
            rate_limiter=self._rate_limiter,
            clock=self._clock,
            redactor=self._redactor,
            lowers_priority=self.lowers_priority,
            signal=self._signal,
            sender_for=self.sender_for,
            offline=self._offline,
            interrupt=self.interrupt,
            on_end=self._remove,
        )
        return [Worker(run, resources) for _ in range(self._workers)]

    def _remove(self, run: ConnectionRun) -> None:
        """Remove a run whose last worker has ended, holding the condition."""
        self._runs = {number: other for number, other in self._runs.items() if other is not run}


def _release(relays: Iterable[Relay]) -> None:
    """Release what is in flight at the end, unless an office's database is away: it sees that this process ended."""
    for relay in relays:
        try:
            relay.release()
        except StoreError as error:
            if not error.may_pass:
                raise
            return
