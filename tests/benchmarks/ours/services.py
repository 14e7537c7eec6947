"""Services on a data folder with a connection to an account and made-up donors waiting, as the program has them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ac_desktop.activecampaign.rate_limiter import RateLimitStore
from ac_desktop.app import ServiceParts, build
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.donor import Donor
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import RecordState
from ac_desktop.relay.clock import Clock
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.queue.records import BatchSource, NewRecord

WORKERS: Final = 5
_AT_ONCE: Final = 2_000
_SCATTER: Final = 2_654_435_761


@contextmanager
def open_services(
    folder: Path, *, ledger: RateLimitStore | None = None, clock: Clock | None = None
) -> Iterator[Services]:
    """Open the program's services, with five workers and a key that is kept in memory."""
    parts = ServiceParts(
        keys=SessionKeys(Redactor()), rate_limit_store=ledger, clock=clock, offline=lambda _: False, workers=WORKERS
    )
    services = build(folder, parts=parts)
    try:
        yield services
    finally:
        services.close()


def connect(services: Services, url: str, key: str, list_id: str, *, pace: int) -> Connection:
    """Keep a connection to the account."""
    settings = ConnectionSettings(
        name="Benchmark", address=parse_address(url), list_id=list_id, list_name="Donors", pace=pace
    )
    connection = services.connections.create(settings, time.time())
    services.keys.set(services.connections.key_name(connection.id), key)
    return connection


def queue(services: Services, connection: Connection, count: int) -> None:
    """Queue so many more made-up donors, as one batch."""
    now, first = time.time(), services.queue.last_record(connection.id)
    batch_id = services.queue.open_batch(connection.id, BatchSource(kind="file", file_name="made-up.csv"), now)
    for start in range(0, count, _AT_ONCE):
        rows = range(start, min(start + _AT_ONCE, count))
        records = [_record(row + 2, made_up_donor(first + row)) for row in rows]
        services.queue.add(connection.id, batch_id, records, now)
    services.queue.close_batch(batch_id)


def _record(row: int, donor: Donor) -> NewRecord:
    return NewRecord(
        row=row,
        donor=donor,
        state=RecordState.WAITING,
        cells=(donor.email,),
        donation_id=f"{row:020x}",
        donated_at="2026-05-01T10:00:00",
    )


def made_up_donor(number: int) -> Donor:
    """Make up a donor; neighbours in the file are none in the alphabet, as in a real one."""
    return Donor(
        email=f"donor{number * _SCATTER % 2**32}@example.org",
        phone=f"225250{number % 10000:04d}",
        first_name=f"First{number}",
        last_name=f"Last{number}",
    )
