"""Consent as a model check: the relay against an account whose people act between any two requests of ours.

`python -m tests.promises.consent --steps 20000 --seed 7` runs for as long as you like; a failure is reported as the
shortest course of events that hypothesis finds.
"""

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ac_desktop.activecampaign.rate_limiter import RateLimiter
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.relay.list_reading import KnownMember, ListReading
from ac_desktop.relay.request_runner import RelayStoppedError, RequestContext
from ac_desktop.relay.worker import RecordRelay
from ac_desktop.store.engines.sqlite.owners import SqliteOwners
from ac_desktop.store.queue.bulk_changes import BulkChanges
from ac_desktop.store.queue.claims import Claim, IdleReason
from ac_desktop.store.queue.queue import Queue
from tests.clock import VirtualClock
from tests.made_up import Store, new_record
from tests.promises.consent_account import ACTIVE, Account, Event, KilledError, Moment, Turns
from tests.promises.consent_twists import (
    DAY,
    PEOPLE,
    events,
    is_deleted,
    joins_many,
    leaves,
    merges,
    names,
    nothing,
    outages,
    pages,
    passes,
    plans,
    stands,
)

A_COURSE: Final = 50
"""Steps of one course of events, after which the next one begins with nothing."""
ROOT: Final = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108  no disk: none of this is about one

VALUES: Final = {ContactField.PHONE: "2252501301", ContactField.FIRST_NAME: "Annie", ContactField.LAST_NAME: "Dot"}

SEEN: Counter[str] = Counter()
"""What happened in all courses together, so that the check cannot come to check nothing."""
HAPPENS: Final = (
    "sent", "held", "failed", "waiting", "killed", "stopped", "reactivated", "list calls", "pages after the first",
    "unclear", "looked up", "asked again", "retried", "shown by a page",
)  # fmt: skip


class ShownMember(ListReading):
    """A page of the list showed this contact, active and with the same values, before anything else happened."""

    def __init__(self, clock: VirtualClock, contact: int) -> None:
        super().__init__(clock)
        self._contact = contact

    def take(self, connection: Connection, email: str) -> KnownMember:  # noqa: ARG002  whoever asks
        """Return the contact."""
        SEEN["shown by a page"] += 1
        return KnownMember(str(self._contact), VALUES, self._clock.now())


