"""The pages for people: what is there, as ActiveCampaign would show it, and the switches."""

import re

import pytest
import requests

from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import WELL, Faults, Garbled, Outage, from_form
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.server import PracticeServer
from tests.practice.support import Api


def page(api: Api, path: str = "/", **options: str) -> requests.Response:
    return api.session.get(api.server.url + path, headers=options, timeout=10)


def token(api: Api) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page(api, "/practice/faults").text)
    assert found
    return found[1]


def switch(api: Api, values: dict[str, str]) -> requests.Response:
    return api.session.post(f"{api.server.url}/practice/faults", data=values, allow_redirects=False, timeout=10)


def form_of(faults: Faults) -> dict[str, str]:
    values = {name: getattr(faults, name) for name in Faults.__slots__}
    return {name: "on" if value is True else str(value) for name, value in values.items() if value is not False}


def test_the_page_says_that_nothing_leaves(api: Api) -> None:
    answer = page(api)
    assert answer.status_code == 200
    assert "Practice account: nothing leaves this computer" in answer.text
    assert "No contacts yet" in answer.text


def test_contacts_show_newest_first_with_their_lists(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1, list_id="1", status=MemberStatus.UNSUBSCRIBED)
    account.add_contact("zoe@example.org", phone="2252501301", first_name="Zoë", last_name="Dot")
    text = page(api).text
    assert text.index("zoe@example.org") < text.index("donor0001@example.org")
    assert "Zoë Dot" in text
    assert "2252501301" in text
    assert "Donors: Unsubscribed" in text


def test_what_people_sent_is_never_markup(api: Api, account: PracticeAccount) -> None:
    account.add_contact("a@example.org", first_name="<script>alert(1)</script>", last_name='"&')
    account.add_list("<img src=x>")
    assert "<script>" not in page(api).text
    assert "&lt;script&gt;" in page(api).text
    assert "<img" not in page(api, "/?tab=lists").text


def test_lists_show_their_counts(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(7, list_id="1")
    account.add_list("Old", deleted=True)
    text = page(api, "/?tab=lists").text
    assert "<td>Donors</td><td>email</td><td>7</td><td>7</td>" in text
    assert "Old (deleted)" in text


def test_contacts_come_by_pages_of_100(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(250)
    assert page(api).text.count("@example.org") == 100
    last = page(api, "/?page=3").text
    assert last.count("@example.org") == 50
    assert "Page 3 of 3" in last
    assert page(api, "/?page=99").text == last
    assert page(api, "/?page=x").text.count("@example.org") == 100


def test_the_page_loads_nothing_from_elsewhere_and_renews_itself(api: Api) -> None:
    answer = page(api)
    assert 'http-equiv="refresh"' in answer.text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", answer.text)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_page_elsewhere_cannot_read_it_under_its_own_name(api: Api, account: PracticeAccount) -> None:
    account.add_contacts(1)
    answer = page(api, Host="evil.example")
    assert answer.status_code == 421
    assert "donor0001" not in answer.text
    assert page(api, Host=f"localhost:{api.server.port}").status_code == 200


def test_a_person_can_switch_faults_and_sees_them(api: Api, account: PracticeAccount) -> None:
    chosen = Faults(outage=Outage.ERROR_503, refuse_everything=True, slow_seconds=1.5, spurious_403_every=4)
    answer = switch(api, {"token": token(api), **form_of(chosen)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/practice/faults")
    assert account.faults == chosen
    text = page(api, "/practice/faults").text
    assert '<option value="503" selected>' in text
    assert 'name="refuse_everything" checked' in text
    assert 'value="1.5"' in text


def test_a_form_without_the_token_switches_nothing(api: Api, account: PracticeAccount) -> None:
    for wrong in ("", "x" * 32, "é"):
        assert switch(api, {"token": wrong, **form_of(Faults(lapsed=True))}).status_code == 403
    assert account.faults == WELL


@pytest.mark.parametrize(
    "change", [{"outage": "banana"}, {"spurious_403_every": "-1"}, {"slow_seconds": "nan"}, {"slow_seconds": "1e9"}]
)
def test_a_form_with_nonsense_switches_nothing(api: Api, account: PracticeAccount, change: dict[str, str]) -> None:
    answer = switch(api, {"token": token(api), **form_of(WELL), **change})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert account.faults == WELL


def test_a_form_reads_back_what_it_shows() -> None:
    chosen = Faults(garbled=Garbled.CUT_BODY, rate_headers=False)
    assert from_form(form_of(chosen)) == chosen
    with pytest.raises(ValueError, match="Some fields are missing"):
        from_form({})


def test_anything_else_is_not_found(api: Api) -> None:
    for path in ("/login", "/practice", "/api", "/favicon.ico"):
        answer = page(api, path)
        assert answer.status_code == 404
        assert "Sorry, this page could not be found" in answer.text


def test_the_token_is_new_with_every_start(account: PracticeAccount) -> None:
    tokens = set()
    for _ in range(2):
        with PracticeServer(account) as server:
            api = Api(server)
            tokens.add(token(api))
            api.close()
    assert len(tokens) == 2
