"""Webhook bodies as they arrive: read as JSON, and which of them can be imported together."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ac_desktop.importing.options import ImportSource
from ac_desktop.model.outside import is_deep

LARGEST_BODY: Final = 256 * 1024
"""Bytes of one body; Anedot's samples have 2,000."""


class BodyError(ValueError):
    """A body that is no JSON object, nor an array of them."""


@dataclass(frozen=True, slots=True)
class WebhookBody:
    """A body and the names of its fields: bodies with the same ones are read alike, alone or together."""

    text: str
    fields: frozenset[str]
    is_one: bool


def read_body(body: bytes) -> WebhookBody:
    """Return a body as it can be imported. Raises BodyError."""
    try:
        text = body.decode("utf-8")
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BodyError("no JSON") from error
    if is_deep(value):
        raise BodyError("nested too deep")
    if isinstance(value, dict):
        if not value:
            raise BodyError("empty")
        return WebhookBody(text, frozenset(_names(value, "")), is_one=True)
    if isinstance(value, list) and value and all(isinstance(one, dict) and one for one in value):
        return WebhookBody(text, frozenset(), is_one=False)
    raise BodyError("no object")


def source_of(bodies: list[WebhookBody], day: str) -> ImportSource:
    """Return bodies that were received on a day as one source, in their order."""
    return ImportSource(text="\n".join(one.text for one in bodies), received=day)


def _names(value: dict[str, object], prefix: str) -> Iterator[str]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _names(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"
