"""In an office nothing is sent with an API key that somebody has replaced, and who has no key bothers nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.automation.automation import Automation
from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import ConnectionState
from ac_desktop.practice.faults import BadKey, Faults
from ac_desktop.relay.connection_keys import KeyUnusableError
from ac_desktop.store.opening import StoreEngine
from tests.harness import PATIENCE, Harness, donors

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
NEW = "the key that Ana entered"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data", engine=StoreEngine.POSTGRES) as harness:
        yield harness


def replace_elsewhere(office: Harness, connection: Connection) -> None:
    """Enter another key, as a person does at another workstation: it reaches the office, and not this keyring."""
    own = office.keys.get(office.services.connections.key_name(connection.id)) or ""
    office.services.connection_keys.enter(connection.id, NEW, replaces=True)
    office.keys.set(office.services.connections.key_name(connection.id), own)


def outdated_text(office: Harness, connection: Connection) -> str:
    with pytest.raises(KeyUnusableError) as caught:
        office.services.connection_keys.get(connection.id)
    assert caught.value.reason.code is ReasonCode.KEY_OUTDATED
    return str(caught.value)


def test_nothing_is_sent_with_a_key_that_was_replaced(office: Harness) -> None:
    connection = office.connect()
    assert office.services.connection_keys.get(connection.id) == office.server.key
    office.queue(connection, donors(3))
    replace_elsewhere(office, connection)

    counts = office.relay(connection)

    progress = office.services.engine.progress(connection.id)
    assert progress.trouble_code is ReasonCode.KEY_OUTDATED
    assert progress.trouble == outdated_text(office, connection)
    assert progress.trouble.startswith("The key was replaced by postgres on ")
    assert (counts.waiting, office.account.requests()) == (3, ())
    assert office.now_is(connection).circuit.streak == 0

    office.services.connection_keys.enter(connection.id, NEW, replaces=False)
    assert office.services.connection_keys.get(connection.id) == NEW


def test_a_key_that_is_replaced_while_it_is_used_never_makes_a_connection_inactive(office: Harness) -> None:
    connection = office.connect()
    office.queue(connection, donors(20))
    office.account.faults = Faults(bad_key=BadKey.JSON_401)
    office.account.withdraw_key(office.server.key)
    make = office.services.engine.sender_for

    def replaced_meanwhile(one: Connection, key: str) -> Sender:
        replace_elsewhere(office, connection)
        return make(one, key)

    office.services.engine.sender_for = replaced_meanwhile
    counts = office.relay(connection)

    assert office.services.engine.progress(connection.id).trouble_code is ReasonCode.KEY_OUTDATED
    assert office.now_is(connection).state is ConnectionState.ACTIVE
    assert 1 <= len(office.account.requests()) <= 4
    assert counts.waiting == 20


def test_another_key_than_the_offices_is_not_kept_where_it_was_only_asked_for(office: Harness) -> None:
    connection = office.connect()
    keys = office.services.connection_keys
    keys.enter(connection.id, office.server.key, replaces=True)

    with pytest.raises(KeyUnusableError):
        keys.enter(connection.id, "a slip of the keyboard", replaces=False)

    assert keys.get(connection.id) == office.server.key


def test_the_office_has_a_hash_and_never_the_key(office: Harness) -> None:
    connection = office.connect()
    office.services.connection_keys.enter(connection.id, office.server.key, replaces=True)
    (row,) = office.services.database.rows("SELECT * FROM key_hash")
    texts = office.services.database.rows("SELECT CAST(key_hash AS TEXT) AS whole FROM key_hash")

    assert (len(bytes(row["salt"])), len(bytes(row["hash"])), row["who"]) == (16, 64, "postgres")
    assert office.server.key not in str(texts[0]["whole"])
    assert office.server.key.encode().hex() not in str(texts[0]["whole"])


def test_an_automatic_relay_without_a_key_is_told_here_once_and_to_nobody_else(office: Harness) -> None:
    connection = office.connect()
    services, now = office.services, office.clock.now()
    office.queue(connection, donors(2))
    services.automatic_relays.turn_on(connection.id, now, with_waiting=True)
    key_name = services.connections.key_name(connection.id)
    key = office.keys.get(key_name) or ""
    office.keys.delete(key_name)
    events: list[AutomationEvent] = []
    automation = Automation(services, events.append, longest_wait=3_600.0)

    for _ in range(3):
        automation.tick(looks=False)
        office.clock.set(office.clock.now() + 60)

    assert [event.code for event in events] == [AutomationCode.KEY_MISSING]
    assert services.notices.open() == []
    assert services.notices.last_action(connection.id) is None

    office.keys.set(key_name, key)
    automation.tick(looks=False)
    assert services.engine.join(connection.id, PATIENCE)
    assert office.counts(connection).sent == 2
