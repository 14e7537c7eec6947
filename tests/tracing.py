"""Loaded where tests are traced, beside `tests/loopback_only`: threads install their trace functions one at a time.

CPython 3.11 informs an audit hook of each installation, as `tests/loopback_only` has one; where another thread comes in
between, one of the two dies before it begins, and whoever waits for it, such as the practice account, waits for ever.
"""

import sys
import threading
from types import BuiltinFunctionType, FrameType
from typing import Any, Final

_INSTALLING: Final = threading.RLock()
_set_here = sys.settrace
_set_in_threads = threading.settrace


def _here(function: Any) -> None:
    with _INSTALLING:
        _set_here(function)


def _in_threads(function: Any) -> None:
    def installed(frame: FrameType, event: str, argument: Any) -> Any:
        with _INSTALLING:
            return function(frame, event, argument)

    _set_in_threads(function and installed)


# Whoever is loaded twice, with two locks, would have two threads wait for each other.
if isinstance(sys.settrace, BuiltinFunctionType):
    sys.settrace = _here
    threading.settrace = _in_threads  # type: ignore[assignment]
    if threading.gettrace() is not None:
        threading.settrace(threading.gettrace())
