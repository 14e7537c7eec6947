"""The processes that read and store a file go last where all processors are busy."""

import subprocess
import sys

import pytest

CODE = """
import os
from ac_desktop.exports.modesty import let_others_first

before = os.nice(0)
let_others_first()
print(os.nice(0) - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows classes of priority in the place of niceness")
def test_a_process_that_lets_others_first_is_nicer_by_ten() -> None:
    ended = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert ended.stdout == "10\n"
