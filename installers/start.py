"""Opens the window on a practice account from a clone: `python3 -m installers.start`.

Further arguments are passed to the program: `python3 -m installers.start --data-dir FOLDER`.
"""

import sys

from ac_desktop.platform import display
from installers import environment, system_packages
from installers.errors import NotReadyError

NO_WINDOW = 2


def main(arguments: list[str]) -> int:
    """Set up what is missing, open the window, and return the program's exit code."""
    try:
        if display.has_screen():
            system_packages.ensure(system_packages.for_window())
        else:
            system_packages.ensure(system_packages.for_console())
        environment.ensure()
    except NotReadyError as error:
        sys.stderr.write(f"{error}\n")
        return NO_WINDOW
    if not display.has_screen():
        sys.stderr.write(_without_a_screen())
        return NO_WINDOW
    return environment.run(["-m", "ac_desktop", "--practice", *arguments])


def _without_a_screen() -> str:
    program = environment.python_of().with_name("ac-desktop")
    return (
        "There is no screen to open the window on. The same job is done here by commands:\n\n"
        f"    {program} practice          # a practice account; its first line names URL, key and list\n"
        f"    {program} connect --help    # then, in a second terminal: import, relay, log\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
