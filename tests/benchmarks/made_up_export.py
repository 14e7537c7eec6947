"""Anedot exports of any size with made-up people, as different from each other as real ones are."""

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tests.anedot import HEADER
from tests.importing.books import write_xlsx

_FIRST: Final = (
    "Annie",
    "Bela",
    "Chiara",
    "Dov",
    "Esmé",
    "Farid",
    "Gita",
    "Hugo",
    "Inés",
    "Jonas",
    "Kenji",
    "Mary Lou",
)
_LAST: Final = (
    "Abara",
    "Brook",
    "Castillo",
    "Dot",
    "Eriksen",
    "O'Hale",
    "Garza",
    "Iyer",
    "Lund",
    "Núñez",
    "Quist",
    "van Rey",
)
_DOMAINS: Final = ("example.org", "example.com", "example.net", "mail.example.org", "post.example.com")
_RARE_DOMAINS: Final = 5_000
_CAMPAIGNS: Final = ("online", "spring-appeal", "gala-2026", "year-end", "door-to-door", "phone-bank", "newsletter")
_TOWNS: Final = ("Sampleton", "Mockville", "Fictional Falls", "Port Example", "New Pretend")
_COMMENTS: Final = (
    "",
    "",
    "",
    "",
    "Keep it up!",
    "In memory of Grandpa",
    "With love,\nand thanks",
    'From all of us, "the crew"',
)
_WORK: Final = ("", "Teacher", "Nurse", "Retired", "Self employed", "Carpenter")
_FIRST_GIFT: Final = datetime(2026, 1, 1, 6, 0, 0)  # noqa: DTZ001  as Anedot writes it, by the clock of the place
_GIVES_AGAIN: Final = 0.1
"""The share of gifts that come from somebody who has given before."""


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Make up rows; the same count makes the same rows."""
    chance = random.Random(count)  # noqa: S311  made-up people, no secret
    for number in range(1, count + 1):
        person = chance.randrange(number) if chance.random() < _GIVES_AGAIN else number
        yield _row(number, person, chance)


def _row(number: int, person: int, chance: random.Random) -> tuple[str, ...]:
    first, last = _FIRST[person % len(_FIRST)], _LAST[person // 7 % len(_LAST)]
    at = _FIRST_GIFT + timedelta(seconds=number * 23)
    cents = chance.randrange(500, 50_000)
    gift, fee = f"${cents / 100:,.2f}", f"${cents * 4 / 10_000:,.2f}"
    odd = chance.random()
    kind, status = ("Refund", "completed") if odd < 0.004 else ("Donation", "failed" if odd < 0.01 else "completed")
    work = chance.choice(_WORK)
    return (
        str(number), f"{at} -0400", kind, f"{at:%Y-%m-%d}", gift, gift, f"${cents * 96 / 10_000:,.2f}", fee,
        f"{chance.getrandbits(80):020x}", status, chance.choice(_CAMPAIGNS), first, "", last,
        f"{person % 9_000 + 1} Main St", chance.choice(_TOWNS), "LA", f"{person % 100_000:05d}", "credit_card", "visa",
        f"{person % 10_000:04d}", _phone(person), _email(person, first, last), "", work, "", chance.choice(_COMMENTS),
        "", "no", "no", "true", "", work,
    )  # fmt: skip


def _phone(person: int) -> str:
    area, line = 201 + person % 700, person * 7_919 % 10_000_000
    head, tail = divmod(line, 10_000)
    match person % 10:
        case 0:
            return ""
        case 1 | 2:
            return f"({area}) {head:03d}-{tail:04d}"
        case 3:
            return f"1{area}{line:07d}"
        case 4:
            return f"+1 {area} {head:03d} {tail:04d}"
        case _:
            return f"{area}{line:07d}"


def _email(person: int, first: str, last: str) -> str:
    if person % 400 == 0:
        return "" if person % 800 else f"{last} at nowhere"
    domain = f"firm{person % _RARE_DOMAINS}.example.com" if person % 12 == 0 else _DOMAINS[person % len(_DOMAINS)]
    name = f"{first}.{last}{person}".replace(" ", "").replace("'", "")
    plain = name.replace("é", "e").replace("ú", "u").replace("ñ", "n")
    return f"{plain if person % 3 else plain.lower()}@{domain}"


def csv_export(folder: Path, count: int) -> Path:
    """Return an export of so many rows, made once a folder."""
    path = folder / f"anedot-{count}.csv"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(rows(count))
        unfinished.rename(path)
    return path


def xlsx_export(folder: Path, count: int) -> Path:
    """Return the same as a workbook, as a spreadsheet program saves it anew."""
    path = folder / f"anedot-{count}.xlsx"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        write_xlsx(unfinished, {"Transactions": [HEADER, *rows(count)]})
        unfinished.rename(path)
    return path
