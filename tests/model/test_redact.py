"""No secret passes `redact()`, which is before log, report, clipboard and crash text (rule 16)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.redact import MASK, SHORTEST_SECRET, Redactor, key_hint

KEY_SIGNS = "".join(chr(number) for number in range(33, 127))
KEYS = st.text(alphabet=KEY_SIGNS, min_size=SHORTEST_SECRET, max_size=24)
FIELDS = ["hash", "api_token", "apiToken", "Api-Token", "api_key", "apikey", "token", "password", "secret"]


@given(st.lists(KEYS, min_size=1, max_size=4), st.lists(st.text(max_size=12), min_size=5, max_size=5))
def test_a_learnt_key_never_survives(keys: list[str], around: list[str]) -> None:
    redact = Redactor()
    for key in keys:
        redact.learn(key)

    reported = redact("".join(part + key for part, key in zip(around, keys, strict=False)))

    assert not any(key in reported for key in keys)


@given(KEYS, st.text(alphabet=KEY_SIGNS, min_size=1, max_size=6))
def test_a_key_that_holds_another_leaves_no_rest_of_itself(inner: str, rest: str) -> None:
    for keys in ([inner, rest + inner], [rest + inner, inner]):
        redact = Redactor()
        for key in keys:
            redact.learn(key)

        assert redact(f"[{rest}{inner}]") == f"[{MASK}]"


def test_too_short_a_key_is_not_looked_for_in_every_word() -> None:
    redact = Redactor()
    redact.learn("")
    redact.learn("abc")

    assert redact("abcdef") == "abcdef"


@pytest.mark.parametrize("field", FIELDS)
@given(value=st.text(max_size=20))
def test_a_field_that_holds_a_secret_is_masked_whatever_it_holds(field: str, value: str) -> None:
    for text in (json.dumps({"id": "1", field: value}), json.dumps({field: value}, separators=(",", ":"))):
        report = json.loads(Redactor()(text))

        assert report[field] == MASK
        assert "id" not in report or report["id"] == "1"


def test_the_hash_of_an_answer_is_masked_and_the_rest_stays() -> None:
    answer = '{"contact":{"email":"annie@example.org","hash":"5f4dcc3b5aa765d61d8327deb882cf99","id":"25"}}'

    assert Redactor()(answer) == f'{{"contact":{{"email":"annie@example.org","hash":"{MASK}","id":"25"}}}}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Api-Token: abc123", f"Api-Token: {MASK}"),
        ("api-token=abc123\r\nAccept: */*", f"api-token={MASK}\r\nAccept: */*"),
        ("Set-Cookie: PHPSESSID=1; path=/\nX: 1", f"Set-Cookie: {MASK}\nX: 1"),
        ("Authorization: Bearer abc", f"Authorization: {MASK}"),
        ("Cookie: a=b", f"Cookie: {MASK}"),
        ("{'Api-Token': 'abc123', 'Accept': '*/*'}", f"{{'Api-Token': '{MASK}', 'Accept': '*/*'}}"),
        ("see https://me:pass@acct.api-us1.com/x", f"see https://{MASK}@acct.api-us1.com/x"),
        ("see https://me:p@ss@acct.api-us1.com/x", f"see https://{MASK}@acct.api-us1.com/x"),
        ("annie@example.org", "annie@example.org"),
    ],
)
def test_headers_and_addresses_lose_what_is_secret(text: str, expected: str) -> None:
    assert Redactor()(text) == expected


@given(st.text(max_size=60))
def test_what_went_through_once_goes_through_unchanged(text: str) -> None:
    redact = Redactor()

    assert redact(redact(text)) == redact(text)


@given(st.text(alphabet=KEY_SIGNS, max_size=80))
def test_the_hint_of_a_key_shows_four_characters_at_most(key: str) -> None:
    hint = key_hint(key)

    assert hint == (f"{MASK} {key[-4:]}" if len(key) >= 16 else MASK)
