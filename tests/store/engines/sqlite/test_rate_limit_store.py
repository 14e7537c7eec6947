"""Grants of one account, written down for every process of a data directory (rule 14)."""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.store.engines.sqlite.rate_limit_store import FILE_NAME, LONGEST_WAIT, SqliteRateLimitStore
from ac_desktop.store.errors import StoreError
from tests.made_up import NOW
from tests.store.programs import Program

ACCOUNT = "acct.api-us1.com"
INTERVAL = 0.25625
ANOTHER_PROGRAM = """
import sys
from pathlib import Path
from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore
ledger = SqliteRateLimitStore(Path(sys.argv[1]))
for line in sys.stdin:
    what, now = line.split()
    if what == "grant":
        moment = float(now)
        print(ledger.try_grant("acct.api-us1.com", 0.25625, lambda: moment, lambda: moment), flush=True)
    else:
        print(ledger.record_busy("acct.api-us1.com", float(what), float(now), float(now)), flush=True)
ledger.close()
"""


class AnotherProgram(Program):
    """A ledger in a process of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(ANOTHER_PROGRAM, folder)

    def asks(self, what: str, now: float) -> float:
        return float(self.ask(f"{what} {now!r}"))


def grant(ledger: SqliteRateLimitStore, at: float, account: str = ACCOUNT, interval: float = INTERVAL) -> float:
    """Ask for a grant at a time that all clocks show."""
    return ledger.try_grant(account, interval, lambda: at, lambda: at)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def ledger(folder: Path) -> Iterator[SqliteRateLimitStore]:
    made = SqliteRateLimitStore(folder)
    yield made
    made.close()


def test_a_grant_holds_the_next_one_back_for_the_interval(ledger: SqliteRateLimitStore) -> None:
    assert grant(ledger, NOW) == 0.0
    assert grant(ledger, NOW + 0.1) == pytest.approx(INTERVAL - 0.1)
    assert grant(ledger, NOW + INTERVAL) == 0.0
    assert grant(ledger, NOW, "other.api-us1.com", INTERVAL) == 0.0


def test_two_processes_never_get_grants_closer_than_the_interval(ledger: SqliteRateLimitStore, folder: Path) -> None:
    others = [AnotherProgram(folder), AnotherProgram(folder)]
    granted = []
    for tick in range(90):
        now = NOW + tick * 0.05
        asked = [
            grant(ledger, now) if who == 0 else others[who - 1].asks("grant", now)
            for who in ((tick + shift) % 3 for shift in range(3))
        ]
        granted += [now] * asked.count(0.0)
        assert all(0.0 <= wait <= INTERVAL for wait in asked)
    for other in others:
        other.end()

    assert len(granted) == 15
    assert all(later - earlier >= INTERVAL for earlier, later in pairwise(granted))


def test_a_busy_answer_to_one_process_lets_all_wait(ledger: SqliteRateLimitStore, folder: Path) -> None:
    other = AnotherProgram(folder)
    other.asks("30", NOW)
    other.end()

    assert ledger.busy_left(ACCOUNT, NOW + 10) == 20.0
    assert grant(ledger, NOW + 10) == 20.0
    assert grant(ledger, NOW + 30) == 0.0


def test_busy_waits_grow_over_processes_and_start_small_after_a_good_answer(folder: Path) -> None:
    first, second = SqliteRateLimitStore(folder), SqliteRateLimitStore(folder)

    waits, at = [], NOW
    for ledger in (first, second, first):
        waits.append(ledger.record_busy(ACCOUNT, None, at, at))
        at += waits[-1]
    assert waits == [1, 2, 4]
    second.record_success(ACCOUNT, at)
    assert first.record_busy(ACCOUNT, None, at, at) == 1

    first.close()
    second.close()


def test_busy_answers_side_by_side_are_one_spell_and_double_the_wait_once(folder: Path) -> None:
    first, second = SqliteRateLimitStore(folder), SqliteRateLimitStore(folder)
    waits, begun = [], NOW
    for _ in range(3):
        asked = [begun, begun + 0.1, begun + 0.2, begun + 0.3]
        answered = begun + 0.5
        for ledger, sent_at in zip((first, second, second, first), asked, strict=True):
            ledger.record_busy(ACCOUNT, None, answered, sent_at)
        waits.append(first.busy_left(ACCOUNT, answered))
        begun = answered + waits[-1]
    assert waits == [1, 2, 4]

    first.close()
    second.close()


def test_an_answer_slower_than_the_wait_belongs_to_the_spell_in_which_it_was_asked(
    ledger: SqliteRateLimitStore,
) -> None:
    ledger.record_busy(ACCOUNT, None, NOW + 1, NOW)
    assert ledger.record_busy(ACCOUNT, None, NOW + 3, NOW + 0.5) == 0
    ledger.record_success(ACCOUNT, NOW + 0.5)
    assert ledger.record_busy(ACCOUNT, None, NOW + 4, NOW + 3) == 2, (
        "a good answer from before the spell changes nothing"
    )


def test_the_longest_wait_asked_for_side_by_side_holds(ledger: SqliteRateLimitStore) -> None:
    ledger.record_busy(ACCOUNT, 5.0, NOW, NOW)
    assert ledger.record_busy(ACCOUNT, 30.0, NOW + 1, NOW) == 30
    assert ledger.record_busy(ACCOUNT, 5.0, NOW + 2, NOW) == 29


def test_a_busy_wait_outlives_the_program(folder: Path) -> None:
    first = SqliteRateLimitStore(folder)
    first.record_busy(ACCOUNT, 60.0, NOW, NOW)
    first.close()

    second = SqliteRateLimitStore(folder)
    assert second.busy_left(ACCOUNT, NOW + 1) == 59.0
    second.close()


@pytest.mark.parametrize("back", [1.0, 3600.0, 86400.0 * 365])
def test_a_clock_set_back_holds_a_grant_back_no_longer_than_the_interval(
    ledger: SqliteRateLimitStore, back: float
) -> None:
    grant(ledger, NOW)

    wait = grant(ledger, NOW - back)

    assert 0 < wait <= INTERVAL
    assert grant(ledger, NOW - back + wait) == 0.0


def test_a_clock_set_back_lets_a_busy_account_wait_an_hour_at_most(ledger: SqliteRateLimitStore) -> None:
    ledger.record_busy(ACCOUNT, 30.0, NOW, NOW)
    earlier = NOW - 86400.0

    assert grant(ledger, earlier) == LONGEST_WAIT
    assert ledger.busy_left(ACCOUNT, earlier + 60) == LONGEST_WAIT - 60
    assert grant(ledger, earlier + LONGEST_WAIT) == 0.0


def test_nobody_can_make_an_account_wait_for_years(ledger: SqliteRateLimitStore) -> None:
    assert ledger.record_busy(ACCOUNT, 999_999_999.0, NOW, NOW) == LONGEST_WAIT
    assert grant(ledger, NOW + LONGEST_WAIT) == 0.0


def test_a_faster_pace_holds_from_the_next_grant_on(ledger: SqliteRateLimitStore) -> None:
    grant(ledger, NOW, ACCOUNT, 1.025)

    assert grant(ledger, NOW) == INTERVAL
    assert grant(ledger, NOW + INTERVAL) == 0.0


@given(
    st.lists(
        st.tuples(st.sampled_from(["grant", "busy", "well"]), st.floats(-2.0, 5.0), st.floats(0.0, 8.0)), max_size=20
    )
)
def test_under_any_events_grants_keep_their_distance_and_busy_is_kept(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[str, float, float]]
) -> None:
    ledger = SqliteRateLimitStore(tmp_path_factory.mktemp("pace"))
    now, passed, last, busy_until = NOW, 0.0, -INTERVAL, 0.0
    for what, shift, reported in events:
        now += shift
        passed += max(0.0, shift)
        if shift < 0:
            last, busy_until = -INTERVAL, 0.0
        if what == "grant" and grant(ledger, now) == 0.0:
            assert passed - last >= INTERVAL - 1e-6
            assert now >= busy_until
            last = passed
        elif what == "busy":
            busy_until = max(busy_until, now + ledger.record_busy(ACCOUNT, reported, now, now))
        elif what == "well":
            ledger.record_success(ACCOUNT, now)
        assert ledger.busy_left(ACCOUNT, now) >= max(0.0, busy_until - now) - 1e-6
    ledger.close()


def test_an_error_in_the_middle_grants_nothing(ledger: SqliteRateLimitStore) -> None:
    def go_wrong() -> None:
        with ledger._writing(ACCOUNT) as sql:
            sql.execute("UPDATE pace SET next_at = ?", (NOW + 1000,))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        go_wrong()

    assert grant(ledger, NOW) == 0.0


@pytest.mark.skipif(sys.platform == "win32", reason="modes as Unix has them")
def test_the_ledger_is_for_its_owner_alone(ledger: SqliteRateLimitStore, folder: Path) -> None:
    assert ledger.busy_left(ACCOUNT, NOW) == 0.0
    assert (folder / FILE_NAME).stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_a_damaged_file_is_put_aside_and_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "pace.sqlite3").write_bytes(b"nothing that a database begins with" * 40)
    ledger = SqliteRateLimitStore(tmp_path)
    assert grant(ledger, 1000.0, "acct.api-us1.com", 0.2) == 0.0
    ledger.close()
    assert (tmp_path / "pace.damaged").read_bytes().startswith(b"nothing")


def test_a_file_that_cannot_be_opened_is_reported_and_left_where_it_is(folder: Path) -> None:
    (folder / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StoreError, match="can't be used"):
        SqliteRateLimitStore(folder)
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]
