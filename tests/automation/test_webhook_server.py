"""A webhook is answered by 200 once its donor is queued durably, once; anything else is refused, and nothing kept."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ac_desktop.automation.automation import Automation
from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.automation.webhook_intake import LARGEST_BODY
from ac_desktop.automation.webhook_server import WebhookServer, is_signed, signature_of
from ac_desktop.store.history.notices import NoticeCode
from tests.automation.webhook_support import HEADER, SECRET, Hooks, gift, hooks, post
from tests.harness import PATIENCE


@pytest.fixture
def events() -> list[AutomationEvent]:
    return []


@pytest.fixture
def here(tmp_path: Path, events: list[AutomationEvent]) -> Iterator[Hooks]:
    with hooks(tmp_path / "data", events) as made:
        yield made


def nothing_is_kept(here: Hooks) -> bool:
    tables = ("record", "batch", "webhook_body", "source_row")
    return not any(here.harness.services.database.rows(f"SELECT 1 FROM {table}") for table in tables)  # noqa: S608


def test_the_signature_is_the_hmac_of_the_raw_body() -> None:
    known = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    assert signature_of(b"The quick brown fox jumps over the lazy dog", "key") == known
    assert is_signed(b"The quick brown fox jumps over the lazy dog", known.upper(), "key")
    for wrong in ("", known[:-1], known[:-1] + "9", known + "8", "é" * 64):
        assert not is_signed(b"The quick brown fox jumps over the lazy dog", wrong, "key")
    assert not is_signed(b"", signature_of(b"", ""), "")


def test_a_gift_is_queued_with_its_page_and_waits_without_the_switch(here: Hooks) -> None:
    assert here.post(gift(1)) == 200

    (record,) = here.harness.services.record_reader.all_records(here.connection.id)
    assert (record.donor.email, record.donor.phone) == ("donor1@example.org", "2252500001")
    assert record.donor.page_name == "Spring Appeal"
    facts = here.harness.services.staging.facts(record.batch_id)
    assert facts is not None
    assert (facts.kind, facts.recognised_as) == ("webhook", "Anedot webhook")
    assert facts.file_name.startswith("Webhooks, 2026-")
    assert not here.harness.account.requests()


def test_with_the_switch_on_it_is_on_the_list_and_in_the_log(here: Hooks) -> None:
    services = here.harness.services
    services.automatic_relays.turn_on(here.connection.id, here.harness.clock.now())
    automation = Automation(services)

    assert here.post(gift(1)) == 200
    automation.tick()
    assert services.engine.join(here.connection.id, PATIENCE)

    assert here.harness.emails_on_list() == {"donor1@example.org"}
    (attempt,) = services.history.attempts(here.connection.id)
    assert attempt.email == "donor1@example.org"


def test_the_same_body_twice_is_queued_once_also_after_a_restart(here: Hooks) -> None:
    body = gift(1)
    assert [here.post(body), here.post(body)] == [200, 200]
    here.harness.restart()
    with WebhookServer(here.harness.services, "127.0.0.1", 0, lambda _: None) as server:
        assert post(server.address_of(here.connection), body) == 200

    assert here.emails() == ["donor1@example.org"]
    assert here.count("SELECT COUNT(*) FROM record") == 1


def test_the_same_body_at_the_same_time_is_queued_once(here: Hooks) -> None:
    start = threading.Barrier(16)

    def send(number: int) -> int:
        start.wait()
        return here.post(gift(number % 4))

    with ThreadPoolExecutor(16) as threads:
        assert set(threads.map(send, range(16))) == {200}
    assert sorted(here.emails()) == [f"donor{number}@example.org" for number in range(4)]
    assert here.count("SELECT COUNT(*) FROM record") == 4


@pytest.mark.parametrize("signature", ["", "0" * 64, "nonsense", "é"])
def test_a_wrong_signature_is_refused(here: Hooks, events: list[AutomationEvent], signature: str) -> None:
    assert here.post(gift(1), signature) == 401
    assert here.post(gift(2), signature_of(gift(1), SECRET)) == 401
    assert nothing_is_kept(here)
    assert [event.code for event in events] == [AutomationCode.REFUSED]


def test_another_method_path_or_connection_is_refused(here: Hooks) -> None:
    for method in ("GET", "PUT", "DELETE", "HEAD", "OPTIONS"):
        assert post(here.address, gift(1), method=method) == 405
    base = here.server.address
    for path in ("", "Summer", "Spring", "../anedot/Spring"):
        assert post(base + path, gift(1)) == 404
    assert post(base.removesuffix("/anedot/") + "/", gift(1)) == 404
    assert nothing_is_kept(here)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b"{}",
        b"[1]",
        b'"text"',
        b"null",
        b"\xff\xfe{}",
        b'{"a":' * 5_000,
        b'{"email":"a@example.org"',
    ],
)
def test_a_signed_body_that_is_no_object_is_refused(here: Hooks, body: bytes) -> None:
    assert here.post(body) == 400
    assert nothing_is_kept(here)


def test_a_body_that_is_too_large_or_of_no_length_is_refused(here: Hooks) -> None:
    assert here.post(gift(1, comment="x" * LARGEST_BODY)) == 413
    url = urlsplit(here.address)
    client = http.client.HTTPConnection(url.hostname or "", url.port, timeout=60)
    client.putrequest("POST", url.path)
    client.putheader(HEADER, signature_of(gift(1), SECRET))
    client.putheader("Transfer-Encoding", "chunked")
    client.endheaders()
    client.send(b"0\r\n\r\n")
    assert client.getresponse().status in {400, 411}
    client.close()
    assert nothing_is_kept(here)


def test_a_body_that_breaks_off_is_not_taken(here: Hooks) -> None:
    url = urlsplit(here.address)
    body = gift(1)
    with socket.create_connection((url.hostname, url.port), timeout=60) as raw:
        head = f"POST {url.path} HTTP/1.1\r\nHost: here\r\n{HEADER}: {signature_of(body, SECRET)}\r\n"
        raw.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:-9])
    assert here.post(gift(2)) == 200
    assert here.emails() == ["donor2@example.org"]


@pytest.mark.parametrize(
    "event",
    ["donation_refunded", "donation_partially_refunded", "donation_voided", "donation_chargeback",
     "donation_ach_returned", "commitment_created", "commitment_failed_to_process", "commitment_updated",
     "donation_failed", "donation_declined", "donation_canceled", "payment_refunded"],
)  # fmt: skip
def test_what_is_no_completed_donation_is_never_queued_to_go(here: Hooks, event: str) -> None:
    assert here.post(gift(1, event)) == 200
    assert here.post(gift(1, status="failed")) == 200
    assert here.emails() == []
    assert here.post(gift(1)) == 200
    assert here.emails() == ["donor1@example.org"]


def test_both_deliveries_of_one_gift_and_a_templated_body_are_donations(here: Hooks) -> None:
    templated = json.dumps({"email": "annie@example.org", "first_name": "Annie", "donation": {"id": "d7"}}).encode()
    assert here.post(templated) == 200
    assert here.post(gift(1)) == 200
    assert here.post(gift(1, event="submission_created")) == 200
    assert here.emails().count("annie@example.org") == 1
    assert set(here.emails()) == {"annie@example.org", "donor1@example.org"}


def test_what_leaves_a_question_open_is_refused_and_said(here: Hooks, events: list[AutomationEvent]) -> None:
    assert here.post(b'{"supporter": "Annie Dot", "town": "Sampleton"}') == 422
    assert nothing_is_kept(here)
    (notice,) = here.harness.services.notices.open()
    assert (notice.code, notice.details["source"]) == (NoticeCode.IMPORT_NEEDS_ANSWER, "webhook")
    assert AutomationCode.NEEDS_ANSWER in [event.code for event in events]


def test_one_in_doubt_does_not_keep_the_others_from_the_queue(here: Hooks) -> None:
    bodies = [gift(number) for number in range(8)] + [b'{"supporter": "Annie Dot"}', gift(9, member_status="limbo")]
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(here.post, bodies))
    assert answers[:8] == [200] * 8
    assert answers[8] == 422
    assert sorted(here.emails())[:8] == [f"donor{number}@example.org" for number in range(8)]


def test_without_a_secret_everything_is_refused(tmp_path: Path) -> None:
    with hooks(tmp_path / "data", [], with_secret=False) as here:
        assert here.post(gift(1)) == 401
        assert here.post(gift(1), signature_of(gift(1), "")) == 401
        assert nothing_is_kept(here)


def test_the_secret_is_in_no_file_and_no_event(here: Hooks, events: list[AutomationEvent], tmp_path: Path) -> None:
    here.post(gift(1))
    here.post(gift(2), SECRET)
    kept = b"".join(path.read_bytes() for path in sorted((tmp_path / "data").rglob("*")) if path.is_file())
    assert SECRET.encode() not in kept
    assert SECRET not in repr(events)
    assert "donor1@" not in repr(events)
