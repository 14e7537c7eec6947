"""Masking of one person's address in texts, requests and responses, but not within longer addresses."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from ac_desktop.model.attempts import StepLog
from ac_desktop.store.history.step_codec import decode_steps, encode_steps

ERASED: Final = "[erased]"
_BEFORE: Final = r"(?<![\w.+%-])(?<!\w')"
_AFTER: Final = r"(?:(?=\.(?:csv|tsv|txt|xlsx?|ods|zip|json)\b)|(?![\w-]|\.\w))"
"""A file can be named after an address; any other ending makes a longer address."""


class AddressMask:
    """Replaces an address in every spelling: in any case, and as JSON and URLs encode it."""

    def __init__(self, email: str) -> None:
        spellings = {email, json.dumps(email)[1:-1], quote(email, safe=""), quote(email, safe="@")}
        pattern = "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
        self._find = re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}", re.IGNORECASE)
        self.email = email
        self.parts: tuple[str, ...] = tuple(sorted({spelling.lower() for spelling in spellings}))
        """The spellings in lower case, one of which every text with the address contains; to search before masking."""

    def __call__(self, text: str) -> str:
        """Return the text with the address masked."""
        return self._find.sub(ERASED, text)

    def steps(self, encoded: bytes) -> bytes:
        """Return an attempt's encoded steps with the person masked; in a bulk request, their whole contact."""
        steps = decode_steps(encoded)
        masked = tuple(map(self._step, steps))
        return encoded if masked == steps else encode_steps(masked)

    def _step(self, step: StepLog) -> StepLog:
        return replace(
            step,
            path=self(step.path),
            response=self(step.response),
            trouble=self(step.trouble),
            request=self._value(step.request),
        )

    def _value(self, value: Any) -> Any:  # noqa: ANN401  JSON
        if isinstance(value, dict):
            if str(value.get("email", "")).casefold() == self.email.casefold():
                return {"email": ERASED}
            return {name: self._value(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._value(part) for part in value]
        return self(value) if isinstance(value, str) else value


def masked_value(table: str, column: str, value: Any, mask: AddressMask) -> object:  # noqa: ANN401  a column's own
    """Return the value of a table's column with the address masked."""
    return _MASKS.get((table, column), _masked_text)(value, mask)


def _masked_text(text: str, mask: AddressMask) -> str:
    return mask(text)


def _masked_steps(encoded: bytes, mask: AddressMask) -> bytes:
    return mask.steps(encoded)


def _masked_bin(text: str, mask: AddressMask) -> str:
    """Return a removed row's JSON masked; an attempt's steps are hexadecimal digits in it."""
    kept = json.loads(mask(text))
    if "steps" not in kept:
        return mask(text)
    kept["steps"] = mask.steps(bytes.fromhex(kept["steps"])).hex().upper()
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


_MASKS: Final[dict[tuple[str, str], Callable[[Any, AddressMask], object]]] = {
    ("attempt", "steps"): _masked_steps,
    ("bulk_batch", "steps"): _masked_steps,
    ("bin", "kept"): _masked_bin,
}
