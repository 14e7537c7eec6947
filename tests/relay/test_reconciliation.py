"""The status of a donor on the list, for every answer that the two questions about one donor can get."""

import json
from collections.abc import Sequence
from typing import cast

import pytest

from ac_desktop.activecampaign.list_members import NotByPages
from ac_desktop.activecampaign.requests import LIST_PAGE, Reply, Request, Response
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Cause
from ac_desktop.relay.reconciliation import ListPresence, Presence, check_single, read_page
from ac_desktop.relay.request_runner import RequestRunner, StepName

BUSY = Refused(Cause.PASSING, reason(ReasonCode.BUSY_TOO_LONG))


class Scripted:
    """Answers one request after the other with the given answers."""

    def __init__(self, replies: Sequence[Reply | Refused]) -> None:
        self._replies = list(replies)
        self.paths: list[str] = []

    def ask(self, _step: StepName, request: Request) -> Reply | Refused:
        self.paths.append(request.path)
        return self._replies.pop(0)


def _answer(body: object, status: int = 200) -> Response:
    return Response(status=status, headers={}, body=json.dumps(body).encode())


def _rows(*statuses: str, of_list: str = "7") -> Response:
    return _answer({"contactLists": [{"contact": "4", "list": of_list, "status": status} for status in statuses]})


FOUND = _answer({"contacts": [{"id": "4", "email": "annie@example.org"}]})
NOBODY = _answer({"contacts": []})
GONE = _answer({"message": "No Result found for Subscriber with id 4"}, 404)
INVALID = _answer({"message": "Not like this"}, 422)


@pytest.mark.parametrize(
    ("known", "replies", "standing"),
    [
        (None, [FOUND, _rows("1")], ListPresence(Presence.THERE, 1, 4)),
        (None, [FOUND, _rows("2")], ListPresence(Presence.LEFT, 2, 4)),
        (None, [FOUND, _rows("1", "91")], ListPresence(Presence.LEFT, 91, 4)),
        (None, [FOUND, _rows("1", "odd")], ListPresence(Presence.MISSING)),
        (None, [FOUND, _rows()], ListPresence(Presence.MISSING, None, 4)),
        (None, [FOUND, _rows("1", of_list="8")], ListPresence(Presence.MISSING, None, 4)),
        (None, [NOBODY], ListPresence(Presence.MISSING)),
        (None, [INVALID], ListPresence(Presence.MISSING)),
        (None, [FOUND, INVALID], ListPresence(Presence.MISSING)),
        (None, [FOUND, GONE], ListPresence(Presence.MISSING)),
        (4, [_rows("1")], ListPresence(Presence.THERE, 1, 4)),
        (4, [GONE, NOBODY], ListPresence(Presence.MISSING)),
        (9, [GONE, FOUND, _rows("1")], ListPresence(Presence.THERE, 1, 4)),
        (None, [FOUND, _rows(*["1"] * LIST_PAGE, of_list="8"), _rows("1")], ListPresence(Presence.THERE, 1, 4)),
    ],
)
def test_only_what_is_understood_whole_is_there(
    known: int | None, replies: list[Reply | Refused], standing: ListPresence
) -> None:
    runner = Scripted(replies)
    assert check_single(cast("RequestRunner", runner), "7", "annie@example.org", known) == standing
    assert len(runner.paths) == len(replies)


def test_memberships_are_read_to_their_end() -> None:
    pages = [
        [{"contact": "4", "list": "8", "status": "1", "id": str(first + at)} for at in range(LIST_PAGE)]
        for first in (0, 100)
    ]
    asking = Scripted([FOUND, *[_answer({"contactLists": page}) for page in pages], _rows("1")])
    told = check_single(cast("RequestRunner", asking), "7", "annie@example.org", None)
    assert told == ListPresence(Presence.THERE, 1, 4)
    assert [path.partition("offset=")[2] for path in asking.paths[1:]] == ["", "100", "200"]


@pytest.mark.parametrize("replies", [[BUSY], [_answer({}, 403)], [FOUND, BUSY], [FOUND, _answer({}, 500)]])
def test_trouble_is_no_answer(replies: list[Reply | Refused]) -> None:
    assert isinstance(check_single(cast("RequestRunner", Scripted(replies)), "7", "annie@example.org", None), Refused)


def test_a_list_that_cannot_be_asked_for_so_is_not_read_by_pages() -> None:
    assert read_page(cast("RequestRunner", Scripted([INVALID])), "7", 0) == NotByPages()
    assert read_page(cast("RequestRunner", Scripted([BUSY])), "7", 0) == BUSY
