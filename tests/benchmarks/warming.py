"""Imports a few rows that nobody measures, so that all modules an import loads lie compiled, as once installed."""

from tests.benchmarks.figure import Bench
from tests.benchmarks.made_up_export import csv_export
from tests.benchmarks.measuring import run_module

_ROWS = 100


def warm_up(bench: Bench) -> None:
    """Import a short file."""
    run_module("ours.import_file", csv_export(bench.inputs, _ROWS), bench.folder / "warming")
