"""Relays made-up donors at pace 5 to an account that allows 5 requests a second and takes 300 ms for an answer.

`python -m tests.benchmarks.ours.paced DONORS DATA_FOLDER`
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tests.benchmarks.account import AccountProcess
from tests.benchmarks.ours.desk import connect, desk, queue

PACE: Final = 5
_ANSWERS_AFTER_MS: Final = 300
_PATIENCE: Final = 600.0


def main(count: int, folder: Path) -> dict[str, float]:
    """Give what the account saw."""
    with AccountProcess(rate=PACE, latency_ms=_ANSWERS_AFTER_MS) as account, desk(folder) as services:
        connection = connect(services, account.url, account.key, account.list_id, pace=PACE)
        queue(services, connection, count)
        services.engine.start(connection.id)
        if not services.engine.join(connection.id, _PATIENCE):
            raise SystemExit("The relay did not end")
        return asdict(account.seen())


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201  read by the figure
