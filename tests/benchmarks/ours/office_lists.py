"""Reads what a list shows first, over and over: `python -m tests.benchmarks.ours.office_lists DATA_FOLDER TIMES`."""

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from ac_desktop.services import Services
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import RecordQuery, Sort, SortKey, parse_filter
from ac_desktop.store.queue.record_reader import PAGE
from tests.benchmarks.ours.services import open_services

_MS: Final = 1000
_FIRST: Final = 500
_ORDERS: Final = (("by e-mail", SortKey.EMAIL), ("by file", SortKey.SOURCE), ("by last change", SortKey.CHANGED))
_WORDS: Final = (("that few have", "4998@example"), ("that nobody has", "zzzq"), ("that many have", "annie"))


def main(folder: Path, times: int) -> dict[str, float]:
    """Return for each list the median milliseconds until its first records are read."""
    with open_services(folder) as services:
        connection = services.connections.all()[0].id
        lists = {"the first page": RecordQuery(connection)}
        for name, key in _ORDERS:
            lists[f"{name}, downwards"] = RecordQuery(connection, sort=Sort(key, descending=True))
        for name, word in _WORDS:
            lists[f"a word {name}"] = RecordQuery(connection, filter=parse_filter(word))
        return {name: median(_seconds(services, query) for _ in range(times)) * _MS for name, query in lists.items()}


def _seconds(services: Services, query: RecordQuery) -> float:
    listing = Listing(services.database)
    began = perf_counter()
    if query.is_ascending and not query.filter:
        found = listing.first_ids(query, _FIRST)
    else:
        steps = listing.steps(query, _FIRST)
        found = next(steps).ids
        steps.close()
    services.record_reader.by_ids(found[:PAGE].tolist())
    return perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201  read by the figure
