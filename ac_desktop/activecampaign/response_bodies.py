"""Parsing of response bodies as JSON, within bounds: none takes long, and none has what cannot be stored."""

import json
from typing import Final, Never

from ac_desktop.model.payload import JsonObject

MOST_TOKENS: Final = 250_000
"""Values and escaped characters of one body; a page of 100 contacts has some 30,000."""
MOST_ROWS: Final = 5_000
"""Rows of one collection; a page has 100, an account that ignores `limit` returns more."""

_TOKENS: Final = (b"{", b"[", b",", b"\\")
_SURROGATES: Final = (b"\\ud", b"\\uD")


def json_object(body: bytes) -> JsonObject | None:
    """Return the JSON object of a strict UTF-8 body; None where it is not one, or exceeds the bounds.

    Lone surrogates, which JSON can escape and no database stores, become question marks.
    """
    if sum(map(body.count, _TOKENS)) > MOST_TOKENS:
        return None
    try:
        found = _load(body.decode("utf-8-sig"))
        if any(escape in body for escape in _SURROGATES):
            found = _load(json.dumps(found, ensure_ascii=False).encode(errors="replace").decode())
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or any(isinstance(rows, list) and len(rows) > MOST_ROWS for rows in found.values()):
        return None
    return found


def _load(text: str) -> object:
    return json.loads(text, parse_constant=_refuse_constant)


def _refuse_constant(constant: str) -> Never:
    """Raise ValueError for NaN and Infinity, which are not JSON."""
    raise ValueError(constant)
