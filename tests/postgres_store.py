"""An office's database for each data folder of a test: a copy of an empty one, dropped when the test ends.

Its owner has created it, and a login of each role may work on it. A test uses the server's administrator's, or that of
the role that AC_DESKTOP_ROLE_OF_TESTS names.
"""

import json
import os
from dataclasses import asdict, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.opening import StoredDatabase, StoreEngine, StoreLocation, open_database

if TYPE_CHECKING:
    from tests.postgres_server import PostgresServer

_TEMPLATE: Final = "empty_office"
_PASSWORD: Final = "own words"
_ROLE: Final = "AC_DESKTOP_ROLE_OF_TESTS"
_NUMBERS: Final = count(1)
_OFFICES: Final = "AC_DESKTOP_OFFICES_OF_TESTS"
"""The variable that tells programs of a test which office a data folder belongs to: there is no person in it."""


def has_office(folder: Path) -> bool:
    """Whether a data folder belongs to an office."""
    return str(folder) in _offices()


def office_of(folder: Path) -> OfficeAddress:
    """Return the address of the office that a data folder belongs to, made when it is first asked for."""
    offices = _offices()
    if str(folder) not in offices:
        made = _server_with_template().create_database(f"office_{next(_NUMBERS)}", _TEMPLATE)
        if role := os.environ.get(_ROLE):
            made = as_role(made, Role(role))
        os.environ[_OFFICES] = json.dumps({**offices, str(folder): asdict(made)})
        return made
    return OfficeAddress(**offices[str(folder)])


def as_role(office: OfficeAddress, role: Role) -> OfficeAddress:
    """Return an office's address with the login of a person of a role, whose name is the role's."""
    return replace(office, user=f"{_TEMPLATE}_{role.value}", password=_PASSWORD)


def _offices() -> dict[str, Any]:
    offices: dict[str, Any] = json.loads(os.environ.get(_OFFICES, "{}"))
    return offices


def office_location(folder: Path) -> StoreLocation:
    """Return the location of the office's store that a data folder belongs to."""
    return StoreLocation(StoreEngine.POSTGRES, folder, office_of(folder))


def open_office(folder: Path) -> StoredDatabase:
    """Open the database of the office that a data folder belongs to."""
    return open_database(office_location(folder))


def drop_offices() -> None:
    """Drop the databases of all offices, whoever is still connected to them."""
    for address in _offices().values():
        _server_with_template().drop_database(address["database"])
    os.environ.pop(_OFFICES, None)


@cache
def _server_with_template() -> "PostgresServer":
    from psycopg.sql import SQL, Identifier, Literal

    from ac_desktop.store.engines.postgres.people.office_server import PostgresOfficeServer
    from tests.postgres_server import server

    found, owner = server(), f"{_TEMPLATE}_owner"
    with found.connect() as sql:
        role = SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}")
        sql.execute(role.format(Identifier(owner), Literal(_PASSWORD)))
        sql.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(_TEMPLATE), Identifier(owner)))
    office = PostgresOfficeServer(found.address(_TEMPLATE, owner, _PASSWORD))
    office.create()
    for one in Role:
        made = office.invite(f"{_TEMPLATE}_{one.value}", one, _PASSWORD)
        PostgresOfficeServer(found.address(_TEMPLATE, made.login, _PASSWORD)).join(_PASSWORD)
    return found
