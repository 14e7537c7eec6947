"""One call of the API, and the parsing of its parts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ac_desktop.model.outside import parsed
from ac_desktop.practice.faults import BadJson, Faults
from ac_desktop.practice.responses import EMPTY_400, Json, PracticeResponse, web_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ac_desktop.practice.account import PracticeAccount

PAGE: Final = 20
LARGEST_PAGE: Final = 100
"""The default and the most records a page has (reference "Conventions")."""

_LEADING_NUMBER = re.compile(r"\d+")


class CallRefused(Exception):  # noqa: N818 - an answer, not an error of ours
    """A call that ends with this response."""

    def __init__(self, answer: PracticeResponse) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A call with a valid key: the request, its account, the faults in effect, and the account's own address."""

    account: "PracticeAccount"
    faults: Faults
    base: str
    query: "Mapping[str, str]"
    body: bytes
    at: float

    def json(self) -> dict[str, Json]:
        """Return the body as a JSON object."""
        try:
            value = parsed(self.body)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise CallRefused(_bad_json(self.faults.bad_json))
        return value

    def record(self, name: str) -> dict[str, Json]:
        """Return the record of the body, under its singular name."""
        record = self.json().get(name)
        if not isinstance(record, dict):
            raise CallRefused(EMPTY_400)
        return record

    def page(self) -> tuple[int, int]:
        """Return offset and limit; an invalid value is the default."""
        limit = whole_number(self.query.get("limit")) or PAGE
        return whole_number(self.query.get("offset")) or 0, min(limit, LARGEST_PAGE)

    def filter(self, name: str) -> str:
        """Return a filter, in either of its two forms."""
        return (self.query.get(name) or self.query.get(f"filters[{name}]") or "").strip()


Handler = Callable[..., PracticeResponse]


def _bad_json(how: BadJson) -> PracticeResponse:
    if how is BadJson.HTML_400:
        return web_page(400, "Bad Request", "Your browser sent a request that this server could not understand.")
    return EMPTY_400


def whole_number(text: str | None) -> int | None:
    """Return a whole number, or None."""
    return int(text) if text and text.isascii() and text.isdigit() else None


def record_id(value: Json) -> str:
    """Parse an id as PHP does: a string or a number, `0` where it is none."""
    found = _LEADING_NUMBER.match(str(value).strip())
    return str(int(found[0])) if found else "0"
