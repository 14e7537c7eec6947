"""What is sent over the wire: headers, escaping, and what the request log keeps of it."""

import socket

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.request_log import MASK, RequestLog
from ac_desktop.practice.server import PracticeServer
from tests.practice.support import Api, Clock


def test_every_answer_has_the_headers_of_the_real_one(api: Api) -> None:
    headers = api.get("users/me").headers
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store, no-cache, must-revalidate"
    assert headers["Set-Cookie"].startswith("PHPSESSID=")
    assert headers["Server"] == "cloudflare"
    assert headers["Cf-Ray"]
    assert headers["X-Request-Id"] != api.get("users/me").headers["X-Request-Id"]


def test_slashes_are_escaped_and_the_length_is_reported(api: Api) -> None:
    answer = api.get("lists/1")
    assert b"https:\\/\\/www.example.org" in answer.content
    assert b"://" not in answer.content
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_letters_beyond_ascii_are_escaped_as_php_does(api: Api) -> None:
    answer = api.sync("zoe@example.org", firstName="Zoë")
    assert b"Zo\\u00eb" in answer.content


def test_links_lead_to_the_account_itself(api: Api) -> None:
    link = api.sync("annie@example.org").json()["contact"]["links"]["contactLists"]
    assert link == f"{api.server.url}/api/3/contacts/1/contactLists"
    key = api.server.key
    answer = api.session.get(link, headers={"Api-Token": key})
    assert answer.json() == {"contactLists": []}


def test_dates_carry_the_offset_of_the_account(api: Api) -> None:
    contact = api.sync("annie@example.org").json()["contact"]
    assert contact["cdate"] == "2025-10-09T03:53:20-05:00"


def test_one_connection_serves_many_calls(api: Api, server: PracticeServer) -> None:
    request = f"GET /api/3/users/me HTTP/1.1\r\nHost: x\r\nApi-Token: {server.key}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        reader = connection.makefile("rb")
        for _ in range(3):
            connection.sendall(request)
            assert reader.readline() == b"HTTP/1.1 200 OK\r\n"
            length = 0
            while (line := reader.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            reader.read(length)
        connection.sendall(request * 2)
        assert reader.readline() == b"HTTP/1.1 200 OK\r\n"
        reader.close()
    assert api.get("users/me").ok


def test_head_is_no_method_of_the_api_and_leaves_the_connection_well(api: Api) -> None:
    answer = api.call("HEAD", "users/me")
    assert (answer.status_code, answer.content) == (404, b"")
    assert api.get("users/me").status_code == 200


def test_a_header_name_in_other_letters_is_the_same(api: Api) -> None:
    del api.session.headers["Api-Token"]
    api.session.headers["api-token"] = api.server.key
    assert api.get("users/me").status_code == 200


def test_requests_are_logged_as_they_came_with_the_key_masked(api: Api, account: PracticeAccount, clock: Clock) -> None:
    clock.tick(5)
    key = api.server.key
    api.call("POST", f"contact/sync?x={key}", data=b'{"contact":{"email":"a@example.org","note":"%b"}}' % key.encode())
    logged = account.requests()[0]
    assert (logged.number, logged.at, logged.method, logged.path) == (1, clock.now, "POST", "/api/3/contact/sync")
    assert (logged.status, logged.key_known, logged.operation) == (201, True, "contact/sync")
    assert logged.headers["Api-Token"] == MASK
    assert logged.query == f"x={MASK}"
    assert logged.body == f'{{"contact":{{"email":"a@example.org","note":"{MASK}"}}}}'.encode()
    assert key not in repr(logged)


def test_a_wrong_key_is_masked_too(api: Api, account: PracticeAccount) -> None:
    api.session.headers["Api-Token"] = "mistyped"
    api.get("users/me")
    assert (account.requests()[0].headers["Api-Token"], account.requests()[0].key_known) == (MASK, False)


def test_requests_are_counted_by_path_method_and_status(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(2, list_id="1", status=MemberStatus.UNSUBSCRIBED)
    for number in (1, 2, 99):
        api.get(f"contacts/{number}/contactLists")
    api.sync("annie@example.org")
    assert account.count() == 4
    assert account.count("contacts/{id}/contactLists") == 3
    assert account.count("contacts/{id}/contactLists", status=404) == 1
    assert account.count(method="POST") == account.count(status=201) == 1
    assert [request.path for request in account.requests("contact/sync")] == ["/api/3/contact/sync"]


def test_the_pages_for_people_are_no_requests(api: Api, account: PracticeAccount) -> None:
    api.session.get(api.server.url)
    assert account.count() == 0


def arrive(log: RequestLog, count: int = 1) -> None:
    for _ in range(count):
        log.answered(log.arrived("GET", "/api/3/lists", "", {}, b"", key_known=True), 200)


def test_the_log_keeps_the_newest_and_counts_all(clock: Clock) -> None:
    log = RequestLog(clock, keep=10)
    arrive(log, 25)
    assert [request.number for request in log.requests()] == list(range(16, 26))
    log.keep(0)
    arrive(log, 5)
    assert log.requests() == ()
    assert (log.count("lists"), log.count(status=200)) == (30, 30)
    log.clear()
    assert log.count() == 0


def test_the_busiest_second_is_found_wherever_it_lies(clock: Clock) -> None:
    log = RequestLog(clock)
    for pause in (0.0, 0.9, 0.05, 0.04, 0.01, 5.0, 0.5, 0.5):
        clock.tick(pause)
        arrive(log)
    assert log.most_in_a_second == 4
