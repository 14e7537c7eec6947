"""Workstations as processes use one account's grants together: never six in a second, one round trip each."""

import json
import subprocess
import sys
from bisect import bisect_left
from dataclasses import asdict, replace
from pathlib import Path

from ac_desktop.activecampaign.rate_limiter import Grant
from ac_desktop.activecampaign.reserving_rate_limiter import ReservingRateLimiter
from ac_desktop.model.connection import FASTEST_PACE
from tests.office.proxy import Proxy
from tests.postgres_store import office_of
from tests.store.engines.postgres.workstations import PATIENCE, workstations

PROGRAMS, EACH = 3, 8
GRANTS = 12


def most_in_a_second(times: list[float]) -> int:
    return max(bisect_left(times, start + 1.0) - place for place, start in enumerate(times))


def test_programs_never_use_six_grants_in_a_second(tmp_path: Path) -> None:
    address = office_of(tmp_path / "data")
    proxies = [Proxy(address.port, round_trip).start() for round_trip in (0.0, 0.002, 0.02)]
    programs = []
    for proxy in proxies:
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.store.engines.postgres.pacing", str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        programs.append((program, json.dumps(asdict(replace(address, port=proxy.port)))))
    used: list[float] = []
    for program, start in programs:
        assert program.stdin is not None
        program.stdin.write(f"{start}\n")
        program.stdin.flush()
    for program, _ in programs:
        said, _ = program.communicate(timeout=PATIENCE)
        used += json.loads(said)
    for proxy in proxies:
        proxy.close()

    assert len(used) >= PROGRAMS * EACH
    assert most_in_a_second(sorted(used)) <= FASTEST_PACE


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
