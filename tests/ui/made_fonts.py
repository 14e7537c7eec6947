"""Three small typefaces that differ in width, made here: nobody chooses the fonts of the machine a test runs on.

Their letters are boxes; what a layout asks of a font is how wide each letter is and how high a line.
"""

import struct
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final

from PySide6.QtGui import QFontDatabase

_EM: Final = 1000
_FIRST, _LAST = 0x20, 0x2BFF
"""Every letter, sign and arrow that a text of ours has: none is borrowed from a font of the machine."""
_AVERAGE: Final = 0.5
"""What a face calls its average letter; most letters of a text are wider."""
_THIN: Final = frozenset("ijlI.,:;'|!·`í")
_SLIM: Final = frozenset(' frt()[]{}/\\-“”"*°')
_BROAD: Final = frozenset("mwMWQ@%…—&©")


class Family(Enum):
    """A typeface: its name, how wide its letters are beside a usual typeface, its capitals, and how high its lines."""

    NARROW = ("Made Narrow", 0.74, 0.62, 1.40)
    USUAL = ("Made Usual", 1.0, 0.70, 1.17)
    WIDE = ("Made Wide", 1.2, 0.80, 1.30)

    def __init__(self, label: str, width: float, capital: float, line: float) -> None:
        self.label = label
        self.width = width
        self.capital = capital
        self.line = line


def use(family: Family) -> str:
    """Load a typeface into the application, and return its family name."""
    if family.label not in QFontDatabase.families():
        assert QFontDatabase.addApplicationFontFromData(font_file(family)) >= 0
        assert family.label in QFontDatabase.families()
    return family.label


def font_file(family: Family) -> bytes:
    """Return a typeface as a TrueType file."""
    widths = sorted({_width(family, chr(code)) for code in range(_FIRST, _LAST + 1)})
    glyph_of = {width: number + 1 for number, width in enumerate(widths)}
    advances = [_EM // 2, *widths]
    outlines = [_box(width) for width in advances]
    return _sfnt(
        {
            b"OS/2": _os2(family),
            b"cmap": _cmap([glyph_of[_width(family, chr(code))] for code in range(_FIRST, _LAST + 1)]),
            b"glyf": b"".join(outlines),
            b"head": _head(max(advances)),
            b"hhea": _hhea(family, advances),
            b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in advances),
            b"loca": _loca(outlines),
            b"maxp": struct.pack(">I14H", 0x00010000, len(advances), 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
            b"name": _name(family.label),
            b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, -100, 50, 0, 0, 0, 0, 0),
        }
    )


def _width(family: Family, letter: str) -> int:
    """Return the advance width of a letter, in thousandths of the height of the typeface."""
    if letter in _THIN:
        share = 0.29
    elif letter in _SLIM:
        share = 0.38
    elif letter in _BROAD:
        share = 0.92
    elif letter.isupper():
        share = family.capital
    else:
        share = 0.60
    return round(_EM * share * family.width)


def _box(width: int) -> bytes:
    right, top = max(60, width - 60), 650
    corners = ((60, 0), (0, top), (right - 60, 0), (0, -top))
    head = struct.pack(">hhhhh", 1, 60, 0, right, top) + struct.pack(">HH", 3, 0)
    flags = bytes([1] * len(corners))
    across = b"".join(struct.pack(">h", x) for x, _ in corners)
    up = b"".join(struct.pack(">h", y) for _, y in corners)
    return _padded(head + flags + across + up)


def _cmap(glyphs: list[int]) -> bytes:
    """Map one run of characters; the second segment ends the table, as its format asks."""
    segments = 2
    ends, starts = (_LAST, 0xFFFF), (_FIRST, 0xFFFF)
    offsets = (2 * segments, 0)
    body = struct.pack(">4H", 2 * segments, 4, 1, 0)
    body += struct.pack(">2HH2H", *ends, 0, *starts) + struct.pack(">2h", 0, 1) + struct.pack(">2H", *offsets)
    body += struct.pack(f">{len(glyphs)}H", *glyphs)
    table = struct.pack(">HHH", 4, len(body) + 6, 0) + body
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table


def _head(widest: int) -> bytes:
    made = struct.pack(">IIIIHH", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 3, _EM) + bytes(16)
    return made + struct.pack(">hhhhHHhhh", 0, -200, widest, 900, 0, 8, 2, 1, 0)


def _heights(family: Family) -> tuple[int, int]:
    """Return how far a line reaches above and below its letters' foot."""
    below = round(_EM * family.line * 0.22)
    return round(_EM * family.line) - below, below


def _hhea(family: Family, advances: list[int]) -> bytes:
    above, below = _heights(family)
    head = struct.pack(">IhhhH3h", 0x00010000, above, -below, 0, max(advances), 0, 0, 0)
    return head + struct.pack(">h", 1) + bytes(14) + struct.pack(">H", len(advances))


def _os2(family: Family) -> bytes:
    above, below = _heights(family)
    average = round(_EM * _AVERAGE * family.width)
    made = struct.pack(">HhHHH10hh", 4, average, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 260, 0)
    made += bytes(10) + struct.pack(">4I4s", 3, 0, 0, 0, b"MADE")
    made += struct.pack(">HHHhhhHH", 0x40, _FIRST, _LAST, above, -below, 0, above, below)
    return made + struct.pack(">IIhhHHH", 1, 0, 500, 650, 0, 32, 1)


def _loca(outlines: Iterable[bytes]) -> bytes:
    ends = [0]
    for outline in outlines:
        ends.append(ends[-1] + len(outline))
    return struct.pack(f">{len(ends)}I", *ends)


def _name(label: str) -> bytes:
    texts = {1: label, 2: "Regular", 4: label, 6: label.replace(" ", "")}
    records, kept = b"", b""
    for number, text in texts.items():
        written = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x0409, number, len(written), len(kept))
        kept += written
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + kept


def _sfnt(tables: Mapping[bytes, bytes]) -> bytes:
    number = len(tables)
    power = 1 << (number.bit_length() - 1)
    start = 12 + 16 * number
    head = struct.pack(">IHHHH", 0x00010000, number, 16 * power, power.bit_length() - 1, 16 * (number - power))
    kept = b""
    for tag, table in sorted(tables.items()):
        head += tag + struct.pack(">III", _sum(table), start + len(kept), len(table))
        kept += _padded(table)
    return head + kept


def _sum(table: bytes) -> int:
    padded = _padded(table)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def _padded(table: bytes) -> bytes:
    return table + bytes(-len(table) % 4)
