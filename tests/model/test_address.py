"""The account's address in every form in which people paste it, and nothing that would carry the key elsewhere."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.address import (
    AddressError,
    AddressNote,
    account_of,
    clean_key,
    is_loopback,
    parse_address,
    parse_list_id,
)

ACCOUNT = "https://acct.api-us1.com/api/3"


@pytest.mark.parametrize(
    "text",
    [
        "acct.api-us1.com",
        "HTTPS://ACCT.api-us1.com/api/3/ ",
        "<https://acct.api-us1.com>",
        "https://acct.api-us1.com/api/3/contacts?email=a%40b.c",
        "https://acct.api-us1.com:443/",
        "acct.api-us1.com.",
        "“https://acct.api-us1.com”",
        "' acct.api-us1.com/api/3 '",
        "https://acct.api-us1.com#top",
        "acct.api-us1.com?email=a@b.c",
    ],
)
def test_every_way_to_paste_an_address_gives_the_same_one(text: str) -> None:
    address = parse_address(text)

    assert (address.base, address.account, address.notes) == (ACCOUNT, "acct.api-us1.com", ())
    assert address.web_base == "https://acct.api-us1.com"
    assert not address.is_loopback


def test_http_becomes_https_and_the_person_is_informed() -> None:
    address = parse_address("http://acct.api-us1.com")

    assert (address.base, address.notes) == (ACCOUNT, (AddressNote.MADE_SECURE,))


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("acct.activehosted.com/app/settings/developer", "https://acct.activehosted.com/api/3"),
        ("acct.api-us2.com", "https://acct.api-us2.com/api/3"),
        ("acct.api-eu1.com", "https://acct.api-eu1.com/api/3"),
        ("x.staging.listfly.com", "https://x.staging.listfly.com/api/3"),
        ("staging-7.api-us1.com", "https://staging-7.api-us1.com/api/3"),
        ("x.api.activecampaign.com", "https://x.api.activecampaign.com/api/3"),
    ],
)
def test_the_hosts_seen_in_the_wild_need_no_confirmation(text: str, base: str) -> None:
    address = parse_address(text)

    assert (address.base, address.notes) == (base, ())


@pytest.mark.parametrize("text", ["acct.api-us1.com.evil.example", "crm.example.org"])
def test_an_unknown_host_is_taken_only_after_confirmation(text: str) -> None:
    address = parse_address(text)

    assert (address.base, address.notes) == (f"https://{text}/api/3", (AddressNote.UNKNOWN_HOST,))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("acct", "not just the account name"),
        ("user@acct.com", "without a user name"),
        ("https://u:p@acct.api-us1.com", "without a user name"),
        ("https://acct.api-us1.com@evil.example", "without a user name"),
        ("ftp://acct.api-us1.com", "not with ftp://"),
        ("192.168.0.7", "can't be an ActiveCampaign address"),
        ("https://acct.api-us1.com:8443", "doesn't use port 8443"),
        ("https:/acct.api-us1.com", "isn't a web address"),
        ("https://acct..api-us1.com", "can't be an ActiveCampaign address"),
        ("", "isn't a web address"),
        ("two words", "isn't a web address"),
        ("-acct.api-us1.com", "can't be an ActiveCampaign address"),
        ("http://127.0.0.1:0", "0 isn't a valid port"),
        ("http://localhost:65536", "65536 isn't a valid port"),
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(AddressError, match=says):
        parse_address(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("acct", "Enter the full API URL, not just the account name."),
        ("user@acct.com", "Enter the API URL without a user name or @ sign."),
        ("ftp://acct.api-us1.com", "An API URL starts with https://, not with ftp://."),
        (
            "192.168.0.7",
            "“192.168.0.7” can't be an ActiveCampaign address. Copy the API URL from Settings > Developer.",
        ),
        (
            "https://acct.api-us1.com:8443",
            "ActiveCampaign doesn't use port 8443. Remove the colon and the number after it.",
        ),
        ("", "This isn't a web address. Copy the API URL from ActiveCampaign under Settings > Developer."),
        ("http://127.0.0.1:0", "0 isn't a valid port. Use a number from 1 to 65535."),
    ],
)
def test_each_refusal_says_what_to_do_in_one_whole_sentence(text: str, sentence: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_address(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("port", [1, 65535])
def test_every_port_there_is_may_be_named_on_this_computer(port: int) -> None:
    assert parse_address(f"http://localhost:{port}").host == f"localhost:{port}"


def test_letters_at_the_edge_belong_to_the_address() -> None:
    assert parse_address("xacct.example.co.xx").account == "xacct.example.co.xx"


@pytest.mark.parametrize(
    ("text", "base", "host"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/api/3", "127.0.0.1:8080"),
        ("http://localhost:5000/api/3", "http://localhost:5000/api/3", "localhost:5000"),
        ("https://LOCALHOST", "https://localhost/api/3", "localhost"),
        ("http://[::1]:5000", "http://[::1]:5000/api/3", "[::1]:5000"),
    ],
)
def test_this_computer_may_have_a_port_and_no_tls(text: str, base: str, host: str) -> None:
    address = parse_address(text)

    assert (address.base, address.host, address.is_loopback) == (base, host, True)


@pytest.mark.parametrize("account", ["localhost.example.org", "127.0.0.10", "acct.api-us1.com"])
def test_what_only_looks_like_this_computer_is_not(account: str) -> None:
    assert not is_loopback(account)


@given(st.text(max_size=60) | st.from_regex(r"(https?|ftp)?(://)?[a-zA-Z0-9.@:/\\?#\[\]-]{0,40}", fullmatch=True))
def test_an_address_that_is_taken_is_exactly_one_host_over_https(text: str) -> None:
    try:
        address = parse_address(text)
    except AddressError:
        return
    parts = urlsplit(address.base)
    assert parts.scheme == "https" or address.is_loopback
    assert parts.netloc == address.host
    assert account_of(address.account) == address.account
    assert parts.path == "/api/3"
    assert (parts.username, parts.query, parts.fragment) == (None, "", "")
    assert parse_address(address.base).base == address.base


@pytest.mark.parametrize(
    "text",
    [
        "19",
        "#19",
        " 19\n",
        "/app/contacts/?listid=19&status=1",
        "https://acct.activehosted.com/app/contacts/?listid=19&status=1",
        "https://acct.api-us1.com/api/3/lists/19",
        "https://acct.api-us1.com/api/3/contacts?status=1&listid=19",
        "listid=19",
    ],
)
def test_a_list_number_is_read_from_wherever_it_shows(text: str) -> None:
    assert parse_list_id(text) == "19"


@pytest.mark.parametrize(
    "text", ["0", "-1", "19a", "", "newsletter", "12345678901", "listid=0", "19 20", "1٣", "listid=1٣"]
)
def test_what_is_no_list_number_is_refused(text: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_list_id(text)
    assert str(refused.value) == (
        f"“{text.strip()}” isn't a list ID. You can find the ID after “listid=” in the list's web address."
    )


@given(st.text(max_size=40) | st.from_regex(r"(\S*listid=|\S*/lists/|#)?\d{1,12}", fullmatch=True))
def test_a_list_number_holds_plain_digits_alone(text: str) -> None:
    try:
        number = parse_list_id(text)
    except AddressError:
        return
    assert number.isascii()
    assert number.isdecimal()
    assert not number.startswith("0")
    assert parse_list_id(number) == number


@pytest.mark.parametrize("text", ["abc123", " abc123\n", '"abc123"', "“abc123”", "' abc123 '"])
def test_a_pasted_key_loses_its_surroundings(text: str) -> None:
    assert clean_key(text) == "abc123"


@pytest.mark.parametrize("text", ["", "  ", '""', "abc 123", "abc\r\nX-Header: 1", "abc\t1", "schlüssel", "ab\x00c"])
def test_no_key_can_slip_a_header_in(text: str) -> None:
    with pytest.raises(AddressError) as refused:
        clean_key(text)
    assert str(refused.value) == (
        "This isn't an API key. It contains a space or another character that keys never have. Copy it again."
        if text.strip(' "')
        else "Enter the API key from ActiveCampaign under Settings > Developer."
    )


def test_letters_at_the_edge_belong_to_the_key() -> None:
    assert clean_key("XabcX") == "XabcX"


@given(st.text(max_size=40))
def test_a_key_that_is_taken_fits_into_a_header(text: str) -> None:
    try:
        key = clean_key(text)
    except AddressError:
        return
    assert key.isascii()
    assert all("!" <= sign <= "~" for sign in key)
    assert clean_key(key) == key or key[0] in "\"'" or key[-1] in "\"'"


@pytest.mark.parametrize(
    "host",
    [
        "acct.activehosted.com",
        "acct.api-us1.com",
        "acct.api-us2.com",
        "acct.api-eu1.com",
        "acct.api-ca12.com",
        "acct.api.activecampaign.com",
        "ACCT.api-us1.com.",
        "https://acct.activehosted.com/api/3",
    ],
)
def test_all_host_names_of_an_account_are_one_account(host: str) -> None:
    assert account_of(host) == parse_address("acct.api-us1.com").account == "acct.api-us1.com"
    assert parse_address("acct.activehosted.com").host == "acct.activehosted.com"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("acct.api-us1.com", "other.api-us1.com"),
        ("acct.staging.listfly.com", "acct.api-us1.com"),
        ("acct.api-us1.com", "acct.api-us1.com.evil.example"),
        ("acct.api-us1.com", "acct.example.org"),
        ("crm.example.org", "crm.example.com"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8081"),
        ("http://localhost", "https://localhost"),
    ],
)
def test_other_hosts_are_other_accounts(one: str, other: str) -> None:
    assert parse_address(one).account != parse_address(other).account


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST", "localhost."])
def test_every_name_of_this_computer_is_distinguished_by_port_alone(name: str) -> None:
    address = parse_address(f"http://{name}:8080/api/3")
    assert (address.account, address.is_loopback) == ("127.0.0.1:8080", True)
    assert (account_of(name), account_of(f"https://{name}")) == ("127.0.0.1:80", "127.0.0.1:443")


def test_what_is_no_host_is_an_account_of_its_own() -> None:
    assert account_of("bulk import") == "bulk import"
