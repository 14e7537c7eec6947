"""A workstation of an office goes by the server's clock, whatever its own says."""

from pathlib import Path

import pytest

from ac_desktop.activecampaign.reserving_rate_limiter import ReservingRateLimiter
from ac_desktop.app import ServiceParts, build
from ac_desktop.relay.clock import OfficeClock, SystemClock
from tests.postgres_store import office_location


class Server:
    def now(self) -> float:
        return 1_795_000_000.0

    def steady(self) -> float:
        return 7.0


def test_the_time_is_the_servers() -> None:
    clock = OfficeClock(Server())
    assert (clock.now(), clock.steady()) == (1_795_000_000.0, 7.0)
    assert clock.now() != pytest.approx(SystemClock().now(), abs=1.0)


@pytest.mark.not_under_wine("the tests' server runs on Linux alone")
def test_what_the_front_ends_are_handed_goes_by_the_office(tmp_path: Path) -> None:
    services = build(tmp_path, parts=ServiceParts(store=office_location(tmp_path)))
    try:
        assert isinstance(services.clock, OfficeClock)
        assert isinstance(services.rate_limiter, ReservingRateLimiter)
        assert not services.owners.is_dead(services.owners.me)
        row = services.database.row("SELECT seen FROM owner WHERE id = ?", (services.owners.me,))
        assert row is not None
        assert services.clock.now() == pytest.approx(row["seen"], abs=60.0)
    finally:
        services.close()
