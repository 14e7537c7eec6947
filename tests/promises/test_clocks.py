"""No clock alone destroys (rule 19), frees a claim that is held (rule 13), or stretches a wait (rules 4 and 5)."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from ac_desktop.activecampaign.client import Client, ServerTimeSender, server_time
from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.model import rules
from ac_desktop.model.address import parse_address
from ac_desktop.model.states import Cause, RecordState
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.server import PracticeServer
from ac_desktop.relay.housekeeping import NOT_ASKED_AT_ONCE, Housekeeper, remove_old_data
from ac_desktop.store.agreed_time import SeenTime, TimeReading, last_seen
from ac_desktop.store.privacy.retention import DAY, Retention
from ac_desktop.store.queue.bulk_changes import BulkChanges
from ac_desktop.store.queue.claims import Claim, IdleReason, NoClaim
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.records import BatchSource
from tests.console.conftest import ROOT, Ran
from tests.made_up import NOW, Store, new_record

YEAR = 365 * DAY
STRANGER = "@0123456789abcdef.:4711:1795000000000000000"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


class WrongClock:
    """The console of one data folder, on a computer whose clock may be wrong by some days."""

    def __init__(self, folder: Path, server: PracticeServer) -> None:
        self.folder = folder
        self._server = server

    def __call__(self, *arguments: object, days: float = 0.0) -> Ran:
        ended = subprocess.run(
            [sys.executable, "-m", "tests.promises.console_at", *map(str, arguments), "--data-dir", str(self.folder)],
            cwd=ROOT,
            env={**os.environ, "AC_DESKTOP_API_KEY": self._server.key, "AC_DESKTOP_TESTED_CLOCK": str(days * DAY)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
            check=False,
        )
        assert "Traceback" not in ended.stderr, ended.stderr
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    def connect(self) -> None:
        assert not self("connect", "Spring", "--url", self._server.url, "--list", self._server.list_id).code

    def send(self, *emails: str, days: float = 0.0) -> Ran:
        for email in emails:
            assert not self("add", "Spring", "--email", email, days=days).code
        return self("relay", "Spring", days=days)

    def kept(self) -> list[str]:
        """Return the addresses that are kept."""
        with Store(self.folder) as store:
            (connection,) = store.connections.all()
            return [record.donor.email for record in store.views.all_records(connection.id)]


@pytest.fixture
def console(tmp_path: Path) -> Iterator[WrongClock]:
    with PracticeServer(PracticeAccount(), rate=0) as server:
        made = WrongClock(tmp_path / "data", server)
        made.connect()
        yield made


# What is deleted by its age


def test_one_relay_with_the_clock_far_ahead_erases_nobody(console: WrongClock) -> None:
    assert not console.send("ann@example.org", "bob@example.org").code

    wrong = console.send("cleo@example.org", days=100)

    assert wrong.code == 0, "donors go on"
    assert console.kept() == ["ann@example.org", "bob@example.org", "cleo@example.org"]
    assert "clock" in wrong.err
    assert "--clock-is-right" in wrong.err
    asked = console("retention", "--now", "--json", days=100)
    assert (asked.code, asked.json["forgotten"], asked.json["clock_doubted"]) == (3, 0, True)

    right = console("retention", "--now", "--json")
    assert (right.code, right.json["forgotten"], right.err) == (0, 0, "")
    assert console.kept() == ["ann@example.org", "bob@example.org", "cleo@example.org"]


def test_a_computer_that_was_off_for_long_forgets_once_a_person_says_so(console: WrongClock) -> None:
    console.send("ann@example.org")

    assert "--clock-is-right" in console("relay", "Spring", days=200).err
    assert console.kept() == ["ann@example.org"]
    said = console("retention", "--clock-is-right", "--now", "--json", days=200)

    assert (said.code, said.json["forgotten"], said.err) == (0, 1, "")
    assert console.kept() == [""]
    assert console("relay", "Spring", days=200.5).err == "", "it is asked once"


def test_who_is_sent_while_the_clock_is_behind_is_kept_as_long_as_anybody(console: WrongClock) -> None:
    console.send("ann@example.org")
    assert console.send("bob@example.org", days=-100).code == 0

    assert console("retention", "--now", "--json").json["forgotten"] == 0

    assert console.kept() == ["ann@example.org", "bob@example.org"]


def sent_one(store: Store) -> Retention:
    connection = store.connect()
    store.fill(connection, 1)
    store.end(store.claim(connection), rules.Success())
    return Retention(store.database)


def test_the_clock_is_followed_by_steps_of_a_day_and_no_further(store: Store) -> None:
    seen_time = SeenTime(store.database)
    assert seen_time.read(NOW) == TimeReading(clock=NOW, last_seen=NOW)
    for days in range(1, 95):
        look = seen_time.read(NOW + days * DAY)
        assert (look.is_in_doubt, look.agreed.at) == (False, NOW + days * DAY)
    there = NOW + 94 * DAY

    ahead = seen_time.read(there + YEAR)
    assert (ahead.is_in_doubt, ahead.agreed.at) == (True, there)
    assert seen_time.read(there + YEAR + DAY).is_in_doubt, "a wrong clock that goes on is no second witness"
    behind = seen_time.read(there - YEAR)
    assert (behind.is_in_doubt, behind.agreed.at, behind.last_seen) == (False, there - YEAR, there)
    assert seen_time.read(there + DAY).agreed.at == there + DAY, "right again, it goes on as before"


def test_an_unattended_computer_forgets_as_the_days_pass(store: Store) -> None:
    retention, seen_time = sent_one(store), SeenTime(store.database)
    forgotten = [remove_old_data(retention, seen_time, NOW + day * DAY).removed.donors for day in range(92)]
    assert sum(forgotten[:91]) == 0
    assert forgotten[91] == 1


def test_a_database_of_before_begins_with_what_it_last_kept(store: Store) -> None:
    retention = sent_one(store)

    tidied = remove_old_data(retention, SeenTime(store.database), NOW + 100 * DAY)

    assert not tidied.removed.any
    assert tidied.doubt == TimeReading(clock=NOW + 100 * DAY, last_seen=NOW)


def test_nobody_is_asked_where_nothing_would_go(store: Store) -> None:
    retention, seen_time = sent_one(store), SeenTime(store.database)
    seen_time.read(NOW)
    assert remove_old_data(retention, seen_time, NOW + 30 * DAY).doubt is None, "a month off, and nobody is that old"


def test_the_accounts_own_clock_is_a_second_look(store: Store) -> None:
    retention, seen_time = sent_one(store), SeenTime(store.database)
    seen_time.read(NOW)
    off_until = NOW + 200 * DAY

    seen_time.record_account_time(off_until - 5)
    tidied = remove_old_data(retention, seen_time, off_until)

    assert (tidied.removed.donors, tidied.doubt) == (1, None)


def test_an_account_that_says_otherwise_keeps_a_wrong_clock_from_erasing(store: Store) -> None:
    retention, seen_time = sent_one(store), SeenTime(store.database)
    seen_time.confirm(NOW + YEAR)

    seen_time.record_account_time(NOW + 60)
    tidied = remove_old_data(retention, seen_time, NOW + YEAR)

    assert not tidied.removed.any
    assert tidied.doubt is not None
    assert last_seen(store.database) == pytest.approx(NOW + 60, abs=100)


def test_each_answer_of_an_account_shows_its_time() -> None:
    noted: list[float] = []
    with PracticeServer(PracticeAccount(), rate=0) as server:
        client = ServerTimeSender(Client(parse_address(server.url), server.key), noted.append)
        before = time.time()
        client.send(Request("GET", "/users/me"))
    client.send(Request("GET", "/users/me"))
    client.close_thread()
    assert [abs(reported - before) < 100 for reported in noted] == [True], "what is not answered tells nothing"


@pytest.mark.parametrize("text", ["", "yesterday", "Mon, 99 Foo 2026", "1" * 5_000, "Thu, 01 Jan 99999 00:00:00 GMT"])
def test_a_date_that_is_none_reports_nothing(text: str) -> None:
    reply: Reply = Response(status=200, headers={"date": text}, body=b"", complete=True, duration_ms=1)
    assert server_time(reply) is None


def test_a_date_is_read_as_http_writes_it() -> None:
    reply: Reply = Response(
        status=200, headers={"date": formatdate(NOW, usegmt=True)}, body=b"", complete=True, duration_ms=1
    )
    assert server_time(reply) == NOW


def test_the_window_asks_and_takes_nothing_out_before(store: Store) -> None:
    retention, seen_time = sent_one(store), SeenTime(store.database)
    seen_time.read(NOW)
    asked, doubts = threading.Event(), list[TimeReading]()

    def doubtful(look: TimeReading) -> None:
        doubts.append(look)
        asked.set()

    housekeeper = Housekeeper(retention, seen_time, lambda: NOW + 100 * DAY, lambda: None, doubtful)
    housekeeper.start()
    assert asked.wait(60)
    housekeeper.close()

    assert doubts == [TimeReading(clock=NOW + 100 * DAY, last_seen=NOW)]
    assert retention.has_older(NOW + 100 * DAY)


def test_removed_donors_do_not_go_for_good_by_a_wrong_clock(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    changes, seen_time = BulkChanges(store.database), SeenTime(store.database)
    ids = [record.id for record in store.views.all_records(connection.id)]
    seen_time.read(NOW)
    removal, _ = changes.remove(ids, NOW - YEAR)

    assert changes.purge(seen_time.read(NOW + YEAR).agreed) == 0
    assert changes.purge(seen_time.read(NOW).agreed) == 0, "removed while the clock was behind"
    assert changes.restore(removal, NOW) == 2


def test_a_program_that_is_opened_once_a_week_is_asked_nothing_while_the_account_answers(store: Store) -> None:
    retention, asked = sent_one(store), list[TimeReading]()
    for week in range(20):
        now = NOW + 7 * week * DAY
        seen_time = SeenTime(store.database)
        housekeeper = Housekeeper(retention, seen_time, lambda now=now: now, lambda: None, asked.append)  # type: ignore[misc]
        housekeeper.run_once(NOT_ASKED_AT_ONCE)
        seen_time.record_account_time(now + 600)
        seen_time.close(now + 1200)

    assert asked == []
    assert not retention.has_older(NOW + 19 * 7 * DAY), "it forgets all the same, a week later"


# Claims and waits


def of_stranger(store: Store) -> None:
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET owner = ? WHERE state = 'sending'", (STRANGER,))
        sql.execute("UPDATE batch SET loading_owner = ? WHERE loading_owner IS NOT NULL", (STRANGER,))


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_a_clock_set_far_ahead_frees_no_living_claim(store: Store, jump: float) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection)
    of_stranger(store)

    assert store.queue.claim(connection.id, NOW + jump) == NoClaim(IdleReason.OTHERS)
    assert store.queue.renew(claim, NOW + 60)


def test_a_lease_that_nobody_renews_before_our_eyes_is_over_whatever_the_time(store: Store) -> None:
    """The other computer died while its clock was a year ahead."""
    steady = [0.0]
    queue = Queue(store.database, store.owners, steady=lambda: steady[0])
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection, NOW + YEAR)
    of_stranger(store)

    assert queue.claim(connection.id, NOW) == NoClaim(IdleReason.OTHERS)
    steady[0] += rules.LEASE - 1
    assert store.queue.renew(claim, NOW + YEAR + 60)
    assert queue.claim(connection.id, NOW) == NoClaim(IdleReason.OTHERS)
    steady[0] += rules.LEASE
    assert queue.claim(connection.id, NOW) == NoClaim(IdleReason.OTHERS), "renewed meanwhile"
    steady[0] += 2
    assert isinstance(queue.claim(connection.id, NOW), Claim)


def test_another_computers_half_batch_goes_after_a_day_that_two_looks_agree_on(store: Store) -> None:
    connection, seen_time = store.connect(), SeenTime(store.database)
    batch = store.queue.open_batch(connection.id, BatchSource(kind="file"), NOW)
    store.queue.add(connection.id, batch, [new_record(row) for row in range(2, 600)], NOW)
    of_stranger(store)

    def left(now: float) -> int:
        seen_time.read(now)
        store.queue.release_dead(connection.id, now)
        return store.count("SELECT COUNT(*) FROM record")

    assert left(NOW) == 598
    assert left(NOW + YEAR) == 598
    assert left(NOW + 0.9 * DAY) == 598
    assert left(NOW + 1.1 * DAY) == 0


def test_a_wait_is_never_longer_than_the_rule_after_the_clock_went_back(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    store.end(store.claim(connection, NOW + YEAR), rules.Failure(Cause.PASSING), NOW + YEAR)

    got = store.queue.claim(connection.id, NOW)

    assert isinstance(got, NoClaim)
    assert got.until - NOW <= rules.LONGEST_BREATHING_SPACE
    assert isinstance(store.queue.claim(connection.id, NOW + 31), Claim)
    assert store.states(connection) == [RecordState.SENDING]
