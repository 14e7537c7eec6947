"""Paths: data folder and resources, whether a folder is on a network drive, and whether a file is on this computer."""

import os
import stat
import sys
from pathlib import Path, PureWindowsPath
from typing import Final

from ac_desktop.platform.long_paths import reachable
from ac_desktop.platform.private_files import make_private

DATA_DIR_VARIABLE: Final = "AC_DESKTOP_DATA_DIR"
KEY_VARIABLE: Final = "AC_DESKTOP_API_KEY"
WEBHOOK_SECRET_VARIABLE: Final = "AC_DESKTOP_WEBHOOK_SECRET"  # noqa: S105  the name of a variable
OFFICE_PASSWORD_VARIABLE: Final = "AC_DESKTOP_OFFICE_PASSWORD"  # noqa: S105  the name of a variable
ANEDOT_KEY_VARIABLE: Final = "AC_DESKTOP_ANEDOT_KEY"
ANEDOT_URL_VARIABLE: Final = "AC_DESKTOP_ANEDOT_URL"
_OWN_FILES: Final = (
    "donors.sqlite3",
    "pace.sqlite3",
    "window.",
    "practice",
    "owners",
    "faults",
    "moving.lock",
    "office.",
    "queue-",
)
"""The prefixes of file names by which a folder is recognised as a data folder."""
_RECALL_ON_OPEN: Final = 0x00040000
_RECALL_ON_READ: Final = 0x00400000
"""FILE_ATTRIBUTE_RECALL_ON_OPEN and FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS (winnt.h), which `stat` does not name."""
_ON_WINDOWS: Final = stat.FILE_ATTRIBUTE_OFFLINE | _RECALL_ON_OPEN | _RECALL_ON_READ
_ON_MACOS: Final = 0x40000000
"""SF_DATALESS (sys/stat.h)."""


def data_folder(chosen: Path | None) -> Path:
    """Return the data folder: as chosen, as the environment says, or the system's default."""
    if chosen is not None:
        return reachable(chosen)
    named = os.environ.get(DATA_DIR_VARIABLE)
    if named:
        return reachable(Path(named))
    import platformdirs

    return platformdirs.user_data_path("AC Desktop", appauthor=False)


def make_data_folder(folder: Path) -> None:
    """Create a data folder, or restrict one that others could enter to its owner.

    Raises OSError, and PrivacyError where it cannot be restricted. A folder of other files
    that was named by mistake is not restricted.
    """
    make_private(folder, own_files=_OWN_FILES)


def config_folder() -> Path:
    """Return the folder where people keep files of their own for the program, such as export profiles."""
    import platformdirs

    return platformdirs.user_config_path("AC Desktop", appauthor=False)


def is_bundle() -> bool:
    """Whether this program is a bundle with its own Python."""
    return getattr(sys, "frozen", False) is True


def resources_folder() -> Path:
    """Return the folder of the resources: within the package in a wheel, beside it in a bundle and in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def sample_export() -> Path:
    """Return the sample export that a practice session starts with."""
    return resources_folder() / "samples" / "anedot-sample.csv"


def program() -> list[str]:
    """Return the command that starts this program, from a bundle as from an installed package."""
    return [sys.executable] if is_bundle() else [sys.executable, "-m", "ac_desktop"]


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


def is_online_only(facts: os.stat_result) -> bool:
    """Whether the content of a file must be fetched before it can be read; its size is known all the same.

    OneDrive and its like keep the name alone on this computer, and fetch the content when it is first read.
    """
    attributes = getattr(facts, "st_file_attributes", 0) & _ON_WINDOWS
    return bool(attributes or getattr(facts, "st_flags", 0) & _ON_MACOS)
