"""Takes a file in as the window does: read in a process of its own, then queued; a connection is made where none is.

`python -m tests.benchmarks.ours.import_file FILE DATA_FOLDER`

The reader's processes begin by loading the module they were started from, as they do with `ac_desktop.__main__`. So it
loads late what the program, too, loads late.
"""

import json
import sys
import time
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ac_desktop.model.connection import Connection
    from ac_desktop.services import Services


def main(file: Path, folder: Path) -> dict[str, float]:
    """Return the seconds it takes, and what became of the rows."""
    from ac_desktop.app import ServiceParts, build
    from ac_desktop.importing.options import ImportOptions, ImportSource
    from ac_desktop.importing.pipeline import import_result_of
    from ac_desktop.importing.reader_process import FileStaged, ReaderProcess, ReadJob
    from ac_desktop.model.redact import Redactor
    from ac_desktop.store.connections.keys import SessionKeys

    services = build(folder, parts=ServiceParts(keys=SessionKeys(Redactor())))
    try:
        connection = next(iter(services.connections.all()), None) or _connection(services)
        began = perf_counter()
        job = ReadJob(
            store=services.store,
            owner=services.owners.me,
            connection_id=connection.id,
            source=ImportSource(file),
            options=ImportOptions(),
        )
        reader = ReaderProcess(job)
        reader.start()
        end = reader.wait()
        read = perf_counter()
        if not isinstance(end, FileStaged):
            raise SystemExit(f"Not read: {end}")
        staged = end.staged
        counts = services.queue.close_batch(staged.batch_id, staged.result.rows)
        ended = perf_counter()
        receipt = import_result_of(counts, staged.result.rows)
        return {
            "seconds": ended - began,
            "reading": read - began,
            "rows": receipt.rows,
            "waiting": receipt.waiting,
            "held": receipt.held,
            "skipped": receipt.skipped,
        }
    finally:
        services.close()


def _connection(services: "Services") -> "Connection":
    from ac_desktop.model.address import parse_address
    from ac_desktop.model.connection import ConnectionSettings

    settings = ConnectionSettings(
        name="Benchmark", address=parse_address("https://example.api-us1.com"), list_id="19", list_name="Donors"
    )
    return services.connections.create(settings, time.time())


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201  read by the figure
