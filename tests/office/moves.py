"""A long queue moves into an office and out of it, row by row the same; killed at any moment one whole side has it."""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

from ac_desktop.store.opening import own_store_in
from ac_desktop.store.ports import Database
from tests.benchmarks.made_up_store import fill
from tests.console.conftest import ROOT
from tests.console.offices import OWNER_PASSWORD
from tests.office.proof import Extent, Findings
from tests.postgres_server import server
from tests.store.moving.offices import Office
from tests.store.moving.queues import ALL, fill_simply, moved_columns, opened

_TABLES: Final = ("record", "source_row", "email_at", "attempt")
"""Nearly all of a long queue: what a bare COPY of it takes is what the move is compared with."""
_MOST_TIMES_BARE: Final = 3.0
_PEOPLE: Final = 200
_CHUNK: Final = 20_000


def moves(extent: Extent) -> Findings:
    """Show that a queue comes back as it went in, how long that takes, and what kills leave."""
    findings = Findings(extent)
    with tempfile.TemporaryDirectory() as name:
        _long_queue(findings, Path(name), extent.of(10_000, 1_000_000))
        _kills(findings, Path(name), extent)
    return findings


def _long_queue(findings: Findings, folder: Path, number: int) -> None:
    a, back = folder / "a", folder / "back"
    a.mkdir(mode=0o700)
    fill(a, number)
    with opened(own_store_in(a)) as database:
        columns = moved_columns(database)
        before = _digests(database, columns)
    office = Office()
    begun = time.monotonic()
    office.joined(a).move_in(OWNER_PASSWORD)
    seconds_in = time.monotonic() - begun
    with opened(office.location(a)) as database:
        findings.found(_differences(before, _digests(database, columns)), "in the office")
    bare = _bare_copy(office)
    begun = time.monotonic()
    office.joined(folder / "b").move_out(back, OWNER_PASSWORD)
    seconds_out = time.monotonic() - begun
    with opened(own_store_in(back)) as database:
        findings.found(_differences(before, _digests(database, columns)), "out of the office")
    office.drop()
    shutil.rmtree(a)
    shutil.rmtree(back)
    findings.count(f"{number:,} donors, rows, attempts and results the same in and out")
    text = f"{seconds_in:.1f} s in, {seconds_out:.1f} s out, {bare:.1f} s for a bare COPY in"
    findings.figure(text, is_kept=seconds_in <= _MOST_TIMES_BARE * bare)


def _digests(database: Database, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return a hash of all rows of each table but for the events, of which a move adds one."""
    keys = {table.name: table.key for table in ALL}
    return {
        table: _digest(database, table, names, keys.get(table, ("name",)))
        for table, names in columns.items()
        if table != "event"
    }


def _digest(database: Database, table: str, names: Sequence[str], key: Sequence[str]) -> str:
    digest, order, places = blake2b(), ", ".join(key), ", ".join("?" for _ in key)
    after: tuple[object, ...] = ()
    while True:
        where = f"WHERE ({order}) > ({places})" if after else ""
        query = f"SELECT {', '.join(names)} FROM {table} {where} ORDER BY {order} LIMIT {_CHUNK}"  # noqa: S608
        rows = database.rows(query, after)
        for row in rows:
            digest.update(repr(tuple(row)).encode())
        if len(rows) < _CHUNK:
            return digest.hexdigest()
        after = tuple(rows[-1][name] for name in key)


def _differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [f"rows of {table} differ" for table in before if before[table] != after[table]]


def _bare_copy(office: Office) -> float:
    """Return the seconds in which the server takes in what its own COPY gave, into tables with all their indexes."""
    bare = Office()
    seconds = 0.0
    with server().connect(office.name) as source, server().connect(bare.name) as target:
        target.execute("SET search_path TO ac_desktop")
        for table in ("account", "connection", "batch", *_TABLES):
            (names,) = source.execute(
                "SELECT string_agg(column_name, ', ') FROM information_schema.columns WHERE table_schema = 'ac_desktop'"
                " AND is_generated = 'NEVER' AND table_name = %s",
                (table,),
            ).fetchone() or ("",)
            with source.cursor() as reading, reading.copy(f"COPY ac_desktop.{table} ({names}) TO STDOUT") as copied:
                blocks = list(map(bytes, copied))
            begun = time.monotonic()
            with target.cursor() as writing, writing.copy(f"COPY ac_desktop.{table} ({names}) FROM STDIN") as copy:
                for block in blocks:
                    copy.write(block)
            seconds += time.monotonic() - begun
            if table == "batch":
                # As in a move, their records are not indexed word by word yet.
                target.execute("ALTER TABLE batch DISABLE TRIGGER batch_stays_closed")
                target.execute("UPDATE batch SET loading_owner = 'bare'")
    bare.drop()
    return seconds


def _kills(findings: Findings, folder: Path, extent: Extent) -> None:
    """Kill moves at lines chosen by chance, half of them around the commit."""
    chance, number = random.Random(extent.seed), extent.of(2, 100)  # noqa: S311
    for at in range(number):
        for way in ("in", "out"):
            findings.found(_killed(folder / f"{way}{at}", way, chance), f"{way} {at}")
    findings.count(f"{2 * number} kills, each left one whole side and went through afterwards")


def _killed(folder: Path, way: str, chance: random.Random) -> list[str]:
    a, b, to = folder / "a", folder / "b", folder / "to"
    fill_simply(a, range(_PEOPLE))
    office = Office()
    moves_of_a = office.joined(a)
    if way == "out":
        moves_of_a.move_in(OWNER_PASSWORD)
        office.joined(b)
    source = a if way == "in" else b
    process = _start(way, source, to)
    try:
        process.wait(chance.uniform(0.0, 1.5))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    broken = []
    if office.records() not in {0, _PEOPLE}:
        broken.append(f"the office has {office.records()} donors")
    _start(way, source, to).wait()
    own = a if way == "in" else to
    is_there = (own / "donors.sqlite3").exists()
    if office.records() != _PEOPLE or is_there is (way == "in") or office.is_closed() is (way == "in"):
        broken.append("the same move again did not go through")
    office.drop()
    shutil.rmtree(folder)
    return broken


def _start(way: str, folder: Path, to: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.store.moving.killed_move", way, str(folder), str(to), "0"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
