"""Keeps PySide6 from reading the source of every module that is imported after it."""

import importlib
from typing import Final

_HOOK: Final = "shibokensupport.feature"
_LOOK: Final = "_mod_uses_pyside"


def leave_sources_unread() -> None:
    """Stop PySide6 from searching each module's source for `from __feature__ import …`, which we never use.

    With each import PySide6 6.11 reads the source of the module and keeps its lines in `linecache`, to learn whether
    other names of its functions may be asked for in it (`shibokensupport/feature.py`, which has no switch for that).
    Until the window is painted that is 290 files: 5 MB, and 30 ms of CPU time.
    """
    opener = importlib.import_module(_HOOK)
    if hasattr(opener, _LOOK):
        setattr(opener, _LOOK, _uses_no_feature)


def _uses_no_feature(_module: object) -> bool:
    return False
