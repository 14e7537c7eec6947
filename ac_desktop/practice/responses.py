"""Answers as ActiveCampaign gives them: PHP's JSON, its error forms, its web pages."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

JSON_TYPE: Final = "application/json"
HTML_TYPE: Final = "text/html; charset=UTF-8"

Json = object
"""Anything that can be written as JSON."""


@dataclass(frozen=True, slots=True)
class PracticeResponse:
    """A status, a body and the headers that are the answer's own; without a type, no Content-Type is sent."""

    status: int
    body: bytes = b""
    content_type: str | None = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether it says that all went well."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


def dump(value: Json) -> bytes:
    """Write JSON as PHP does, with escaped slashes (recorded responses)."""
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def answer(value: Json, status: int = HTTPStatus.OK) -> PracticeResponse:
    """Answer with JSON."""
    return PracticeResponse(int(status), dump(value))


def empty(status: int) -> PracticeResponse:
    """Answer with nothing and no Content-Type, as a wrong key is answered."""
    return PracticeResponse(int(status), content_type=None)


def web_page(status: int, title: str, text: str) -> PracticeResponse:
    """Answer with a web page where JSON is expected."""
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    return PracticeResponse(int(status), page.encode(), HTML_TYPE)


def no_result(model: str, number: str) -> PracticeResponse:
    """Answer that a record does not exist, with the model's name of the API."""
    return answer({"message": f"No Result found for {model} with id {number}"}, HTTPStatus.NOT_FOUND)


def error(title: str, code: str, field: str, error_name: str = "") -> dict[str, Json]:
    """Make an entry of `errors`."""
    entry: dict[str, Json] = {"title": title, "detail": "", "code": code}
    if error_name:
        entry["error"] = error_name
    entry["source"] = {"pointer": f"/data/attributes/{field}"}
    return entry


def errors(*entries: dict[str, Json], status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> PracticeResponse:
    """Refuse with `errors`."""
    return answer({"errors": list(entries)}, status)


def forbidden(detail: str) -> PracticeResponse:
    """Refuse for want of permission, as the API documents it."""
    return answer({"errors": [{"status": 403, "title": "Forbidden", "detail": detail}]}, HTTPStatus.FORBIDDEN)


EMPTY_400: Final = answer({}, HTTPStatus.BAD_REQUEST)
NOT_FOUND_PAGE: Final = PracticeResponse(
    int(HTTPStatus.NOT_FOUND),
    b'<div align="center"><h1>Not Found</h1><p>Sorry, this page could not be found.</p></div>',
    HTML_TYPE,
)
ISSUES_PAGE: Final = (
    b'<div align="center" style="margin:40px">We are currently having some issues.  Please check back soon.</div>'
)
