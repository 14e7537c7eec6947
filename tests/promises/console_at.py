"""The console of `tests.unpaced_console` on a computer whose clock is wrong by AC_DESKTOP_TESTED_CLOCK seconds."""

import os
import runpy
import time

if __name__ == "__main__":
    real, wrong_by = time.time, float(os.environ["AC_DESKTOP_TESTED_CLOCK"])
    time.time = lambda: real() + wrong_by
    runpy.run_module("tests.unpaced_console", run_name="__main__")
