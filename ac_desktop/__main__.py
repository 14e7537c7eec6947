"""The entry point of `python -m ac_desktop` and of the bundle."""

import sys

from ac_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
