"""A clock that nobody can set, the same for all processes of a computer."""

import subprocess
import sys

from ac_desktop.platform.steady_time import steady_seconds


def test_the_clock_never_goes_back() -> None:
    times = [steady_seconds() for _ in range(1000)]
    assert times == sorted(times)
    assert times[-1] > times[0]


def test_all_processes_of_a_computer_have_the_same_clock() -> None:
    program = "from ac_desktop.platform.steady_time import steady_seconds; print(steady_seconds())"
    before = steady_seconds()
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert before <= float(said.stdout) <= steady_seconds()
