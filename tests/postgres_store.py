"""An office's database for each data folder of a test: a copy of an empty one, dropped when the test ends."""

import json
import os
from dataclasses import asdict
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.opening import StoredDatabase, StoreEngine, StoreLocation, open_database

if TYPE_CHECKING:
    from tests.postgres_server import PostgresServer

_TEMPLATE: Final = "empty_office"
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
        os.environ[_OFFICES] = json.dumps({**offices, str(folder): asdict(made)})
        return made
    return OfficeAddress(**offices[str(folder)])


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
    from ac_desktop.store.engines.postgres.schema.versions import create_schema
    from tests.postgres_server import server

    found = server()
    create_schema(found.create_database(_TEMPLATE))
    return found
