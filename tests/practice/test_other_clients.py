"""What other clients of the API ask for: their first calls, and the filters and orders they use."""

import pytest

from ac_desktop.practice.account import PracticeAccount
from tests.practice.support import START, Api, Clock


@pytest.mark.parametrize("path", ["", "fields", "tags", "users", "accounts"])
def test_the_first_calls_of_other_clients_are_answered(api: Api, path: str) -> None:
    answer = api.get(path)

    assert answer.status_code == 200
    assert not path or path in answer.json()


def test_the_user_of_the_key_is_the_only_one(api: Api) -> None:
    assert api.get("users").json()["users"] == [api.get("users/me").json()["user"]]


@pytest.mark.parametrize("order", ["id", "first_name", "last_name", "name", "score"])
@pytest.mark.parametrize("way", ["ASC", "DESC"])
def test_contacts_come_in_the_order_asked_for(api: Api, account: PracticeAccount, order: str, way: str) -> None:
    account.add_contact("carla@example.org", first_name="Annie", last_name="Ember")
    account.add_contact("ben@example.org", first_name="carla", last_name="Dot")
    account.add_contact("annie@example.org", first_name="Ben", last_name="fielding")

    found = [contact["id"] for contact in api.get("contacts", **{f"orders[{order}]": way}).json()["contacts"]]

    ascending = {"id": "123", "first_name": "132", "last_name": "213", "name": "132", "score": "123"}[order]
    assert "".join(found) == (ascending if way == "ASC" or order == "score" else ascending[::-1])


def test_one_contact_is_found_by_its_id(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(3)

    assert [one["id"] for one in api.get("contacts", **{"filters[id]": "2"}).json()["contacts"]] == ["2"]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("2025-10-09T08:53:25+00:00", ["2"]),
        ("2025-10-09", ["1", "2"]),
        ("2025-10-09T08:53:25", ["2"]),
        ("x", ["1", "2"]),
    ],
)
def test_contacts_are_found_by_when_they_were_changed(
    api: Api, account: PracticeAccount, clock: Clock, after: str, found: list[str]
) -> None:
    assert START == 1_760_000_000
    account.add_contact("annie@example.org")
    clock.tick(10)
    account.add_contact("ben@example.org")

    reported = api.get("contacts", **{"filters[updated_after]": after}).json()["contacts"]

    assert [one["id"] for one in reported] == found


def test_lists_are_found_by_id_and_channel_and_come_in_order(api: Api, account: PracticeAccount) -> None:
    account.add_list("Texts", channel="sms")

    def ids(**query: str) -> list[str]:
        return [one["id"] for one in api.get("lists", **query).json()["lists"]]

    assert ids(**{"filters[id]": "2"}) == ["2"]
    assert ids(**{"filters[channel]": "sms"}) == ["4"]
    assert ids(**{"orders[id]": "DESC"}) == ["4", "3", "2", "1"]
    assert ids(**{"orders[name]": "ASC"}) == ["1", "3", "4", "2"]
