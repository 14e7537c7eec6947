r"""Paths of more than 259 characters on Windows.

Unless an administrator allowed long paths for the whole computer, Windows takes only those that begin with `\\?\`
(learn.microsoft.com, "Maximum Path Length Limitation"). Such a path is taken as it is: absolute, without `/` and `..`.
"""

import os
import sys
from pathlib import Path, PureWindowsPath
from typing import Final

_LONGEST: Final = 259
"""MAX_PATH of minwindef.h without the character that ends a path."""
_ROOM: Final = 130
"""Characters that a file's name and its temporary part's add to the path of a folder."""
_AS_IT_IS: Final = "\\\\?\\"
_SHARE: Final = "\\\\"
_DEVICE: Final = "\\\\.\\"


def extended(path: PureWindowsPath) -> PureWindowsPath:
    """Return an absolute path so that Windows takes it, and the files in it, however long they are."""
    text = str(path)
    if len(text) + _ROOM <= _LONGEST or text.startswith((_AS_IT_IS, _DEVICE)):
        return path
    if text.startswith(_SHARE):
        return PureWindowsPath(f"{_AS_IT_IS}UNC\\{text.removeprefix(_SHARE)}")
    return PureWindowsPath(f"{_AS_IT_IS}{text}")


if sys.platform == "win32":

    def reachable(path: Path) -> Path:
        """Return a path so that Windows takes it, and the files in it, however long they are."""
        known = PureWindowsPath(os.path.abspath(path))  # noqa: PTH100  without `..`, which absolute() keeps
        longer = extended(known)
        return path if longer == known else Path(longer)

else:

    def reachable(path: Path) -> Path:
        """Return a path unchanged: other systems take long ones as they are."""
        return path
