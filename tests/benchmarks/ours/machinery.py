"""Measures each machine of the store on and off by turns, in one run.

`python -m tests.benchmarks.ours.machinery listing STORE TURNS`, `ids STORE TURNS` or `steps TURNS`.
"""

import json
import sys
import threading
import time
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final
from unittest import mock

from ac_desktop.activecampaign import requests
from ac_desktop.activecampaign.client import Client
from ac_desktop.activecampaign.requests import Response
from ac_desktop.model.address import parse_address
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.payload import ContactPayload, ListPayload
from ac_desktop.practice.server import PracticeServer
from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.engines.sqlite.id_codec import decode_ids, encode_ids
from ac_desktop.store.history.step_codec import decode_steps, encode_steps
from ac_desktop.store.queries import listing as listing_module
from ac_desktop.store.queries.filters import parse_filter
from ac_desktop.store.queries.listing import Listing, RecordQuery, Sort, SortKey

_MS: Final = 1000
_FIRST: Final = 500
_FILTERS: Final = ("annie", "annie garza", "garza999999@", "nobody at all", "cause:donor_refused", "page:spring")
_SWITCH_SECONDS: Final = 0.0001
"""How soon the program's threads hand the interpreter over."""

Machine = Callable[[], Any]


@contextmanager
def _all_on() -> Iterator[None]:
    yield


def _parts_off() -> Any:
    return mock.patch.object(listing_module, "LONG", 1 << 62)


def _one_reader() -> Any:
    return mock.patch.object(listing_module, "PARALLEL_READERS", 1)


def _no_sample() -> Any:
    return mock.patch.object(Listing, "_limited", lambda _self, plan, _limit, _reader: plan.query())


def _plain(database: Database, question: RecordQuery) -> tuple[float, float]:
    """Ask for the first rows with one query, then for all with another."""
    from ac_desktop.store.engines.sqlite.cancellable_query import QueryToken

    plan = Listing(database)._plan(question)
    whole = plan.whole()
    sql, values = whole.sql()
    began = perf_counter()
    with QueryToken().reader(database) as reader:
        reader._connection.execute(f"{sql} LIMIT {_FIRST}", values).fetchall()
    first = perf_counter() - began
    with QueryToken().reader(database) as reader:
        decode_ids(reader.text(whole))
    return first, perf_counter() - began


def _as_it_is(database: Database, question: RecordQuery) -> tuple[float, float]:
    began = perf_counter()
    first = 0.0
    for batch in Listing(database).steps(question, _FIRST):
        if not first and (len(batch.ids) >= _FIRST or batch.is_whole):
            first = perf_counter() - began
    return first, perf_counter() - began


LISTING: Final[dict[str, tuple[Machine, Callable[[Database, RecordQuery], tuple[float, float]]]]] = {
    "on": (_all_on, _as_it_is),
    "one reader": (_one_reader, _as_it_is),
    "no sample": (_no_sample, _as_it_is),
    "plain": (_all_on, _plain),
}


def listing(store: Path, turns: int) -> dict[str, Any]:
    """Return the milliseconds to the first rows and to all of each order and filter, and its processor time."""
    questions = {
        f"{key.value} {'down' if down else 'up'}": RecordQuery(1, sort=Sort(key, down))
        for key in SortKey
        for down in (False, True)
    } | {f"filter {text}": RecordQuery(1, filter=parse_filter(text)) for text in _FILTERS}
    database = Database(store)
    found: dict[str, dict[str, list[tuple[float, float, float]]]] = {}
    for _ in range(turns):
        for name, question in questions.items():
            for arm, (machine, ask) in LISTING.items():
                with machine():
                    busy = process_time()
                    first, whole = ask(database, question)
                    spent = (first * _MS, whole * _MS, (process_time() - busy) * _MS)
                found.setdefault(name, {}).setdefault(arm, []).append(spent)
    database.close()
    return {
        name: {arm: [round(median(column), 1) for column in zip(*some, strict=True)] for arm, some in arms.items()}
        for name, arms in found.items()
    }


def _encoded(database: Database, sql: str, values: Sequence[object]) -> "array[int]":
    row = database.row(*encode_ids(sql, values))
    return decode_ids(row[0] if row else None)


def _rows(database: Database, sql: str, values: Sequence[object]) -> "array[int]":
    return array("q", [row[0] for row in database.rows(sql, values)])


def _in_pages(database: Database, sql: str, values: Sequence[object]) -> "array[int]":
    found: array[int] = array("q")
    with database._using(), database._translated_errors():
        cursor = database._connection().execute(sql, values)
        while page := cursor.fetchmany(1000):
            found.extend([row[0] for row in page])
    return found


