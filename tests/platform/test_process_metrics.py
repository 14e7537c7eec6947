"""What `--first-paint` reports of this process, on every system."""

import subprocess
import sys

from ac_desktop.platform.process_metrics import first_paint_figures

AFTER_A_WHILE = """
import time
begun = time.monotonic()
while time.monotonic() < begun + 0.2:
    pass
from ac_desktop.platform.process_metrics import first_paint_figures
print(first_paint_figures()["first_paint_ms"])
"""


def test_the_memory_of_this_process_is_measured() -> None:
    before = first_paint_figures()["rss_mb"]
    more = bytearray(range(256)) * (1 << 18)
    assert first_paint_figures()["rss_mb"] >= before + len(more) / (1 << 20) / 2 > 30


def test_time_is_counted_from_the_start_of_the_process_where_the_system_tells_it() -> None:
    ended = subprocess.run([sys.executable, "-c", AFTER_A_WHILE], capture_output=True, text=True, check=True)
    assert float(ended.stdout) >= (0 if sys.platform == "darwin" else 200)
