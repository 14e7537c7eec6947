"""Relays made-up donors in bulk to an account with ActiveCampaign's limits: 5 requests a second, 100 imports a minute.

`python -m tests.benchmarks.ours.bulk DONORS DATA_FOLDER`
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from ac_desktop.relay.progress import estimate
from tests.benchmarks.account import AccountProcess
from tests.benchmarks.ours.services import connect, open_services, queue

PACE: Final = 5
_PATIENCE: Final = 3600.0


def main(count: int, folder: Path) -> dict[str, float]:
    """Return the seconds it takes, what the account saw, and the seconds that the program estimates for one by one."""
    with AccountProcess(rate=PACE) as account, open_services(folder) as services:
        connection = connect(services, account.url, account.key, account.list_id, pace=PACE)
        queue(services, connection, count)
        began, busy = perf_counter(), process_time()
        services.engine.start(connection.id, in_bulk=True)
        if not services.engine.join(connection.id, _PATIENCE):
            raise SystemExit("The relay did not end")
        seconds, busy = perf_counter() - began, process_time() - busy
        expected = {"seconds": seconds, "processor": busy, "sent": services.queue.counts(connection.id).sent}
        return expected | {"one_by_one": estimate(count, PACE, guard=True, share_known=0.0)} | asdict(account.seen())


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201  read by the figure
