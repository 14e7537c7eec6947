"""Makers of long exports, each with habits of its own: a file is as its people, its service and its faults make it."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from tests.anedot import HEADER
from tests.importing.files import header
from tests.importing.made_exports import EXPORTS, Export
from tests.importing.people import ABROAD, PHONES, Cells, Habits, written

FAULTY: Final = 0.02
_GIVES_AGAIN: Final = 0.1
_BY_RULE: Final = 0.3
"""The share of faulty rows that a service's rules leave out."""
_FILLINGS: Final = 997
_SCATTER: Final = 104_729
_YEAR: Final = 365 * 86_400
_FIRST_GIFT: Final = datetime(2026, 1, 1, 6, 0, 0)  # noqa: DTZ001  by the clock of the place

COMMENTS: Final = (
    "", "", "Keep it up!", "In memory of Grandpa", "With love,\nand thanks", 'From all of us, "the crew"',
    "¡Gracias por todo!\r\n\r\n— la familia", "за мир", "ありがとう", '5" snow; thanks | ok', "x" * 400,
)  # fmt: skip
WORDS: Final = (
    "",
    "Teacher",
    "Self employed",
    "n/a",
    "Retired ",
    "Sales, marketing",
    "R&D",
    "Médica",
    "yes",
    "12",
    "-",
)


@dataclass(frozen=True)
class Maker:
    """Makes rows of a service's export by the habits of some people.

    `filling` are the values of the other columns, `sparse` the share of those that stay empty. Each row has its own
    `date`, written as `moment`, and `record_id`. `trims`: rows end with their last filled cell.
    """

    name: str
    header: Sequence[str]
    export: Export
    habits: Habits
    filling: Sequence[str] = WORDS
    sparse: float = 0.5
    comments: str = ""
    date: str = ""
    record_id: str = ""
    moment: str = "%Y-%m-%d %H:%M:%S"
    encoding: str = "utf-8"
    delimiter: str = ","
    trims: bool = False

    def rows(self, count: int, random: Random) -> Iterator[Sequence[str]]:
        """Make up so many rows, without the header."""
        fillings = [self._filling(random) for _ in range(_FILLINGS)]
        earlier: list[Cells] = []
        for number in range(1, count + 1):
            row = list(random.choice(fillings))
            again = earlier and random.random() < _GIVES_AGAIN
            person = random.choice(earlier) if again else written(self.habits, random, number)
            if not again and len(earlier) < _FILLINGS:
                earlier.append(person)
            self._write(row, person, number)
            while self.trims and not row[-1]:
                row.pop()
            yield self._faulty(row, random) if random.random() < FAULTY else row

    def write(self, folder: Path, count: int, random: Random) -> Path:
        """Write a file of so many rows."""
        path = folder / f"{self.name.replace(' ', '-')}-{count}.csv"
        with path.open("w", encoding=self.encoding, errors="replace", newline="") as file:
            writer = csv.writer(file, delimiter=self.delimiter)
            writer.writerow(self.header)
            writer.writerows(self.rows(count, random))
        return path

    def _filling(self, random: Random) -> list[str]:
        row = ["" if random.random() < self.sparse else random.choice(self.filling) for _ in self.header]
        for name, values in self.export.good.items():
            row[self._at(name)] = random.choice(values)
        for name, values in ((self.comments, COMMENTS), *((name, WORDS) for name in self.export.noise)):
            if name:
                row[self._at(name)] = random.choice(values)
        return row

    def _write(self, row: list[str], person: Cells, number: int) -> None:
        at, export = self._at, self.export
        row[at(export.email)] = person.email
        for name, text in ((export.first, person.first), (export.last, person.last), (export.phone, person.phone)):
            if name:
                row[at(name)] = text
        if export.name:
            row[at(export.name)] = f"{person.first} {person.last}"
        if self.date:
            row[at(self.date)] = f"{_FIRST_GIFT + timedelta(seconds=number * _SCATTER % _YEAR):{self.moment}}"
        if self.record_id:
            row[at(self.record_id)] = f"{number * 7_919:x}-{number}"

    def _faulty(self, row: list[str], random: Random) -> Sequence[str]:
        bad = self.export.bad
        if bad and random.random() < _BY_RULE:
            changes, _ = random.choice(bad)
            row += [""] * (len(self.header) - len(row))
            for name, value in changes.items():
                row[self._at(name)] = value
            return row
        return random.choice(_FAULTS)(row, self._at(self.export.email))

    def _at(self, name: str) -> int:
        return self.header.index(name)


