"""The stand-in Anedot answers as anedot.help/finance/api describes the transaction API."""

from collections.abc import Iterator

import pytest
import requests

from ac_desktop.practice.anedot_account import AnedotFault, Donation, OtherAccount
from ac_desktop.practice.anedot_server import AnedotServer

FIELDS = (
    "id", "first_name", "last_name", "email", "phone", "amount", "utm_codes", "custom_fields_json", "line_1", "line_2",
    "city", "region", "postal_code", "country", "url", "created_at", "referrer", "frequency", "campaign_uid", "status",
)  # fmt: skip
DAY = "2026-11-27"


@pytest.fixture
def server() -> Iterator[AnedotServer]:
    with AnedotServer() as running:
        running.accounts.donate(Donation(id="d1", email="ann@example.org", created_at=f"{DAY} 10:00:00.000001"))
        yield running


def ask(server: AnedotServer, *, key: str | None = None, uid: str | None = None, day: str = DAY) -> requests.Response:
    return requests.get(
        f"{server.url}/v4/transactions",
        params={"account_id": server.uid if uid is None else uid, "created_at": day},
        headers={"x-api-key": server.key if key is None else key},
        allow_redirects=False,
        timeout=10,
    )


def test_a_day_is_an_array_of_transactions_in_the_documented_form(server: AnedotServer) -> None:
    (transaction,) = ask(server).json()
    assert tuple(transaction) == FIELDS
    assert all(isinstance(value, str) for value in transaction.values())
    assert transaction["amount"] == "2500"
    assert ask(server, day="2026-11-26").json() == []


def test_a_key_and_an_account_that_are_not_known_are_refused(server: AnedotServer) -> None:
    server.accounts.donate(Donation(id="d2", email="bea@example.org", created_at=f"{DAY} 10:00:00.000001"), "a2")
    assert ask(server, key="wrong").status_code == 403
    assert ask(server, uid="a2").status_code == 403
    server.accounts.other_account = OtherAccount.NOT_FOUND_404
    assert ask(server, uid="a2").status_code == 404
    server.accounts.other_account = OtherAccount.EMPTY_200
    assert ask(server, uid="a2").json() == []
    assert ask(server, uid="").status_code == 400
    assert [asked.key_known for asked in server.accounts.asked] == [False, True, True, True, True]


def test_each_fault_of_a_day_leaves_the_other_days_as_they_are(server: AnedotServer) -> None:
    server.accounts.faulty_days[DAY] = AnedotFault.QUOTA_429
    assert ask(server).status_code == 429
    assert ask(server, day="2026-11-26").status_code == 200
