"""The console's fetch from a stand-in Anedot: a day, again, with a refund, in another shape, and killed halfway."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from ac_desktop.practice.anedot_account import AnedotFault, AskedDay, OtherAccount
from ac_desktop.practice.anedot_server import AnedotServer
from tests.console.conftest import PRINTED, ROOT, Console, Ran
from tests.importing.sources.anedot_support import DAY, NEXT_DAY, donation
from tests.made_up import Store

PATIENCE = 60.0
A_DAY = ("--from", DAY.isoformat(), "--to", DAY.isoformat())
BOTH_DAYS = ("--from", DAY.isoformat(), "--to", NEXT_DAY.isoformat())


@dataclass(frozen=True)
class FetchConsole:
    """Runs fetch on a data folder with one connection; the key is in the environment alone.

    What ends by itself is forked from a process that has the program loaded; what is killed is the program itself.
    """

    console: Console
    anedot: AnedotServer

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start the command."""
        return subprocess.Popen(
            [sys.executable, "-m", "ac_desktop", *arguments, "--data-dir", str(self.console.folder)],
            cwd=ROOT, env=os.environ | self._variables("", ""), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding=PRINTED,
        )  # fmt: skip

    def __call__(self, *arguments: str, key: str | None = "", url: str = "") -> Ran:
        """Run the command to its end."""
        return self.console("fetch", "Spring", *arguments, key=None, **self._variables(key, url))

    def _variables(self, key: str | None, url: str) -> dict[str, str]:
        keys = {} if key is None else {"AC_DESKTOP_ANEDOT_KEY": key or self.anedot.key}
        return {"AC_DESKTOP_ANEDOT_URL": url or self.anedot.url} | keys

    def store(self) -> Store:
        """Open what is stored."""
        return Store(self.console.folder)


@pytest.fixture
def fetch(console: Console) -> Iterator[FetchConsole]:
    console.connect("Spring", "--no-check")
    with AnedotServer() as anedot:
        yield FetchConsole(console, anedot)


def waiting(fetch: FetchConsole) -> int:
    number: int = fetch.console("status", "--json").json["connections"][0]["records"]["waiting"]
    return number


def batches_and_requests(fetch: FetchConsole) -> tuple[int, int]:
    with fetch.store() as store:
        batches = store.database.row("SELECT COUNT(*) AS number FROM batch")
        requests = store.database.row("SELECT requests FROM anedot_requests")
    assert batches is not None
    assert requests is not None
    return batches["number"], requests["requests"]


def test_a_day_is_fetched_and_again_brings_nothing_new(fetch: FetchConsole) -> None:
    for number in (1, 2):
        fetch.anedot.accounts.donate(donation(number))
    first = fetch(*A_DAY, "--account", fetch.anedot.uid)
    again = fetch(*A_DAY)
    as_json = fetch(*A_DAY, "--json")

    assert (first.code, again.code, as_json.code) == (0, 0, 0), first.err
    assert "Anedot, Nov 27, 2026 (Anedot API): " in first.out
    assert "Requests left this month: 999." in first.out
    assert "no new donations" in again.out
    assert "Requests left this month: 998." in again.out
    assert (as_json.json["batch"], as_json.json["rows"]) == (None, 0)
    assert waiting(fetch) == 2


def test_json_is_that_of_an_import(fetch: FetchConsole) -> None:
    fetch.anedot.accounts.donate(donation(1))
    fetch.anedot.accounts.donate(donation(2, status="refunded"))
    ran = fetch(*A_DAY, "--account", fetch.anedot.uid, "--json")

    names = ["batch", "file", "rows", "waiting", "held", "skipped", "unread_columns", "problems"]
    assert list(ran.json) == names
    assert ran.json["file"] == "2026-11-27/2026-11-27"
    assert (ran.json["rows"], ran.json["waiting"], ran.json["skipped"]) == (2, 1, 1)
    assert [problem["row"] for problem in ran.json["problems"]] == [2]
    assert list(fetch(*A_DAY, "--json").json) == names