def _json(database: Database, sql: str, values: Sequence[object]) -> "array[int]":
    row = database.row(f"SELECT json_group_array(id) FROM ({sql})", values)  # noqa: S608
    return array("q", json.loads(row[0]) if row else [])


IDS: Final = {"codec": _encoded, "rows": _rows, "pages of rows": _in_pages, "json": _json}


def ids(store: Path, turns: int) -> dict[str, Any]:
    """Return the milliseconds of all IDs, and the longest gap of another thread that wants to run every 5 ms."""
    database = Database(store)
    sys.setswitchinterval(_SWITCH_SECONDS)
    spent: dict[str, list[tuple[float, float, float]]] = {name: [] for name in IDS}
    for _ in range(turns):
        for name, ask in IDS.items():
            gaps = _Gaps()
            with gaps:
                began, busy = perf_counter(), process_time()
                ask(database, "SELECT id FROM record WHERE connection_id = ? ORDER BY id", (1,))
                took, busy = perf_counter() - began, process_time() - busy
            spent[name].append((took * _MS, busy * _MS, gaps.longest * _MS))
    idle = _Gaps()
    with idle:
        time.sleep(0.5)
    database.close()
    return {name: [round(median(column), 1) for column in zip(*some, strict=True)] for name, some in spent.items()} | {
        "idle gap": round(idle.longest * _MS, 1)
    }


class _Gaps:
    """A thread that wakes every 5 ms and works for one, as a window that paints; `longest` is its longest gap."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        last = perf_counter()
        while not self._ended.wait(0.005):
            until = perf_counter() + 0.001
            while perf_counter() < until:
                pass
            now = perf_counter()
            self.longest = max(self.longest, now - last)
            last = now


def _plain_steps(steps: tuple[StepLog, ...]) -> bytes:
    with mock.patch.object(zlib, "compressobj", _Compressor):
        return encode_steps(steps)


class _Compressor:
    """Compresses without the dictionary."""

    def __init__(self, **_: object) -> None:
        self._own = _COMPRESSOBJ()

    def compress(self, some: bytes) -> bytes:
        return self._own.compress(some)

    def flush(self) -> bytes:
        return self._own.flush()


_COMPRESSOBJ: Final = zlib.compressobj


def steps(turns: int) -> dict[str, Any]:
    """Return the bytes of an attempt's steps, with the answers of the practice account, and what it costs."""
    logged = _relayed_steps()
    texts = sum(len(step.response) for step in logged)
    times: dict[str, list[float]] = {"dictionary": [], "plain": []}
    for _ in range(turns):
        for name, encode in (("dictionary", encode_steps), ("plain", _plain_steps)):
            began = process_time()
            for _ in range(200):
                encode(logged)
            times[name].append((process_time() - began) / 200 * _MS)
    assert decode_steps(_plain_steps(logged)) == logged
    return {
        "answers": texts,
        "dictionary": [len(encode_steps(logged)), round(median(times["dictionary"]), 3)],
        "plain": [len(_plain_steps(logged)), round(median(times["plain"]), 3)],
    }


def _relayed_steps() -> tuple[StepLog, ...]:
    found = []
    with PracticeServer(rate=0) as server:
        server.account.add_contacts(3, list_id=server.list_id)
        client = Client(parse_address(server.url), server.key)
        for name, request in [
            ("contact", requests.sync_contact(ContactPayload("donor0001@example.org", "2252501301", "Dot", "Annie"))),
            ("memberships", requests.memberships("1")),
            ("list", requests.join_list(ListPayload(server.list_id, "1"))),
        ]:
            reply = client.send(request)
            assert isinstance(reply, Response)
            found.append(
                StepLog(
                    step=name,
                    method=request.method,
                    path=request.path,
                    status=reply.status,
                    response=reply.body.decode(),
                    request=request.body,
                    headers=(("x-request-id", reply.headers["x-request-id"]),),
                )
            )
        client.close_thread()
    return tuple(found)


def main(what: str, *words: str) -> dict[str, Any]:
    """Measure one machine."""
    match what:
        case "listing":
            return listing(Path(words[0]), int(words[1]))
        case "ids":
            return ids(Path(words[0]), int(words[1]))
        case _:
            return steps(int(words[0]))


if __name__ == "__main__":
    with ExitStack():
        print(json.dumps(main(*sys.argv[1:]), indent=1))  # noqa: T201  read by the figure
