"""A workstation that uses its grants of one account as fast as it may: a program that prints, for each, when it was for
and when it was used, by the clock that all processes share."""

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
    """Use so many grants on four threads, and print their times."""
    database = PostgresDatabase(address)
    clock = OfficeClock(database.server_time)
    limiter = ReservingRateLimiter(PostgresRateLimitStore(database), clock.now, clock.sleep)
    used: list[float] = []
    printing = threading.Lock()

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
            with printing:
                used.append(at)
                sys.stdout.write(f"{json.dumps([granted.at, at])}\n")
                sys.stdout.flush()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()


if __name__ == "__main__":
    main(OfficeAddress(**json.loads(sys.stdin.readline())), int(sys.argv[1]))