def _email(change: Callable[[str], str]) -> Callable[[list[str], int], Sequence[str]]:
    def changed(row: list[str], at: int) -> Sequence[str]:
        row[at] = change(row[at].strip())
        return row

    return changed


_FAULTS: Final[Sequence[Callable[[list[str], int], Sequence[str]]]] = (
    _email(lambda _: ""),
    _email(lambda text: text.replace("@", " at ")),
    _email(lambda text: text.replace(".", ",")),
    _email(lambda text: f"mailto:{text}"),
    _email(lambda text: f"{text}; other@example.net"),
    _email(lambda text: f"Ann Dot <{text}>"),
    _email(lambda text: f"{text.partition('@')[0]}@gmial.com"),
    _email(lambda text: f"josé.{text}"),
    _email(lambda text: f"{text.partition('@')[0]}@exämple.org"),
    _email(lambda _: "N/A"),
    lambda row, at: row[: max(at + 1, len(row) - 2)],
    lambda row, at: [*row[: at + 1], "Jr.", *row[at + 1 :]],
)

_ALL_PHONES: Final = (*PHONES, *ABROAD)
_STATUS: Final = {"Status": ("completed",), "Type": ("Donation",)}
_ANEDOT: Final = Export(
    "Anedot transactions", "anedot", "Email", "First Name", "Last Name", phone="Phone",
    good={**_STATUS, "Campaign": ("online", "spring-appeal", "gala-2026", "year-end"),
          "Donation Amount": ("$52.40", "$1,000.00"), "Gross Amount": ("$52.40",), "Net Amount": ("$50.10",),
          "Address Line 1": ("1 Main St", "22 Calle Mayor, 3º"), "City": ("Sampleton", "Nowhere"), "State": ("LA",)},
    bad=[({"Status": "failed"}, "not_completed"), ({"Type": "Refund"}, "refunded")],
)  # fmt: skip
_UPDATES: Final = "Would you like to receive occasional updates from us? You can unsubscribe at any time."
_DONORBOX: Final = Export(
    "Donorbox donations", "donorbox", "Donor Email", "Donor's First Name", "Donor's Last Name", phone="Phone",
    good={"Campaign": ("Весна", "Gala"), "Amount": ("25.0", "1000.0"), "Currency": ("USD", "EUR"),
          "Join Mailing List": ("Yes", ""), "Donation Type": ("stripe",), "Country": ("US", "日本"),
          "Recipient Email": ("other@example.net", ""), _UPDATES: ("Yes", "")},
    bad=[({"Join Mailing List": "No"}, "file_forbids")],
)  # fmt: skip
_ACTBLUE: Final = Export(
    "ActBlue paid contributions", "actblue_paid", "Donor Email", "Donor First Name", "Donor Last Name",
    phone="Donor Phone",
    good={"Fundraising Page": ("spring", "gala-2026", "web"), "Amount": ("25.00", "5.00"), "Refund ID": ("",),
          "Refund Date": ("",), "Mobile": ("t", "f"), "Text Message Opt In": ("unknown", "opt_in"),
          "Partner Contact Email": ("", "partner@example.net")},
    bad=[({"Refund ID": "7"}, "refunded")],
)  # fmt: skip
_PAYPAL: Final = Export(
    "PayPal activity", "paypal", "From Email Address", name="Name", phone="Contact Phone Number",
    good={"Type": ("Donation Payment", "Subscription Payment"), "Status": ("Completed",), "Gross": ("25.00", "1,250.0"),
          "Fee": ("-0.89",), "Net": ("24.11",), "To Email Address": ("us@example.org",), "Balance Impact": ("Credit",),
          "Currency": ("USD",), "Time": ("10:11:12",)},
    bad=[({"Balance Impact": "Debit"}, "not_a_donation"), ({"Status": "Pending"}, "not_completed")],
)  # fmt: skip
_BY_HAND: Final = (
    "Date", "First Name", "Last Name", "E-mail", "Phone", "Address", "City", "Zip", "Country", "Amount", "Campaign",
    "Notes", "Volunteer", "Spouse", "Source", "Thanked by",
)  # fmt: skip
_LIST: Final = Export(
    "Donor list", "", "E-mail", "First Name", "Last Name", phone="Phone",
    good={"Amount": ("25", "1,000", "$5.00 "), "Campaign": ("Spring ", "gala", "GALA")},
)  # fmt: skip
_WIDE: Final = (*_BY_HAND, *(f"Question {number}: what moves you?" for number in range(1, 105)))

