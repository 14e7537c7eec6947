"""Makes the exports of services: headers verbatim, people made up by several makers, and rows to leave out."""

import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.importing.files import header, text_of, under
from tests.importing.people import ACCENTED_FIRST, ACCENTED_LAST, OTHER_FIRST, OTHER_LAST, PLAIN_FIRST, PLAIN_LAST

Change = tuple[Mapping[str, str], str]
"""What makes a row one that is not relayed, and the code of its reason."""
_UNCLEAR: Final = "donation_unclear"


@dataclass(frozen=True)
class Export:
    """A service's file: the columns of the donor, the values of a row that is relayed, and what leaves a row out."""

    label: str
    header: str
    email: str
    first: str = ""
    last: str = ""
    name: str = ""
    phone: str = ""
    good: Mapping[str, Sequence[str]] = field(default_factory=dict)
    bad: Sequence[Change] = ()
    noise: Sequence[str] = ()
    """Columns that are not read, and may hold anything."""


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    first: str
    last: str
    email: str
    phone: str


@dataclass(frozen=True)
class MadeExport:
    """Rows under a header, and what is to become of each: the code of its reason, `""` where it is relayed."""

    export: Export
    rows: Sequence[Mapping[str, str]]
    people: Sequence[Person]
    codes: Sequence[str]

    @property
    def waiting(self) -> list[str]:
        return [person.email for person, code in zip(self.people, self.codes, strict=True) if not code]

    @property
    def held(self) -> int:
        return sum(code in HELD for code in self.codes)

    @property
    def skipped(self) -> int:
        return sum(bool(code) and code not in HELD for code in self.codes)

    def write(self, folder: Path) -> Path:
        """Write the file as its service does."""
        if self.export.header.endswith(".json"):
            path = folder / self.export.header
            path.write_text(json.dumps(self.rows, ensure_ascii=False), encoding="utf-8")
        else:
            path = folder / f"{self.export.header}.csv"
            path.write_bytes(text_of(under(header(self.export.header), *self.rows)).encode())
        return path


HELD: Final = frozenset({"file_forbids", "file_unclear", _UNCLEAR})


def _by_status(column: str, *, refunded: Sequence[str], failed: Sequence[str]) -> list[Change]:
    """Return the values of a donation's status that leave its row out, and some that nobody knows."""
    return [
        *(({column: value}, "refunded") for value in refunded),
        *(({column: value}, "not_completed") for value in failed),
        *(({column: value}, _UNCLEAR) for value in ("Limbo", "in review", "42")),
    ]


