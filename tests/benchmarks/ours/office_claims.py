"""Claims a record and keeps its outcome, over and over; with a file, while that is taken in beside it.

`python -m tests.benchmarks.ours.office_claims DATA_FOLDER TIMES [FILE]`
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog
from ac_desktop.model.payload import ContactPayload, ListPayload
from ac_desktop.services import Services
from ac_desktop.store.queue.claims import AttemptResult, Claim
from tests.benchmarks.measuring import ROOT
from tests.benchmarks.ours.services import connect, open_services, queue

_MS: Final = 1000
_WAITING: Final = 20_000


def main(folder: Path, times: int, file: Path | None) -> dict[str, float]:
    """Return the median milliseconds of a claim with its outcome, and those that 99 of 100 take at most.

    They are asked for as a relay's workers do: at a distance the next claim comes with the outcome before it.
    """
    with open_services(folder) as services:
        found = services.connections.all()
        connection = found[0] if found else connect(services, "https://acct.api-us1.com", "made-up", "1", pace=5)
        queue(services, connection, _WAITING - services.queue.counts(connection.id).waiting)
        spent: list[float] = []
        if file is None:
            spent += [_claim_and_finish(services, connection.id) for _ in range(times)]
        else:
            command = [sys.executable, "-m", "tests.benchmarks.ours.import_file", str(file), str(folder)]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as importing:
                while importing.poll() is None and len(spent) < _WAITING:
                    spent.append(_claim_and_finish(services, connection.id))
            if importing.returncode:
                raise SystemExit("The file was not taken in")
        return {"middle": median(spent) * _MS, "most": quantiles(spent, n=100)[-1] * _MS}


def _claim_and_finish(services: Services, connection_id: int) -> float:
    began = perf_counter()
    now = services.clock.now()
    claim = services.queue.claim_at_once(connection_id, now) or services.queue.claim(connection_id, now)
    if not isinstance(claim, Claim):
        raise SystemExit(f"Nothing to claim: {claim}")
    log = AttemptLog(
        started_at=now,
        duration_ms=400,
        contact_payload=ContactPayload.of(claim.donor),
        list_payload=ListPayload("1", "25"),
    )
    services.queue.finish(claim, AttemptResult(end=rules.Success(), reason=None, log=log), now, then_claim=True)
    return perf_counter() - began


if __name__ == "__main__":
    given = Path(sys.argv[3]) if sys.argv[3:] else None
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), given)))  # noqa: T201  read by the figure
