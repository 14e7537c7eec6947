"""Claims a record and keeps its outcome, over and over, by turns in stores of several sizes.

`python -m tests.benchmarks.ours.claim FOLDER TIMES WAITING…`; FOLDER keeps the stores for the next time.
"""

import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

from ac_desktop.model import rules
from ac_desktop.model.attempts import AttemptLog, StepLog
from ac_desktop.model.payload import ContactPayload, ListPayload
from ac_desktop.services import Services
from ac_desktop.store.queue.claims import AttemptResult, Claim
from tests.benchmarks.ours.services import connect, open_services, queue

_MS = 1000
_STEP = StepLog(step="contact", method="POST", path="/contact/sync", status=201, response='{"contact":{"id":"1"}}')


def main(folder: Path, times: int, sizes: list[int]) -> dict[str, tuple[float, float]]:
    """Return the median milliseconds of a claim with its outcome, in all and of the processor, by how many wait."""
    with ExitStack() as stack:
        stores = {size: stack.enter_context(open_services(folder / f"waiting-{size}")) for size in sizes}
        for size, services in stores.items():
            _fill(services, size)
        spent: dict[int, list[tuple[float, float]]] = {size: [] for size in sizes}
        for _ in range(times):
            for size, services in stores.items():
                began, busy = perf_counter(), thread_time()
                _claim_and_finish(services)
                spent[size].append((perf_counter() - began, thread_time() - busy))
        return {str(size): (_middle(whole), _middle(busy)) for size, (whole, busy) in _columns(spent).items()}


def _columns(spent: dict[int, list[tuple[float, float]]]) -> dict[int, tuple[list[float], list[float]]]:
    return {size: ([whole for whole, _ in times], [busy for _, busy in times]) for size, times in spent.items()}


def _middle(seconds: list[float]) -> float:
    return median(seconds) * _MS


def _fill(services: Services, size: int) -> None:
    found = services.connections.all()
    connection = found[0] if found else connect(services, "https://acct.api-us1.com", "made-up-key", "1", pace=5)
    queue(services, connection, size - services.queue.counts(connection.id).waiting)
    services.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _claim_and_finish(services: Services) -> None:
    now = time.time()
    claim = services.queue.claim(1, now)
    if not isinstance(claim, Claim):
        raise SystemExit(f"Nothing to claim: {claim}")
    log = AttemptLog(
        started_at=now,
        duration_ms=400,
        contact_payload=ContactPayload.of(claim.donor),
        list_payload=ListPayload("1", "25"),
        steps=(_STEP, _STEP),
    )
    services.queue.finish(claim, AttemptResult(end=rules.Success(), reason=None, log=log), now)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), [*map(int, sys.argv[3:])])))  # noqa: T201  read by the figure
