"""Starts programs as people do, with compiled modules at hand, and times them from outside."""

import json
import subprocess
import sys
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import Any, Final

from tests.benchmarks.measuring import ROOT, environment

STARTS: Final = 7
_MS: Final = 1000


def start(command: Sequence[object]) -> tuple[float, dict[str, Any]]:
    """Return the milliseconds until a program's first line of output (its end where it prints none), and the line.

    Both sides are timed from here, from before the process begins.
    """
    words = [sys.executable, *map(str, command)]
    began = perf_counter()
    with subprocess.Popen(
        words, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        spent = (perf_counter() - began) * _MS
        process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return spent, json.loads(line) if line.startswith("{") else {}


def until_end(command: Sequence[object]) -> float:
    """Return the milliseconds until a program has ended."""
    began = perf_counter()
    subprocess.run(
        [sys.executable, *map(str, command)], cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, check=True
    )
    return (perf_counter() - began) * _MS


def middle(values: Sequence[float]) -> float:
    """Return the median of some starts."""
    return median(values)


def _environment() -> dict[str, str]:
    return {**environment(), "QT_QPA_PLATFORM": "offscreen"}
