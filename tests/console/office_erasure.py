"""Who is erased from an office is in no table, no waiting outbox and no later dump of its server, in any form."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from psycopg.sql import SQL, Identifier

from ac_desktop.store.history.step_codec import decode_steps
from ac_desktop.store.office.membership import OfficeMembership, save_membership
from ac_desktop.store.office.outbox import OUTBOX_FILE
from ac_desktop.store.office.roles import Role
from ac_desktop.store.opening import StoreEngine
from tests.console.offices import OfficeWorkstation
from tests.delivery.support import DeliveryHarness
from tests.harness import donors
from tests.office.proxy import Proxy
from tests.postgres_server import server
from tests.postgres_store import as_role, drop_offices, office_of
from tests.promises.donor_data import ANN
from tests.promises.test_erasure import everywhere

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")
STREET, FORMATTED_PHONE = "17 Larkspur Lane", "(225) 555-0199"
SPELLINGS = (ANN.email, quote(ANN.email, safe=""), quote(ANN.email, safe="@"), ANN.email.replace("@", "\\u0040"))
TRACES = tuple(one.lower() for one in (*SPELLINGS, ANN.phone, FORMATTED_PHONE, ANN.first_name, ANN.last_name, STREET))
FOUND_BEFORE = {one.lower() for one in (ANN.email, ANN.phone, FORMATTED_PHONE, ANN.first_name, ANN.last_name, STREET)}
BYTES = re.compile(r"\\+x([0-9a-f]{16,})|\"steps\": ?\"([0-9A-F]{16,})\"|\b([0-9A-F]{32,})\b")
OTHER = donors(1, start=60)[0].email


def readable(text: str) -> Iterator[str]:
    """Yield a text, and what is packed or encoded in it."""
    yield text
    for match in BYTES.finditer(text):
        packed = bytes.fromhex(next(filter(None, match.groups())))
        yield packed.decode("utf-8", "replace")
        with suppress(Exception):
            yield repr(decode_steps(packed))


def traces(text: str) -> set[str]:
    """Return which of Ann's traces are in a text, in any case."""
    return {trace for part in readable(text) for trace in TRACES if trace in part.lower()}


def tables(database: str) -> dict[str, str]:
    """Return all columns of all rows of each table of a database, also of the server's own about it."""
    with server().connect(database) as sql:
        names = sql.execute(
            "SELECT c.table_schema, c.table_name, array_agg(c.column_name::text ORDER BY c.ordinal_position)"
            " FROM information_schema.columns c JOIN pg_class t ON t.relname = c.table_name"
            " AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = c.table_schema)"
            " WHERE t.relkind IN ('r', 'm', 'p') GROUP BY 1, 2"
        ).fetchall()
        found = {}
        for schema, name, columns in names:
            listed = SQL(", ").join(SQL("{}::text").format(Identifier(column)) for column in columns)
            rows = sql.execute(SQL("SELECT {} FROM {}").format(listed, Identifier(schema, name))).fetchall()
            found[f"{schema}.{name}"] = "\n".join(repr(row).replace("\\\\", "\\") for row in rows)
    return found


def dump(database: str, file: Path) -> str:
    """Return a dump of a database as text."""
    with file.open("wb") as out:
        server().program("pg_dump", "--format=plain", f"--dbname={database}", into=out)
    return file.read_text(encoding="utf-8")


def bytes_of(*folders: Path) -> str:
    """Return the bytes of all files of folders."""
    return "\n".join(
        file.read_bytes().decode("latin-1") for one in folders for file in sorted(one.rglob("*")) if file.is_file()
    )


def workstation(folder: Path, of: Path, role: Role, way: Proxy) -> OfficeWorkstation:
    """Return a workstation of the office of a data folder, which reaches its server by a way."""
    login = as_role(office_of(of), role)
    save_membership(
        folder,
        OfficeMembership(
            host=login.host,
            port=way.port,
            database=login.database,
            user=login.user,
            person=login.user,
            role=role,
            workstation=role.value,
            ca="",
        ),
    )
    return OfficeWorkstation(folder, login.password)


@pytest.fixture
def way() -> Iterator[Proxy]:
    made = Proxy(server().port).start()
    yield made
    made.close()
    drop_offices()


def test_who_is_erased_is_in_no_table_no_outbox_and_no_dump(tmp_path: Path, way: Proxy) -> None:
    filled = tmp_path / "filled"
    with DeliveryHarness(filled, engine=StoreEngine.POSTGRES) as harness:
        everywhere(harness)
    database = office_of(filled).database
    admin, staff = (workstation(tmp_path / one.value, filled, one, way) for one in (Role.ADMIN, Role.STAFF))
    export = tmp_path / "ann.csv"
    export.write_text(
        "Email,First Name,Last Name,Phone,Address Line 1\n"
        f"{ANN.email.title()},{ANN.first_name},{ANN.last_name},{FORMATTED_PHONE},{STREET}\n"
    )
    imported = staff("import", "Spring", export)
    assert "1 waiting" in imported.out, imported.err
    for one in (admin, staff):
        assert one("connections").code == 0
    way.cut()
    person = ("--first", ANN.first_name, "--last", ANN.last_name, "--phone", FORMATTED_PHONE)
    for one in (admin, staff):
        assert one("add", "Spring", "--again", "--email", ANN.email.upper(), *person).code == 0
        assert one("add", "Spring", "--again", "--email", OTHER).code == 0
    way.reopen()
    with server().connect(database) as sql:
        sql.execute("ANALYZE")
    before = {name: traces(text) for name, text in tables(database).items()}
    assert set.union(*before.values()) >= FOUND_BEFORE
    assert traces(dump(database, tmp_path / "before.sql")) >= FOUND_BEFORE
    assert traces((staff.folder / OUTBOX_FILE).read_bytes().decode("latin-1")) >= {ANN.first_name.lower()}

    erased = admin("erase", ANN.email, "--yes")
    assert erased.code == 0, erased.err
    assert staff("status").code == 0

    after = {name: found for name, text in tables(database).items() if (found := traces(text))}
    assert after == {}
    dumped = dump(database, tmp_path / "after.sql")
    assert traces(dumped) == set()
    assert OTHER in dumped
    assert traces(bytes_of(admin.folder, staff.folder)) == set()
    with server().connect(database) as sql:
        codes = sql.execute("SELECT count(*) FROM ac_desktop.erased_address").fetchone()
    assert codes == (1,)
