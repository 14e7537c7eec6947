"""Outages, broken connections, spoilt answers, and when they happen."""

import json
import logging
import socket
import threading

import pytest
import requests

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import (
    SWITCHES,
    WELL,
    Faults,
    Garbled,
    Incoming,
    Outage,
    first,
    nth,
    on,
    within,
)
from ac_desktop.practice.server import PracticeServer
from tests.practice.support import Api, Clock


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (Outage.ERROR_500, 500),
        (Outage.ERROR_502, 502),
        (Outage.ERROR_503, 503),
        (Outage.ERROR_504, 504),
        (Outage.ISSUES_PAGE, 503),
        (Outage.ISSUES_PAGE_200, 200),
    ],
)
def test_an_outage_answers_with_a_web_page_and_does_nothing(
    api: Api, account: PracticeAccount, how: Outage, status: int
) -> None:
    account.faults = Faults(outage=how)
    answer = api.sync("annie@example.org")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert account.contacts() == ()


@pytest.mark.parametrize(("how", "kept"), [(Outage.RESET_BEFORE, 0), (Outage.RESET_AFTER, 1)])
def test_a_connection_breaks_before_or_after_the_write(
    api: Api, account: PracticeAccount, how: Outage, kept: int
) -> None:
    account.faults = Faults(outage=how)
    with pytest.raises(requests.ConnectionError):
        api.sync("annie@example.org")
    assert len(account.contacts()) == kept
    assert [request.status for request in account.requests()] == [0]
    account.faults = WELL
    assert api.sync("annie@example.org").ok


