"""How made-up people are called, reached and written down: in many scripts, by many habits."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

PLAIN_FIRST: Final = (
    "Annie", "Bela", "Chiara", "Dov", "Farid", "Gita", "Hugo", "Jonas", "Kenji", "Lena", "Mary Lou", "Rosa", "Tom",
)  # fmt: skip
PLAIN_LAST: Final = (
    "Abara", "Brook", "Castillo", "Dot", "Eriksen", "Fonseca", "Garza", "Hale", "Iyer", "Lund", "Quist", "van Rey",
    "O'Hale", "Null", "Smith-Jones",
)  # fmt: skip
ACCENTED_FIRST: Final = (
    "José",
    "Zoë",
    "Łukasz",
    "Nguyễn",
    "Esmé",
    "Inés",
    "Jürgen",
    "Åsa",
    "Renée",
    "Íñigo",
    "Jean-François",
    "Čeněk",
)
ACCENTED_LAST: Final = (
    "García Márquez",
    "Müller",
    "Øverland",
    "Núñez",
    "'t Hooft",
    "D\u2019Angelo",
    "Šimůnek",
    "Peña",
    "Lefèvre",
    "Ibáñez",
)
OTHER_FIRST: Final = ("Ана", "美咲", "Дмитрий", "سارة", "Ελένη", "지우", "अनिता", "שרה", "ณัฐ", "小明")
OTHER_LAST: Final = ("Иванова", "李", "佐藤", "الحسن", "Παπαδόπουλος", "김", "शर्मा", "כהן", "ใจดี", "Шевченко")

PHONES: Final = (
    "{a}{h}{t}", "({a}) {h}-{t}", "{a}-{h}-{t}", "{a}.{h}.{t}", "{a} {h} {t}", "1{a}{h}{t}", "+1 {a} {h} {t}",
    "+1{a}{h}{t}", "+1 ({a}) {h}-{t}", "1-{a}-{h}-{t}", "{a}{h}{t}.0", "({a}){h}-{t}", "{a}/{h}-{t}", "'{a}{h}{t}",
    "{a} - {h} - {t}", "{a}\u2013{h}\u2013{t}", "\u202a{a}-{h}-{t}\u202c",
)  # fmt: skip
ABROAD: Final = (
    "+44 20 7{h} {t}", "+49 30 {h}{t}", "+52 55 {h}1 {t}", "0044 7{h} {a}{t}", "+33 1 23 45 67 {a}", "+91 {a}{h} {t}0",
    "+34{a}{h}{t}", "030/{h}{t}", "+81-3-{h}1-{t}", "\uff08{a}\uff09{h}\uff0d{t}",
)  # fmt: skip
RARE_PHONES: Final = (
    "{a}-{h}-{t} x{h}", "({a}) {h}-{t} ext. {h}", "2.25E+09", "{h}-{t}", "{h}", "n/a", "none", "call after 6",
    "{a}-{h}-{t} or {a}-{h}-0000", "-",
)  # fmt: skip
DOMAINS: Final = ("example.org", "example.com", "example.net", "mail.example.org", "post.example.com")
_LINES: Final = 10_000


@dataclass(frozen=True)
class Habits:
    """What one maker's people are like: each share lies between 0 and 1.

    `phones` are the usual styles; `own_domain` have a domain that hardly anybody shares, `shouted` write in capitals,
    `loose` leave spaces around what they write.
    """

    accented: float = 0.0
    other_script: float = 0.0
    phones: Sequence[str] = PHONES[:1]
    no_phone: float = 0.1
    rare_phone: float = 0.0
    own_domain: float = 0.02
    shouted: float = 0.0
    loose: float = 0.0


@dataclass(frozen=True, slots=True)
class Cells:
    """A person as written into a file."""

    first: str
    last: str
    email: str
    phone: str


def written(habits: Habits, random: Random, number: int) -> Cells:
    """Return person `number` as these habits have it; nobody else has the address."""
    kind = random.random()
    if kind < habits.other_script:
        first, last = random.choice(OTHER_FIRST), random.choice(OTHER_LAST)
    elif kind < habits.other_script + habits.accented:
        first, last = random.choice(ACCENTED_FIRST), random.choice(ACCENTED_LAST)
    else:
        first, last = random.choice(PLAIN_FIRST), random.choice(PLAIN_LAST)
    email = f"{_address_name(first, random)}{number}@{_domain(habits, random, number)}"
    phone = _phone(habits, random)
    if random.random() < habits.shouted:
        first, last, email = random.choice(_SHOUTED)(first), last.upper(), random.choice(_SHOUTED)(email)
    if random.random() < habits.loose:
        space = random.choice((" ", "  ", "\u00a0", "\t"))
        first, last, email, phone = f"{first}{space}", f"{space}{last}", f"{email}{space}", f"{phone} "
    return Cells(first, last, email, phone)


_SHOUTED: Final[Sequence[Callable[[str], str]]] = (str.upper, str.lower, str.title, str.swapcase)
_FORMS: Final = ("{0}.", "{0}_", "{0}+gift", "{0}-", "{0}", "the.{0}.")


def _address_name(first: str, random: Random) -> str:
    letters = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
    return random.choice(_FORMS).format("".join(filter(str.isalpha, letters)) or "donor")


def _domain(habits: Habits, random: Random, number: int) -> str:
    if random.random() >= habits.own_domain:
        return random.choice(DOMAINS)
    return random.choice(("firm{0}.example.com", "mail.house-{0}.example.org", "x{0}.example.net")).format(number)


def _phone(habits: Habits, random: Random) -> str:
    chosen = random.random()
    if chosen < habits.no_phone:
        return ""
    style = random.choice(RARE_PHONES if chosen < habits.no_phone + habits.rare_phone else habits.phones)
    line = random.randrange(_LINES)
    return style.format(a=201 + line % 700, h=f"{line * 7 % 1_000:03d}", t=f"{line:04d}")
