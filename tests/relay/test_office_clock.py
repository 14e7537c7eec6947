"""A workstation of an office goes by the server's clock, whatever its own says."""

import pytest

from ac_desktop.relay.clock import OfficeClock, SystemClock


class Server:
    def now(self) -> float:
        return 1_795_000_000.0

    def steady(self) -> float:
        return 7.0


def test_the_time_is_the_servers() -> None:
    clock = OfficeClock(Server())
    assert (clock.now(), clock.steady()) == (1_795_000_000.0, 7.0)
    assert clock.now() != pytest.approx(SystemClock().now(), abs=1.0)