def test_a_broken_connection_is_a_reset_and_no_polite_end(server: PracticeServer, account: PracticeAccount) -> None:
    account.faults = Faults(outage=Outage.RESET_BEFORE)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(b"GET /api/3/users/me HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


@pytest.mark.parametrize("broken", [Faults(outage=Outage.RESET_BEFORE), Faults(garbled=Garbled.CUT_BODY)])
def test_a_connection_that_breaks_as_asked_is_no_fault_of_the_server(
    api: Api, account: PracticeAccount, caplog: pytest.LogCaptureFixture, broken: Faults
) -> None:
    account.faults = broken
    with pytest.raises(requests.RequestException):
        api.get("users/me")
    account.faults = WELL
    assert api.get("users/me").ok
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_everything_can_be_refused_with_a_good_key(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(refuse_everything=True)
    answers = [api.get("users/me"), api.sync("annie@example.org"), api.get("lists")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(403, b"")] * 3
    assert account.contacts() == ()


def test_lists_can_be_forbidden(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(lists_forbidden=True)
    answer = api.get("lists")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/plain")
    assert json.loads(answer.text)["errors"][0]["title"] == "Forbidden"
    assert api.get("lists/1").json()["errors"][0]["status"] == 403
    assert api.get("users/me").status_code == 200


def test_lists_can_be_gone(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1)
    account.faults = Faults(lists_gone=True)
    assert api.get("lists").json()["lists"] == []
    assert api.get("lists/1").status_code == 404
    assert api.subscribe("1").status_code == 422


def test_every_address_can_be_refused(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(refuse_addresses=True)
    assert api.sync("annie@example.org").json()["errors"][0]["code"] == "email_invalid"


def test_an_account_can_always_be_busy_even_without_a_limit(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(always_busy=True)
    answers = [api.get("users/me") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429] * 3


def test_an_answer_can_be_empty_with_code_9001(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(garbled=Garbled.EMPTY_9001)
    answer = api.sync("annie@example.org")
    assert (answer.status_code, answer.content) == (200, b"")
    assert (answer.headers["Content-Type"], answer.headers["Content-Length"]) == ("application/json", "0")
    assert answer.headers["X-Ac-Error"] == "Code 9001"
    assert len(account.contacts()) == 1


@pytest.mark.parametrize("how", [Garbled.EMPTY_OBJECT, Garbled.HTML_200, Garbled.BROKEN_JSON, Garbled.NOT_UTF8])
def test_a_spoilt_answer_hides_that_it_is_done(api: Api, account: PracticeAccount, how: Garbled) -> None:
    account.faults = Faults(garbled=how)
    content = api.sync("annie@example.org").content
    assert len(account.contacts()) == 1
    match how:
        case Garbled.EMPTY_OBJECT:
            assert content == b"{}"
        case Garbled.NOT_UTF8:
            with pytest.raises(UnicodeDecodeError):
                content.decode()
        case _:
            with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
                json.loads(content)


def test_an_answer_can_break_off_in_the_middle(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(garbled=Garbled.CUT_BODY)
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        api.sync("annie@example.org")
    assert len(account.contacts()) == 1


def test_an_answer_can_name_a_wrong_id_or_another_contact(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(garbled=Garbled.ODD_ID)
    assert api.sync("annie@example.org").json()["contact"]["id"] == "n/a"
    account.faults = Faults(garbled=Garbled.WRONG_ECHO)
    row = api.subscribe("1").json()["contactList"]
    assert (row["contact"], row["list"]) == ("91", "91")
    assert api.sync("annie@example.org").json()["contact"]["email"] == "9annie@example.org"


def test_refusals_are_never_spoilt(api: Api, account: PracticeAccount) -> None:
    account.faults = Faults(garbled=Garbled.EMPTY_9001)
    assert api.get("lists/99").status_code == 404


def test_a_late_answer_comes_after_the_write_and_does_not_keep_a_stop_waiting(
    server: PracticeServer, account: PracticeAccount
) -> None:
    is_here = threading.Event()

    def late(_incoming: Incoming) -> Faults:
        is_here.set()
        return Faults(slow_seconds=3600)

    account.set_schedule(late)
    body = b'{"contact":{"email":"annie@example.org"}}'
    head = f"POST /api/3/contact/sync HTTP/1.1\r\nHost: x\r\nApi-Token: {server.key}\r\nContent-Length: 41\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        assert is_here.wait(10)
        server.stop()
    assert len(account.contacts()) == 1


def test_an_outage_can_last_for_27_seconds(api: Api, account: PracticeAccount, clock: Clock) -> None:
    account.set_schedule([(within(27), Faults(outage=Outage.ERROR_500))])
    statuses = []
    for _ in range(4):
        statuses.append(api.get("users/me").status_code)
        clock.tick(9)
    assert statuses == [500, 500, 500, 200]


def test_the_nth_call_of_a_path_can_break_after_the_write(api: Api, account: PracticeAccount) -> None:
    account.set_schedule([(nth("contact/sync", 2), Faults(outage=Outage.RESET_AFTER))])
    api.sync("one@example.org")
    api.get("users/me")
    with pytest.raises(requests.ConnectionError):
        api.sync("two@example.org")
    api.sync("three@example.org")
    assert len(account.contacts()) == 3


def test_the_first_calls_can_fail_and_a_schedule_can_be_a_function(api: Api, account: PracticeAccount) -> None:
    account.set_schedule([(first(2), Faults(lapsed=True)), (on("lists"), Faults(lists_forbidden=True))])
    statuses = [api.get(path).status_code for path in ("users/me", "lists", "users/me", "lists")]
    assert statuses == [402, 402, 200, 403]

    def only_odd(incoming: Incoming) -> Faults | None:
        return Faults(lapsed=True) if incoming.number % 2 else None

    account.set_schedule(only_odd)
    assert [api.get("users/me").status_code for _ in range(3)] == [402, 200, 402]
    account.set_schedule(())
    assert api.get("users/me").status_code == 200


def test_a_schedule_leaves_other_calls_to_the_account(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(2)
    account.faults = Faults(lapsed=True)
    account.set_schedule([(on("contacts/{id}/contactLists"), WELL)])
    assert api.get("contacts/2/contactLists").status_code == 200
    assert api.get("users/me").status_code == 402


def test_every_switch_has_a_name_and_its_choices() -> None:
    assert len({switch.text for switch in SWITCHES}) == len(SWITCHES) == len(Faults.__slots__)
    assert all(len(switch.choices) > 1 for switch in SWITCHES if switch.kind not in {bool, int, float})
