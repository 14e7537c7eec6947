"""What the promises were put to in this run: kills survived, faults tried; printed at its end, over all workers."""

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

KILLS_SURVIVED: Final = "kills survived"
POWER_CUTS_SURVIVED: Final = "power cuts survived"
STEPS_CUT_OFF: Final = "steps of the file system cut off"
FAULTS_TRIED: Final = "faults tried"
CONSENT_STEPS: Final = "consent steps"

_COUNTS: Counter[str] = Counter()
_PASSED_ON: Final = "promises put to"


def count(what: str, number: int = 1) -> None:
    """Count something that was tried and went well."""
    _COUNTS[what] += number


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Pass a worker's counts on to the run's own process."""
    passed_on: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if passed_on is not None:
        passed_on[_PASSED_ON] = dict(_COUNTS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what a worker passed on; one that died passed on nothing."""
    _COUNTS.update(getattr(node, "workeroutput", {}).get(_PASSED_ON, {}))


def pytest_terminal_summary(terminalreporter: "TerminalReporter") -> None:
    """Print the counts."""
    if _COUNTS:
        terminalreporter.section("promises put to the test")
        for what in sorted(_COUNTS):
            terminalreporter.write_line(f"{what}: {_COUNTS[what]:,}")