class Consent(RuleBasedStateMachine):
    """One connection with its donors, and an account where everybody does as they like."""

    @initialize(keeps=st.booleans(), answers_for_merged=st.booleans(), many=st.sampled_from([None, *PEOPLE[:2]]))
    def begin(self, keeps: bool, answers_for_merged: bool, many: str | None) -> None:  # noqa: FBT001
        self.folder = tempfile.TemporaryDirectory(prefix="consent-", dir=ROOT)
        self.store = Store(Path(self.folder.name))
        self.clock = VirtualClock()
        self.account = Account(self.clock)
        self.account.answers_for_merged = answers_for_merged
        self.rows = count(2)
        made = ConnectionSettings(
            name="Spring",
            address=parse_address("https://acct.api-us1.com"),
            list_id="1",
            list_name="Donors",
            keep_fields=frozenset({ContactField.PHONE} if keeps else ()),
        )
        self.connection = self.store.connect(made)
        self.changes = BulkChanges(self.store.database)
        self.context = RequestContext(
            sender=self.account,
            rate_limiter=RateLimiter(Turns(self.account), self.clock.now, self.clock.sleep, self.clock.steady),
            clock=self.clock,
            redactor=Redactor(),
            stopping=lambda: self.stopping,
        )
        self.stopping = False
        if many:
            joins_many(many)(self.account)
        for email in PEOPLE:
            self.queue(email)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            SEEN["list calls"] += self.account.list_calls
            self.store.close()
            self.folder.cleanup()

    @rule(email=st.sampled_from(PEOPLE))
    def queue(self, email: str) -> None:
        donor = Donor(
            email=email,
            phone=VALUES[ContactField.PHONE],
            first_name=VALUES[ContactField.FIRST_NAME],
            last_name=VALUES[ContactField.LAST_NAME],
        )
        self.store.fill(self.connection, [new_record(next(self.rows), donor)])

    @rule(event=events | st.builds(joins_many, st.sampled_from(PEOPLE[:2])))
    def meanwhile(self, event: Event) -> None:
        event(self.account)

    @rule(email=st.sampled_from(PEOPLE), status=st.sampled_from((2, 2, 3, 0, 91)))
    def leave(self, email: str, status: int) -> None:
        stands(email, 1, status)(self.account)

    @rule(plan=plans)
    def relay(self, plan: list[Moment]) -> None:
        self._relay(plan)

    @rule(plans=st.lists(plans, min_size=5, max_size=5))
    def relay_on_and_on(self, plans: list[list[Moment]]) -> None:
        for plan in plans:
            self._relay(plan)

    @rule(plan=plans, status=st.sampled_from((2, 3, 91)))
    def relay_killed_then_left_then_relayed(self, plan: list[Moment], status: int) -> None:
        """The record stays where the attempt left it, while its person leaves."""
        self._relay(plan)
        leaves(status)(self.account)
        self._relay([])

    @rule(plan=plans, meanwhile=events, status=st.sampled_from((1, 2, 3, 0, 91)))
    def relay_somebody_whom_a_page_showed(self, plan: list[Moment], meanwhile: Event, status: int) -> None:
        def before(account: Account) -> None:
            if status != ACTIVE:
                leaves(status)(account)
            meanwhile(account)

        self._relay(plan, before, is_shown=True)

    @rule(plan=pages, has_left=st.booleans())
    def relay_somebody_on_many_lists(self, plan: list[Moment], has_left: bool) -> None:  # noqa: FBT001
        def before(account: Account) -> None:
            if has_left:
                leaves(2)(account)
            joins_many(account.attempt.email)(account)

        self._relay(plan, before)

    @rule(plan=names, is_new=st.booleans())
    def relay_somebody_who_is_not_named(self, plan: list[Moment], is_new: bool) -> None:  # noqa: FBT001
        def before(account: Account) -> None:
            if is_new:
                is_deleted(account.attempt.email)(account)

        self._relay(plan, before)

    @rule(outage=outages, left=st.lists(st.sampled_from(PEOPLE), max_size=3))
    def switch_off_and_reactivate(self, outage: list[Moment], left: list[str]) -> None:
        """Five in a row; people leave while nothing is relayed; a person brings the connection back."""
        for _ in range(5):
            self._relay(outage)
        for email in left:
            stands(email, 1, 2)(self.account)
        self.reactivate_and_retry(0, from_the_start=False)
        for _ in left:
            self._relay([])

    @rule(at=st.integers(0, 20), from_the_start=st.booleans())
    def reactivate_and_retry(self, at: int, from_the_start: bool) -> None:  # noqa: FBT001
        now = self.clock.now()
        if self.store.now_is(self.connection).state is ConnectionState.INACTIVE:
            self.store.connections.reactivate(self.connection.id, now)
            SEEN["reactivated"] += 1
        failed = self.store.views.record_ids(self.connection.id, RecordState.FAILED)
        SEEN["retried"] += self.changes.retry(failed[at % 3 :], now, from_the_start=from_the_start)

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        passes(days * DAY)(self.account)

    @rule(gone=st.sampled_from(PEOPLE), into=st.sampled_from(PEOPLE), keeps_address=st.booleans())
    def merge(self, gone: str, into: str, keeps_address: bool) -> None:  # noqa: FBT001
        merges(gone, into, keeps_address=keeps_address)(self.account)

    @invariant()
    def nobody_is_put_onto_the_list_who_must_not_be(self) -> None:
        SEEN["steps"] += 1
        if hasattr(self, "account"):
            assert not self.account.broken, self.account.broken

    def _relay(self, plan: list[Moment], before: Event = nothing, *, is_shown: bool = False) -> None:
        """Relay the next record that may go, as a worker does, after something has happened to its person."""
        claim = self._claim()
        if claim is None:
            return
        self.stopping = False
        self.account.begin(claim.donor.email, iter(plan), self._stop)
        person = self.account.person(claim.donor.email) if is_shown else None
        before(self.account)
        list_reading = ShownMember(self.clock, person.number) if person is not None else None
        relay = RecordRelay(claim, self.store.queue, self.context, list_reading)
        try:
            relay.run()
        except RelayStoppedError:
            relay.release()
            SEEN["stopped"] += 1
        except KilledError:
            self._die()
        else:
            SEEN.update({outcome.value: number for outcome, number in relay.store_result().items()})
        self._note(claim)

    def _claim(self) -> Claim | None:
        got = self.store.queue.claim(self.connection.id, self.clock.now())
        if not isinstance(got, Claim) and got.idle is IdleReason.DONE:
            self.queue(PEOPLE[next(self.rows) % len(PEOPLE)])
            got = self.store.queue.claim(self.connection.id, self.clock.now())
        if not isinstance(got, Claim) and got.idle is IdleReason.LATER:
            self.clock.set(max(self.clock.now(), got.until))
            got = self.store.queue.claim(self.connection.id, self.clock.now())
        return got if isinstance(got, Claim) else None

    def _stop(self) -> None:
        self.stopping = True

    def _die(self) -> None:
        """Leave everything as it is to a process that starts anew."""
        self.store.owners.close()
        self.store.owners = SqliteOwners(self.store.folder)
        self.store.queue = Queue(self.store.database, self.store.owners)
        SEEN["killed"] += 1

    def _note(self, claim: Claim) -> None:
        asked = [one.path for one in self.account.attempt.asked]
        SEEN["pages after the first"] += any("offset=" in path for path in asked)
        SEEN["looked up"] += any("email=" in path for path in asked)
        SEEN["asked again"] += sum("contactLists?" in path and "offset=" not in path for path in asked) > 1
        record = self.store.views.record(claim.record_id)
        SEEN["unclear"] += bool(record and record.reason and record.reason.code.value == "memberships_unclear")


@dataclass(frozen=True)
class Checked:
    """What a check went through."""

    steps: int
    happened: Counter[str]


def check(steps: int, number: int = 0, *, shrink: bool = True) -> Checked:
    """Go through so many steps. Raises what hypothesis does where somebody is put onto the list who must not be."""
    SEEN.clear()
    while SEEN["steps"] < steps:
        run_state_machine_as_test(
            seed(number)(Consent),
            settings=settings(
                max_examples=-(-(steps - SEEN["steps"]) // A_COURSE),
                stateful_step_count=A_COURSE,
                deadline=None,
                phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
                database=None,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
        number += 1
    return Checked(SEEN["steps"], Counter(SEEN))


def main() -> None:
    """Check for as long as wanted, and print what was gone through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--unshrunk", action="store_true", help="tell the first failure as it was found, at once")
    wanted = parser.parse_args()
    done = check(wanted.steps, wanted.seed, shrink=not wanted.unshrunk)
    print(f"consent: {done.steps:,} steps, {dict(sorted(done.happened.items()))}")  # noqa: T201  the figure asked for
    missing = [what for what in HAPPENS if not done.happened[what]]
    if missing:
        raise SystemExit(f"never happened: {missing}")


if __name__ == "__main__":
    main()
