"""Bulk relays through the real engine to an account that drops, renames, reshapes and half-applies what it is sent.

`python -m tests.promises.reconciliation --rounds 500 --seed 7` runs for as long as you like. After each round the
account itself, not the program, is asked who is on the list: everyone said to be sent is, and how that became known is
kept; whoever is not is held, failed or waiting.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.rules import MOST_FAILURES_IN_A_ROW
from ac_desktop.model.states import ConnectionState, Outcome, RecordState
from ac_desktop.practice.faults import BulkFailure, Faults, Garbled, Incoming, Outage
from ac_desktop.practice.records import Contact, MemberStatus
from tests.delivery.support import BULK_PATH, CONTACTS_PATH, MEMBERSHIPS_PATH, RESULT_PATH, DeliveryHarness
from tests.harness import donors
from tests.promises.scenes import must

FEWEST, MOST = 40, 420
RELAYS: Final = 4
"""How often a round relays; between two it is stopped or started anew, and brought back where it became inactive."""
_STANDING: Final = (MemberStatus.UNSUBSCRIBED, MemberStatus.BOUNCED, MemberStatus.UNCONFIRMED, MemberStatus.ACTIVE)
_LEFT: Final = (MemberStatus.UNSUBSCRIBED, MemberStatus.BOUNCED)
"""What an import makes of people who have not confirmed is not documented."""
_CONFIRMED: Final = frozenset({ReasonCode.FOUND_ON_LIST, ReasonCode.CONFIRMED_ALONE})
_BAD_READING: Final = (
    Faults(outage=Outage.ERROR_500),
    Faults(outage=Outage.RESET_AFTER),
    Faults(garbled=Garbled.BROKEN_JSON),
    Faults(garbled=Garbled.EMPTY_OBJECT),
    Faults(garbled=Garbled.CUT_BODY),
    Faults(filters_ignored=True),
    Faults(lists_not_included=True),
    Faults(always_busy=True),
    Faults(refuse_everything=True),
)


class Round:
    """One connection's donors, relayed in bulk to an account that does as chance wants."""

    def __init__(self, harness: DeliveryHarness, chance: random.Random) -> None:
        self._harness = harness
        self._chance = chance
        self._is_read_well = chance.random() < 1 / 3
        self._wanders = harness.workers == 1 and chance.random() < 1 / 2
        self._connection = harness.connect()
        self._donors = donors(chance.randint(FEWEST, MOST))
        self._people: dict[str, MemberStatus] = {}
        self._stops_at = 0
        self._seen = 0
        self.tried: Counter[str] = Counter()

    def play(self) -> None:
        """Relay a few times, and check the account after each."""
        self._furnish()
        self._harness.queue(self._connection, [*self._donors, *self._bad_addresses()])
        for _ in range(RELAYS):
            self._harness.account.set_schedule(self._next)
            self._seen, self._stops_at = 0, self._chance.choice((0, 0, self._chance.randint(2, 12)))
            self._harness.relay_in_bulk(self._connection)
            self._harness.account.set_schedule(())
            self._check()
            if self._chance.random() < 1 / 2:
                self._harness.restart()
            if self._now_is().state is ConnectionState.INACTIVE:
                self._harness.services.connections.reactivate(self._connection.id, self._harness.clock.now())
        self._count()

    def _furnish(self) -> None:
        """Create a history for some donors, and put others onto the list too."""
        account, chance = self._harness.account, self._chance
        account.add_contacts(chance.choice((0, 30, 250)), list_id="1", prefix="member")
        for donor in chance.sample(self._donors, len(self._donors) // 8):
            status = chance.choice(_STANDING)
            self._harness.stand(donor.email, status, chance.choice(("1", "1", "2")))
            if self._on_list(donor.email) is not None:
                self._people[donor.email] = status
        for donor in chance.sample(self._donors, len(self._donors) // 20):
            account.exclude(donor.email)

    def _bad_addresses(self) -> list[Donor]:
        return [Donor(email=f"o'brien{number}@example.org") for number in range(self._chance.randint(0, 12))]

    def _next(self, incoming: Incoming) -> Faults | None:
        """Decide what becomes of the next request, and of people meanwhile."""
        chance = self._chance
        self._seen += 1
        if self._seen == self._stops_at:
            self._harness.services.engine.halt(self._connection.id)
            self.tried["stops"] += 1
        match incoming.path:
            case path if path == BULK_PATH:
                return self._tried("odd imports", self._odd_import())
            case path if path == RESULT_PATH:
                if self._wanders:
                    self._let_somebody_wander()
                return self._tried("odd results", Faults(bulk_failure=chance.choice(tuple(BulkFailure))))
            case path if path in {CONTACTS_PATH, MEMBERSHIPS_PATH} and not self._is_read_well:
                bad = chance.choice(_BAD_READING) if chance.random() < 1 / 4 else None
                return self._tried("odd lists", bad)
        return None

    def _odd_import(self) -> Faults | None:
        chance = self._chance
        return chance.choice((
            None,
            Faults(bulk_drops_every=chance.randint(1, 9)),
            Faults(bulk_half_applied=True),
            Faults(bulk_drops_every=chance.randint(2, 9), bulk_half_applied=True),
            Faults(bulk_interrupted=True),
            Faults(bulk_lost=True),
            Faults(garbled=chance.choice((Garbled.EMPTY_OBJECT, Garbled.BROKEN_JSON))),
        ))  # fmt: skip

    def _tried(self, what: str, faults: Faults | None) -> Faults | None:
        self.tried[what] += faults is not None
        return faults

    def _let_somebody_wander(self) -> None:
        """Rename, delete, unsubscribe or bounce people whose arrival nobody has claimed yet."""
        account, chance = self._harness.account, self._chance
        sent = self._emails(RecordState.SENT)
        for donor in chance.sample(self._donors, len(self._donors) // 10):
            contact = account.contact(donor.email)
            if contact is None or donor.email in sent:
                continue
            self.tried["people who wandered off"] += 1
            self._wander(contact)

    def _wander(self, contact: Contact) -> None:
        account, chance = self._harness.account, self._chance
        match chance.randrange(4):
            case 0 if account.contact(f"new.{contact.email}") is None:
                account.change(contact.id, {"email": f"new.{contact.email}"})
            case 1:
                account.delete_contact(contact.id)
            case 2 | 0:
                account.set_status(contact.id, "1", MemberStatus.UNSUBSCRIBED)
            case _:
                account.set_status(contact.id, "1", MemberStatus.BOUNCED)

    def _check(self) -> None:
        """Ask the account itself. Raises BrokenPromiseError."""
        counts = self._harness.counts(self._connection)
        records = self._harness.records(self._connection)
        must(counts.rows == len(records), "the sums do not balance")
        on_list = self._harness.emails_on_list()
        sent = self._emails(RecordState.SENT)
        must(sent <= on_list, f"called sent and not on the list: {sorted(sent - on_list)[:5]}")
        for email, status in self._people.items():
            if status in _LEFT and not self._wanders:
                must(self._on_list(email) is status, f"{email} stood as {status.name} and was put on the list")
        if self._is_read_well and not self._wanders:
            missed = {
                record.donor.email
                for record in records
                if record.state is RecordState.HELD and record.reason and record.reason.code is ReasonCode.NOT_ON_LIST
            }
            must(not missed & on_list, f"on the list and not found: {sorted(missed & on_list)[:5]}")
        self._check_how_it_is_known()
        self._check_streak()

    def _check_how_it_is_known(self) -> None:
        rows = self._harness.services.database.rows(
            "SELECT r.email, json_extract(r.reason, '$[0]'), a.outcome FROM record r"
            " LEFT JOIN attempt a ON a.id = r.confirmed_in WHERE r.state = 'sent' AND r.reason IS NOT NULL"
        )
        for email, code, outcome in rows:
            known = ReasonCode(code) in _CONFIRMED and outcome == Outcome.SENT
            must(known, f"nothing says how it is known that {email} is on the list")

    def _check_streak(self) -> None:
        attempts = self._harness.services.history.all_attempts(self._connection.id)
        must(all(attempt.streak <= MOST_FAILURES_IN_A_ROW for attempt in attempts), "a sixth failed attempt in a row")

    def _count(self) -> None:
        counts = self._harness.counts(self._connection)
        for name in ("sent", "held", "failed", "waiting"):
            self.tried[f"donors {name}"] += getattr(counts, name)
        self.tried["donors"] += counts.rows
        self.tried["requests"] += self._harness.account.count()

    def _emails(self, state: RecordState) -> set[str]:
        rows = self._harness.services.database.rows("SELECT email FROM record WHERE state = ?", (state.value,))
        return {email for (email,) in rows}

    def _on_list(self, email: str) -> int | None:
        contact = self._harness.account.contact(email)
        membership = self._harness.account.membership(contact.id, "1") if contact else None
        return membership.status if membership else None

    def _now_is(self) -> Connection:
        return self._harness.now_is(self._connection)


def rounds(number: int, seed: int) -> Iterator[Counter[str]]:
    """Play so many rounds; returns what each tried. Raises BrokenPromiseError, which names the round."""
    for at in range(number):
        chance = random.Random(f"reconciliation-{seed}-{at}")  # noqa: S311  repeatable moments, not a secret
        with (
            tempfile.TemporaryDirectory(prefix="reconciliation-") as folder,
            DeliveryHarness(Path(folder), workers=chance.choice((1, 1, 2, 4))) as harness,
        ):
            one_round = Round(harness, chance)
            try:
                one_round.play()
            except AssertionError as broken:
                broken.add_note(f"round {at} of seed {seed}")
                raise
            yield one_round.tried


def main() -> int:
    """Play as many rounds as asked for and print what they tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    tried: Counter[str] = Counter()
    for one in rounds(args.rounds, args.seed):
        tried.update(one)
    print(f"rounds: {args.rounds:,}")  # noqa: T201
    for what, number in sorted(tried.items()):
        print(f"{what}: {number:,}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