def test_a_refund_and_a_changed_shape_are_said_and_queue_nobody(fetch: FetchConsole) -> None:
    fetch.anedot.accounts.donate(donation(1, status="refunded"))
    refunded = fetch(*A_DAY, "--account", fetch.anedot.uid)
    fetch.anedot.accounts.donate(donation(2))
    fetch.anedot.accounts.fault = AnedotFault.WRAPPED
    changed = fetch(*A_DAY)

    assert "1 skipped" in refunded.out
    assert changed.code == 5
    assert "isn't in the form that AC Desktop knows. Nothing was queued." in changed.err
    assert waiting(fetch) == 0


def test_a_process_killed_halfway_leaves_nothing_but_the_count(fetch: FetchConsole) -> None:
    for number, day in ((1, DAY), (2, NEXT_DAY)):
        fetch.anedot.accounts.donate(donation(number, day))
    at_second_day, killed = threading.Event(), threading.Event()

    def on_request(asked: AskedDay) -> None:
        if asked.day == NEXT_DAY.isoformat() and not killed.is_set():
            at_second_day.set()
            killed.wait(PATIENCE)

    fetch.anedot.accounts.on_request = on_request
    with fetch.start("fetch", "Spring", *BOTH_DAYS, "--account", fetch.anedot.uid) as process:
        assert at_second_day.wait(PATIENCE)
        process.kill()
        process.communicate()
        killed.set()

    assert batches_and_requests(fetch) == (0, 2)
    afterwards = fetch(*BOTH_DAYS, "--account", fetch.anedot.uid)
    assert afterwards.code == 0, afterwards.err
    assert batches_and_requests(fetch) == (1, 4)
    assert waiting(fetch) == 2


def test_without_days_yesterday_and_today_are_asked_for(fetch: FetchConsole) -> None:
    fetch("--account", fetch.anedot.uid)
    first, last = (date.fromisoformat(asked.day) for asked in fetch.anedot.accounts.asked)

    assert (last - first).days == 1


def test_what_was_left_out_on_the_command_line_is_said(fetch: FetchConsole) -> None:
    never_set_up = fetch(*A_DAY)
    no_key = fetch(*A_DAY, "--account", "a1", key=None)
    wrong_order = fetch("--from", NEXT_DAY.isoformat(), "--to", DAY.isoformat())
    not_a_uid = fetch(*A_DAY, "--account", "a 1")
    elsewhere = fetch(*A_DAY, "--account", "a1", url="https://anedot.example.org")

    assert [ran.code for ran in (never_set_up, no_key, wrong_order, not_a_uid, elsewhere)] == [2] * 5
    assert "Add --account UID." in never_set_up.err
    assert "AC_DESKTOP_ANEDOT_KEY" in no_key.err
    assert "AC_DESKTOP_ANEDOT_URL" in elsewhere.err
    assert fetch.anedot.accounts.asked == []


def test_an_account_is_kept_once_it_worked(fetch: FetchConsole) -> None:
    fetch.anedot.accounts.other_account = OtherAccount.NOT_FOUND_404
    wrong = fetch(*A_DAY, "--account", "a2")
    nothing_kept = fetch(*A_DAY)
    right = fetch(*A_DAY, "--account", fetch.anedot.uid)
    wrong_again = fetch(*A_DAY, "--account", "a2")
    kept = fetch(*A_DAY)

    assert [ran.code for ran in (wrong, nothing_kept, right, wrong_again, kept)] == [2, 2, 0, 2, 0]
    assert "doesn't know this account UID" in wrong.err


def test_a_refused_key_is_said_with_what_anedot_has_to_do(fetch: FetchConsole) -> None:
    ran = fetch(*A_DAY, "--account", fetch.anedot.uid, key="another-key")

    assert ran.code == 5
    assert "Anedot rejected this API key." in ran.err
    assert "approved" in ran.err


def test_the_key_of_activecampaign_never_goes_to_anedot(fetch: FetchConsole) -> None:
    asked = fetch.console("fetch", "Spring", *A_DAY, "--account", fetch.anedot.uid, key=fetch.anedot.key)

    assert asked.code == 2
    assert fetch.anedot.accounts.asked == []


def test_help_says_that_anedot_must_have_approved_the_account(fetch: FetchConsole) -> None:
    assert "must have approved your account" in " ".join(fetch("--help").out.split())
