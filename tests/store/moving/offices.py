"""Folders with queues and offices for tests of moves: databases of a real server, copied from one that is prepared."""

import secrets
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from psycopg.sql import SQL, Identifier

from ac_desktop.store.moving.queue_moves import QueueMoves
from ac_desktop.store.office.membership import OfficeMembership, save_membership
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.opening import StoreEngine, StoreLocation, office_folder, queue_moves
from tests.console.offices import OWNER_PASSWORD, OfficeDatabase
from tests.postgres_server import server

_NUMBERS: Final = count(1)


@cache
def _prepared() -> OfficeDatabase:
    """Return a new office that nobody works on; others are copies of it."""
    import tempfile

    from ac_desktop.store.office.server_url import parse_server_url

    made = OfficeDatabase()
    with tempfile.TemporaryDirectory() as folder:
        office_folder(Path(folder)).create(parse_server_url(made.url, None), OWNER_PASSWORD)
    return made


class Office:
    """An office with its owner."""

    def __init__(self) -> None:
        prepared = _prepared()
        self.owner = prepared.owner
        self.name = f"moves_{next(_NUMBERS)}_{secrets.token_hex(3)}"
        with server().connect() as sql:
            sql.execute(
                SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                    Identifier(self.name), Identifier(prepared.name), Identifier(self.owner)
                )
            )

    @property
    def address(self) -> OfficeAddress:
        return server().address(self.name, self.owner, OWNER_PASSWORD)

    def location(self, folder: Path) -> StoreLocation:
        return StoreLocation(StoreEngine.POSTGRES, folder, self.address)

    def records(self) -> int:
        with server().connect(self.name) as sql:
            found = sql.execute("SELECT COUNT(*) FROM ac_desktop.record").fetchone()
        assert found is not None
        return int(found[0])

    def is_closed(self) -> bool:
        with server().connect(self.name) as sql:
            return sql.execute("SELECT moved_out FROM ac_desktop.office").fetchone() != (None,)

    def drop(self) -> None:
        server().drop_database(self.name)

    def joined(self, folder: Path, *, role: Role = Role.ADMIN) -> QueueMoves:
        """Let a folder work on the office, as its owner; return its moves."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_membership(
            folder,
            OfficeMembership(
                host="127.0.0.1",
                port=server().port,
                database=self.name,
                user=self.owner,
                person=self.owner,
                role=role,
                workstation=folder.name,
            ),
        )
        return queue_moves(folder)
