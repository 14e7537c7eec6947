"""Who is in an office: read together with each look for news, so that nobody has to ask for it."""

from typing import Final

from ac_desktop.store.engines.postgres.sql import IS_SEEN
from ac_desktop.store.office.place import OfficePresence, SeenWorkstation
from ac_desktop.store.ports import Row

PRESENCE: Final = f"""
    (SELECT name FROM office) AS office, (SELECT moved_out IS NOT NULL FROM office) AS is_closed,
    (SELECT json_agg(json_build_array(everyone.name, everyone.person, everyone.seen, EXISTS (
            SELECT FROM owner WHERE owner.workstation = everyone.name AND owner.person = everyone.person AND {IS_SEEN}
        ), ARRAY(
            SELECT DISTINCT unnest(owner.relaying) FROM owner
            WHERE owner.workstation = everyone.name AND owner.person = everyone.person AND {IS_SEEN} ORDER BY 1
        )) ORDER BY everyone.name, everyone.person)
        FROM (
            SELECT name, person, max(seen) AS seen FROM (
                SELECT name, person, seen FROM workstation
                UNION ALL SELECT workstation, person, seen FROM owner WHERE {IS_SEEN}
            ) AS present GROUP BY name, person
        ) AS everyone) AS workstations
"""
"""Columns of a query; a program that has ended leaves its workstation behind, which is offline then."""


def presence_in(found: Row) -> OfficePresence:
    """Return what those columns say."""
    return OfficePresence(
        str(found["office"] or ""),
        tuple(
            SeenWorkstation(name, person, tuple(relaying), None if is_here else float(seen))
            for name, person, seen, is_here, relaying in found["workstations"] or ()
        ),
        is_closed=bool(found["is_closed"]),
    )
