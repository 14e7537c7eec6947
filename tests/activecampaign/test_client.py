"""One request out, one reply in: over real sockets, with servers that behave and servers that do not."""

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
import urllib3
from urllib3.exceptions import ReadTimeoutError

from ac_desktop import __version__
from ac_desktop.activecampaign import client, requests, responses
from ac_desktop.activecampaign.client import LARGEST_BODY, Client, set_deadline
from ac_desktop.activecampaign.memberships import MembershipReader, Memberships
from ac_desktop.activecampaign.requests import NoResponse, Reply, Request, Response, TransportFailure
from ac_desktop.model.address import AccountAddress, parse_address
from ac_desktop.model.payload import ContactPayload, ListPayload
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import Faults, Garbled, Outage, OverLimit, WrongAccount
from ac_desktop.practice.server import PracticeServer
from tests.activecampaign.servers import Server, answer, says

KEY = "made-up-key-0123456789"
ME = requests.users_me()
NO_POOL = urllib3.HTTPConnectionPool("127.0.0.1")
SYNC = requests.sync_contact(ContactPayload("annie@example.org", "2252501301", "Dot", "Annie"))


def send(server: Server, request: Request = ME, *, scheme: str = "http") -> Reply:
    return ask(server.address(scheme), request)


def ask(address: AccountAddress, request: Request = ME, key: str = KEY) -> Reply:
    sender = Client(address, key)
    try:
        return sender.send(request)
    finally:
        sender.close_thread()


def came(reply: Reply) -> Response:
    assert isinstance(reply, Response), reply
    return reply


def trouble(reply: Reply) -> TransportFailure:
    assert isinstance(reply, NoResponse), reply
    assert reply.detail
    return reply.trouble


@pytest.fixture
def practice() -> Iterator[PracticeServer]:
    with PracticeServer(rate=0) as server:
        yield server


@pytest.fixture
def relay_client(practice: PracticeServer) -> Iterator[Client]:
    sender = Client(parse_address(practice.url), practice.key)
    yield sender
    sender.close_thread()


def test_a_donor_is_put_onto_the_list_of_the_practice_account(practice: PracticeServer, relay_client: Client) -> None:
    saved = responses.read_contact(relay_client.send(SYNC), email="annie@example.org")
    assert isinstance(saved, responses.ContactSaved)
    joined = relay_client.send(requests.join_list(ListPayload(practice.list_id, saved.contact_id)))
    known = relay_client.send(requests.memberships(saved.contact_id))

    assert saved.created
    read = responses.read_list(joined, list_id=practice.list_id, contact_id=saved.contact_id)
    assert read == responses.ListJoined(responses.ListStatus.ACTIVE)
    reported = MembershipReader(contact_id=saved.contact_id, list_id="1").add_page(known)
    assert isinstance(reported, Memberships)
    assert reported.most_restrictive is not None
    assert reported.most_restrictive.status == responses.ListStatus.ACTIVE
    assert [contact.email for contact in practice.account.members(practice.list_id)] == ["annie@example.org"]


def test_the_practice_account_hears_the_pages_payload_and_honest_headers(
    practice: PracticeServer, relay_client: Client
) -> None:
    relay_client.send(SYNC)

    (request,) = practice.account.requests("contact/sync")
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert request.key_known
    assert request.body == (
        b'{"contact":{"email":"annie@example.org","phone":"2252501301","lastName":"Dot","firstName":"Annie"}}'
    )
    assert headers["accept"] == "application/json"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["user-agent"] == f"AC-Desktop/{__version__}"


def test_a_question_has_no_content_type_and_no_body() -> None:
    with Server(says(answer())) as server:
        send(server)

    assert server.requests[0].startswith(b"GET /api/3/users/me HTTP/1.1\r\n")
    assert b"content-type" not in server.requests[0].lower()
    assert f"Api-Token: {KEY}".encode() in server.requests[0]


