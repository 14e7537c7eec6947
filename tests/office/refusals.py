"""Five in a row over all workstations: rounds in which the account refuses everybody, however many relay."""

import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import repeat
from typing import Final

from ac_desktop.practice.faults import Faults
from tests.office import checker
from tests.office.office import Office, office
from tests.office.proof import ROUND_TRIPS, Extent, Findings
from tests.office.standing import StandingConsole

NUMBERS: Final = (1, 2, 3, 4, 8, 16, 32)
DONORS: Final = 12
_OFFICES: Final = 3
"""So many at once: a round waits for the account's pace most of its time."""
_NOT_ACTIVE: Final = 4
_REFUSALS: Final = (Faults(refuse_everything=True), Faults(refuse_addresses=True))


def refusals(extent: Extent) -> Findings:
    """Show that exactly five attempts fail, whoever makes them, and that fewer are in flight with each failure."""
    findings = Findings(extent)
    offices = extent.of(1, _OFFICES)
    with ThreadPoolExecutor(offices) as pool:
        for requests in pool.map(partial(_rounds, extent, findings), range(offices), repeat(offices)):
            findings.count(f"{requests} requests")
    return findings


def _rounds(extent: Extent, findings: Findings, first: int, step: int) -> int:
    """Go through every so many of the rounds in an office of its own; return how many requests its account had."""
    dice = random.Random(extent.seed + first)  # noqa: S311  repeatable, not a secret
    most = extent.of(4, max(NUMBERS))
    numbers = [number for number in NUMBERS if number <= most]
    rounds = range(first, extent.of(9, 1000), step)
    requests = 0
    with office([dice.choice(ROUND_TRIPS) for _ in range(most)]) as opened:
        consoles = [StandingConsole(workstation) for workstation in opened.workstations]
        for turn, number in enumerate(rounds):
            relaying = consoles[: numbers[turn % len(numbers)]]
            opened.account.faults = _REFUSALS[turn % len(_REFUSALS)]
            findings.found(_round(opened, consoles[0], relaying, f"Round {number}"), f"round {number}")
            requests += len(opened.account.requests())
        for console in consoles:
            console.close()
        findings.found(opened.faults())
    findings.count(f"{len(rounds)} rounds with {numbers[0]} to {numbers[-1]} workstations")
    return requests


def _round(opened: Office, first: StandingConsole, relaying: list[StandingConsole], name: str) -> list[str]:
    account = opened.account
    first.run("connect", name, "--url", account.url, "--list", account.list_id, "--pace", "5", "--no-check", "--yes")
    file = opened.donor_file(DONORS, prefix=name.lower().replace(" ", ""))
    first.run("import", name, str(file), "--page", "spring", expected=(0, 3))
    account.forget()
    for console in relaying:
        console.begin("relay", name)
    codes = {console.end() for console in relaying}
    requests = account.requests()
    broken = checker.five_and_no_sixth(requests) + checker.in_flight_allowed(requests)
    broken += [f"a relay ended with {code}" for code in sorted(codes - {_NOT_ACTIVE})]
    (row,) = opened.rows(
        "SELECT state, streak, (SELECT count(*) FROM attempt WHERE connection_id = connection.id) AS attempts"
        " FROM connection ORDER BY id DESC LIMIT 1"
    )
    if (row["state"], row["streak"], row["attempts"]) != ("inactive", checker.FAILURES, checker.FAILURES):
        broken.append(f"the connection is {row}")
    return broken
