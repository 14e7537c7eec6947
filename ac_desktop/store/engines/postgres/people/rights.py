"""What each role may do with each table of an office: GRANTs of the database, given anew by whoever updates the office.

Everybody reads every table. What is not granted here goes by the owner's functions, or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from ac_desktop.store.engines.postgres.schema.history_schema import FUNCTIONS, OWNERS_FUNCTIONS
from ac_desktop.store.engines.postgres.session import SCHEMA
from ac_desktop.store.office.roles import Role

_INSERT: Final = SQL("INSERT")
_UPDATE: Final = SQL("UPDATE")
_DELETE: Final = SQL("DELETE")
_Rights = tuple[SQL | Composed, ...]
_NOTHING: Final[_Rights] = ()
_ADD: Final[_Rights] = (_INSERT,)
_WRITE: Final[_Rights] = (_INSERT, _UPDATE)
_ALL: Final[_Rights] = (_INSERT, _UPDATE, _DELETE)


@dataclass(frozen=True)
class TableRights:
    """What staff, admins and the relay service may do with a table beside reading it."""

    staff: _Rights
    admin: _Rights
    relay: _Rights

    def of(self, role: Role) -> _Rights:
        """Return the rights of a role."""
        match role:
            case Role.STAFF:
                return self.staff
            case Role.ADMIN:
                return self.admin
            case Role.RELAY:
                return self.relay


def _same(rights: _Rights) -> TableRights:
    return TableRights(rights, rights, rights)


def _columns(*names: str) -> Composed:
    return SQL("UPDATE ({})").format(SQL(", ").join(map(Identifier, names)))


_ADMINS: Final = TableRights(_NOTHING, _ALL, _NOTHING)
_PEOPLES: Final = TableRights(_ADD, _ADD, _NOTHING)
_STANDING: Final = _columns("state", "streak", "wait_until", "careful", "relayed_at")
_BATCH: Final = _columns("loading_owner", "first_record", "last_record", "rows_read", "has_words")
RECORD_STAYS: Final = frozenset({"id", "connection_id", "batch_id", "row"})
"""Columns of a record that say what it is: they never change."""
RIGHTS: Final[Mapping[str, TableRights]] = MappingProxyType(
    {
        "account": _ADMINS,
        "team": _ADMINS,
        "connection": TableRights((_STANDING,), _ALL, (_STANDING,)),
        "batch": _same((_INSERT, _BATCH)),
        "record": _same(_ADD),
        "email_at": _same(_ALL),
        "seen_row": _same((_INSERT, _DELETE)),
        "secret": TableRights(_ADD, (_INSERT, _DELETE), _ADD),
        "layout": TableRights(_ALL, _ALL, _WRITE),
        "edit": _PEOPLES,
        "source_row": _same(_ADD),
        "tally": _same(_WRITE),
        "bulk_batch": _same(_WRITE),
        "bulk_member": _same(_ADD),
        "decision": _PEOPLES,
        "attempt": _same(_ADD),
        "event": _same(_ADD),
        "bin": TableRights(_NOTHING, _ADD, _NOTHING),
        "watched_folder": _same(_ALL),
        "setting": _same(_WRITE),
        "correction": _same(_ALL),
        "list_reading": _same(_ALL),
        "automatic_relay": TableRights(_WRITE, _WRITE, _NOTHING),
        "schedule": TableRights(_WRITE, _WRITE, _NOTHING),
        "last_look": _same(_WRITE),
        "fetched_days": _same(_WRITE),
        "automatic_action": _same(_WRITE),
        "notice": _same(_WRITE),
        "webhook_body": _same(_ADD),
        "anedot_source": _same(_WRITE),
        "anedot_requests": _same(_WRITE),
        "anedot_turn": _same(_WRITE),
        "fetched_donation": _same(_ADD),
        "record_words": _same(_WRITE),
        "office": _same(_NOTHING),
        "moved_queue": _same(_NOTHING),
        "owner": _same((_INSERT, _columns("seen", "relaying"), _DELETE)),
        "person": _same(_NOTHING),
        "workstation": _same((_INSERT, _columns("version", "seen"), _DELETE)),
        "pushed_entry": _same(_ADD),
        "key_hash": _ADMINS,
        "erased_address": TableRights(_NOTHING, _ADD, _NOTHING),
        "backup_made": TableRights(_NOTHING, _ADD, _NOTHING),
        "duty": _same(_ALL),
        "editing": _same(_ALL),
        "waiting_owner": _same(_ALL),
        "news": _same((_INSERT, _DELETE)),
        "pace": _same(_WRITE),
    }
)
"""Every table by its name: one that is missing here can be read and no more."""
_COLUMNS: Final = """
    SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = 'ac_desktop.record'::regclass AND attnum > 0
        AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""


def grant(connection: psycopg.Connection, groups: Mapping[Role, str]) -> None:
    """Grant the groups of an office their rights, and revoke what they had beside."""
    everyone = SQL(", ").join(map(Identifier, groups.values()))
    for statement in (
        SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {everyone}"),
        SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {everyone}"),
        SQL("GRANT USAGE ON SCHEMA {schema} TO {everyone}"),
        SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {everyone}"),
        SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {everyone}"),
    ):
        connection.execute(statement.format(schema=Identifier(SCHEMA), everyone=everyone))
    columns = [name for (name,) in connection.execute(_COLUMNS).fetchall() if name not in RECORD_STAYS]
    connection.execute(
        SQL("GRANT UPDATE ({}) ON {} TO {}").format(
            SQL(", ").join(map(Identifier, columns)), Identifier(SCHEMA, "record"), everyone
        )
    )
    for role, group in groups.items():
        for table, rights in RIGHTS.items():
            if granted := rights.of(role):
                connection.execute(_grant(table, granted, group))
    for name in (*FUNCTIONS, *OWNERS_FUNCTIONS):
        connection.execute(SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(Identifier(SCHEMA, name)))
    for name in FUNCTIONS:
        connection.execute(SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(Identifier(SCHEMA, name), everyone))


def _grant(table: str, rights: _Rights, group: str) -> Composed:
    return SQL("GRANT {} ON {} TO {}").format(SQL(", ").join(rights), Identifier(SCHEMA, table), Identifier(group))
