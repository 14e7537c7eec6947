"""A CSV file from the disk into the queue, from each maker of files."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, at_most, times_at_most
from tests.benchmarks.made_up_export import csv_export
from tests.benchmarks.measuring import Ran, run_module
from tests.benchmarks.warming import warm_up
from tests.importing.made_exports import chance
from tests.importing.untidy_exports import MAKERS, Maker

_ROWS: Final = 1_000_000
_QUICK: Final = 20_000
MOST_TIMES: Final = 2.0
MOST_MB: Final = 300.0


def _run(bench: Bench) -> Sequence[Line]:
    count = bench.size(_ROWS, _QUICK)
    warm_up(bench)
    lines = list(imported(bench, "tidy", csv_export(bench.inputs, count), count))
    random = chance()
    for maker in MAKERS.values():
        lines += made_and_imported(bench, maker, count, maker.write(bench.folder, count, random))
    return lines


def made_and_imported(bench: Bench, maker: Maker, count: int, file: Path) -> Iterator[Line]:
    """Measure a maker's file, which is deleted afterwards."""
    yield from imported(bench, maker.name, file, count, maker.encoding, maker.delimiter)
    file.unlink()


def imported(
    bench: Bench, name: str, file: Path, count: int, encoding: str = "utf-8", delimiter: str = ","
) -> Iterator[Line]:
    """Import a file, and import it again, when all of its rows are known."""
    folder = bench.folder / name
    folder.mkdir()
    bare = run_module("bare.import_csv", file, folder / "bare.sqlite3", encoding, delimiter)
    first = run_module("ours.import_file", file, folder / "data")
    again = run_module("ours.import_file", file, folder / "data")
    for ran in (first, again):
        _see_balance(ran, count)
    if again.report["waiting"] or again.report["held"]:
        raise RuntimeError(f"Rows were queued a second time: {again.report}")
    for when, ran in (("first time", first), ("again", again)):
        yield Line(f"{name}, {when}", ran.seconds, bare.seconds, "s", times_at_most(MOST_TIMES))
        yield Line(f"{name}, {when}, processor time", ran.processor_seconds, bare.processor_seconds, "s")
        yield Line(f"{name}, {when}, peak memory", ran.peak_mb, bare.peak_mb, "MB", at_most(MOST_MB, "MB"))


def _see_balance(ran: Ran, count: int) -> None:
    reported = ran.report
    if not count == reported["rows"] == reported["waiting"] + reported["held"] + reported["skipped"]:
        raise RuntimeError(f"The receipt does not balance: {reported}")


FIGURE = Figure(
    name="import",
    measures="1,000,000 rows from file to queued, by each maker of files, against csv.DictReader and executemany",
    run=_run,
    runs=1,
)