_MAILCHIMP: Final = {
    "email": "Email Address", "first": "First Name", "last": "Last Name", "phone": "Phone Number",
    "good": {"MEMBER_RATING": ("2", "5"), "OPTIN_TIME": ("2024-05-06 07:08:09", ""), "LEID": ("1", "77"),
             "EUID": ("e1", "e2"), "LAST_CHANGED": ("2026-01-02 03:04:05",)},
    "noise": ("NOTES", "TAGS"),
}  # fmt: skip
EXPORTS: Final[Mapping[str, Export]] = {
    "mailchimp subscribed": Export("Mailchimp audience", "mailchimp_subscribed", **_MAILCHIMP),  # type: ignore[arg-type]
    "mailchimp unsubscribed": Export(
        "Mailchimp audience", "mailchimp_unsubscribed", **_MAILCHIMP,  # type: ignore[arg-type]
        bad=[({"UNSUB_TIME": "2026-02-03 04:05:06"}, "file_forbids"),
             ({"UNSUB_REASON": "NORMAL_NO_LONGER_INTERESTED"}, "file_forbids"),
             ({"UNSUB_CAMPAIGN_TITLE": "Spring"}, "file_forbids")],
    ),
    "mailchimp cleaned": Export(
        "Mailchimp audience", "mailchimp_cleaned", **_MAILCHIMP,  # type: ignore[arg-type]
        bad=[({"CLEAN_TIME": "2026-02-03 04:05:06"}, "file_forbids")],
    ),
    "mailchimp fields": Export(
        "Mailchimp audience (merge fields)", "mailchimp_fields", "EMAIL", "FNAME", "LNAME", phone="PHONE",
        good={"UNSUB": ("", "no"), "BOUNCE": ("", "no", "0"), "STATUS": ("subscribed", "Subscribed")},
        bad=[*(({"STATUS": one}, "file_forbids") for one in
               ("unsubscribed", "cleaned", "nonsubscribed", "transactional")),
             ({"UNSUB": "yes"}, "file_forbids"), ({"BOUNCE": "yes"}, "file_forbids"),
             ({"STATUS": "limbo"}, "file_unclear")],
    ),
    "zeffy": Export(
        "Zeffy payments", "zeffy", "Email", "First Name", "Last Name",
        good={"Payment Status": ("Succeeded", "succeeded"), "Total Amount": ("$20.00", "1,250.00"),
              "Refund Amount": ("", "0.00", "$5.00"), "Payment Date (America/Chicago)": ("2026-05-09",),
              "State": ("TX", "Jalisco"), "Recurring Status": ("", "Active", "Cancelled"),
              "Campaign Title": ("Spring", "Gala")},
        bad=[*_by_status("Payment Status", refunded=("Refunded",), failed=("Failed", "Pending", "Canceled")),
             ({"Refund Amount": "$20.00", "Total Amount": "$20.00"}, "refunded")],
        noise=("Address", "City", "Postal Code", "Tax Receipt #"),
    ),
    "classy": Export(
        "Classy / GoFundMe Pro transactions", "classy", "Billing Email Address", name="Supporter Name",
        phone="Billing Phone Number",
        good={"Transaction Status": ("success", "Success"), "Transaction Date": ("2026-05-09 10:11:12",),
              "Transaction ID": ("1001", "1002"), "Fundraiser First Name": ("Fay", ""),
              "Dedication Contact Email": ("other@example.net", "")},
        bad=_by_status("Transaction Status", refunded=("refunded", "cb"),
                       failed=("failed", "incomplete", "canceled", "pending")),
    ),
    "givewp": Export(
        "GiveWP donations", "givewp", "Donor's Email", "Donor's First Name", "Donor's Last Name",
        good={"Donation Status": ("Complete", "Completed", "Renewal"), "Donation ID": ("11", "12"),
              "Donation Total": ("25.00",)},
        bad=_by_status("Donation Status", refunded=("Refunded",),
                       failed=("Pending", "Abandoned", "Failed", "Cancelled", "Revoked")),
        noise=("Company Name", "Payment Gateway"),
    ),
    "facebook": Export(
        "Facebook / Meta donations", "facebook", "Email Address", "First Name", "Last Name",
        good={"Charge Action Type": ("S", "s", "Settlement"), "Donation Amount": ("25.00", "1,000.00"),
              "Charge Date": ("2026-05-09",), "Fundraiser Title": ("Ann's birthday", "")},
        bad=[({"Charge Action Type": "Refund"}, "refunded"), ({"Charge Action Type": "Chargeback"}, "refunded"),
             ({"Donation Amount": "-25.00"}, "refunded"), ({"Charge Action Type": "Q"}, _UNCLEAR)],
    ),
    "givebutter": Export(
        "Givebutter transactions", "givebutter", "email", "first_name", "last_name", phone="phone",
        good={"status": ("succeeded", "Succeeded"), "refunded": ("false", "", "0"), "id": ("g1", "g2"),
              "communication_opt_in": ("true", "", "1")},
        bad=[*_by_status("status", refunded=("refunded",), failed=("failed", "cancelled", "pending")),
             ({"refunded": "true"}, "refunded"), ({"refunded": "in part?"}, _UNCLEAR),
             ({"communication_opt_in": "false"}, "file_forbids")],
        noise=("number", "campaign_code"),
    ),
    "little green light": Export(
        "Little Green Light constituents", "little_green_light", "Preferred Email", "First Name", "Last Name",
        phone="Pref. Phone", good={"LGl Constituent ID": ("7", "8"), "Constituent Type": ("Individual",)},
        noise=("Organization Name",),
    ),
    "salsa": Export(
        "Salsa donations", "salsa", "email", "first name", "last name",
        good={"activity type": ("Donate",), "transaction id": ("t1", "t2")}, noise=("activity form name",),
    ),
    "activecampaign": Export(
        "ActiveCampaign contacts", "activecampaign", "Email", "First Name", "Last Name", phone="Phone",
        good={"Status": ("Active", "active", "1"), "Date Created": ("2026-05-09 10:11:12",)},
        bad=[*(({"Status": one}, "file_forbids") for one in ("Unsubscribed", "Bounced", "Unconfirmed", "0")),
             ({"Status": "2"}, "file_unclear"), ({"Status": "limbo"}, "file_unclear")],
        noise=("Tags",),
    ),
    "anedot api": Export(
        "Anedot API", "anedot_api.json", "email", "first_name", "last_name", phone="phone",
        good={"id": ("d1", "d2"), "campaign_uid": ("c1", "c2"), "created_at": ("2024-09-19 20:45:23.921629",),
              "status": ("completed",), "amount": ("2500",), "custom_fields_json": ('{"shirt": "XL"}', "{}"),
              "url": ("/acct/spring",), "frequency": ("once", "monthly")},
        bad=_by_status("status", refunded=("refunded",), failed=("failed", "pending", "voided")),
    ),
}  # fmt: skip

