"""Whatever an account answers, the engine holds: no sixth failure in a row, nobody lost, bounded time.

`AC_DESKTOP_ANSWERS=20000` feeds more, `AC_DESKTOP_ANSWERS_SEED=7` others; see `whole_engine.py` for a command.
"""

import os
from pathlib import Path

from tests.promises.counts import FAULTS_TRIED, count
from tests.promises.whole_engine import WholeEngine

ANSWERS = int(os.environ.get("AC_DESKTOP_ANSWERS", "2000"))
SEED = int(os.environ.get("AC_DESKTOP_ANSWERS_SEED", "14"))


def test_whatever_an_account_answers_the_engine_holds(tmp_path: Path) -> None:
    seen = WholeEngine(tmp_path, SEED).survive(ANSWERS)
    count("answers fed through the whole engine", seen.answers)
    count(FAULTS_TRIED, seen.faults)

    assert seen.answers >= ANSWERS
    assert seen.faults > 0
    assert seen.ends > 0
    assert seen.reasons["sent"] > 0
