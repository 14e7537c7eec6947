"""What a connection has been through before a scene shows it."""

from typing import Final

from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.model.connection import Connection
from ac_desktop.model.states import Decision
from ac_desktop.platform.paths import sample_export
from ac_desktop.practice.faults import Faults, Incoming, Outage
from ac_desktop.practice.records import MemberStatus
from tests.harness import PATIENCE, Harness, donors
from tests.ui.held import hold

MANY: Final = 600


def sample(harness: Harness, connection: Connection) -> None:
    """The sample export waits to be relayed."""
    services, now = harness.services, harness.clock.now()
    import_table(services.queue, services.row_hashes, connection, [sample_export()], load_profiles(), now=now)


def relayed(harness: Harness, connection: Connection) -> None:
    """The sample export was relayed; a few rows need somebody."""
    sample(harness, connection)
    harness.relay(connection)


def decided(harness: Harness, connection: Connection) -> None:
    """Donors who had left the list were held, and somebody decided about them."""
    for number in range(3):
        contact = harness.account.add_contact(f"donor{number}@example.org")
        harness.account.set_status(contact.id, harness.server.list_id, MemberStatus.UNSUBSCRIBED)
    harness.queue(connection, donors(30))
    harness.services.engine.start(connection.id, in_bulk=True)
    assert harness.services.engine.join(connection.id, PATIENCE)
    harness.queue(connection, donors(3))
    harness.relay(connection)
    first, *others = harness.services.decisions.held(connection.id)
    now = harness.clock.now()
    harness.services.decisions.decide([first], Decision.RESUBSCRIBE, now + 60, why="Asked for it by letter")
    harness.services.decisions.decide(others, Decision.SKIP, now + 90)


def three_failures(harness: Harness, connection: Connection) -> None:
    """Three donors in a row failed; the banner is amber."""
    harness.queue(connection, donors(3))
    harness.account.faults = Faults(refuse_addresses=True)
    harness.relay(connection)
    harness.queue(connection, donors(40, start=3))


def paused(harness: Harness, connection: Connection) -> None:
    """A relay was paused while it was under way."""
    harness.queue(connection, donors(40))

    def pause(incoming: Incoming) -> None:
        if incoming.number == 40:
            harness.services.pause_connection(connection.id)

    harness.account.set_schedule(pause)
    harness.relay(connection)


def unfit(harness: Harness, connection: Connection) -> None:
    """A donor without a whole address is held."""
    hold(harness, connection)


def inactive(harness: Harness, connection: Connection) -> None:
    """Five in a row: the connection is inactive, the banner red."""
    harness.queue(connection, donors(43))
    harness.account.faults = Faults(refuse_everything=True)
    harness.relay(connection)


def five_causes(harness: Harness, connection: Connection) -> None:
    """Inactive after an outage, with a donor refused before."""
    harness.queue(connection, donors(1))
    harness.account.faults = Faults(refuse_addresses=True)
    harness.relay(connection)
    harness.queue(connection, donors(20, start=1))
    harness.account.faults = Faults(outage=Outage.ERROR_503)
    harness.relay(connection)


def empty(_harness: Harness, _connection: Connection) -> None:
    """Nothing was imported yet."""


def many(harness: Harness, connection: Connection) -> None:
    """Many donors wait to be relayed."""
    harness.queue(connection, donors(MANY))
