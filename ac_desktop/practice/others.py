"""Calls that other clients make while they are set up; the practice account has nothing to tell there."""

from ac_desktop.practice import bodies
from ac_desktop.practice.answers import Answer, answer
from ac_desktop.practice.calls import Call


def root(call: Call) -> Answer:  # noqa: ARG001  as every handler
    """Answer `GET /api/3/`."""
    return answer({})


def fields(call: Call) -> Answer:  # noqa: ARG001  as every handler
    """Answer `GET fields`: no custom fields."""
    return answer({"fieldOptions": [], "fieldRels": [], "fields": [], "meta": {"total": "0"}})


def tags(call: Call) -> Answer:  # noqa: ARG001  as every handler
    """Answer `GET tags`: no tags."""
    return answer({"tags": [], "meta": {"total": "0"}})


def users(call: Call) -> Answer:
    """Answer `GET users`: the key's user alone."""
    return answer({"users": [bodies.user_body(call.base)], "meta": {"total": "1"}})


def accounts(call: Call) -> Answer:  # noqa: ARG001  as every handler
    """Answer `GET accounts`: no companies."""
    return answer({"accounts": [], "meta": {"total": "0"}})
