"""Workbooks."""

from collections.abc import Collection

from ac_desktop.exports.source import Opened, Source


def is_workbook(start: bytes) -> bool:
    """Tell."""
    return start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def open_workbook(source: Source, *, sheet: str | None = None, known: Collection[str] = ()) -> Opened:
    """Open."""
    raise NotImplementedError
