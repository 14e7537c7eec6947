"""The people of an office on PostgreSQL: a login each, and the workstations they work at."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import Final

import psycopg
from psycopg import errors

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.postgres.errors import translated_errors
from ac_desktop.store.engines.postgres.people import provisioning, workstations
from ac_desktop.store.engines.postgres.schema.versions import check_place, check_program, check_schema, create_schema
from ac_desktop.store.engines.postgres.session import connect
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.care import LAST_BACKUP, LastBackup
from ac_desktop.store.office.office_server import InvitedPerson, OfficePerson, OneUseLogin, Workstation
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress

_ALGORITHM: Final = b"scram-sha-256"
_PEOPLE: Final = """
SELECT name, role, invited_by, invited_at, joined_at, withdrawn_by, withdrawn_at FROM ac_desktop.person ORDER BY name
"""
_NO_MEMBER: Final = (errors.InsufficientPrivilege, errors.UndefinedTable, errors.InvalidSchemaName)
_NOT_WITHDRAWN: Final[Mapping[str, StoreMessage]] = MappingProxyType(
    {
        "unknown": StoreMessage.PERSON_NOT_INVITED,
        "owner": StoreMessage.OWNER_STAYS,
        "self": StoreMessage.PERSON_IS_YOU,
    }
)


class PostgresOfficeServer:
    """An office's database, by the login of one person; each call has a connection of its own."""

    def __init__(self, address: OfficeAddress) -> None:
        self._address = address

    def check(self) -> None:
        """Raise StoreError where this program cannot work on the office."""
        with self._connected() as connection:
            check_schema(connection, self._address)

    def check_place(self) -> None:
        """Raise StoreError where this login can create no office in the database."""
        with self._connected() as connection:
            check_place(connection, self._address)
            provisioning.check_owner(connection)

    def create(self, name: str = "") -> None:
        """Create the office, or update it; the login becomes one of its admins.

        `name` is the office's own name from now on; "" leaves it as it is.
        """
        with self._connected() as connection:
            provisioning.check_owner(connection)
        create_schema(self._address)
        with self._connected() as connection, connection.transaction():
            provisioning.provision(connection)
            if name:
                provisioning.name_office(connection, name)

    def name(self) -> str:
        """Return the office's own name, "" where it has none."""
        with self._connected() as connection:
            found = connection.execute("SELECT name FROM ac_desktop.office").fetchone()
        return str(found[0]) if found is not None else ""

    def invite(self, person: str, role: Role, password: str) -> OneUseLogin:
        """Make a login that may join once with this password.

        The password leaves as SCRAM's verifier, so that no log of the server has it.
        """
        with self._in_office() as connection:
            verifier = _verifier(connection, person, password)
            with _for_admins():
                found = connection.execute(
                    "SELECT person_login, until, (SELECT name FROM ac_desktop.office)"
                    " FROM ac_desktop.invite_person($1, $2, $3)",
                    (person, role.value, verifier),
                ).fetchone()
        if found is None:
            raise StoreError(StoreProblem.REFUSED, StoreMessage.PERSON_JOINED, person=person)
        return OneUseLogin(found[0], int(found[1]), found[2])

    def join(self, password: str) -> None:
        """Replace this login's password for one use by the person's own."""
        with self._in_office() as connection:
            verifier = _verifier(connection, self._address.user, password)
            found = connection.execute("SELECT ac_desktop.join_office($1)", (verifier,)).fetchone()
        if found is None or not found[0]:
            raise StoreError(StoreProblem.REFUSED, StoreMessage.PERSON_UNKNOWN, person=self._address.user)

    def withdraw(self, person: str) -> None:
        """Take a person's login and rights, and end what they have open; what they did stays in the history."""
        with self._in_office() as connection, _for_admins():
            found = connection.execute("SELECT ac_desktop.withdraw_person($1)", (person,)).fetchone()
            refusal = _NOT_WITHDRAWN.get(found[0] if found is not None else "")
            if refusal is not None:
                raise StoreError(StoreProblem.REFUSED, refusal, person=person)
            # Only now: until the login is gone, whoever is disconnected connects anew.
            connection.execute("SELECT ac_desktop.end_sessions($1)", (person,))

    def invited_people(self) -> list[InvitedPerson]:
        """Return everybody who was ever invited, by name."""
        with self._in_office() as connection:
            self._member(connection)
            return [
                InvitedPerson(
                    person=name,
                    role=Role(role),
                    invited_by=invited_by,
                    invited_at=invited_at,
                    joined_at=joined_at,
                    withdrawn_by=withdrawn_by or "",
                    withdrawn_at=withdrawn_at,
                )
                for name, role, invited_by, invited_at, joined_at, withdrawn_by, withdrawn_at in connection.execute(
                    _PEOPLE
                ).fetchall()
            ]

    def member(self) -> OfficePerson:
        """Return the person whose login this is."""
        with self._in_office() as connection:
            return self._member(connection)

    def is_closed(self) -> bool:
        """Whether the office's queue was moved out of it: it is read and nothing more."""
        with self._connected() as connection:
            found = connection.execute("SELECT moved_out IS NOT NULL FROM ac_desktop.office").fetchone()
        return found is not None and bool(found[0])

    def add_workstation(self, name: str, version: str) -> str:
        """Add a workstation of this person; return its name, with a number where another one has it."""
        with self._in_office() as connection:
            return workstations.add(connection, self._member(connection).person, name, version)

    def see_workstation(self, name: str, version: str) -> None:
        """Show that a workstation of this person is there now, with a version of the program."""
        with self._in_office() as connection:
            workstations.see(connection, self._member(connection).person, name, version)

    def remove_workstation(self, name: str) -> None:
        """Remove a workstation of this person."""
        with self._in_office() as connection:
            workstations.remove(connection, self._member(connection).person, name)

    def workstations(self) -> list[Workstation]:
        """Return the workstations of the office, by their names."""
        with self._in_office() as connection:
            return workstations.listed(connection)

    def note_backup(self) -> None:
        """Note that the office's database has just been backed up, as an admin says."""
        with self._in_office() as connection, _for_admins():
            connection.execute("INSERT INTO ac_desktop.backup_made DEFAULT VALUES")

    def last_backup(self) -> LastBackup | None:
        """Return what the office knows of its backups."""
        with self._in_office() as connection:
            found = connection.execute(LAST_BACKUP).fetchone()
        return LastBackup(found[0], found[1]) if found is not None else None

    @contextmanager
    def _in_office(self) -> Iterator[psycopg.Connection]:
        """Return a connection to an office that this program can work on."""
        with self._connected() as connection:
            # A login that may not even read this is refused by what it asks for.
            with suppress(*_NO_MEMBER):
                check_program(connection)
            yield connection

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        with translated_errors(self._address), connect(self._address) as connection:
            yield connection

    def _member(self, connection: psycopg.Connection) -> OfficePerson:
        try:
            found = connection.execute(
                "SELECT name, role FROM ac_desktop.person WHERE login = session_user AND joined_at IS NOT NULL"
            ).fetchone()
        except _NO_MEMBER as error:
            raise self._unknown_person() from error
        if found is None:
            raise self._unknown_person()
        return OfficePerson(found[0], Role(found[1]))

    def _unknown_person(self) -> StoreError:
        return StoreError(StoreProblem.REFUSED, StoreMessage.PERSON_UNKNOWN, person=self._address.user)


@contextmanager
def _for_admins() -> Iterator[None]:
    try:
        yield
    except errors.InsufficientPrivilege as error:
        raise StoreError(StoreProblem.REFUSED, StoreMessage.NOT_OFFICE_ADMIN) from error


def _verifier(connection: psycopg.Connection, person: str, password: str) -> str:
    return connection.pgconn.encrypt_password(password.encode(), person.encode(), _ALGORITHM).decode()
