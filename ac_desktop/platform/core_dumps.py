"""Keeps the memory of this process, with the key and the donors in it, out of the dumps that crashes leave."""

import sys


def forbid_core_dumps() -> None:
    """Prevent crashes of this process, and of those it starts, from writing its memory to the disk.

    Linux and macOS have a limit of the process for it; on Windows the administrator configures dumps.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
