"""Calls that other clients make while they are set up; the practice account returns empty results."""

from ac_desktop.practice import serializers
from ac_desktop.practice.requests import ApiCall
from ac_desktop.practice.responses import PracticeResponse, answer


def root(call: ApiCall) -> PracticeResponse:  # noqa: ARG001  as every handler
    """Answer `GET /api/3/`."""
    return answer({})


def fields(call: ApiCall) -> PracticeResponse:  # noqa: ARG001  as every handler
    """Answer `GET fields`: no custom fields."""
    return answer({"fieldOptions": [], "fieldRels": [], "fields": [], "meta": {"total": "0"}})


def tags(call: ApiCall) -> PracticeResponse:  # noqa: ARG001  as every handler
    """Answer `GET tags`: no tags."""
    return answer({"tags": [], "meta": {"total": "0"}})


def users(call: ApiCall) -> PracticeResponse:
    """Answer `GET users`: the key's user alone."""
    return answer({"users": [serializers.user_body(call.base)], "meta": {"total": "1"}})


def accounts(call: ApiCall) -> PracticeResponse:  # noqa: ARG001  as every handler
    """Answer `GET accounts`: no companies."""
    return answer({"accounts": [], "meta": {"total": "0"}})
