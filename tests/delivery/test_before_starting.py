"""What is told before a start: how long it takes, what bulk would gain; and the one donor that goes ahead."""

import threading

import pytest

from ac_desktop.activecampaign.pace_meter import PaceMeter
from ac_desktop.model.payload import ContactField
from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.relay.engine import MANY
from ac_desktop.relay.estimate import about, estimate, estimate_bulk, told_before
from ac_desktop.relay.offer import bulk_refusal, offer
from tests.delivery.support import SYNC_PATH, DeliveryDesk
from tests.desk import donors


def test_340_donors_take_about_2_min_50_s() -> None:
    assert told_before(340, estimate(340, 4, guard=True)) == "340 donors, about 2 min 50 s"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "about 5 s"),
        (44, "about 45 s"),
        (61, "about 1 min"),
        (174, "about 2 min 50 s"),
        (599, "about 10 min"),
        (1500, "about 25 min"),
        (5400, "about 1 h 30 min"),
        (7100, "about 2 h"),
        (41_000, "about 11 h"),
    ],
)
def test_a_span_is_told_as_coarsely_as_it_is_known(seconds: float, text: str) -> None:
    assert about(seconds) == text


def test_the_guard_asks_a_third_time_for_those_who_are_known() -> None:
    plain = estimate(100, 5, guard=False, share_known=1.0)
    assert estimate(100, 5, guard=True, share_known=1.0) == pytest.approx(1.5 * plain)
    assert estimate(100, 5, guard=True, share_known=0.5) == pytest.approx(1.25 * plain)
    assert estimate(100, 5, guard=True, looks=True) == pytest.approx(1.5 * plain)


def test_bulk_is_offered_above_500_and_says_what_differs(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    settings = connection.settings
    assert offer(500, settings) is None
    offered = offer(100_000, settings)
    assert offered is not None
    assert offered.text.startswith("One by one: about 14 h, or bulk: about 5 min. What differs: ")
    assert estimate_bulk(100_000, 5) < 6 * 60
    keeping = desk.keeping(connection, ContactField.PHONE).settings
    assert offer(100_000, keeping) is None
    assert bulk_refusal(keeping) is not None


def test_the_share_of_known_people_is_learnt_from_the_relay(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    for number in range(3):
        desk.account.add_contact(f"donor{number}@example.org")
    desk.queue(connection, donors(4))
    assert desk.services.views.known_share(connection.id) == 0.0
    desk.relay(connection)
    assert desk.services.views.known_share(connection.id) == pytest.approx(0.75)


@pytest.mark.parametrize(("count", "alone"), [(MANY + 1, True), (MANY, False)])
def test_more_than_500_send_one_ahead(desk: DeliveryDesk, count: int, alone: bool) -> None:  # noqa: FBT001
    connection = desk.connect()
    desk.queue(connection, donors(count))
    seen: list[int] = []
    guard = threading.Lock()

    def watch(_: Incoming) -> None:
        (row,) = desk.services.database.rows(
            "SELECT COUNT(*), SUM(state = 'sent') FROM record WHERE state <> 'waiting'"
        )
        with guard:
            if not row[1]:
                seen.append(row[0])

    desk.account.set_schedule(watch)
    assert desk.relay(connection).sent == count
    assert (max(seen) == 1) is alone


def test_a_mistake_meets_one_of_very_many(desk: DeliveryDesk) -> None:
    connection = desk.connect()
    desk.queue(connection, donors(MANY + 1))
    desk.account.faults = Faults(refuse_everything=True)
    desk.relay(connection)
    tried = {attempt.record_id for attempt in desk.services.history.attempts(connection.id)}
    assert (len(tried), desk.account.count(SYNC_PATH)) == (1, 5)


def test_the_meter_reads_what_the_account_tells_and_forgets_it() -> None:
    now = 100.0
    meter = PaceMeter(lambda: now)
    assert meter.reading("a").limit is None
    for _ in range(10):
        meter.asked("a")
    meter.told("a", {"ratelimit-limit": "5", "ratelimit-remaining": "1"})
    reading = meter.reading("a")
    assert (reading.per_second, reading.limit, reading.remaining, reading.used_by_all) == (2.0, 5, 1, 4)
    meter.told("a", {"ratelimit-limit": "x"})
    assert meter.reading("a").remaining == 1
    now = 111.0
    assert meter.reading("a").per_second == 0.0
    assert meter.reading("a").used_by_all is None
