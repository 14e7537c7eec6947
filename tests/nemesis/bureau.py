"""An office on a server of its own: people at workstations, a window, a service, and one behind a cable."""

import signal
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Final

from tests.nemesis.account import LyingAccount
from tests.nemesis.journal import Journal
from tests.nemesis.place import NAME, PACE, Place
from tests.nemesis.reading import Query
from tests.office.checker import FENCE, fenced
from tests.office.network import Network, can_have_networks
from tests.office.office import Office
from tests.office.partitions import behind_a_cable
from tests.office.workstations import Workstation

_ROUND_TRIPS: Final = (0.0, 0.002, 0.02)
_networks: Final = count(1)


class Bureau(Place):
    """Workstations that share a queue on PostgreSQL."""

    def __init__(self, seed: str, number: int, journal: Journal) -> None:
        account = LyingAccount(number)
        self.opened: Final = Office(_ROUND_TRIPS, account=account)
        folder = Path(self.opened.folder) / "files"
        folder.mkdir()
        super().__init__("office", seed, folder, account, journal)
        self.service: Final = self.opened.add(role="relay")
        self.network: Final = Network(next(_networks)) if can_have_networks() else None
        if self.network is not None:
            behind_a_cable(self.opened, self.network)
        self.opened.connect(NAME, PACE)

    @property
    def stations(self) -> Sequence[Workstation]:
        """Whole workstations."""
        return self.opened.workstations

    @property
    def desks(self) -> Sequence[Workstation]:
        """The workstations of two people."""
        return self.opened.workstations[:2]

    @property
    def query(self) -> Query:
        """What asks the server, as its administrator."""
        return self.opened.rows

    def keep_relaying(self) -> None:
        """See that the service runs, that a window is open, and that others relay beside it."""
        window = self.opened.workstations[2]
        for station, words in ((self.service, ("relay", "--serve")), (window, ())):
            if not station.is_running():
                self.start(station, *words)
        for station in (self.opened.first, *self.opened.workstations[4:]):
            if not station.is_running() and self.dice.random() < 0.5:
                self.start(station, "relay", NAME, *(["--bulk"] if self.dice.random() < 0.3 else []))

    def mend(self) -> None:
        """End the service by a signal, and kill whatever else runs; every way to the server is open by itself."""
        for station in self.stations:
            station.resume()
        if self.service.is_running() and (code := self.service.end_with(signal.SIGTERM)):
            self.troubles.append(f"the service ended with {code}: {self.service.output[-2000:]}")
        for station in self.stations:
            station.kill()

    def own_findings(self) -> list[str]:
        """No workstation whose answers are counted asks the account anything unless the server has just answered it."""
        near = {one.name: one.proxy.answers() for one in self.stations if one.to_account is None}
        since = max(heard[0] if heard else 0.0 for heard in near.values())
        requests = [one for one in self.account.requests() if one.at > since + FENCE and one.who in near]
        return fenced([one for one in requests if not self.is_near_a_stop(one.at)], near)

    def close(self) -> None:
        """End everything."""
        self.opened.close()
        if self.network is not None:
            self.network.remove()
