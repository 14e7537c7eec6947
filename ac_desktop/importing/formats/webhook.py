"""Webhook bodies: one JSON object or many, in an array or one a line, with a `payload` or flat."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.encoding import error_handler, examine, wrongly_encoded
from ac_desktop.importing.formats.source import FileKind, OpenedSource, Source, unreadable
from ac_desktop.model.outside import is_deep
from ac_desktop.model.wording import tr

_CHUNK: Final = 256 * 1024
_LARGEST_OBJECT: Final = 8 * 1024 * 1024
_MOST_COLUMNS: Final = 2_000
_DEEPEST: Final = 4
_SEPARATORS: Final = " \t\r\n,\ufeff"


@dataclass(frozen=True, slots=True)
class WebhookGrid:
    """Each object a row, under the names of all fields that occur."""

    source: Source
    encoding: str
    header: tuple[str, ...]

    def cells(self) -> Iterator[Sequence[str]]:
        """Read the objects from the start."""
        for fields in _records(self.source, self.encoding):
            yield [fields.get(name, "") for name in self.header]


def open_webhook(source: Source, *, encoding: str | None = None) -> OpenedSource:
    """Read all objects once and return the names of their fields.

    Raises ImportFileError where it is not JSON, or cut off.
    """
    facts = examine(source, encoding, endless_lines=True)
    names: dict[str, None] = {}
    for fields in _records(source, facts.encoding):
        names.update(dict.fromkeys(fields))
        if len(names) > _MOST_COLUMNS:
            raise _not_json(source.name, tr("it has more than {count} fields", count=_MOST_COLUMNS))
    header = tuple(names)
    return OpenedSource(
        FileKind.WEBHOOK, WebhookGrid(source, facts.encoding, header), facts.sha256, facts.encoding, header=header
    )


def _records(source: Source, encoding: str) -> Iterator[Mapping[str, str]]:
    try:
        with source.open() as file, io.TextIOWrapper(file, encoding, error_handler(encoding)) as text:
            for number, entry in enumerate(_values(text, source.name), 1):
                if not isinstance(entry, dict):
                    raise _not_json(source.name, tr("its entry {number} isn't an object", number=number))
                yield _flattened(entry)
    except UnicodeError as error:
        raise wrongly_encoded(source.name, encoding) from error
    except OSError as error:
        raise unreadable(source.name, error) from error


class _Buffer:
    """Text read in pieces, and the position in it."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.content = ""
        self.at = 0
        self.ended = False

    def more(self) -> None:
        """Read the next piece; the pieces grow with the unfinished value, so that nothing is parsed again and again."""
        open_ = self.content[self.at :]
        piece = self._text.read(max(_CHUNK, len(open_)))
        self.ended = not piece
        self.content, self.at = open_ + piece, 0

    def skip(self) -> str:
        """Skip what separates values, and return the next character."""
        while True:
            while self.at < len(self.content) and self.content[self.at] in _SEPARATORS:
                self.at += 1
            if self.at < len(self.content) or self.ended:
                return self.content[self.at : self.at + 1]
            self.more()


def _values(text: TextIO, name: str) -> Iterator[object]:
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    buffer, depth = _Buffer(text), 0
    while character := buffer.skip():
        if character in "[]":
            depth += 1 if character == "[" else -1
            buffer.at += 1
            continue
        yield _next_value(decoder, buffer, name)
    if depth:
        raise _cut(name)


def _next_value(decoder: json.JSONDecoder, buffer: _Buffer, name: str) -> object:
    while True:
        try:
            value, buffer.at = decoder.raw_decode(buffer.content, buffer.at)
            _refuse_deep(value)
        except (ValueError, RecursionError) as error:
            if buffer.ended:
                raise _cut(name) from error
            if len(buffer.content) - buffer.at > _LARGEST_OBJECT or isinstance(error, RecursionError):
                raise _not_json(name, tr("an entry is cut off")) from error
            buffer.more()
        else:
            return value


def _refuse_deep(value: object) -> None:
    """Raise RecursionError for values nested deeper than any real ones: not all that can be read can be written."""
    if is_deep(value):
        raise RecursionError


def _flattened(entry: Mapping[str, object]) -> Mapping[str, str]:
    """Return the fields of an object, `payload` unwrapped and the names of nested fields joined with dots."""
    fields: dict[str, str] = {}
    for name, value in entry.items():
        if name == "payload" and isinstance(value, dict):
            _flatten(fields, "", value, 0)
        else:
            _flatten(fields, "", {name: value}, 0)
    return fields


def _flatten(fields: dict[str, str], prefix: str, entry: Mapping[str, object], depth: int) -> None:
    for name, value in entry.items():
        key = _without_surrogates(f"{prefix}{name}")
        if isinstance(value, dict) and depth < _DEEPEST:
            _flatten(fields, f"{key}.", value, depth + 1)
        else:
            fields[key] = _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return _without_surrogates(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _without_surrogates(text: str) -> str:
    """Replace lone surrogates, which JSON can hold and no encoding can write."""
    if text.isascii():
        return text.replace("\0", "")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _not_json(name: str, detail: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” doesn't contain webhook data: {detail}.", name=name, detail=detail),
        tr("Save the webhook data again with one JSON object per line."),
    )


def _cut(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” isn't complete JSON. It is cut off or damaged.", name=name),
        tr("Save the webhook data again with one JSON object per line."),
    )
