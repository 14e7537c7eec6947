"""Bulk imports: taken or rejected as a whole, worked off later, reported by batch."""

from typing import Any

import pytest
import requests

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.bulk import BatchStatus
from ac_desktop.practice.faults import Faults
from ac_desktop.practice.records import MemberStatus
from tests.practice.support import Api, Clock


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"email": f"donor{number:04}@example.org", "first_name": "Annie", **more} for number in range(1, count + 1)]


def take(api: Api, contacts: list[Any]) -> requests.Response:
    return api.post("import/bulk_import", {"contacts": contacts})


def info(api: Api, batch_id: str) -> dict[str, Any]:
    body: dict[str, Any] = api.get("import/info", batchId=batch_id).json()
    return body


def test_a_batch_goes_from_false_over_waiting_and_active_to_completed(
    api: Api, account: PracticeAccount, clock: Clock
) -> None:
    answer = take(api, rows(2, subscribe=[{"listid": 1}]))
    body = answer.json()
    assert (answer.status_code, body["Success"], body["queued_contacts"]) == (200, 1, 2)
    assert body["message"] == "Contact import queued"
    seen = []
    for _ in range(4):
        seen.append(info(api, body["batchId"])["status"])
        clock.tick(1)
    assert seen == [False, "waiting", "active", "completed"]
    assert info(api, body["batchId"])["success"] == ["1", "2"]
    assert len(account.members("1")) == 2


def test_nothing_is_there_before_the_batch_is_worked_off(api: Api, account: PracticeAccount, clock: Clock) -> None:
    batch_id = take(api, rows(2)).json()["batchId"]
    clock.tick(2.9)
    assert api.get("contacts").json()["contacts"] == []
    clock.tick(0.1)
    assert len(api.get("contacts").json()["contacts"]) == 2
    batch = account.batch(batch_id)
    assert batch is not None
    assert batch.status(clock.now) is BatchStatus.COMPLETED


def test_only_new_contacts_count_as_success_and_updates_keep_what_is_not_sent(
    api: Api, account: PracticeAccount, clock: Clock
) -> None:
    account.add_contact("donor0001@example.org", phone="1")
    batch_id = take(api, rows(2, last_name="Dot")).json()["batchId"]
    clock.tick(3)
    assert info(api, batch_id)["success"] == ["2"]
    known = account.contact("donor0001@example.org")
    assert known is not None
    assert (known.phone, known.last_name) == ("1", "Dot")


def test_one_bad_row_rejects_the_batch_and_names_its_place(api: Api, clock: Clock) -> None:
    contacts = [*rows(3), {"email": "nobody"}, {}, "x"]
    answer = take(api, contacts)
    assert answer.status_code == 400
    assert answer.json()["success"] == 0
    assert answer.json()["message"].startswith("JSON payload did not pass validation.")
    assert [reason["contact"] for reason in answer.json()["failureReasons"]] == [3, 4, 5]
    clock.tick(3)
    assert api.get("contacts").json()["contacts"] == []


def test_an_address_that_fails_later_is_in_the_report(api: Api, clock: Clock) -> None:
    contacts = [*rows(1), {"email": "invalid'character@example.com"}]
    batch_id = take(api, contacts).json()["batchId"]
    clock.tick(3)
    body = info(api, batch_id)
    assert (body["success"], body["failure"]) == (["1"], ["invalid'character@example.com"])


def test_who_unsubscribed_is_not_put_on_the_list_again(api: Api, account: PracticeAccount, clock: Clock) -> None:
    account.add_contacts(1, list_id="1", status=MemberStatus.UNSUBSCRIBED)
    take(api, rows(1, subscribe=[{"listid": "1"}, {"listid": 2}, {"listid": 99}]))
    clock.tick(3)
    assert account.batch("") is None
    assert [(row.list_id, row.status) for row in account.memberships("1")] == [
        ("1", MemberStatus.UNSUBSCRIBED),
        ("2", MemberStatus.ACTIVE),
    ]


def test_an_import_can_take_people_off_a_list(api: Api, account: PracticeAccount, clock: Clock) -> None:
    account.add_contacts(1, list_id="1")
    take(api, rows(1, unsubscribe=[{"listid": 1}, {"listid": 99}]))
    clock.tick(3)
    assert len(api.get("contacts/1/contactLists").json()["contactLists"]) == 1
    assert account.members("1", MemberStatus.UNSUBSCRIBED)


def test_bounced_and_excluded_addresses_are_skipped_without_a_word(
    api: Api, account: PracticeAccount, clock: Clock
) -> None:
    account.add_contacts(1, list_id="2", status=MemberStatus.BOUNCED)
    account.exclude("DONOR0002@example.org")
    batch_id = take(api, rows(3, subscribe=[{"listid": 1}])).json()["batchId"]
    clock.tick(3)
    body = info(api, batch_id)
    assert (body["success"], body["failure"]) == (["2"], [])
    assert [contact.email for contact in account.members("1")] == ["donor0003@example.org"]


def test_250_contacts_are_the_most(api: Api) -> None:
    assert take(api, rows(250)).status_code == 200
    assert take(api, rows(251)).status_code == 400
    assert take(api, []).status_code == 400


def test_a_payload_of_400000_bytes_is_too_large(api: Api) -> None:
    start, end = b'{"contacts":[{"email":"a@example.org","first_name":"', b'"}]}'
    for size, status in ((399_999, 200), (400_000, 400)):
        body = start + b"x" * (size - len(start) - len(end)) + end
        assert api.call("POST", "import/bulk_import", data=body).status_code == status


@pytest.mark.parametrize(("size", "limit"), [(2, 100), (1, 20)])
def test_imports_a_minute_are_limited_and_fewer_for_single_contacts(
    api: Api, clock: Clock, size: int, limit: int
) -> None:
    assert {take(api, rows(size)).status_code for _ in range(limit)} == {200}
    answer = take(api, rows(size))
    assert answer.status_code == 400
    assert answer.json()["message"] == "Rate limit exceeded."
    assert f"Up to {limit} imports" in answer.json()["failureReasons"][0]
    clock.tick(60)
    assert take(api, rows(size)).status_code == 200


def test_a_report_needs_its_batch(api: Api) -> None:
    answer = api.get("import/info")
    assert (answer.status_code, answer.json()) == (400, {"success": 0, "message": "'batchId' is a required field."})
    assert info(api, "unknown") == {"status": False, "success": [], "failure": []}


def test_an_import_can_be_interrupted_half_way(api: Api, account: PracticeAccount, clock: Clock) -> None:
    account.faults = Faults(bulk_interrupted=True)
    batch_id = take(api, rows(4)).json()["batchId"]
    clock.tick(3)
    body = info(api, batch_id)
    assert (body["status"], body["success"]) == ("interrupted", ["1", "2"])


def test_a_batch_can_be_taken_although_the_connection_breaks(api: Api, account: PracticeAccount, clock: Clock) -> None:
    account.faults = Faults(bulk_lost=True)
    with pytest.raises(requests.ConnectionError):
        take(api, rows(4))
    clock.tick(3)
    assert api.get("contacts").json()["meta"]["total"] == "4"


def test_the_overview_counts_by_day_as_text(api: Api, clock: Clock) -> None:
    take(api, rows(3))
    before = api.get("import/bulk_import").json()
    assert [(day["batches"], day["contacts"]) for day in before["outstanding"]] == [("1", "3")]
    clock.tick(3)
    after = api.get("import/bulk_import").json()
    assert after["outstanding"] == []
    assert after["recentlyCompleted"][0]["contacts"] == "3"
