"""Runs every check of a clone: `python3 -m installers.check`. Further arguments are passed to the tests."""

import sys

from installers import environment, system_packages
from installers.errors import NotReadyError


def main(arguments: list[str]) -> int:
    """Set up what is missing, run the checks, and return the exit code of the first that fails."""
    try:
        system_packages.ensure(system_packages.for_checks())
        environment.ensure()
    except NotReadyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return environment.run(["-m", "tests", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
