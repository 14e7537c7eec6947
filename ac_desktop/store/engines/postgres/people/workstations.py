"""The workstations of an office: those that joined, and what the owners of claims say of them."""

from typing import Final

import psycopg

from ac_desktop.store.office.duty import DUTY_LASTS
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
    FROM ac_desktop.owner
    JOIN ac_desktop.connection ON connection.id = ANY(owner.relaying)
    WHERE owner.seen > extract(epoch FROM clock_timestamp()) - $1
), on_duty AS (
    SELECT owner.workstation, owner.person, duty.account
    FROM ac_desktop.duty
    JOIN ac_desktop.owner ON owner.id = duty.owner
    WHERE duty.until > extract(epoch FROM clock_timestamp())
)
SELECT latest.name, latest.person, latest.version, latest.seen, ARRAY(
    SELECT relayed.name FROM relayed WHERE relayed.workstation = latest.name AND relayed.person = latest.person
    ORDER BY relayed.name
), ARRAY(
    SELECT on_duty.account FROM on_duty WHERE on_duty.workstation = latest.name AND on_duty.person = latest.person
    ORDER BY on_duty.account
) FROM latest ORDER BY latest.name, latest.person
"""
"""Who has a claim relays its connection, and so does who says so and was seen a moment ago, as in a breathing space."""


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
        Workstation(
            name=name,
            person=person,
            version=version,
            seen_at=float(seen),
            relaying=tuple(relaying),
            duty=tuple(duty),
        )
        for name, person, version, seen, relaying, duty in connection.execute(_LISTED, (DUTY_LASTS,)).fetchall()
    ]
