"""A donor held by a file is relayed only by a person's decision, and the account is then asked as for everybody."""

from dataclasses import replace
from pathlib import Path

from ac_desktop.importing.corrections import edits
from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.states import Decision, RecordState
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.queue.bulk_changes import ResendKind, ResendRequest
from ac_desktop.store.queue.decisions import Choices
from tests.delivery.support import DeliveryHarness, codes

HEAD = "Email,First Name,Page,Date,Unsubscribed\n"


def take(harness: DeliveryHarness, connection: Connection, folder: Path, *rows: str, again: bool = False) -> int:
    path = folder / "donors.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    services = harness.services
    (intake,) = import_table(
        services.queue, services.row_hashes, harness.now_is(connection), [path], load_profiles(),
        now=harness.clock.now(), again=again,
    )  # fmt: skip
    return intake.batch_id


def decide(harness: DeliveryHarness, *numbers: int) -> tuple[int, ...]:
    decided = harness.services.decisions.decide(
        numbers, Decision.RESUBSCRIBE, harness.clock.now(), why="Asked by letter"
    )
    return decided.left_alone


def test_nobody_whom_the_file_holds_reaches_the_list(harness: DeliveryHarness, tmp_path: Path) -> None:
    connection = harness.connect()
    take(
        harness, connection, tmp_path, "ann@example.org,Ann,,,yes", "bea@example.org,Bea,,,no", "cy@example.org,Cy,,,?"
    )
    assert (harness.relay(connection).sent, harness.counts(connection).held) == (1, 2)
    assert harness.emails_on_list() == {"bea@example.org"}
    assert harness.account.contact("ann@example.org") is None
    assert codes(harness.records(connection, RecordState.HELD)) == {ReasonCode.FILE_FORBIDS, ReasonCode.FILE_UNCLEAR}


def test_a_push_and_a_release_leave_them_alone(harness: DeliveryHarness, tmp_path: Path) -> None:
    connection = harness.connect()
    take(harness, connection, tmp_path, "ann@example.org,Ann,,,yes", "cy@example.org,Cy,,,?")
    push = harness.services.resends.find(ResendRequest(connection_id=connection.id, which=ResendKind.HELD))
    assert (push.record_ids, push.left_alone) == ((), 2)
    assert harness.services.bulk_changes.release(harness.held(connection), harness.clock.now()) == 0


def test_after_a_decision_the_account_is_still_asked(harness: DeliveryHarness, tmp_path: Path) -> None:
    connection = harness.connect()
    harness.stand("ann@example.org", MemberStatus.UNSUBSCRIBED)
    take(harness, connection, tmp_path, "ann@example.org,Ann,,,yes", "bea@example.org,Bea,,,yes")
    assert harness.services.decisions.choices_for(harness.held(connection)) == Choices(held=2, again=2)
    assert decide(harness, *harness.held(connection)) == ()
    counts = harness.relay(connection)
    assert (counts.sent, counts.held) == (1, 1)
    assert harness.emails_on_list() == {"bea@example.org"}
    (ann,) = harness.records(connection, RecordState.HELD)
    assert ann.reason is not None
    assert ann.reason.code in {ReasonCode.UNSUBSCRIBED, ReasonCode.UNSUBSCRIBED_UNDATED}
    assert decide(harness, ann.id) == ()
    assert harness.relay(connection).sent == 2


def test_a_decision_lets_no_row_go_that_has_no_complete_address(harness: DeliveryHarness, tmp_path: Path) -> None:
    connection = harness.connect()
    take(harness, connection, tmp_path, "ann@,Ann,,,yes", ",Bea,,,yes")
    held = harness.held(connection)
    assert harness.services.decisions.choices_for(held) == Choices(held=2, again=0)
    assert decide(harness, *held) == tuple(held)
    assert harness.counts(connection).held == 2


def test_after_a_decision_scope_and_duplicates_count(harness: DeliveryHarness, tmp_path: Path) -> None:
    connection = harness.connect(scope=Scope(ScopeKind.EXCEPT, ("gala",)))
    take(
        harness, connection, tmp_path, "ann@example.org,Ann,gala,,yes", "bea@example.org,Old,spring,2026-01-01,yes",
        "bea@example.org,New,spring,2026-02-01,yes",
    )  # fmt: skip
    assert decide(harness, *harness.held(connection)) == ()
    assert [(one.donor.first_name, one.state) for one in harness.records(connection)] == [
        ("Ann", RecordState.SKIPPED), ("Old", RecordState.SKIPPED), ("New", RecordState.WAITING),
    ]  # fmt: skip


def test_neither_another_scope_nor_a_correction_frees_them(harness: DeliveryHarness, tmp_path: Path) -> None:
    connection = harness.connect(scope=Scope(ScopeKind.EXCEPT, ("gala",)))
    take(
        harness,
        connection,
        tmp_path,
        "ann@example.org,Ann,gala,,yes",
        "bea@,Bea,spring,,yes",
        "ann@example.org,New,spring,,no",
    )
    everywhere = replace(harness.now_is(connection).settings, scope=Scope())
    harness.services.connections.change(connection.id, everywhere, harness.clock.now())
    assert harness.counts(connection).waiting == 0
    for record in harness.records(connection, RecordState.HELD):
        email = record.donor.email if record.donor.email.endswith(".org") else "bea@example.org"
        changes = {"email": email, "first_name": "Corrected"}
        row = edits.save_edit(
            harness.services.record_edits, record, changes, harness.now_is(connection), harness.clock.now()
        )
        assert row is not None
        assert row.state is RecordState.HELD
    assert {one.donor.first_name for one in harness.records(connection, RecordState.HELD)} == {"Corrected"}
    assert harness.relay(connection).sent == 0


def test_the_same_file_again_holds_nobody_twice_and_lets_nobody_go(harness: DeliveryHarness, tmp_path: Path) -> None:
    connection = harness.connect()
    rows = ("ann@example.org,Ann,,2026-01-01,yes", "ann@example.org,Ann,,2026-02-01,no", "bea@example.org,Bea,,,no")
    for again in (False, False, True):
        batch_id = take(harness, connection, tmp_path, *rows, again=again)
        waits = [one.donor.email for one in harness.records(connection, RecordState.WAITING)]
        assert set(waits) == {"bea@example.org"}
    assert harness.services.row_hashes.take_known(batch_id, harness.clock.now()) == 0
    assert harness.relay(connection).held == 2
