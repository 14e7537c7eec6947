"""Whether a folder is on a network drive, where Windows' locks and SQLite's files are not safe."""

import sys
from pathlib import Path, PureWindowsPath


def is_share(path: PureWindowsPath) -> bool:
    r"""Whether a path names a share, such as `\\server\share` or `\\?\UNC\server\share`."""
    drive = str(path.drive).upper()
    return drive.startswith("\\\\") and (not drive.startswith(("\\\\?\\", "\\\\.\\")) or drive[4:].startswith("UNC"))


if sys.platform == "win32":

    def is_on_network(folder: Path) -> bool:
        """Whether a folder is on a share, or on a drive that is connected to one."""
        from ac_desktop.platform import windows_api

        # resolve() finds a share behind a link and behind most connected drives.
        places = [PureWindowsPath(place) for place in (folder.absolute(), folder.resolve())]
        return any(is_share(place) or windows_api.is_remote_drive(place.anchor) for place in places)

else:

    def is_on_network(_: Path) -> bool:
        """Return False: homes on a network are common on Unix, and its file systems have locks that hold."""
        return False
