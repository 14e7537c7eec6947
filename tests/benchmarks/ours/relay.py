"""Relays made-up donors with five workers, without a pace, each outcome durable before the next thing leaves.

`python -m tests.benchmarks.ours.relay DONORS DATA_FOLDER`
"""

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

from tests.benchmarks.account import AccountProcess
from tests.benchmarks.ours.services import connect, open_services, queue
from tests.unpaced import UnpacedLedger

_PATIENCE = 3600.0


def main(count: int, folder: Path) -> dict[str, float]:
    """Return the seconds it takes, and how many were sent."""
    with AccountProcess() as account, open_services(folder, ledger=UnpacedLedger()) as services:
        connection = connect(services, account.url, account.key, account.list_id, pace=5)
        queue(services, connection, count)
        began, busy = perf_counter(), process_time()
        services.engine.start(connection.id)
        if not services.engine.join(connection.id, _PATIENCE):
            raise SystemExit("The relay did not end")
        seconds, busy = perf_counter() - began, process_time() - busy
        sent = services.queue.counts(connection.id).sent
        return {"seconds": seconds, "processor": busy, "sent": sent, "listed": account.seen().listed}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201  read by the figure
