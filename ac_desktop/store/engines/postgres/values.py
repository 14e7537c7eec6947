"""How values go to the server and come back: numbers without loss, and texts that the server can store."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Dumper, Loader
from psycopg.postgres import types
from psycopg.types.numeric import Int8Dumper

_NUL: Final = "\0"
_NO_NUL: Final = "\ufffd"


def storable_text(text: str) -> str:
    """Return a text as the server can store it: without NUL, and with question marks for halves of characters."""
    if _NUL in text:
        text = text.replace(_NUL, _NO_NUL)
    return text if text.isascii() else text.encode(errors="replace").decode()


class _Numbers(tuple[int, ...]):
    """A list of whole numbers as one value of a statement."""

    __slots__ = ()


class _Texts(tuple[str, ...]):
    """A list of texts as one value of a statement."""

    __slots__ = ()


class _Nothing(tuple[object, ...]):
    """An empty list as one value of a statement, of whatever type it is compared with."""

    __slots__ = ()


def list_value(values: Iterable[object]) -> object:
    """Return a list of whole numbers or of texts as one value of a statement."""
    listed = list(values)
    if not listed:
        return _Nothing()
    return _Texts(map(str, listed)) if isinstance(listed[0], str) else _Numbers(map(_whole, listed))


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"A list of numbers has a {type(value).__name__}")
    return value


class _BoolDumper(Dumper):
    oid = types["int8"].oid

    def dump(self, obj: Any) -> Buffer:  # noqa: ANN401  the driver's own signature
        return b"1" if obj else b"0"


class _TextDumper(Dumper):
    """The server finds out a text's type, as for a text in quotes."""

    def dump(self, obj: Any) -> Buffer:  # noqa: ANN401
        return storable_text(obj).encode()


class _NothingDumper(Dumper):
    def dump(self, obj: Any) -> Buffer:  # noqa: ANN401, ARG002
        return b"{}"


class _NumbersDumper(Dumper):
    oid = types["int8"].array_oid

    def dump(self, obj: Any) -> Buffer:  # noqa: ANN401
        return f"{{{','.join(map(str, obj))}}}".encode()


class _TextsDumper(Dumper):
    oid = types["text"].array_oid

    def dump(self, obj: Any) -> Buffer:  # noqa: ANN401
        quoted = ('"' + storable_text(text).replace("\\", "\\\\").replace('"', '\\"') + '"' for text in obj)
        return f"{{{','.join(quoted)}}}".encode()


class _SumLoader(Loader):
    """A sum of whole numbers is a whole number: the server gives it a type of any length."""

    def load(self, data: Buffer) -> Any:  # noqa: ANN401  the driver's own signature
        number = Decimal(bytes(data).decode())
        return int(number) if number == number.to_integral_value() else float(number)


def _adapters() -> AdaptersMap:
    made = AdaptersMap(psycopg.adapters)
    made.register_dumper(int, Int8Dumper)
    for kind, dumper in (
        (bool, _BoolDumper),
        (str, _TextDumper),
        (_Numbers, _NumbersDumper),
        (_Texts, _TextsDumper),
        (_Nothing, _NothingDumper),
    ):
        made.register_dumper(kind, dumper)
    made.register_loader("numeric", _SumLoader)
    return made


ADAPTERS: Final = _adapters()
