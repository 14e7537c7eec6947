"""Rests while an office's database is away, which is no failure; what was to be written is kept until it is back."""

from collections.abc import Callable
from typing import Final, TypeVar

from ac_desktop.relay.clock import Clock
from ac_desktop.relay.connection_run import ChangeSignal, ConnectionRun
from ac_desktop.relay.progress import PauseReason
from ac_desktop.relay.request_runner import RelayStoppedError
from ac_desktop.store.errors import StoreError

FIRST_REST: Final = 0.2
LONGEST_REST: Final = 2.0

Result = TypeVar("Result")


class DatabaseRest:
    """The rests of one worker, each longer than the one before until the database answers again."""

    def __init__(self, run: ConnectionRun, signal: ChangeSignal, clock: Clock) -> None:
        self._run = run
        self._signal = signal
        self._clock = clock
        self._seconds = FIRST_REST
        self._is_resting = False

    def unless_stopped(self, operation: Callable[[], Result]) -> Result:
        """Return what the operation does, tried again while the database is away.

        Raise RelayStoppedError where the run stops meanwhile.
        """
        return self._until_back(operation, lambda: self._run.stopping)

    def to_the_end(self, operation: Callable[[], Result]) -> Result:
        """Return what an operation does, tried again also for a run that is stopped, while this process goes on.

        Raise RelayStoppedError where it is about to end.
        """
        return self._until_back(operation, lambda: self._run.is_abandoned)

    def _until_back(self, operation: Callable[[], Result], gives_up: Callable[[], bool]) -> Result:
        while True:
            try:
                result = operation()
            except StoreError as error:
                if not error.may_pass:
                    raise
                if not self._rest(gives_up):
                    raise RelayStoppedError from error
            else:
                self._end()
                return result

    def _rest(self, gives_up: Callable[[], bool]) -> bool:
        """Rest for a while; return False where that makes no sense any more."""
        is_first, self._is_resting = not self._is_resting, True
        with self._signal.condition:
            if gives_up():
                return False
            self._run.pause_reason = PauseReason.DATABASE_AWAY
            self._run.paused_until = self._clock.now() + self._seconds
        if is_first:
            self._signal.notify_listeners()
        with self._signal.condition:
            if gives_up():
                return False
            self._clock.wait(self._signal.condition, self._seconds)
        self._seconds = min(2 * self._seconds, LONGEST_REST)
        return True

    def _end(self) -> None:
        if not self._is_resting:
            return
        self._is_resting, self._seconds = False, FIRST_REST
        with self._signal.condition:
            if self._run.pause_reason is PauseReason.DATABASE_AWAY:
                self._run.pause_reason = self._run.paused_until = None
        self._signal.notify_listeners()
