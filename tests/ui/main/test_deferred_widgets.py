"""What was there when the window had settled costs no thread anything any more."""

import subprocess
import sys

CODE = """
import gc
from ac_desktop.ui.main.deferred_widgets import start_deferred

there = [[]]
assert gc.is_tracked(there) and any(one is there for one in gc.get_objects())
start_deferred()
print(any(one is there for one in gc.get_objects()))
later = []
later.append(later)
del later
print(gc.collect() > 0)
"""


def test_a_search_for_cycles_looks_at_what_came_later_alone() -> None:
    ended = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False", "True"]
