"""Bodies of answers, read as JSON within bounds: none takes long, and none has what the store could not keep."""

import json
from typing import Final, Never

from ac_desktop.model.payload import JsonObject

MOST_MARKS: Final = 250_000
"""Values and escaped characters of one body; a page of 100 contacts has some 30,000."""
MOST_ROWS: Final = 5_000
"""Rows of one collection; a page has 100, an account that pays no heed to `limit` gives more."""

_MARKS: Final = (b"{", b"[", b",", b"\\")
_SURROGATES: Final = (b"\\ud", b"\\uD")


def json_object(body: bytes) -> JsonObject | None:
    """Return a body that is a JSON object of strict UTF-8; None where it is none, or is beyond all measure.

    Halves of a character, which JSON can escape and no database keeps, become question marks.
    """
    if sum(map(body.count, _MARKS)) > MOST_MARKS:
        return None
    try:
        found = _loaded(body.decode("utf-8-sig"))
        if any(escape in body for escape in _SURROGATES):
            found = _loaded(json.dumps(found, ensure_ascii=False).encode(errors="replace").decode())
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or any(isinstance(rows, list) and len(rows) > MOST_ROWS for rows in found.values()):
        return None
    return found


def _loaded(text: str) -> object:
    return json.loads(text, parse_constant=_refused)


def _refused(constant: str) -> Never:
    """Refuse NaN and Infinity, which are no JSON and which no number of ours can hold."""
    raise ValueError(constant)