@pytest.mark.parametrize(
    ("faults", "refused"),
    [
        (Faults(outage=Outage.RESET_BEFORE), TransportFailure.LOST),
        (Faults(outage=Outage.RESET_AFTER), TransportFailure.LOST),
        (Faults(garbled=Garbled.CUT_BODY), TransportFailure.LOST),
    ],
)
def test_a_connection_that_breaks_is_reported_as_lost(
    practice: PracticeServer, relay_client: Client, faults: Faults, refused: TransportFailure
) -> None:
    practice.account.faults = faults

    assert trouble(relay_client.send(SYNC)) is refused
    practice.account.faults = Faults()
    assert came(relay_client.send(ME)).status == 200


@pytest.mark.parametrize(
    ("faults", "status"),
    [
        (Faults(refuse_everything=True), 403),
        (Faults(lapsed=True), 402),
        (Faults(outage=Outage.ERROR_504), 504),
        (Faults(always_busy=True, over_limit=OverLimit.RETRY_30), 429),
        (Faults(wrong_account=WrongAccount.REDIRECT_302), 302),
        (Faults(garbled=Garbled.NOT_UTF8), 201),
    ],
)
def test_whatever_the_account_says_is_given_as_it_came(
    practice: PracticeServer, relay_client: Client, faults: Faults, status: int
) -> None:
    practice.account.faults = faults

    reply = came(relay_client.send(SYNC if faults.garbled is not Garbled.OFF else ME))

    assert (reply.status, reply.complete) == (status, True)
    assert all(name == name.lower() for name in reply.headers)


def test_each_thread_has_a_connection_of_its_own(practice: PracticeServer) -> None:
    sender, reported = Client(parse_address(practice.url), practice.key), []
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        reported.append(came(sender.send(ME)).status)
        sender.close_thread()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert reported == [200] * 4
    sender.close_thread()


def test_cookies_are_never_returned(practice: PracticeServer, relay_client: Client) -> None:
    first = came(relay_client.send(ME))
    relay_client.send(ME)

    assert "set-cookie" in first.headers
    assert len(practice.account.requests()) == 2
    for request in practice.account.requests():
        assert "cookie" not in {name.lower() for name in request.headers}


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent"])
def test_a_redirect_is_not_followed_and_its_target_never_sees_the_key(status: str) -> None:
    with Server(says(answer())) as trap:
        location = f"Location: http://127.0.0.1:{trap.port}/api/3/users/me\r\n"
        with Server(says(answer(status=status, headers=location))) as server:
            for request in (ME, SYNC):
                reply = came(send(server, request))

                assert reply.status == int(status[:3])
                assert reply.headers["location"].endswith("/users/me")
        assert len(server.requests) == 2
    assert trap.requests == []
    assert trap.connections == 1, "the call to stop alone"


def test_the_environments_proxies_and_netrc_are_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login annie password made-up\n")
    with Server(says(answer())) as trap, Server(says(answer(b'{"user":{}}'))) as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
            monkeypatch.setenv(name.lower(), f"http://127.0.0.1:{trap.port}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("NETRC", str(netrc))

        assert came(send(server)).status == 200

    assert trap.requests == []
    assert b"authorization" not in server.requests[0].lower()


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    assert trouble(ask(parse_address(f"http://127.0.0.1:{port}"))) is TransportFailure.UNREACHABLE


def test_a_name_that_nobody_knows_is_reported() -> None:
    assert trouble(ask(parse_address("https://no-such-account.api-us1.com"))) is TransportFailure.NAME_NOT_FOUND


def test_a_body_of_just_the_largest_size_is_whole() -> None:
    with Server(says(answer(b"x" * LARGEST_BODY))) as server:
        reply = came(send(server))

    assert (reply.complete, len(reply.body)) == (True, LARGEST_BODY)


def test_a_body_longer_than_announced_spoils_no_other_answer() -> None:
    def tells_too_little(connection: socket.socket) -> None:
        connection.sendall(answer(b'{"first":1}HTTP/1.1 200 OK\r\n\r\n{"false":1}', length=11))

    with Server(tells_too_little, says(answer(b'{"second":2}'))) as server:
        sender = Client(server.address(), KEY)
        bodies = [reply.body for reply in (sender.send(ME) for _ in range(3)) if isinstance(reply, Response)]
        sender.close_thread()

    assert bodies[0] == b'{"first":1}'
    assert set(bodies[1:]) == {b'{"second":2}'}


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (answer(gzip.compress(b'{"user":{}}', mtime=0), headers="Content-Encoding: gzip\r\n"), b'{"user":{}}'),
        (answer(b'{"user":"n\xfa"}'), b'{"user":"n\xfa"}'),
        (b"HTTP/1.0 200 OK\r\n\r\n{}", b"{}"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", b"{}"),
        (answer(b""), b""),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    ],
)
def test_the_body_is_given_unpacked_and_otherwise_byte_for_byte(reply: bytes, body: bytes) -> None:
    with Server(says(reply)) as server:
        got = came(send(server))

    assert (got.body, got.complete) == (body, True)


