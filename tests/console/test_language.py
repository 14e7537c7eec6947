"""The console uses the terminal's language, or the one asked for; what scripts read stays as it is."""

import pytest

from ac_desktop.language import Language, of_the_terminal
from tests.console.conftest import Console

NOTHING_YET = {
    "en": "There are no connections yet. Create one with “ac-desktop connect”.",
    "es": "Todavía no hay conexiones. Cree una con «ac-desktop connect».",
}


@pytest.mark.parametrize(
    ("locale", "asked", "spoken"),
    [
        ("es_MX.UTF-8", [], "es"),
        ("C.UTF-8", ["--language", "es"], "es"),
        ("es_ES.UTF-8", ["--language=en"], "en"),
        ("de_DE.UTF-8", [], "en"),
    ],
)
def test_the_language_asked_for_goes_before_the_terminals(
    console: Console, monkeypatch: pytest.MonkeyPatch, locale: str, asked: list[str], spoken: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert console(*asked, "status").out.strip() == NOTHING_YET[spoken]
    assert console("status", *asked).out.strip() == NOTHING_YET[spoken]


def test_the_help_is_in_that_language_and_names_the_same_words(console: Console) -> None:
    english, spanish = console("relay", "--help").out, console("--language", "es", "relay", "--help").out
    assert "send up to 250 donors per request" in english
    assert "enviar hasta 250 donantes por solicitud" in spanish
    assert {"--bulk", "--data-dir", "--language"} <= set(english.split()) & set(spanish.split())


def test_json_is_the_same_in_every_language(console: Console) -> None:
    console.connect()
    console("add", "Spring", "--email", "ann@example.org")
    english, spanish = console("status", "--json"), console("status", "--json", "--language", "es")
    assert (english.code, english.json) == (spanish.code, spanish.json)


def test_a_language_nobody_speaks_here_is_wrong_use(console: Console) -> None:
    ran = console("status", "--language", "tlh")
    assert (ran.code, ran.out) == (2, "")
    assert "--language" in ran.err


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "es_ES.UTF-8", "LANG": "en_US.UTF-8"}, Language.SPANISH),
        ({"LC_MESSAGES": "en_US.UTF-8", "LANG": "es_ES.UTF-8"}, Language.ENGLISH),
        ({"LANG": "es"}, Language.SPANISH),
        ({}, Language.ENGLISH),
    ],
)
def test_the_terminals_language_is_the_one_for_messages(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: Language
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert of_the_terminal() is language
