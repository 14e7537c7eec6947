"""Five requests a second for the whole account, over a window that slides."""

from collections.abc import Iterator

import pytest

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.limits import SlidingWindow
from ac_desktop.practice.server import PracticeServer
from tests.practice.support import Api, Clock


@pytest.fixture
def limited(account: PracticeAccount) -> Iterator[Api]:
    with PracticeServer(account) as server:
        caller = Api(server)
        yield caller
        caller.close()


def statuses(api: Api, count: int) -> list[int]:
    return [api.get("users/me").status_code for _ in range(count)]


def test_the_sixth_call_within_a_second_is_too_many(limited: Api, clock: Clock) -> None:
    assert statuses(limited, 7) == [200] * 5 + [429] * 2
    clock.tick(0.999)
    assert statuses(limited, 1) == [429]
    clock.tick(0.001)
    assert statuses(limited, 6) == [200] * 5 + [429]


def test_the_window_slides_and_does_not_start_anew(limited: Api, clock: Clock) -> None:
    assert statuses(limited, 2) == [200] * 2
    clock.tick(0.6)
    assert statuses(limited, 3) == [200] * 3
    clock.tick(0.5)
    assert statuses(limited, 3) == [200, 200, 429]


def test_all_keys_of_an_account_share_the_limit(limited: Api, account: PracticeAccount) -> None:
    statuses(limited, 3)
    limited.session.headers["Api-Token"] = account.add_key()
    assert statuses(limited, 3) == [200, 200, 429]


def test_calls_with_a_bad_key_use_nothing_up(limited: Api, account: PracticeAccount) -> None:
    limited.session.headers["Api-Token"] = "wrong"
    assert statuses(limited, 6) == [403] * 6
    limited.session.headers["Api-Token"] = account.add_key()
    assert statuses(limited, 5) == [200] * 5


def test_what_is_turned_away_is_not_done(limited: Api, account: PracticeAccount) -> None:
    statuses(limited, 5)
    assert limited.sync("annie@example.org").status_code == 429
    assert account.contacts() == ()


def test_good_answers_count_down(limited: Api) -> None:
    left = [limited.get("users/me").headers["RateLimit-Remaining"] for _ in range(5)]
    assert left == ["4", "3", "2", "1", "0"]


def test_another_limit_or_none_can_be_set(account: PracticeAccount) -> None:
    for rate, expected in ((2, [200, 200, 429]), (0, [200] * 3)):
        with PracticeServer(account, rate=rate) as server:
            api = Api(server)
            assert statuses(api, 3) == expected
            api.close()


def test_a_window_without_a_limit_lets_everything_through() -> None:
    window = SlidingWindow(0)
    assert all(window.admit(0.0) for _ in range(100))
    assert window.remaining == 0