@pytest.fixture(scope="module")
def unknown() -> ssl.SSLContext:
    """Return what serves with a certificate for this address whose authority nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def test_a_certificate_nobody_vouches_for_is_refused_before_the_key_is_sent(unknown: ssl.SSLContext) -> None:
    with Server(says(answer()), tls=unknown) as server:
        outcome = send(server, SYNC, scheme="https")

    assert trouble(outcome) is TransportFailure.TLS
    assert server.requests == []


def test_no_environment_has_the_secrets_of_a_connection_written_down(
    unknown: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who reads SSLKEYLOGFILE's file reads the key and every donor on the wire."""
    secrets = tmp_path / "secrets.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(secrets))
    with Server(says(answer()), tls=unknown) as server:
        trouble(send(server, scheme="https"))
    assert not secrets.exists()


def test_a_server_that_speaks_no_tls_is_no_account() -> None:
    with Server(says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), reads=False) as server:
        outcome = send(server, scheme="https")

    assert trouble(outcome) is TransportFailure.TLS
    assert server.requests == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (urllib3.exceptions.ProxyError("no way", OSError()), TransportFailure.PROXY),
        (urllib3.exceptions.SSLError(ssl.SSLCertVerificationError(1, "self-signed")), TransportFailure.TLS),
        (urllib3.exceptions.ConnectTimeoutError(), TransportFailure.UNREACHABLE),
        (urllib3.exceptions.ReadTimeoutError(NO_POOL, "", ""), TransportFailure.TIMED_OUT),
        (TimeoutError(), TransportFailure.TIMED_OUT),
        (urllib3.exceptions.DecodeError(), TransportFailure.BROKEN),
        (urllib3.exceptions.ProtocolError(), TransportFailure.LOST),
        (ConnectionResetError(), TransportFailure.LOST),
    ],
)
def test_what_no_server_here_can_bring_about_is_distinguished_too(
    monkeypatch: pytest.MonkeyPatch, error: Exception, expected: TransportFailure
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(urllib3.HTTPConnectionPool, "urlopen", fail)

    assert trouble(ask(parse_address("acct.api-us1.com"))) is expected


def test_an_error_that_names_itself_as_its_cause_is_still_reported() -> None:
    one, other = OSError("one"), OSError("other")
    one.__context__, other.__context__ = other, one

    assert client._transport_failure(one) is TransportFailure.LOST


@pytest.mark.parametrize(("seconds", "whole"), [(60.0, True), (0.0, False)])
def test_an_answer_counts_only_while_there_is_time_left(seconds: float, whole: bool) -> None:  # noqa: FBT001
    with PracticeServer(PracticeAccount(), rate=0) as server, urllib3.PoolManager() as pools:
        set_deadline(pools, lambda: seconds)
        try:
            answered = bool(pools.request("GET", server.url, retries=False).status)
        except ReadTimeoutError:
            answered = False
    assert answered is whole
