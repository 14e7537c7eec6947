"""How a desktop knows this program's windows for one program's, and which of its processes may come to the front."""

import sys


def set_program_id(program: str) -> None:
    """Let the task bar group this process's windows with the shortcuts of this ID; only Windows needs to be told."""
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        windows_api.set_program_id(program)


def allow_others_to_front() -> None:
    """Let a process that this one is about to call bring its window to the front.

    Windows allows that only to the process that a person has just started. Desktops on Linux have tokens for it.
    """
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        windows_api.allow_others_to_front()
