"""Detects the encoding of a text file: by its BOM, else strict UTF-8, else Windows-1252."""

import codecs
import hashlib
from dataclasses import dataclass, field
from typing import Final

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.source import Source
from ac_desktop.model.wording import tr

LONGEST_LINE: Final = 8 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST: Final = 0.25
_FEW: Final = 0.05
C1 = "ac-desktop-c1"
"""Decode the five bytes that Windows-1252 leaves undefined as browsers do, so that nothing is lost."""


def _as_browsers_do(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(C1, _as_browsers_do)


@dataclass(frozen=True, slots=True)
class TextFacts:
    """The result of one pass over the bytes."""

    sha256: str
    encoding: str
    size: int
    nul: bool


@dataclass(slots=True)
class _Scanner:
    """The counters of the pass."""

    name: str
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    decoder: codecs.IncrementalDecoder | None = field(default_factory=codecs.getincrementaldecoder("utf-8"))
    nul: bool = False
    size: int = 0
    run: int = 0
    endless_lines: bool = False

    def feed(self, chunk: bytes) -> None:
        """Count one chunk."""
        self.digest.update(chunk)
        self.size += len(chunk)
        self.nul = self.nul or b"\0" in chunk
        self._measure(chunk)
        if self.decoder is not None and not (chunk.isascii() and not self.decoder.getstate()[0]):
            self._decode(chunk, final=False)

    def _decode(self, chunk: bytes, *, final: bool) -> None:
        if self.decoder is None:
            return
        try:
            self.decoder.decode(chunk, final)
        except UnicodeDecodeError:
            self.decoder = None

    def is_utf8(self) -> bool:
        """Whether all of it was strict UTF-8."""
        self._decode(b"", final=True)
        return self.decoder is not None

    def _measure(self, chunk: bytes) -> None:
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        if last < 0:
            self.run += len(chunk)
        else:
            self.run = len(chunk) - last - 1
        if self.run > LONGEST_LINE and not self.endless_lines:
            raise not_taken(
                tr(
                    "“{name}” contains a line of more than 8 million characters, so it can't be a donor file.",
                    name=self.name,
                ),
                tr("Export it again as CSV."),
            )


def examine(source: Source, chosen: str | None = None, *, endless_lines: bool = False) -> TextFacts:
    """Read the bytes once: hash, encoding, and that no line is too long, unless lines mean nothing.

    Raises ImportFileError where it is not text.
    """
    scanner = _Scanner(source.name, endless_lines=endless_lines)
    with source.open() as file:
        start = file.read(_CHUNK)
        chunk = start
        while chunk:
            scanner.feed(chunk)
            chunk = file.read(_CHUNK)
    if not scanner.size:
        raise not_taken(tr("“{name}” is empty.", name=source.name), tr("Export it again."))
    encoding = _chosen(chosen, start) if chosen else _detected(source.name, scanner, start)
    return TextFacts(scanner.digest.hexdigest(), encoding, scanner.size, scanner.nul)


def _bom(start: bytes) -> str:
    return next((encoding for bom, encoding in _BOMS if start.startswith(bom)), "")


def _detected(name: str, scanner: _Scanner, start: bytes) -> str:
    bom = _bom(start)
    if scanner.nul and bom not in {"utf-16", "utf-32"}:
        return _without_bom(name, start) if not bom else _refuse(name)
    if bom:
        return bom if bom != "utf-8-sig" or scanner.is_utf8() else "cp1252"
    return "utf-8" if scanner.is_utf8() else "cp1252"


def _without_bom(name: str, start: bytes) -> str:
    """Detect UTF-16 by the positions of its NUL bytes."""
    half = max(len(start) // 2, 1)
    even, odd = start[0::2].count(0) / half, start[1::2].count(0) / half
    if odd > _MOST and even < _FEW:
        return "utf-16-le"
    if even > _MOST and odd < _FEW:
        return "utf-16-be"
    return _refuse(name)


def _refuse(name: str) -> str:
    raise not_text(name)


def not_text(name: str) -> ImportFileError:
    """Return the error that a file's bytes are no text."""
    return not_taken(
        tr("“{name}” isn't a text file.", name=name),
        tr("If it is a workbook, correct its file extension (.xlsx, .xls, .ods). Otherwise, export it again as CSV."),
    )


def _chosen(chosen: str, start: bytes) -> str:
    try:
        name = codecs.lookup(chosen).name
    except LookupError as error:
        raise not_taken(
            tr("There is no encoding named “{encoding}”.", encoding=chosen),
            tr("Try utf-8, windows-1252 or utf-16."),
        ) from error
    bom = _bom(start)
    if bom and name.replace("-", "").startswith(bom.removesuffix("-sig").replace("-", "")):
        return bom
    return name


def error_handler(encoding: str) -> str:
    """Return the error handler for bytes that an encoding does not define."""
    return C1 if encoding == "cp1252" else "strict"


def wrongly_encoded(name: str, encoding: str) -> ImportFileError:
    """Return the error that the bytes do not fit the encoding."""
    return not_taken(
        tr("“{name}” isn't encoded as {encoding}.", name=name, encoding=encoding),
        tr("Choose another encoding, for example windows-1252."),
    )
