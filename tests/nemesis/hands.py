"""Somebody at work: imports, types, fetches, drops files into a folder, opens them, reactivates a connection."""

import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Final

import psycopg

from ac_desktop.practice.anedot_account import Donation
from tests.nemesis.desk import Desk
from tests.nemesis.files import Made
from tests.nemesis.place import DONE, NAME, Place
from tests.office.workstations import Workstation

_ENOUGH: Final = 70
"""So many waiting donors are enough: nobody imports more until some of them have been relayed."""
_INACTIVE: Final = "inactive"
_PAUSE: Final = (0.2, 2.0)
_AWAY: Final = (psycopg.OperationalError, sqlite3.Error, OSError)


class Hands:
    """One person; what they do next is drawn."""

    def __init__(self, place: Place, desk: Workstation, number: int) -> None:
        self._place = place
        self._desk = desk
        self._number = number
        self._dice = Random(f"{place.dice.random()}-{number}")  # noqa: S311  repeatable, not a secret
        self._numbers = count()
        self._pause = threading.Event()

    def work(self, until: float) -> None:
        """Do one thing after another until the time is over."""
        things = self._things()
        while time.monotonic() < until:
            thing = self._dice.choice(things)
            try:
                thing()
            except subprocess.TimeoutExpired as error:
                self._place.troubles.append(f"{self._desk.name}: a command does not end: {error}")
            except _AWAY as error:
                self._place.note(f"{self._desk.name} could not look: {error}")
            self._pause.wait(self._dice.uniform(*_PAUSE))

    def _things(self) -> list[Callable[[], None]]:
        things = [self._import, self._import, self._type, self._reactivate, self._reactivate, self._decide]
        if isinstance(self._place, Desk):
            things += [self._drop, self._drop, self._fetch, self._open]
        return things

    def _import(self) -> None:
        if self._place.number_of("waiting") > _ENOUGH:
            return
        made = self._place.files.make() if not self._place.pending else self._one_of_those_left()
        self._place.give(made)
        made.write()
        words = ("import", NAME, str(made.path))
        chance = self._dice.random()
        if chance < 0.2:
            self._place.unkept.append(self._place.note(f"{self._desk.name}: an import of {made.path.name} is killed"))
            self._desk.run_and_kill(*words, after=self._dice.uniform(0.1, 1.5))
            self._place.count("kills")
        elif chance < 0.4:
            made = self._replaced_meanwhile(made, words)
        if self._place.run(self._desk, *words) in DONE:
            self._place.taken(made)
        else:
            with self._place.lock:
                self._place.pending.append(made)

    def _one_of_those_left(self) -> Made:
        with self._place.lock:
            return self._place.pending.pop() if self._place.pending else self._place.files.make()

    def _replaced_meanwhile(self, made: Made, words: tuple[str, ...]) -> Made:
        """Import a file that is replaced by another content while it is read; return that."""
        other = self._place.files.again(made)
        self._place.give(other)
        replacing = threading.Timer(self._dice.uniform(0.2, 1.2), other.write)
        replacing.start()
        self._place.run(self._desk, *words)
        replacing.join()
        self._place.note(f"{made.path.name} was replaced while it was imported")
        self._place.count("files replaced")
        return other

    def _type(self) -> None:
        if self._place.number_of("waiting") > _ENOUGH:
            return
        email = f"typed{self._number}.{next(self._numbers)}@example.org"
        if self._place.run(self._desk, "add", NAME, "--email", email) in DONE:
            with self._place.lock:
                self._place.given.typed.add(email)
            self._place.count("donors typed")

    def _reactivate(self) -> None:
        """Bring back a connection that became inactive, as a person does who has read why."""
        if self._place.connection_state() == _INACTIVE:
            self._place.reactivations.append(time.monotonic())
            self._place.run(self._desk, "reactivate", NAME)
            self._place.count("reactivations")

    def _decide(self) -> None:
        """Skip somebody who is held as they have left the list."""
        held = self._place.query("SELECT email FROM record WHERE state = 'held' AND email LIKE 'left%'")
        emails = sorted(row["email"] for row in held)
        if emails:
            self._place.run(self._desk, "decide", NAME, "skip", "--email", self._dice.choice(emails))
            self._place.count("decisions")

    def _drop(self) -> None:
        """Put a file into the watched folder; at times another program is still at it."""
        desk = self._place
        if not isinstance(desk, Desk) or desk.number_of("waiting") > _ENOUGH:
            return
        made = desk.files.make()
        desk.give(made)
        target = desk.watched / made.path.name
        if self._dice.random() < 0.3:
            with target.open("wb") as file:
                file.write(made.content[: len(made.content) // 2])
                file.flush()
                self._pause.wait(self._dice.uniform(0.1, 3.0))
                file.write(made.content[len(made.content) // 2 :])
        else:
            made.write().replace(target)
        desk.note(f"{target.name} lies in the watched folder")
        desk.count("files dropped")
        with desk.lock:
            desk.pending.append(made)

    def _fetch(self) -> None:
        desk = self._place
        if not isinstance(desk, Desk) or desk.number_of("waiting") > _ENOUGH:
            return
        today = datetime.now(UTC).date().isoformat()
        for _ in range(self._dice.randint(0, 4)):
            number = next(self._numbers)
            one = f"d{self._number}x{number}"
            donation = Donation(
                id=one,
                email=f"gave{self._number}.{number}@example.org",
                created_at=f"{today} 10:45:23.921629",
            )
            desk.anedot.accounts.donate(donation)
            desk.donated.append(one)
        known = list(desk.donated)
        words = ("--from", today, "--to", today, "--account", desk.anedot.uid)
        if desk.run(self._desk, "fetch", NAME, *words) in DONE:
            with desk.lock:
                desk.given.donations.update(known)
            desk.count("fetches")

    def _open(self) -> None:
        """Hand a file to the window, where somebody goes on with it."""
        desk = self._place
        if not isinstance(desk, Desk) or desk.number_of("waiting") > _ENOUGH or desk.opener.is_running():
            return
        made = desk.files.make()
        desk.give(made)
        made.write()
        desk.start(desk.opener, "open", str(made.path))
        desk.count("files opened in a window")
        with desk.lock:
            desk.pending.append(made)
