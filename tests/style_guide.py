"""Finds texts for people that break the style guide (CONTRIBUTING.md, “How texts read”).

`python -m tests.style_guide` prints each, with what to write instead. It reads the texts of the program with their
translations, the help, and the documents that people who use the program read.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.translations import TRANSLATED, forms, read_catalog, sources

ROOT: Final = Path(__file__).parents[1]
DOCUMENTS: Final = ("README.md", "SECURITY.md", "CHANGELOG.md", "docs/*.md")
LONGEST_SENTENCE: Final = 30
"""Words. The guide asks for 20; a placeholder, a web address and a command count as one."""


@dataclass(frozen=True)
class Rule:
    """What is not to be in a text, and what to write instead."""

    pattern: re.Pattern[str]
    instead: str


@dataclass(frozen=True)
class Finding:
    """A text that breaks a rule."""

    place: str
    text: str
    found: str
    instead: str

    def __str__(self) -> str:
        return f"{self.place}: “{self.found}” ({self.instead}): {self.text}"


def _rules(words: Mapping[str, str]) -> tuple[Rule, ...]:
    return tuple(Rule(re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in words.items())


_NUMBER: Final = r"\{(?:count|number|donors|rows|waiting|held|sent|failed|skipped|streak|records|attempts)\}"

ENGLISH: Final = _rules(
    {
        r";": "two sentences",
        r"\be-mail": "email",
        r"\bfor (?:good|ever)\b|\bfor-ever\b(?<!--for-ever)": "permanently, indefinitely",
        r"\b(?:streak|fuse|lamps?)\b": "failures in a row",
        r"\b(?:switch(?:es|ed)?|switching) (?:\w+ ){0,2}off\b(?<!Relay automatically off)": "inactive",
        r"\bheld back\b": "held",
        r"\bwaits? again\b": "put back in the queue",
        r"\bpush(?:es|ed)?\b(?! Spring)": "put back in the queue",
        r"(?<!erasure )(?<!erasure-)\brecords?\b": "donor",
        r"\bpayloads?\b": "request",
        r"\banswer(?:s|ed)?\b": "response, respond",
        r"\bpace\b": "speed",
        r"\b(?:forgets?|forgot|forgotten|withdraw|withdrawn|withdrew)\b": "remove, delete, erase",
        r"\breceipts?\b": "import result, erasure record",
        r"\b(?:mend|mends|mended|repair|repairs|repaired)\b": "fix",
        r"\b(?:bring|brings|brought) (?:\w+ ){0,2}back\b": "restore",
        r"\bveil(?:s|ed)?\b": "hide names",
        r"\b(?:we|us|our|ours)\b(?<!send us)(?! the report)(?!\d)(?<!/us)": "AC Desktop",
        r"\bnobody\b": "no one",
        r"\bplease\b(?! send us the report)": "leave it out",
        r"\bwhoever\b|(?:^|[.:;] )who (?!can\b|is (?:it|on)\b)": "people who",
        r"\balone\b": "only",
        r"\bby itself\b": "automatically",
        r"\bgo(?:es)? on\b": "continue",
        r"\b(?:requests?|donors?|rows|lines?|object|\}|times|\d) an? (?:second|request|donor|line|minute)\b": "per",
        r"\b(?:colour|licence|recognis|misspelt|practise|organis|behaviour)": "US spelling",
        r"\bpress(?:es|ed|ing)? \W*(?:relay|finish|next|pause|the button)\b": "click",
        r"\bstands?\b|\blies\b": "is",
        r"(?<!can't )\btells?\b": "says, shows",
        r"\b(?:is|are) kept (?:as|in|nowhere)\b": "saved",
        r"\b(?:settings|connections?|edit), (?:developer|edit|list|team|action pages|watch|new connection)\b": "A > B",
        r"\* ?→|\w → \*?[A-Z]": "A > B",
        r"\blist(?:'s)? numbers?\b|\bcontact numbers?\b": "ID",
        rf"{_NUMBER}(?: \w+){{0,2}} (?:is|are|was|were|has|have|waits?|goes|go|comes?|stays?)\b": "no verb by a number",
        r"\"": "curly quotation marks",
    }
)
"""For every text; the words of the guide's “not” column, and its other rules that a pattern can hold."""

IN_THE_WINDOW: Final = _rules(
    {
        r"\b(?:cannot|(?:do|does|did|is|are|was|were|has|have|had|could|will|would|should) not\b)"
        r"(?! contact”| email”)": "a contraction",
    }
)

