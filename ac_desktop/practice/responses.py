"""Responses in ActiveCampaign's forms: PHP's JSON, its errors, its web pages."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

JSON_TYPE: Final = "application/json"
HTML_TYPE: Final = "text/html; charset=UTF-8"

Json = object
"""Any value that can be written as JSON."""


@dataclass(frozen=True, slots=True)
class PracticeResponse:
    """A status, a body and the response's own headers; without a type, no Content-Type is sent."""

    status: int
    body: bytes = b""
    content_type: str | None = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the status is a success."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


def dump(value: Json) -> bytes:
    """Return JSON as PHP writes it, with escaped slashes (recorded responses)."""
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def answer(value: Json, status: int = HTTPStatus.OK) -> PracticeResponse:
    """Return a JSON response."""
    return PracticeResponse(int(status), dump(value))


def empty(status: int) -> PracticeResponse:
    """Return an empty response without Content-Type, as for a wrong key."""
    return PracticeResponse(int(status), content_type=None)


def web_page(status: int, title: str, text: str) -> PracticeResponse:
    """Return a web page where JSON is expected."""
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    return PracticeResponse(int(status), page.encode(), HTML_TYPE)


def no_result(model: str, number: str) -> PracticeResponse:
    """Return the response for a record that does not exist, with the API's name of its model."""
    return answer({"message": f"No Result found for {model} with id {number}"}, HTTPStatus.NOT_FOUND)


def error(title: str, code: str, field: str, error_name: str = "") -> dict[str, Json]:
    """Return an entry of `errors`."""
    entry: dict[str, Json] = {"title": title, "detail": "", "code": code}
    if error_name:
        entry["error"] = error_name
    entry["source"] = {"pointer": f"/data/attributes/{field}"}
    return entry


def errors(*entries: dict[str, Json], status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> PracticeResponse:
    """Return a refusal with `errors`."""
    return answer({"errors": list(entries)}, status)


def forbidden(detail: str) -> PracticeResponse:
    """Return a refusal for missing permission, as the API documents it."""
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
