"""The schema of an office's database: made and brought up to date by its owner, checked by every workstation.

Steps that are released never change: a new one is added at the end. A step that older programs can work with, as it
only adds what has a default, leaves `OLDEST_PROGRAM` as it is. Another one breaks them: it waits until no older program
is at work, and those that come later are refused.
"""

from typing import Final

import psycopg
from psycopg import sql

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.postgres.errors import translated_errors
from ac_desktop.store.engines.postgres.schema.first_schema import STORE
from ac_desktop.store.engines.postgres.schema.history_schema import HISTORY
from ac_desktop.store.engines.postgres.schema.moving_schema import MOVING
from ac_desktop.store.engines.postgres.schema.office_schema import OFFICE, TRIGGERS
from ac_desktop.store.engines.postgres.schema.pace_schema import PACE
from ac_desktop.store.engines.postgres.schema.people_schema import PEOPLE
from ac_desktop.store.engines.postgres.schema.word_schema import WORDS, index_words
from ac_desktop.store.engines.postgres.session import APPLICATION, SCHEMA, connect, refuse_pooler
from ac_desktop.store.engines.postgres.version_numbers import OLDEST_PROGRAM, VERSION
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office_address import OfficeAddress

STEPS: Final = (STORE + TRIGGERS + WORDS + OFFICE + PACE + MOVING + PEOPLE + HISTORY,)
_OLDEST_SERVER: Final = 140_000
_ONE_AT_A_TIME: Final = 0x61632D64_65736B74
"""The key of the lock under which the schema is changed."""
SEEN_FOR: Final = 90
"""Seconds for which a program that was seen may still be at work: as long as an owner keeps its claims."""
_OLDER_AT_WORK: Final = f"""
    WITH seen AS (
        SELECT workstation, person FROM owner
        WHERE knows < $1 AND seen >= extract(epoch FROM clock_timestamp()) - {SEEN_FOR}
    ), connected AS (
        SELECT coalesce((SELECT name FROM person WHERE login = usename), usename) AS person
        FROM pg_catalog.pg_stat_activity
        WHERE datname = current_database()
            AND CAST(substring(application_name FROM '{APPLICATION}([0-9]+)') AS BIGINT) < $1
    )
    SELECT workstation || ' (' || person || ')' FROM seen
    UNION SELECT person FROM connected WHERE person NOT IN (SELECT person FROM seen)
    ORDER BY 1
"""
"""The workstations, and people of other programs, that know too little: seen a moment ago, or connected."""
_OTHER_TABLES: Final = """
    SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema'))
"""


def create_schema(address: OfficeAddress) -> None:
    """Make the schema, or bring it up to date, whole or not at all. Raise StoreError where that is not possible.

    A database with other tables is left alone, and so is one of a newer program.
    """
    with translated_errors(address), connect(address) as connection:
        _refuse_old_server(connection)
        refuse_pooler(connection, address)
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock($1)", (_ONE_AT_A_TIME,))
            version = _known_version(connection, address)
            if version:
                _refuse_while_older(connection)
            else:
                connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))
            for step in STEPS[version:]:
                connection.execute(step)
            connection.execute(
                "INSERT INTO office (id, version, oldest_program) VALUES (1, $1, $2) ON CONFLICT (id)"
                " DO UPDATE SET version = excluded.version, oldest_program = excluded.oldest_program",
                (VERSION, OLDEST_PROGRAM),
            )
            index_words(connection)


def check_place(connection: psycopg.Connection, address: OfficeAddress) -> None:
    """Raise StoreError where the schema cannot be made or brought up to date; nothing is changed."""
    _refuse_old_server(connection)
    refuse_pooler(connection, address)
    _known_version(connection, address)


def check_schema(connection: psycopg.Connection, address: OfficeAddress) -> None:
    """Raise StoreError where this program cannot work on the database."""
    _refuse_old_server(connection)
    refuse_pooler(connection, address)
    version = _version(connection, address)
    if not version:
        raise StoreError(StoreProblem.FOREIGN, StoreMessage.OFFICE_FOREIGN, database=address.database)
    if version < VERSION:
        raise StoreError(StoreProblem.NEWER, StoreMessage.OFFICE_OUTDATED, found=version, known=VERSION)
    check_program(connection)


def check_program(connection: psycopg.Connection) -> None:
    """Raise StoreError where the office was changed so that it needs a newer program than this one."""
    _refuse_newer(connection, "oldest_program")


def check_same_version(connection: psycopg.Connection) -> None:
    """Raise StoreError where the office has more than this program knows, even if it can work on it."""
    _refuse_newer(connection, "version")


def _refuse_newer(connection: psycopg.Connection, column: str) -> None:
    query = sql.SQL("SELECT version FROM ac_desktop.office WHERE {} > $1").format(sql.Identifier(column))
    office = connection.execute(query, (VERSION,)).fetchone()
    if office is not None:
        raise StoreError(StoreProblem.NEWER, StoreMessage.OFFICE_NEWER, found=office[0], known=VERSION)


def _refuse_while_older(connection: psycopg.Connection) -> None:
    """Raise StoreError while a program is at work that a step would break; later ones wait, and are refused then."""
    is_breaking = connection.execute("SELECT FROM office WHERE oldest_program < $1", (OLDEST_PROGRAM,)).fetchone()
    if is_breaking is None:
        return
    connection.execute("LOCK TABLE office IN ACCESS EXCLUSIVE MODE")
    found = connection.execute(_OLDER_AT_WORK, (OLDEST_PROGRAM,)).fetchall()
    if found:
        names = ", ".join(name for (name,) in found)
        raise StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_HAS_OLDER, workstations=names)


def _known_version(connection: psycopg.Connection, address: OfficeAddress) -> int:
    """Return the schema's version, 0 for an empty database. Raise StoreError for one of a newer program."""
    version = _version(connection, address)
    if version > VERSION:
        raise StoreError(StoreProblem.NEWER, StoreMessage.OFFICE_NEWER, found=version, known=VERSION)
    return version


def _version(connection: psycopg.Connection, address: OfficeAddress) -> int:
    """Return the schema's version, 0 for an empty database. Raise StoreError for one of another program."""
    found = connection.execute("SELECT to_regclass($1) IS NOT NULL", (f"{SCHEMA}.office",)).fetchone()
    if found is not None and found[0]:
        office = connection.execute("SELECT version FROM office").fetchone()
        return int(office[0]) if office is not None else 0
    others = connection.execute(_OTHER_TABLES).fetchone()
    if others is None or others[0]:
        raise StoreError(StoreProblem.FOREIGN, StoreMessage.OFFICE_FOREIGN, database=address.database)
    return 0


def _refuse_old_server(connection: psycopg.Connection) -> None:
    if connection.info.server_version < _OLDEST_SERVER:
        found = f"{connection.info.server_version // 10_000}"
        raise StoreError(StoreProblem.FOREIGN, StoreMessage.OFFICE_SERVER_OLD, found=found)
