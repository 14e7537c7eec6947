"""What is shown before a start: how long it takes, what bulk would gain; and the one donor that goes ahead."""

import math
import threading
from dataclasses import replace

import pytest

from ac_desktop.activecampaign.rate_meter import RateMeter
from ac_desktop.model.payload import ContactField
from ac_desktop.model.relay_texts import bulk_refusal, estimate_text, offer_text, what_differs
from ac_desktop.model.wording import about
from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.relay.claim_queues import MANY
from ac_desktop.relay.progress import can_go_in_bulk, estimate, estimate_bulk, estimate_compare, estimate_for, offer
from tests.at_length import some
from tests.delivery.support import SYNC_PATH, DeliveryHarness
from tests.harness import donors


def test_340_donors_take_about_2_min_50_s() -> None:
    assert estimate_text(340, estimate(340, 4, guard=True)) == "340 donors, about 2 min 50 s"


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
        (35_900, "about 10 h"),
        (36_600, "about 10 h"),
        (41_000, "about 11 h"),
    ],
)
def test_a_span_is_reported_as_coarsely_as_it_is_known(seconds: float, text: str) -> None:
    assert about(seconds) == text


def test_the_guard_asks_a_third_time_for_those_who_are_known() -> None:
    plain = estimate(100, 5, guard=False, share_known=1.0)
    assert estimate(100, 5, guard=True, share_known=1.0) == pytest.approx(1.5 * plain)
    assert estimate(100, 5, guard=True, share_known=0.5) == pytest.approx(1.25 * plain)
    assert estimate(100, 5, guard=True, reads_first=True) == pytest.approx(1.5 * plain)


def test_a_connections_own_settings_make_its_estimate(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    plain = estimate(100, connection.settings.pace, guard=False)
    guarded = estimate_for(connection.settings, 100, share_known=0.5)
    assert guarded == pytest.approx(1.25 * plain)
    unguarded = replace(connection.settings, consent_guard=False)
    assert estimate_for(unguarded, 100, share_known=0.5) == pytest.approx(plain)
    keeping = replace(unguarded, keep_fields=frozenset({ContactField.PHONE}))
    assert estimate_for(keeping, 100, share_known=0.5) == pytest.approx(1.5 * plain)
    assert estimate_compare(100, 4, share_known=0.5) == pytest.approx(1.5 / 2 * estimate(100, 4, guard=False))


@pytest.mark.parametrize(
    ("waiting", "per_second", "seconds"),
    [
        (250, 4, 3.0),
        (251, 1, 7 * 1.025),
        (2_500, 5, 9.0),
        (2_501, 5, 9.0),
        (100_000, 5, 300.0),
        (100_000, 1, 803 * 1.025),
        (1_000_000, 5, 3000.0),
    ],
)
def test_bulk_takes_what_its_narrowest_place_takes(waiting: int, per_second: int, seconds: float) -> None:
    """Results (3 s for four requests), the pace (two questions a request), or the line (100 a minute).

    Then the list is read back, 100 donors a page.
    """
    read_back = math.ceil(waiting / 100) * 1.025 / per_second
    assert estimate_bulk(waiting, per_second) == pytest.approx(seconds + read_back)


def test_bulk_is_offered_above_500_and_says_what_differs(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    settings = connection.settings
    assert offer(500, settings) is None
    offered = offer(100_000, settings)
    assert offered is not None
    offered_text = offer_text(offered.one_by_one_seconds, offered.bulk_seconds)
    assert offered_text.startswith("One by one: about 14 h. In bulk: about 9 min 20 s. Differences: ")
    assert estimate_bulk(100_000, 5) < 9 * 60
    keeping = harness.keeping(connection, ContactField.PHONE).settings
    assert offer(100_000, keeping) is None
    assert can_go_in_bulk(settings)
    assert not can_go_in_bulk(keeping)
    assert bulk_refusal(settings.name) == (
        f"“{settings.name}” keeps values that ActiveCampaign already has, so each contact must be read first. "
        "Bulk can't do that. Relay one by one."
    )
    assert offered.waiting == 100_000
    assert what_differs() == (
        "in bulk, ActiveCampaign reports one result for up to 250 donors. AC Desktop then reads the list, and "
        "only donors on the list count as sent. People who unsubscribed or bounced stay off the list and are "
        "held. If your list asks people to confirm, choose one by one, because ActiveCampaign doesn't say what "
        "happens to people who haven't confirmed. Donors you held or decided about are always sent one by one. "
        "Times are estimates."
    )


def test_the_share_of_known_people_is_learnt_from_the_relay(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    for number in range(3):
        harness.account.add_contact(f"donor{number}@example.org")
    harness.queue(connection, donors(4))
    assert harness.services.record_reader.known_share(connection.id) == 0.0
    harness.relay(connection)
    assert harness.services.record_reader.known_share(connection.id) == pytest.approx(0.75)


@pytest.mark.at_length
@pytest.mark.parametrize(("count", "alone"), [(MANY + 1, True), (MANY, False)])
def test_more_than_500_send_one_ahead(harness: DeliveryHarness, count: int, alone: bool) -> None:  # noqa: FBT001
    """At length all are sent; in the test line the relay is stopped once it is seen how it begins."""
    connection = harness.connect()
    harness.queue(connection, donors(count))
    enough = some(count, 9)
    seen: list[int] = []
    guard = threading.Lock()

    def watch(_: Incoming) -> None:
        ((number, sent),) = harness.services.database.rows(
            "SELECT COUNT(*), COUNT(CASE WHEN state = 'sent' THEN 1 END) FROM record WHERE state <> 'waiting'"
        )
        with guard:
            if not sent:
                seen.append(number)
        if sent >= enough:
            harness.services.engine.halt(connection.id)

    harness.account.set_schedule(watch)
    assert harness.relay(connection).sent >= enough
    assert (max(seen) == 1) is alone


def test_a_mistake_meets_one_of_very_many(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(MANY + 1))
    harness.account.faults = Faults(refuse_everything=True)
    harness.relay(connection)
    tried = {attempt.record_id for attempt in harness.services.history.attempts(connection.id)}
    assert (len(tried), harness.account.count(SYNC_PATH)) == (1, 5)


def test_the_meter_reads_what_the_account_shows_and_forgets_it() -> None:
    now = 100.0
    meter = RateMeter(lambda: now)
    assert meter.reading("a").limit is None
    for _ in range(10):
        meter.record_request("a")
    meter.record_limit("a", {"ratelimit-limit": "5", "ratelimit-remaining": "1"})
    reading = meter.reading("a")
    assert (reading.per_second, reading.limit, reading.remaining, reading.used_by_all) == (2.0, 5, 1, 4)
    meter.record_limit("a", {"ratelimit-limit": "x"})
    assert meter.reading("a").remaining == 1
    now = 111.0
    assert meter.reading("a").per_second == 0.0
    assert meter.reading("a").used_by_all is None
