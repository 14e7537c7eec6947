"""What happens to an office by chance: kills, a server that is gone, ways that break, processes that stop."""

import random
import threading
import time
from dataclasses import dataclass, field

from tests.office import checker
from tests.office.office import Office
from tests.office.workstations import Workstation


def kill(opened: Office, workstation: Workstation) -> checker.Kill:
    """Kill a workstation; return whose relay was on its way, by the account's record and the office's rows.

    That no donor whose relay had ended is sent again is told by the attempts: one that was sent has one.
    """
    begun = time.monotonic()
    workstation.kill()
    requests = [request for request in opened.account.requests() if request.email]
    own = [request for request in requests if request.who in {workstation.name, ""}]
    at = max([begun, *(request.at for request in own[-1:])])
    # Whose request it was cannot be seen any more where its process was killed meanwhile.
    last = {request.email: request.who or workstation.name for request in requests if request.at <= at}
    # Another workstation may see the death at once, and have asked again before this one could look.
    newest = list(dict.fromkeys(request.email for request in reversed(own)))[: checker.MOST_IN_FLIGHT]
    again = {request.email for request in requests if request.at > at} & set(newest)
    sending = {row["email"] for row in opened.rows("SELECT email FROM record WHERE state = 'sending'")}
    found = frozenset(one for one in sending | again if last.get(one, workstation.name) == workstation.name)
    return checker.Kill(workstation.name, at, found, frozenset(newest))


@dataclass
class Chance:
    """Lets things happen to workstations and server; how long, and to whom, is drawn."""

    opened: Office
    dice: random.Random
    kills: list[checker.Kill] = field(default_factory=list)
    resumed: dict[str, list[float]] = field(default_factory=dict)
    """When the processes of a workstation went on after they had been stopped, by the monotonic clock."""
    _pause: threading.Event = field(default_factory=threading.Event, init=False)

    def kill(self) -> Workstation:
        """Kill a workstation; return which."""
        workstation = self.any()
        self.kills.append(kill(self.opened, workstation))
        return workstation

    def crash(self) -> None:
        """Let the server crash and start again."""
        self.opened.server.crash()

    def restart(self) -> None:
        """Stop the server, and start it after a while."""
        self.opened.server.stop()
        self._wait(0.0, 4.0)
        self.opened.server.start()

    def silence(self, *, is_seen_by_server: bool = False) -> None:
        """Let nothing through between a workstation and the server for a while."""
        proxy = self.any().proxy
        proxy.silence(is_seen_by_server=is_seen_by_server)
        self._wait(3.0, 8.0)
        proxy.reopen()

    def cut(self) -> None:
        """Reset a workstation's connections, and refuse others for a while."""
        proxy = self.any().proxy
        proxy.cut()
        self._wait(0.0, 4.0)
        proxy.reopen()

    def suspend(self) -> None:
        """Stop a workstation in the middle of whatever it does, for a while."""
        workstation = self.any()
        workstation.suspend()
        self._wait(0.5, 6.0)
        self.resumed.setdefault(workstation.name, []).append(time.monotonic())
        workstation.resume()

    def any(self) -> Workstation:
        """Return one of those on which something runs, or of all where nothing does."""
        running = [workstation for workstation in self.opened.workstations if workstation.is_running()]
        return self.dice.choice(running or self.opened.workstations)

    def _wait(self, least: float, most: float) -> None:
        self._pause.wait(self.dice.uniform(least, most))
