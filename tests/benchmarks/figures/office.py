"""An office's queue on a PostgreSQL server beside a queue of one's own, and at a distance of 20 ms."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ac_desktop.platform.paths import OFFICE_PASSWORD_VARIABLE
from ac_desktop.store.engines.postgres.schema.versions import create_schema
from ac_desktop.store.engines.postgres.word_index import WordFiller
from ac_desktop.store.office.membership import OfficeMembership, save_membership
from ac_desktop.store.office.roles import Role
from tests.benchmarks.figure import Bench, Figure, Line, at_most, times_at_most
from tests.benchmarks.made_up_export import csv_export
from tests.benchmarks.measuring import run_module
from tests.benchmarks.ours.services import open_services
from tests.benchmarks.warming import warm_up
from tests.importing.made_exports import chance
from tests.importing.untidy_exports import MAKERS
from tests.office.proxy import Proxy
from tests.postgres_server import SUPERUSER, PostgresServer

_ROWS: Final = 1_000_000
_QUICK: Final = 20_000
_BESIDE: Final = 200_000
_TIMES: Final = 200
_LOOKS: Final = 5
_ROUND_TRIP: Final = 0.02
_MOST_TIMES: Final = 1.6
_MOST_MS: Final = 100.0
_FIRST_ROWS_MS: Final = 300.0


def _run(bench: Bench) -> Sequence[Line]:
    count = bench.size(_ROWS, _QUICK)
    warm_up(bench)
    with _server() as server, _proxy(server) as proxy:
        lines = _imported_and_listed(bench, server, proxy, "tidy", csv_export(bench.inputs, count))
        random = chance()
        for maker in MAKERS.values():
            file = maker.write(bench.folder, count, random)
            lines += _imported_and_listed(bench, server, proxy, maker.name, file)
            file.unlink()
        return (*lines, *_claims(bench, server, proxy))


def _imported_and_listed(bench: Bench, server: PostgresServer, proxy: Proxy, name: str, file: Path) -> list[Line]:
    """Import a file into a queue of one's own and into a new office, and show the lists of both."""
    database = f"lists_{name.replace(' ', '_')}"
    own = bench.folder / f"{name}-own"
    near = _office(bench.folder / f"{name}-near", server.port, server, database)
    far = _member(bench.folder / f"{name}-far", proxy.port, database)
    alone = run_module("ours.import_file", file, own)
    shared = run_module("ours.import_file", file, near)
    _settle(near, server, database)
    lines = [Line(f"import, {name}", shared.seconds, alone.seconds, "s", times_at_most(_MOST_TIMES))]
    own_lists, near_lists, far_lists = (
        run_module("ours.office_lists", folder, _LOOKS).report for folder in (own, near, far)
    )
    lines += [Line(f"{shown}, {name}, beside us", near_lists[shown], own_lists[shown], "ms") for shown in own_lists]
    goal = at_most(_FIRST_ROWS_MS, "ms")
    lines += [Line(f"{shown}, {name}, at 20 ms", far_lists[shown], own_lists[shown], "ms", goal) for shown in own_lists]
    return lines


def _settle(folder: Path, server: PostgresServer, database: str) -> None:
    """Let the words be filled in and the server know its tables, as both do by themselves within a few minutes."""
    with open_services(folder) as services:
        WordFiller(services.database).fill_all()
    with server.connect(database) as sql:
        sql.execute("VACUUM (ANALYZE)")


def _claims(bench: Bench, server: PostgresServer, proxy: Proxy) -> Iterator[Line]:
    near = _office(bench.folder / "claims", server.port, server, "claims")
    far = _member(bench.folder / "claims-far", proxy.port, "claims")
    own = run_module("ours.office_claims", bench.folder / "own-claims", _TIMES).report["middle"]
    shared = run_module("ours.office_claims", near, _TIMES).report["middle"]
    yield Line("claim and outcome, beside us", shared, own, "ms")
    yield Line("claim and outcome, at 20 ms", run_module("ours.office_claims", far, _TIMES).report["middle"], own, "ms")
    file = csv_export(bench.inputs, bench.size(_BESIDE, _QUICK))
    most = run_module("ours.office_claims", near, _TIMES, file).report["most"]
    yield Line("claim and outcome beside an import, 99 of 100", most, 0.0, "ms", at_most(_MOST_MS, "ms"))


@contextmanager
def _server() -> Iterator[PostgresServer]:
    server = PostgresServer(is_measured=True)
    os.environ[OFFICE_PASSWORD_VARIABLE] = server.password
    try:
        yield server
    finally:
        del os.environ[OFFICE_PASSWORD_VARIABLE]
        server.close()


@contextmanager
def _proxy(server: PostgresServer) -> Iterator[Proxy]:
    proxy = Proxy(server.port, _ROUND_TRIP).start()
    try:
        yield proxy
    finally:
        proxy.close()


def _office(folder: Path, port: int, server: PostgresServer, database: str) -> Path:
    create_schema(server.create_database(database))
    return _member(folder, port, database)


def _member(folder: Path, port: int, database: str) -> Path:
    membership = OfficeMembership(
        host="127.0.0.1",
        port=port,
        database=database,
        user=SUPERUSER,
        person=SUPERUSER,
        role=Role.ADMIN,
        workstation=folder.name,
    )
    save_membership(folder, membership)
    return folder


FIGURE = Figure(
    name="office",
    measures="import, lists, words and claims on an office's server, beside us and at 20 ms, against SQLite",
    run=_run,
    runs=1,
)
