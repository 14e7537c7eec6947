"""A clock whose time passes only when every thread that lives by it sleeps."""

import threading
from dataclasses import dataclass

START = 1_795_000_000.0


@dataclass(eq=False)
class _Sleeper:
    deadline: float
    condition: threading.Condition
    awake: bool = False


class VirtualClock:
    """Jumps to the next deadline as soon as all joined threads wait; nothing ever sleeps for real."""

    def __init__(self, start: float = START) -> None:
        self._guard = threading.Lock()
        self._now = start
        self._jumped = 0.0
        self._participants = 0
        self._sleepers: list[_Sleeper] = []

    def now(self) -> float:
        with self._guard:
            return self._now

    def steady(self) -> float:
        with self._guard:
            return self._now - self._jumped

    def set(self, now: float) -> None:
        with self._guard:
            self._go_to(now)

    def _go_to(self, now: float) -> None:
        """Advance the time, or set the clock back, which the steady clock does not follow."""
        self._jumped += min(0.0, now - self._now)
        self._now = now

    def jump(self, seconds: float) -> None:
        """Set the clock of the day, forward or back; the steady one is not changed."""
        with self._guard:
            self._now += seconds
            self._jumped += seconds

    def advance(self, seconds: float) -> None:
        self.set(self.now() + seconds)

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        with self._guard:
            sleeper = _Sleeper(self._now + seconds, condition)
            self._sleepers.append(sleeper)
        self._advance_if_all_sleep()
        while not sleeper.awake:
            condition.wait()

    def notify(self, condition: threading.Condition) -> None:
        with self._guard:
            self._wake([sleeper for sleeper in self._sleepers if sleeper.condition is condition])
        condition.notify_all()

    def sleep(self, seconds: float) -> None:
        condition = threading.Condition()
        with condition:
            self.wait(condition, seconds)

    def thread_started(self) -> None:
        with self._guard:
            self._participants += 1

    def thread_ended(self) -> None:
        with self._guard:
            self._participants -= 1
        self._advance_if_all_sleep()

    def _advance_if_all_sleep(self) -> None:
        with self._guard:
            if not self._sleepers or len(self._sleepers) < self._participants:
                return
            self._go_to(max(self._now, min(sleeper.deadline for sleeper in self._sleepers)))
            due = [sleeper for sleeper in self._sleepers if sleeper.deadline <= self._now]
            self._wake(due)
        for sleeper in due:
            with sleeper.condition:
                sleeper.condition.notify_all()

    def _wake(self, sleepers: list[_Sleeper]) -> None:
        for sleeper in sleepers:
            sleeper.awake = True
            self._sleepers.remove(sleeper)
