"""What goes wrong at a place, one thing after the other; what, to whom and for how long is drawn."""

import threading
import time
from collections.abc import Callable
from random import Random
from typing import Final

from ac_desktop.practice.anedot_account import AnedotFault
from ac_desktop.practice.faults import WELL
from ac_desktop.practice.records import MemberStatus
from tests.nemesis.bureau import Bureau
from tests.nemesis.desk import Desk
from tests.nemesis.lasting import rename
from tests.nemesis.moods import anedot_mood, mood
from tests.nemesis.place import Place
from tests.office.workstations import Workstation

HOUR: Final = 3_600
_BETWEEN: Final = (1.0, 5.0)
_LEAVES: Final = (MemberStatus.UNSUBSCRIBED, MemberStatus.UNSUBSCRIBED, MemberStatus.BOUNCED)
_CLOCKS: Final = (-26 * HOUR, -HOUR, -90, 30, HOUR, 25 * HOUR)
_ROOM: Final = (0, 0, 8_192, 65_536, 400_000)


class Mishaps:
    """Lets things happen to a place until a time is over."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._dice = Random(f"{place.dice.random()}-mishaps")  # noqa: S311  repeatable, not a secret
        self._pause = threading.Event()

    def go_on(self, until: float) -> None:
        """Let one thing after another happen."""
        things = self._things()
        while time.monotonic() < until:
            self._place.keep_relaying()
            self._wait(*_BETWEEN)
            self._dice.choice(things)()
        self._place.account.faults = WELL

    def _things(self) -> list[Callable[[], None]]:
        things = [self._kill, self._kill, self._stop, *[self._change_mood] * 3, *[self._leave] * 3, self._rename]
        if isinstance(self._place, Desk):
            things += [*[self._fill_disk] * 2, *[self._set_clock] * 2, self._change_anedot]
        if isinstance(self._place, Bureau):
            things += [self._crash, self._restart, self._cut, self._silence, self._pull_cable]
        return things

    def _kill(self) -> None:
        station = self._any()
        self._place.unkept.append(self._place.note(f"{station.name} is killed"))
        self._place.count("kills")
        station.kill()

    def _stop(self) -> None:
        station = self._any()
        self._place.note(f"{station.name} is stopped")
        station.suspend()
        self._wait(0.5, 8.0)
        self._place.resumed.append(self._place.note(f"{station.name} goes on"))
        station.resume()
        self._place.count("stops")

    def _change_mood(self) -> None:
        name, faults = mood(self._dice)
        self._place.note(f"the account is {name}")
        self._place.account.faults = faults
        self._wait(1.0, 9.0)
        self._place.account.faults = WELL
        self._place.note("the account is well")
        self._place.count("moods of accounts")

    def _leave(self) -> None:
        """Let people leave while they may be on their way, or delete a contact."""
        for _ in range(self._dice.randint(1, 3)):
            recent = self._place.recent()
            if not recent:
                return
            email = self._dice.choice(recent[-6:])
            if self._dice.random() < 0.1:
                self._place.account.delete(email)
                self._place.note(f"{email} is deleted at the account")
            elif self._place.account.leave(email, self._dice.choice(_LEAVES)):
                self._place.note(f"{email} leaves the list")
                self._place.count("people leaving")
            self._wait(0.0, 0.4)

    def _rename(self) -> None:
        name = f"laptop-{self._dice.randrange(1_000)}"
        for station in (*self._place.stations, *self._place.desks):
            if (not station.within or station.within[0] == "unshare") and not rename(station, name):
                return
        self._place.note(f"the computer is called {name}")
        self._place.count("host names")

    def _fill_disk(self) -> None:
        desk = self._desk()
        if not desk.disk.can_be_full:
            return
        left = self._dice.choice(_ROOM)
        desk.unkept.append(desk.note(f"the disk has {left} bytes left"))
        desk.disk.fill(left)
        self._wait(0.5, 5.0)
        desk.disk.make_room()
        desk.unkept.append(desk.note("the disk has room again"))
        desk.count("full disks")

    def _set_clock(self) -> None:
        desk = self._desk()
        if not desk.clock.can_be_set:
            return
        seconds = self._dice.choice(_CLOCKS)
        desk.note(f"the clock is set by {seconds} s")
        desk.clock.set(seconds)
        self._wait(2.0, 9.0)
        if self._dice.random() < 0.7:
            desk.note("the clock is right again")
            desk.clock.set(0)
        desk.count("clocks set")

    def _change_anedot(self) -> None:
        desk = self._desk()
        desk.anedot.accounts.fault = anedot_mood(self._dice)
        desk.note(f"Anedot has: {desk.anedot.accounts.fault}")
        self._wait(3.0, 8.0)
        desk.anedot.accounts.fault = AnedotFault.OFF
        desk.count("moods of Anedot")

    def _crash(self) -> None:
        self._place.note("the server crashes")
        self._bureau().opened.server.crash()
        self._place.note("the server is there again")
        self._place.count("server crashes")

    def _restart(self) -> None:
        server = self._bureau().opened.server
        self._place.note("the server is stopped")
        server.stop()
        self._wait(0.0, 6.0)
        server.start()
        self._place.note("the server is started")
        self._place.count("server restarts")

    def _cut(self) -> None:
        station = self._any()
        self._place.note(f"the connections of {station.name} are reset")
        station.proxy.cut()
        self._wait(0.0, 5.0)
        station.proxy.reopen()
        self._place.note(f"{station.name} is connected")
        self._place.count("resets")

    def _silence(self) -> None:
        station = self._any()
        self._place.note(f"nothing gets through from and to {station.name}")
        station.proxy.silence(is_seen_by_server=self._dice.random() < 0.5)
        self._wait(2.0, 12.0)
        station.proxy.reopen()
        self._place.note(f"{station.name} is connected")
        self._place.count("partitions")

    def _pull_cable(self) -> None:
        bureau = self._bureau()
        if bureau.network is None:
            return
        bureau.note("the cable is pulled")
        bureau.network.cut(bureau.opened.server.port)
        self._wait(2.0, 15.0)
        bureau.network.mend()
        bureau.note("the cable is plugged in")
        bureau.count("cables pulled")

    def _any(self) -> Workstation:
        """Return something that runs, or anything where nothing does."""
        running = [station for station in self._place.stations if station.is_running()]
        return self._dice.choice(running or list(self._place.stations))

    def _desk(self) -> Desk:
        assert isinstance(self._place, Desk)
        return self._place

    def _bureau(self) -> Bureau:
        assert isinstance(self._place, Bureau)
        return self._place

    def _wait(self, least: float, most: float) -> None:
        self._pause.wait(self._dice.uniform(least, most))
