"""A month by itself, on an injected clock, with a stand-in account and a stand-in Anedot beside it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ac_desktop.automation.events import AutomationCode
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.importing.sources.watched_folder import DONE
from ac_desktop.model.connection import Connection
from ac_desktop.model.schedule import Schedule
from ac_desktop.model.states import ConnectionState
from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.practice.faults import Faults, Outage
from ac_desktop.store.connections.anedot_accounts import REQUESTS_A_MONTH
from ac_desktop.store.history.notices import NoticeCode
from tests.at_length import some
from tests.automation.conftest import Unattended, export
from tests.harness import Harness
from tests.importing.sources.anedot_support import donation
from tests.promises.counts import count

DAYS = some(30, 12)
"""A month; in the test line its first days, in which all the same happens."""
OUTAGE_DAY, WRONG_FILE_DAY = some(12, 4), some(18, 7)
START = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = 3_600.0


@pytest.fixture
def anedot() -> Iterator[AnedotServer]:
    with AnedotServer() as server:
        yield server


@pytest.fixture
def unattended(tmp_path: Path, anedot: AnedotServer) -> Iterator[Unattended]:
    with Harness(tmp_path / "data") as harness:
        harness.clock.set(START.timestamp())
        harness.anedot = AnedotOptions(url=anedot.url)
        harness.restart()
        yield Unattended(harness, tmp_path / "exports")


def fetch_from(unattended: Unattended, connection: Connection, anedot: AnedotServer) -> None:
    account = unattended.services.anedot.accounts.remember(connection.id, anedot.uid)
    unattended.services.anedot.keys.set(account.key_name, anedot.key)


def give(anedot: AnedotServer, day: int) -> list[str]:
    """Make up what a day brings: three gifts, one of which settles two days later and one is refunded."""
    date = (START + timedelta(days=day)).date()
    for number, status in ((0, "completed"), (1, "pending"), (2, "completed"), (3, "refunded")):
        anedot.accounts.donate(donation(100 * day + number, date, status=status))
    return [f"donor{100 * day + number}@example.org" for number in (0, 2)]


@pytest.mark.at_length
def test_every_donation_is_on_the_list_once_and_the_budget_is_kept(
    unattended: Unattended, anedot: AnedotServer
) -> None:
    connection = unattended.connect()
    unattended.services.schedules.choose(connection.id, Schedule(every_minutes=60), unattended.harness.clock.now())
    fetch_from(unattended, connection, anedot)
    expected: list[str] = []
    for day in range(DAYS):
        expected += give(anedot, day)
        if day:
            anedot.accounts.set_status(f"d{100 * (day - 1) + 1:020d}", "completed")
            expected.append(f"donor{100 * (day - 1) + 1}@example.org")
        unattended.drop(f"day {day}.csv", export(100 * day + 50, 100 * day + 51))
        expected += [f"donor{100 * day + number}@example.org" for number in (50, 51)]
        if day == WRONG_FILE_DAY:
            unattended.drop("wrong.csv", "Supporter,Town\nAnnie Dot,Sampleton\n")
        unattended.harness.account.faults = Faults(outage=Outage.ERROR_500) if day == OUTAGE_DAY else Faults()
        unattended.run_for(24 * HOUR - (unattended.harness.clock.now() - START.timestamp()) % (24 * HOUR))
        if day == OUTAGE_DAY:
            assert unattended.harness.now_is(connection).state is ConnectionState.INACTIVE
            assert NoticeCode.SWITCHED_OFF in {one.code for one in unattended.services.notices.open()}
            unattended.services.connections.reactivate(connection.id, unattended.harness.clock.now())
        if day % 7 == 3:
            unattended.restart()

    unattended.harness.account.faults = Faults()
    unattended.run_for(6 * HOUR)
    members = Counter(
        contact.email for contact in unattended.harness.account.members(unattended.harness.server.list_id)
    )
    assert members == Counter(expected)
    sent = unattended.services.database.rows("SELECT email FROM record WHERE state = 'sent'")
    assert Counter(row["email"] for row in sent) == Counter(expected)

    asked = Counter(one.day[:7] for one in anedot.accounts.asked)
    assert 0 < len(anedot.accounts.asked) <= REQUESTS_A_MONTH, asked
    left = unattended.services.anedot.accounts.requests_left(anedot.uid, unattended.harness.clock.now())
    assert left == REQUESTS_A_MONTH - len(anedot.accounts.asked)

    (notice,) = unattended.services.notices.open()
    assert (notice.code, notice.subject) == (NoticeCode.IMPORT_NEEDS_ANSWER, "wrong.csv")
    assert (unattended.folder / "wrong.csv").exists()
    assert len(list((unattended.folder / DONE).glob("day *.csv"))) == DAYS
    assert unattended.codes().count(AutomationCode.SWITCHED_OFF) == 1
    count("donors relayed in a month by itself", len(expected))
    count("requests to Anedot in a month by itself", len(anedot.accounts.asked))
