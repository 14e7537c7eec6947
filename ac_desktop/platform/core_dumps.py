"""Keeps the memory of this process, with the key and the donors in it, out of the dumps that crashes leave."""

import sys


def forbid_core_dumps() -> None:
    """Let no crash of this process, or of one it starts, leave its memory on the disk.

    Linux and macOS take it as a limit of the process; Windows has no such limit, its dumps are the administrator's.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
