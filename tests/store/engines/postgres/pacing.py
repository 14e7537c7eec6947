"""A workstation that uses its grants of one account as fast as it may, and prints when; a program of its own."""

import json
import sys
import threading
from typing import Final

from ac_desktop.activecampaign.rate_limiter import Grant
from ac_desktop.activecampaign.reserving_rate_limiter import ReservingRateLimiter
from ac_desktop.model.connection import FASTEST_PACE
from ac_desktop.relay.clock import OfficeClock
from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.engines.postgres.rate_limit_store import PostgresRateLimitStore
from ac_desktop.store.office_address import OfficeAddress

ACCOUNT: Final = "acct.api-us1.com"
THREADS: Final = 4


def main(address: OfficeAddress, number: int) -> None:
    """Use so many grants on four threads, and print their times by the clock that all processes share."""
    database = PostgresDatabase(address)
    clock = OfficeClock(database.server_time)
    limiter = ReservingRateLimiter(PostgresRateLimitStore(database), clock.now, clock.sleep)
    used: list[float] = []

    def work() -> None:
        forfeited = 0
        while len(used) < number:
            granted = limiter.acquire(ACCOUNT, FASTEST_PACE, stopping=lambda: len(used) >= number)
            if granted.grant is not Grant.GRANTED:
                continue
            at = clock.steady()
            if limiter.has_expired(granted, forfeited):
                forfeited += 1
                continue
            forfeited = 0
            used.append(at)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps(used))
    database.close()


if __name__ == "__main__":
    main(OfficeAddress(**json.loads(sys.stdin.readline())), int(sys.argv[1]))
