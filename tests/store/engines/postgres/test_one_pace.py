"""Workstations as processes use one account's grants together: never six in a second, one round trip each."""

import json
import signal
import subprocess
import sys
from bisect import bisect_left
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from ac_desktop.activecampaign.rate_limiter import Grant
from ac_desktop.activecampaign.reserving_rate_limiter import SLOW_KEEPS, ReservingRateLimiter
from ac_desktop.model.connection import FASTEST_PACE
from ac_desktop.store.office_address import OfficeAddress
from tests.office.proxy import Proxy
from tests.postgres_store import office_of
from tests.store.engines.postgres.workstations import workstations

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")

PROGRAMS, EACH = 3, 8
GRANTS = 12


def most_in_a_second(times: list[float]) -> int:
    return max(bisect_left(times, start + 1.0) - place for place, start in enumerate(times))


def started(address: OfficeAddress, number: int) -> "subprocess.Popen[str]":
    """Start a program that uses so many grants."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.store.engines.postgres.pacing", str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdin is not None
    program.stdin.write(f"{json.dumps(asdict(address))}\n")
    program.stdin.flush()
    return program


def uses(program: "subprocess.Popen[str]") -> list[tuple[float, float]]:
    """Return when the grants of a program were for, and when they were used, once it has ended."""
    assert program.stdout is not None
    with program:
        return [tuple(json.loads(line)) for line in program.stdout]


def test_programs_never_use_six_grants_in_a_second(tmp_path: Path) -> None:
    address = office_of(tmp_path / "data")
    proxies = [Proxy(address.port, round_trip).start() for round_trip in (0.0, 0.002, 0.02)]
    programs = [started(replace(address, port=proxy.port), EACH) for proxy in proxies]
    used = [at for program in programs for _, at in uses(program)]
    for proxy in proxies:
        proxy.close()

    assert len(used) >= PROGRAMS * EACH
    assert most_in_a_second(sorted(used)) <= FASTEST_PACE


def test_a_program_that_was_stopped_uses_nothing_that_it_held(tmp_path: Path) -> None:
    address = office_of(tmp_path / "data")
    stopped = started(address, 2 * EACH)
    assert stopped.stdout is not None
    first = tuple(json.loads(stopped.stdout.readline()))
    stopped.send_signal(signal.Signals["SIGSTOP"])
    others = uses(started(address, 2 * EACH))
    stopped.send_signal(signal.Signals["SIGCONT"])
    mine = [first, *uses(stopped)]

    assert min(len(mine), len(others)) >= 2 * EACH
    assert max(at - granted for granted, at in mine) <= SLOW_KEEPS
    assert most_in_a_second(sorted(at for _, at in mine + others)) <= FASTEST_PACE


def test_a_grant_is_one_round_trip(tmp_path: Path) -> None:
    address = office_of(tmp_path / "data")
    proxy = Proxy(address.port).start()
    with workstations(replace(address, port=proxy.port), 1) as (desk,):
        limiter = ReservingRateLimiter(desk.limits, desk.database.server_time.now, lambda _: None)
        limiter.acquire("warm", FASTEST_PACE, stopping=lambda: False)
        before = proxy.round_trips
        for number in range(GRANTS):
            granted = limiter.acquire(f"account {number}", FASTEST_PACE, stopping=lambda: False)
            assert granted.grant is Grant.GRANTED
            limiter.record_success(f"account {number}", desk.database.server_time.now())
            assert limiter.busy_left(f"account {number}") == 0.0
        assert GRANTS <= proxy.round_trips - before <= GRANTS + 1, "a beat may come in between"
    proxy.close()
