"""Relays made-up donors of whom some are on the list, at pace 5, with the list read to save requests, or never.

`python -m tests.benchmarks.ours.list_reading DONORS ON_LIST first|never DATA_FOLDER`
"""

import json
import random
import sys
from pathlib import Path
from typing import Final

from ac_desktop.model import rules
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.server import PracticeServer
from tests.benchmarks.ours.paced import PACE
from tests.benchmarks.ours.services import connect, made_up_donor, open_services, queue

_ANSWERS_AFTER_MS: Final = 100
_PATIENCE: Final = 3_600.0


def main(count: int, on_list: int, folder: Path, *, reads_list: bool) -> dict[str, float]:
    """Return the requests that the account received, and the seconds from the first to the last."""
    if not reads_list:
        rules.LIST_READ_ABOVE = count  # type: ignore[misc]
    account = PracticeAccount()
    with PracticeServer(account, rate=PACE, latency_ms=_ANSWERS_AFTER_MS) as server, open_services(folder) as services:
        # Whoever is on the list stands anywhere in the file; each run draws others.
        for donor in map(made_up_donor, random.sample(range(count), on_list)):
            contact = account.add_contact(
                donor.email, phone=donor.phone, first_name=donor.first_name, last_name=donor.last_name
            )
            account.set_status(contact.id, server.list_id, MemberStatus.ACTIVE)
        connection = connect(services, server.url, server.key, server.list_id, pace=PACE)
        queue(services, connection, count)
        services.engine.start(connection.id)
        if not services.engine.join(connection.id, _PATIENCE):
            raise SystemExit("The relay did not end")
        sent, listed = services.queue.counts(connection.id).sent, len(account.members(server.list_id))
        if (sent, listed) != (count, count):
            raise SystemExit(f"{sent} are sent and {listed} are on the list, of {count}")
        times = [request.at for request in account.requests()]
        return {"requests": account.log.count(), "seconds": times[-1] - times[0]}


if __name__ == "__main__":
    print(  # noqa: T201  read by the figure
        json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[4]), reads_list=sys.argv[3] == "first"))
    )