_FIRST: Final = (*PLAIN_FIRST, *ACCENTED_FIRST, *OTHER_FIRST)
_LAST: Final = (*PLAIN_LAST, *ACCENTED_LAST, *OTHER_LAST, "Smith, Jr.")


def _plain(random: Random, number: int) -> Person:
    return Person(f"Ann{number}", f"Dot{number}", f"ann{number}@example.org", f"225250{random.randrange(10_000):04}")


def _of_the_world(random: Random, number: int) -> Person:
    first, last = random.choice(_FIRST), random.choice(_LAST)
    tag = "".join(random.choices("abcxyz0189", k=random.randint(1, 12)))
    return Person(first, last, f"{tag}.{number}+gift@mail.example.org", "")


def _sparse(_random: Random, number: int) -> Person:
    return Person("", "", f"x{number}@example.org", "")


MAKERS: Final[Sequence[Callable[[Random, int], Person]]] = (_plain, _of_the_world, _sparse)


def chance() -> Random:
    """Return chance by a seed that changes, which is printed; AC_DESKTOP_TEST_SEED repeats one."""
    seed = int(os.environ.get("AC_DESKTOP_TEST_SEED") or secrets.randbelow(1_000_000))
    print(f"AC_DESKTOP_TEST_SEED={seed}")  # noqa: T201
    return Random(seed)  # noqa: S311  people are made up with it


def make_export(export: Export, random: Random, *, most: int = 6) -> MadeExport:
    """Make a file in which each way to leave a row out occurs, in any order between rows that are relayed."""
    changes: list[Change] = [*export.bad, *[({}, "")] * random.randint(1, most)]
    random.shuffle(changes)
    people, rows = [], []
    for number, (change, _) in enumerate(changes):
        person = random.choice(MAKERS)(random, number)
        values = {name: random.choice(values) for name, values in export.good.items()}
        values |= {name: random.choice(("", "x", "Spring", "12", "Čačak, 7")) for name in export.noise}
        values |= {export.email: random.choice((person.email, person.email.upper()))}
        for name, text in ((export.first, person.first), (export.last, person.last), (export.phone, person.phone)):
            values |= {name: text} if name else {}
        values |= {export.name: f"{person.first} {person.last}".strip()} if export.name else {}
        people.append(person)
        rows.append(values | dict(change))
    return MadeExport(export, rows, people, [code for _, code in changes])
