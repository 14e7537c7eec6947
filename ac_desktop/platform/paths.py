"""Where things lie: the data folder, and the resources of a checkout, an installed wheel or a bundle."""

import os
import sys
from pathlib import Path
from typing import Final

from ac_desktop.platform.private_files import make_private

DATA_DIR_VARIABLE: Final = "AC_DESKTOP_DATA_DIR"
KEY_VARIABLE: Final = "AC_DESKTOP_API_KEY"
_MARKS: Final = ("donors.sqlite3", "pace.sqlite3", "window.", "practice", "owners", "faults", "moving.lock")
"""How the names begin by which a data folder is known for one of ours."""


def data_folder(chosen: Path | None) -> Path:
    """Return the folder for all that is kept: as chosen, as the environment says, or the system's own place."""
    if chosen is not None:
        return chosen
    named = os.environ.get(DATA_DIR_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("AC Desktop", appauthor=False)


def make_data_folder(folder: Path) -> None:
    """Make a data folder, or close one that others could enter. Raises OSError, and PrivacyError where it stays open.

    Somebody's folder of other things that was named by mistake is not closed to those who share it.
    """
    make_private(folder, marks=_MARKS)


def config_folder() -> Path:
    """Return the folder where people keep files of their own for the program, such as recognisers."""
    import platformdirs

    return platformdirs.user_config_path("AC Desktop", appauthor=False)


def is_bundle() -> bool:
    """Whether this program brings its own Python along."""
    return getattr(sys, "frozen", False) is True


def resources_folder() -> Path:
    """Find the resources: within the package in a wheel, beside it in a bundle and in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def sample_export() -> Path:
    """Return the sample export that practice begins with."""
    return resources_folder() / "samples" / "anedot-sample.csv"


def program() -> list[str]:
    """Return the command that starts this program anew, from a bundle as from an installed package."""
    return [sys.executable] if is_bundle() else [sys.executable, "-m", "ac_desktop"]
