"""A harness whose workstation reaches its office by a way that a test cuts."""

from dataclasses import replace
from pathlib import Path

from ac_desktop.app import build
from ac_desktop.services import ServiceParts, Services
from ac_desktop.store.opening import StoreEngine
from tests.harness import Harness
from tests.office.proxy import Proxy
from tests.postgres_server import server
from tests.postgres_store import office_location
from tests.unpaced import UnpacedLedger


class CutOffHarness(Harness):
    """Services of an office beyond `way`, which is open at first."""

    def __init__(self, folder: Path) -> None:
        self.way = Proxy(server().port).start()
        super().__init__(folder, engine=StoreEngine.POSTGRES)

    def open(self) -> Services:
        """Build the services, as at a start of the program."""
        location = office_location(self.folder)
        assert location.office is not None
        beyond = replace(location, office=replace(location.office, port=self.way.port))
        return build(
            self.folder,
            parts=ServiceParts(
                store=beyond, keys=self.keys, clock=self.clock, rate_limit_store=UnpacedLedger(), workers=1
            ),
        )

    def close_way(self) -> None:
        """End the way, once the services are closed."""
        self.way.close()
