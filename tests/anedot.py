"""Exports in Anedot's 33-column format, with made-up donors."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEADER = (
    "Number", "Processed Date", "Type", "Donation Date", "Donation Amount", "Gross Amount", "Net Amount", "Anedot Fee",
    "UID", "Status", "Campaign", "First Name", "Middle Initial", "Last Name", "Address Line 1", "City", "State", "Zip",
    "Source Type", "Card Type", "Card Last 4", "Phone", "Email", "Employer", "Occupation", "Check Number", "Comments",
    "Recurring",
    "Are you a communicator lobbyist,\n OR the spouse or dependent child of a communicator lobbyist?",
    "Are you a principal of a state contractor or prospective state contractor? If Yes,\n"
    " please indicate which branch of the government the contract is with.",
    "Donor Covered Fees",
    "Name of Employer  (If self employed list name of business)",
    "Principal Occupation (If self employed provide job description)",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DonationRow:
    """One row of the export, as far as tests care."""

    number: int
    email: str
    first: str = "Annie"
    last: str = "Dot"
    phone: str = "2252501301"
    campaign: str = "online"
    kind: str = "Donation"
    status: str = "completed"
    day: str = "2026-04-09"

    def cells(self) -> tuple[str, ...]:
        """Return the row's 33 cells."""
        money = ("$52.40", "$52.40", "$50.10", "$2.30")
        place = ("1 Main St", "Sampleton", "LA", "00000", "credit_card", "visa", "4242")
        return (
            str(self.number), f"{self.day} 20:57:08 -0400", self.kind, self.day, *money, f"uid{self.number:020d}",
            self.status, self.campaign, self.first, "", self.last, *place, self.phone, self.email, "", "Teacher", "",
            "With love,\nand thanks", "", "no", "no", "true", "", "",
        )  # fmt: skip


def donation_rows(count: int, start: int = 0) -> list[DonationRow]:
    """Make up gifts of as many donors."""
    return [
        DonationRow(number=number, email=f"donor{number}@example.org", first=f"First{number}", last=f"Last{number}",
             phone=f"1 (225) 250-{number % 10000:04d}")
        for number in range(start, start + count)
    ]  # fmt: skip


def write_export(path: Path, rows: Sequence[DonationRow], encoding: str = "utf-8") -> Path:
    """Write an export as Anedot does: quoted where needed, CRLF."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(gift.cells() for gift in rows)
    return path