SPANISH: Final = _rules(
    {
        r";": "dos oraciones",
        r"\bañad": "agregar",
        r"\bpetici(?:ón|ones)": "solicitud",
        r"\bordenador": "computadora",
        r"\beste equipo\b": "esta computadora",
        r"\bpuls(?:e|ar|a)\b": "haga clic en, presione",
        r"\bintroduzca": "ingrese",
        r"\bSettings\b|\bDeveloper\b": "Configuración > Desarrollador",
        r"\bdueñ": "titular",
        r"por sí sol": "automáticamente",
        r"\bregistros\b": "donantes",
        r"\bAPI URL\b|clave de la API|URL de API": "URL de la API, clave de API",
        r"número de (?:contacto|la lista|lista)\b": "ID",
        r"\brecibos?\b": "resultado de la importación, constancia de borrado",
        r"\bretirad[oa]s?\b|\bla retirada\b": "quitado",
        r"\bse han? \w+[aeií]do\b|\bse han? (?:escrito|abierto|puesto|hecho|visto)\b": "pretérito: se borró",
        r"[“”]": "«»",
        r"\bdesconectad|\bse apaga|\bse desactivó": "inactiva",
        r"\bcifras\b": "dígitos",
        r"\bfusible|\bluces\b|\bvelar\b": "fallos seguidos, ocultar",
        r"\ben vez de": "en lugar de",
        r"\bidentificador": "ID",
        r"\bse (?:dio|dieron) de baja|\bdado de baja|\bde baja\b": "canceló su suscripción",
        r"\bpara siempre\b": "definitivamente",
        r"\bpor favor\b": "sin «por favor»",
        rf"{_NUMBER}(?: \w+){{0,1}} (?:siguen|esperan|van|vuelven|quedaron|están|está)\b": "sin verbo según un número",
    }
)
_CODE: Final = re.compile(r"```.*?```|`[^`]*`|<[^>]*>|\]\([^)]*\)|https?://\S+", re.DOTALL)
_WORDS_OF_THE_PROGRAM: Final = re.compile(r"\{\w+\}|\b(?:file|page|state|cause):|--[\w-]+|“ac-desktop [^”]*”")
_SEPARATORS: Final = ", ; | "


def of_text(text: str, rules: Iterable[Rule], place: str) -> Iterator[Finding]:
    """Return each rule that a text breaks."""
    plain = text.replace(_SEPARATORS, ", | ").replace("&", "").replace("**", "")
    for rule in rules:
        by_number = "{" in rule.pattern.pattern and "count|" in rule.pattern.pattern
        found = rule.pattern.search(plain if by_number else _WORDS_OF_THE_PROGRAM.sub("{}", plain))
        if found:
            yield Finding(place, text, found[0].strip(), rule.instead)
    longest = max((len(one.split()) for one in re.split(r"[.:?!](?:\s|$)", plain)), default=0)
    if longest > LONGEST_SENTENCE:
        yield Finding(place, text, f"{longest} words", f"at most {LONGEST_SENTENCE} words in a sentence")


def of_program() -> Iterator[Finding]:
    """Return what the texts of the program and their translations break."""
    for language in TRANSLATED:
        for message in read_catalog(language):
            if not message.id:
                continue
            place = message.locations[0][0] if message.locations else "?"
            for source in sources(message):
                yield from of_text(source, (*ENGLISH, *IN_THE_WINDOW), place)
            for form in forms(message):
                yield from of_text(form, SPANISH, f"{place} ({language.value})")


def paragraphs(document: str) -> Iterator[str]:
    """Return what is written for people in a document: no code, no table lines, no addresses."""
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*|#]|\d+\.) ?)", _CODE.sub("{}", document)):
        text = " ".join(block.split())
        if text and not text.startswith("|"):
            yield text
        elif text:
            yield from (cell.strip() for cell in text.strip("|").split("|") if cell.strip(" -"))


def of_documents() -> Iterator[Finding]:
    """Return what the help and the documents break."""
    for path in sorted((ROOT / "resources" / "help").rglob("*.md")):
        rules = ENGLISH if path.parent.name == "en" else SPANISH
        for text in paragraphs(path.read_text(encoding="utf-8")):
            yield from of_text(text, rules, path.relative_to(ROOT).as_posix())
    for path in (path for name in DOCUMENTS for path in sorted(ROOT.glob(name))):
        for text in paragraphs(path.read_text(encoding="utf-8")):
            yield from of_text(text, ENGLISH, path.relative_to(ROOT).as_posix())


def main() -> int:
    """Print every finding; returns 1 if there is any."""
    findings = [*of_program(), *of_documents()]
    for finding in findings:
        print(finding)  # noqa: T201
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
