"""What one workstation writes, the others hear of at once; nobody asks the server in vain."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest

from ac_desktop.store.engines.postgres import news
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.news import AHEAD, BETWEEN_NOTICES, News, NoticeRate
from ac_desktop.store.opening import StoredDatabase
from ac_desktop.store.ports import Row, Values, WriteScope
from tests.made_up import POSTGRES, Store
from tests.postgres_server import server
from tests.postgres_store import office_of

PATIENCE: Final = 20.0
OTHER_PROGRAM: Final = """
import sys, time
from pathlib import Path
from tests.made_up import POSTGRES, Store, new_record
with Store(Path(sys.argv[1]), POSTGRES) as store:
    connection = store.connections.all()[0]
    store.fill(connection, 1)
    print(time.monotonic(), flush=True)
    if "killed" in sys.argv:
        import os
        os.kill(os.getpid(), 9)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, POSTGRES) as opened:
        yield opened


class Heard:
    """Counts what is heard."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self.times: list[float] = []

    def __call__(self) -> None:
        with self._condition:
            self.times.append(time.monotonic())
            self._condition.notify_all()

    def wait_for(self, count: int, patience: float = PATIENCE) -> bool:
        with self._condition:
            return self._condition.wait_for(lambda: len(self.times) >= count, patience)


def let_another_write(folder: Path, *words: str) -> float:
    """Let another program write, and return when it has, by the clock of all processes."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM, str(folder), *words], stdout=subprocess.PIPE, text=True
    ) as program:
        said, _ = program.communicate()
    return float(said)


def test_another_program_hears_of_a_change(store: Store) -> None:
    store.connect()
    heard = Heard()
    store.database.when_changed(heard)
    assert heard.wait_for(1), "it reads again once it listens"
    before = store.database.version_seen()
    let_another_write(store.folder)
    assert heard.wait_for(2)
    assert store.database.version_seen() != before


def test_what_a_killed_program_wrote_is_found_without_its_notice(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "POLL", 0.2)
    store.connect()
    heard = Heard()
    silent = Told(store.database, Heard())
    quiet = News(silent, lambda: silent)
    quiet.subscribe(heard)
    assert silent.is_listening.wait(PATIENCE)
    let_another_write(store.folder, "killed")
    assert heard.wait_for(1)
    quiet.close()


def test_what_a_look_has_found_is_reported_once_however_many_notices_come_of_it(store: Store) -> None:
    connection = store.connect()
    heard, looked = Heard(), Heard()
    told = Told(store.database, looked)
    follower = News(told, lambda: told)
    follower.subscribe(heard)
    assert told.is_listening.wait(PATIENCE)
    store.fill(connection, 1)
    for looks in range(2, 5):
        told.notify("another workstation")
        assert looked.wait_for(looks)
    follower.close()
    assert len(heard.times) == 1


class Told:
    """The server, whose notices the test sends, and which counts the looks."""

    def __init__(self, database: StoredDatabase, looked: Heard) -> None:
        self._database = database
        self._looked = looked
        self.is_listening = threading.Event()
        self.notify: Callable[[str], None] = lambda _text: None

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        found = self._database.rows(query, values)
        self._looked()
        return found

    def listen(self, _channel: str, heard: Callable[[str], None]) -> None:
        self.notify = heard
        self.is_listening.set()


def test_what_was_under_way_at_one_look_is_found_by_a_later_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "POLL", 0.1)
    connection = store.connect()
    heard = Heard()
    silent = Told(store.database, Heard())
    with server().connect(office_of(store.folder).database) as late, late.transaction():
        late.execute("INSERT INTO ac_desktop.news (at) VALUES (extract(epoch FROM now()))")
        quiet = News(silent, lambda: silent)
        quiet.subscribe(heard)
        assert silent.is_listening.wait(PATIENCE), "what is written before its first look is no news"
        store.fill(connection, 1)
        assert heard.wait_for(1)
        counted = len(heard.times)
    assert heard.wait_for(counted + 1)
    quiet.close()


def test_after_a_pause_two_notices_leave_at_once_and_then_two_a_second() -> None:
    rate = NoticeRate()
    now, sent = 100.0, []
    while now < 110.0:
        now = rate.next_at(now)
        rate.use(now)
        sent.append(now)
    assert sent[:3] == [100.0, 100.0, 100.0 + BETWEEN_NOTICES]
    assert {after - before for before, after in pairwise(sent[1:])} == {BETWEEN_NOTICES}

    assert rate.next_at(200.0) == 200.0


def test_a_transaction_takes_a_notice_along_a_moment_before_its_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(news, "time", SimpleNamespace(monotonic=lambda: now))
    silent = Told(store.database, Heard())
    told = News(silent, lambda: silent)
    assert all((told.due_notice(), told.due_notice()))
    now = 100.0 + BETWEEN_NOTICES - AHEAD - 0.01
    assert told.due_notice() == ()
    now += 0.02
    assert told.due_notice()
    now = 100.0 + 2 * BETWEEN_NOTICES - AHEAD - 0.01
    assert told.due_notice() == (), "the next one is as much later"


def test_a_transaction_that_wrote_nothing_is_no_news(store: Store) -> None:
    connection = store.connect()
    written = store.count("SELECT count(*) FROM news")
    with store.database.writing(WriteScope.of(connection.id)) as sql:
        sql.row("SELECT id FROM connection")
        sql.execute("UPDATE connection SET state = state WHERE id = 0")
    assert store.count("SELECT count(*) FROM news") == written
    with store.database.writing(WriteScope.of(connection.id)) as sql:
        sql.execute("UPDATE connection SET state = state")
    assert store.count("SELECT count(*) FROM news") == written + 1
    assert store.count("SELECT max(connection) FROM news") == connection.id


def test_what_is_new_is_counted_without_a_question_to_the_server(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    store.database.when_changed(heard)
    assert heard.wait_for(1)
    asked: list[str] = []
    rows = PostgresDatabase.rows

    def watched(database: PostgresDatabase, query: str, values: Values = ()) -> list[Row]:
        if threading.current_thread() is threading.main_thread():
            asked.append(query)
        return rows(database, query, values)

    monkeypatch.setattr(PostgresDatabase, "rows", watched)
    numbers = {store.database.version_seen() for _ in range(1_000)}
    assert len(numbers) == 1
    assert not asked


def test_whoever_shows_the_queue_hears_that_the_server_went_away_and_is_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "POLL", 0.1)
    heard = Heard()
    store.database.when_changed(heard)
    assert heard.wait_for(1)
    server().stop()
    assert heard.wait_for(2)
    server().start()
    assert heard.wait_for(3)
