"""Sets up a clone and builds what people install; the program imports nothing of it."""

import sys

OLDEST_PYTHON = (3, 11)

if sys.version_info < OLDEST_PYTHON:
    # Before any other import, as an older Python fails at the annotations of the other modules.
    sys.exit(
        "AC Desktop needs Python {}.{} or newer, and this is {}.{}. "
        "Install a newer one, then start this again with it.".format(*OLDEST_PYTHON, *sys.version_info[:2])
    )
