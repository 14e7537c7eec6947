"""Imports an Anedot export, relays it, and weighs what lies in the data folder at the end.

`python -m tests.benchmarks.ours.size EXPORT DATA_FOLDER`
"""

import json
import sys
import time
from pathlib import Path

from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.model.attempts import StoredAttempt
from ac_desktop.model.states import RecordState
from tests.benchmarks.account import AccountProcess
from tests.benchmarks.ours.services import connect, open_services
from tests.unpaced import UnpacedLedger

_PATIENCE = 3600.0


def main(file: Path, folder: Path) -> dict[str, float]:
    """Return the bytes on disk and those of the JSON that went over the wire, both ways, and how many were relayed."""
    with AccountProcess() as account:
        with open_services(folder, ledger=UnpacedLedger()) as services:
            connection = connect(services, account.url, account.key, account.list_id, pace=5)
            queue, known, recognisers = services.queue, services.row_hashes, load_profiles()
            import_table(queue, known, connection, [file], recognisers, now=time.time())
            services.engine.start(connection.id)
            if not services.engine.join(connection.id, _PATIENCE):
                raise SystemExit("The relay did not end")
            relayed = services.queue.counts(connection.id).of(RecordState.SENT)
            wire = sum(map(_on_the_wire, services.history.all_attempts(connection.id)))
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return {"disk": disk, "wire": wire, "relayed": relayed, "listed": account.seen().listed}


def _on_the_wire(attempt: StoredAttempt) -> int:
    """Count the bytes of an attempt's requests and answers, as JSON without blanks."""
    sent = [attempt.contact_payload, attempt.list_payload]
    requests = sum(len(json.dumps(one, separators=(",", ":")).encode()) for one in sent if one is not None)
    return requests + sum(len(step.response.encode()) for step in attempt.steps)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201  read by the figure
