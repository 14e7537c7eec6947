"""The search for texts that break the style guide finds what each rule forbids, and nothing in the program."""

from collections.abc import Sequence

import pytest

from tests.style_guide import (
    ENGLISH,
    IN_THE_WINDOW,
    LONGEST_SENTENCE,
    SPANISH,
    Rule,
    of_documents,
    of_program,
    of_text,
    paragraphs,
)

BROKEN_ENGLISH = (
    "Nothing was sent; try again.",
    "An e-mail bounced.",
    "Erase for good.",
    "The streak is 3.",
    "The connection was switched off.",
    "3 donors held back.",
    "They wait again.",
    "Push unsent donors.",
    "One record is held.",
    "The payload was sent.",
    "ActiveCampaign answered.",
    "The pace is 4.",
    "It is forgotten after 90 days.",
    "Save the receipt.",
    "The rows need repair.",
    "Bring it back.",
    "Veil names.",
    "We try later.",
    "Nobody is lost.",
    "Please wait.",
    "Whoever waits is sent.",
    "Only one alone.",
    "It starts by itself.",
    "Choose another list to go on.",
    "4 requests a second.",
    "Choose a colour.",
    "Press Relay.",
    "The key stands there.",
    "The button tells how many.",
    "The backup is kept as a file.",
    "Look under Settings, Developer.",
    "Choose *Connection → Watch*.",
    "Type the list number.",
    "{count} donors wait here.",
    'The list "Donors".',
)
BROKEN_IN_THE_WINDOW = ("The list cannot be used.", "This is not a list.", "It does not exist.")
BROKEN_SPANISH = (
    "No se envió nada; inténtelo.",
    "Añada un donante.",
    "Una petición por segundo.",
    "En su ordenador.",
    "En este equipo.",
    "Pulse Enviar.",
    "Introduzca la clave.",
    "En Settings.",
    "El dueño de la clave.",
    "Sigue por sí solo.",
    "3 registros.",
    "La URL de API.",
    "El número de lista.",
    "Guardar recibo.",
    "Los donantes retirados.",
    "Se ha borrado.",
    "La lista “Donantes”.",
    "La conexión está desconectada.",
    "Solo cifras.",
    "Cinco luces.",
    "Esta en vez de aquella.",
    "El identificador.",
    "Se dio de baja.",
    "Borrar para siempre.",
    "Espere, por favor.",
    "{count} siguen retenidos.",
)
GOOD = (
    "Still held: {count}.",
    "Donors in the queue are safe. Free up space, then continue.",
    "The file marks this person as “do not contact”.",
    "must be a single character: , ; | or tab",
    "Please send us the report {place}.",
    "Erasure record",
    "To reactivate it, run “ac-desktop push --held”.",
    "Searches every column. To search one, use file:, page:, state: or cause:.",
    "AC Desktop can't tell which donor it corrects.",
)


def found(text: str, rules: Sequence[Rule]) -> list[str]:
    return [finding.instead for finding in of_text(text, rules, "here")]


@pytest.mark.parametrize(
    ("rules", "broken"),
    [(ENGLISH, BROKEN_ENGLISH), (IN_THE_WINDOW, BROKEN_IN_THE_WINDOW), (SPANISH, BROKEN_SPANISH)],
    ids=["english", "window", "spanish"],
)
def test_every_rule_finds_what_it_forbids(rules: Sequence[Rule], broken: Sequence[str]) -> None:
    assert [text for text in broken if not found(text, rules)] == []
    assert [rule for rule in rules if not any(found(text, [rule]) for text in broken)] == []


@pytest.mark.parametrize("text", GOOD)
def test_a_text_by_the_guide_is_not_reported(text: str) -> None:
    assert found(text, (*ENGLISH, *IN_THE_WINDOW)) == []


def test_a_sentence_that_is_too_long_is_reported() -> None:
    assert found(" ".join(["word"] * (LONGEST_SENTENCE + 1)), ()) != []
    assert found(" ".join(["word"] * LONGEST_SENTENCE) + ". " + " ".join(["word"] * LONGEST_SENTENCE), ()) == []


def test_code_and_addresses_are_not_read_as_text() -> None:
    document = "Run it:\n\n```sh\npush; forget\n```\n\nSee [this](https://example.org/a;b) and `a; b`.\n"
    assert [text for text in paragraphs(document) if found(text, ENGLISH)] == []
    assert [text for text in paragraphs("- one; two\n- three\n") if found(text, ENGLISH)] == ["- one; two"]


def test_no_text_of_the_program_breaks_the_guide() -> None:
    assert [str(finding) for finding in of_program()] == []


def test_no_text_of_the_help_and_the_documents_breaks_the_guide() -> None:
    assert [str(finding) for finding in of_documents()] == []
