"""The workstations of an office: those that joined, and what the owners of claims say of them."""

from typing import Final

import psycopg

from ac_desktop.store.office.office_server import Workstation

_ADD: Final = """
INSERT INTO ac_desktop.workstation (name, person, version, seen)
VALUES ($1, $2, $3, extract(epoch FROM clock_timestamp())) ON CONFLICT (name) DO NOTHING
"""
_SEE: Final = """
INSERT INTO ac_desktop.workstation (name, person, version, seen)
VALUES ($1, $2, $3, extract(epoch FROM clock_timestamp()))
ON CONFLICT (name) DO UPDATE SET version = excluded.version, seen = excluded.seen
WHERE workstation.person = excluded.person
"""
_LISTED: Final = """
WITH present AS (
    SELECT name, person, version, seen FROM ac_desktop.workstation
    UNION ALL
    SELECT workstation, person, version, seen FROM ac_desktop.owner
), latest AS (
    SELECT DISTINCT ON (name, person) name, person, version, seen FROM present ORDER BY name, person, seen DESC
), relayed AS (
    SELECT owner.workstation, owner.person, connection.name
    FROM ac_desktop.connection
    JOIN ac_desktop.record ON record.connection_id = connection.id AND record.state = 'sending'
    JOIN ac_desktop.owner ON owner.id = record.owner
    UNION
    SELECT owner.workstation, owner.person, connection.name
    FROM ac_desktop.duty
    JOIN ac_desktop.owner ON owner.id = duty.owner
    JOIN ac_desktop.connection ON connection.account = duty.account AND connection.state = 'active'
    WHERE duty.until > extract(epoch FROM clock_timestamp()) AND EXISTS (
        SELECT FROM ac_desktop.tally
        WHERE tally.connection_id = connection.id AND tally.state = 'waiting' AND tally.number > 0
    )
)
SELECT latest.name, latest.person, latest.version, latest.seen, ARRAY(
    SELECT relayed.name FROM relayed WHERE relayed.workstation = latest.name AND relayed.person = latest.person
    ORDER BY relayed.name
) FROM latest ORDER BY latest.name, latest.person
"""
"""Who has a claim relays its connection, and so does who has an account's duty while donors wait there."""


def add(connection: psycopg.Connection, person: str, name: str, version: str) -> str:
    """Add a workstation of a person; return its name, with a number where another one has it."""
    number = 1
    while True:
        tried = name if number == 1 else f"{name} {number}"
        if connection.execute(_ADD, (tried, person, version)).rowcount:
            return tried
        number += 1


def see(connection: psycopg.Connection, person: str, name: str, version: str) -> None:
    """Show that a workstation of a person is there now."""
    connection.execute(_SEE, (name, person, version))


def remove(connection: psycopg.Connection, person: str, name: str) -> None:
    """Remove a workstation of a person."""
    connection.execute("DELETE FROM ac_desktop.workstation WHERE name = $1 AND person = $2", (name, person))


def listed(connection: psycopg.Connection) -> list[Workstation]:
    """Return the workstations, by their names."""
    return [
        Workstation(name=name, person=person, version=version, seen_at=float(seen), relaying=tuple(relaying))
        for name, person, version, seen, relaying in connection.execute(_LISTED).fetchall()
    ]