MAKERS: Final[Mapping[str, Maker]] = {
    maker.name: maker
    for maker in (
        Maker("accents", HEADER, _ANEDOT, Habits(accented=0.4, phones=PHONES[:5]), comments="Comments",
              date="Processed Date", record_id="UID", moment="%Y-%m-%d %H:%M:%S -0400"),
        Maker("every phone", HEADER, _ANEDOT, Habits(phones=_ALL_PHONES, no_phone=0.05, rare_phone=0.05),
              comments="Comments", date="Processed Date", record_id="UID"),
        Maker("other scripts", header("donorbox"), _DONORBOX,
              Habits(accented=0.2, other_script=0.6, phones=ABROAD), comments="Donor Comment", date="Donated At",
              record_id="Receipt Id", encoding="utf-8-sig"),
        Maker("by hand", _BY_HAND, _LIST, Habits(accented=0.2, phones=_ALL_PHONES, shouted=0.4, loose=0.3,
              rare_phone=0.02), comments="Notes", date="Date", moment="%m/%d/%Y", encoding="cp1252", delimiter=";",
              trims=True),
        Maker("sparse", header("actblue_paid"), _ACTBLUE, Habits(accented=0.1, phones=PHONES[:2], no_phone=0.6),
              sparse=0.97, date="Date", record_id="Receipt ID"),
        Maker("wide", _WIDE, _LIST, Habits(accented=0.2, phones=PHONES), sparse=0.1, comments="Notes", date="Date",
              moment="%d.%m.%Y"),
        Maker("whole names", header("paypal"), _PAYPAL, Habits(accented=0.3, phones=PHONES[:8], no_phone=0.4),
              date="Date", moment="%m/%d/%Y", record_id="Transaction ID"),
        Maker("odd domains", HEADER, _ANEDOT, Habits(accented=0.1, own_domain=0.9, shouted=0.3, phones=PHONES[:2]),
              comments="Comments", date="Processed Date", record_id="UID"),
    )
}  # fmt: skip
"""The makers of long files by name; beside them there is a maker for the export of each service (`of_service`)."""


def of_service(name: str, random: Random) -> Maker:
    """Return a maker of a service's export, with habits that are drawn."""
    export = EXPORTS[name]
    habits = Habits(
        accented=random.random() / 2,
        other_script=random.random() / 4,
        phones=random.sample(_ALL_PHONES, 5),
        rare_phone=random.random() / 20,
        own_domain=random.random(),
        shouted=random.random() / 2,
        loose=random.random() / 4,
    )
    return Maker(name, header(export.header), export, habits, sparse=1.0)


SERVICES: Final = [name for name, export in EXPORTS.items() if not export.header.endswith(".json")]
