"""Limits for a workbook's memory: in proportion to its own size, with a free minimum."""

from collections.abc import Iterator
from typing import IO, Final

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.model.wording import tr

MOST_CELLS: Final = 40_000_000
FREE_CELLS: Final = 4_000_000
"""Some 130 MB and one second; beyond, a sheet needs a byte of file for each cell it spans; a filled cell takes 20."""
_FREE_TEXT: Final = 128 * 1024 * 1024
_TEXT_FOR_A_BYTE: Final = 10
"""The most that texts stored once and used in many cells may exceed the file's size, as a factor."""
_CHUNK: Final = 1024 * 1024
_LONGEST_TAG: Final = 64 * 1024 * 1024


def allowed_cells(size: int) -> int:
    """Return the number of cells that parts of this size may span."""
    return min(MOST_CELLS, max(FREE_CELLS, size))


def allowed_text(size: int) -> int:
    """Return the bytes of text that the cells of parts of this size may hold together."""
    return max(_FREE_TEXT, _TEXT_FOR_A_BYTE * size)


def pieces(name: str, file: IO[bytes], end: bytes) -> Iterator[bytes]:
    """Return the text in pieces that end where `end` begins."""
    rest = b""
    while chunk := file.read(_CHUNK):
        rest += chunk
        cut = rest.rfind(end)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > _LONGEST_TAG:
            raise too_many_cells(name)
    yield rest


def too_many_cells(name: str) -> ImportFileError:
    """Return the error about a sheet that would take more memory than its size explains."""
    return not_taken(
        tr("A sheet of “{name}” has cells so far apart that it can't be opened.", name=name),
        tr("Copy the donors' rows to a new sheet, or save them as CSV."),
    )


def too_much_text(name: str) -> ImportFileError:
    """Return the error about a workbook whose texts would take more memory than its size explains."""
    return not_taken(
        tr("“{name}” has long texts in so many cells that it can't be opened.", name=name),
        tr("Copy the donors' columns to a new sheet, or save them as CSV."),
    )
