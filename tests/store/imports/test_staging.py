"""Batches that wait for a person, corrections, and pushing unsent."""

from dataclasses import replace

import pytest

from ac_desktop.importing.corrections import edits
from ac_desktop.model import rules
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.states import Cause, RecordState
from ac_desktop.store.connections.rescope import reapply
from ac_desktop.store.engines.sqlite import batch_index
from ac_desktop.store.imports.layouts import Layout, Layouts
from ac_desktop.store.imports.staging import StagedFilter, Staging
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import RecordQuery
from ac_desktop.store.queue.bulk_changes import ResendKind, ResendRequest, Resends
from ac_desktop.store.queue.claims import IdleReason, NoClaim
from ac_desktop.store.queue.corrections import RecordEdits
from ac_desktop.store.queue.decisions import Decisions
from ac_desktop.store.queue.records import BatchSource, NewRecord, Record
from tests.made_up import NOW, Store, donor, new_record, settings
from tests.store.plain_rows import plain_rows

BAD = reason(ReasonCode.BAD_EMAIL, email="ann@")


def staging(store: Store) -> Staging:
    return Staging(store.database, store.owners)


def stage(store: Store, connection_id: int, records: list[NewRecord], owner: str | None = None) -> int:
    batch_id = store.queue.open_batch(connection_id, BatchSource(kind="file", file_name="a.csv"), NOW, owner=owner)
    store.queue.add(connection_id, batch_id, records, NOW)
    return batch_id


def held(row: int, why: ReasonCode = ReasonCode.BAD_EMAIL, email: str = "ann@") -> NewRecord:
    values = {"email": email} if why is ReasonCode.BAD_EMAIL else {"list": "Donors"}
    return new_record(row, Donor(email=email, first_name="Ann"), state=RecordState.HELD, why=reason(why, **values))


def only(store: Store, connection_id: int) -> Record:
    (record,) = store.views.records(connection_id)
    return record


def test_staged_rows_are_out_of_everybodys_sight_until_queued(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    batch_id = stage(store, connection.id, [new_record(9), held(10)])
    assert store.queue.counts(connection.id).rows == 2
    assert len(store.views.records(connection.id)) == len(store.views.record_ids(connection.id)) == 2
    assert store.queue.last_record(connection.id) == 2
    listing = Listing(store.database)
    question = RecordQuery(connection.id)
    assert listing.ids(question).tolist() == listing.first_ids(question, 9).tolist() == [1, 2]
    assert listing.among(question, [1, 3]) == {1}
    assert listing.ids(RecordQuery(connection.id, RecordState.HELD)).tolist() == []
    assert Decisions(store.database).held(connection.id) == []
    assert (
        Resends(store.database).find(ResendRequest(connection_id=connection.id, which=ResendKind.ALL)).record_ids == ()
    )
    store.queue.close_batch(batch_id, 2)
    assert store.queue.counts(connection.id).rows == 4
    assert store.queue.last_record(connection.id) == 4


def test_kinds_and_their_rows(store: Store) -> None:
    connection = store.connect()
    odd = '[["phone_length",{"phone":"12"}],["email_several",{"email":"a@example.org"}]]'
    rows = [new_record(2), held(3), held(4), replace(new_record(5), warnings=odd)]
    batch_id = stage(store, connection.id, rows)
    staged = staging(store)
    kinds = staged.kinds(batch_id)
    assert (kinds.counts.waiting, kinds.counts.held) == (2, 2)
    assert kinds.reasons == {(RecordState.HELD, ReasonCode.BAD_EMAIL): 2}
    assert kinds.warnings == {"email_several": 1, "phone_length": 1}
    rows_of = {record.id: record.row for record in store.views.by_ids(staged.ids(batch_id, StagedFilter()).tolist())}

    def shown(wanted: StagedFilter) -> list[int]:
        return [rows_of[number] for number in staged.ids(batch_id, wanted)]

    assert shown(StagedFilter()) == [2, 3, 4, 5]
    assert shown(StagedFilter(problems=True)) == [3, 4, 5]
    assert shown(StagedFilter(state=RecordState.HELD, reason=ReasonCode.BAD_EMAIL)) == [3, 4]
    assert shown(StagedFilter(warning="phone_length")) == [5]


def test_only_the_owner_drops_and_never_a_queued_batch(store: Store) -> None:
    connection = store.connect()
    queued = store.fill(connection, 2)
    mine = stage(store, connection.id, [new_record(9)])
    computer = store.owners.me.rsplit(":", 2)[0]
    other = stage(store, connection.id, [new_record(9)], owner=f"elsewhere-{computer}:1:2")
    staged = staging(store)
    staged.drop(queued)
    staged.drop_all()
    assert store.count("SELECT COUNT(*) FROM batch") == 2
    assert staged.facts(mine) is None
    assert staged.facts(other) is not None


def test_a_batch_goes_with_the_process_it_was_staged_for(store: Store) -> None:
    connection = store.connect()
    with store.another() as window:
        owner = window.owners.me
        batch_id = stage(store, connection.id, [new_record(2)], owner=owner)
        store.queue.release_dead(connection.id, NOW)
        assert staging(store).facts(batch_id) is not None
    store.queue.release_dead(connection.id, NOW)
    assert staging(store).facts(batch_id) is None


def test_withdrawing_leaves_what_was_sent_and_shows_it(store: Store) -> None:
    connection = store.connect()
    batch_id = store.fill(connection, 3)
    store.end(store.claim(connection), rules.Success())
    assert staging(store).withdraw(batch_id, NOW) == 2
    facts = staging(store).facts(batch_id)
    assert facts is not None
    assert facts.withdrawn == 2
    assert store.queue.batch_counts(batch_id).rows == 1
    assert store.history.events(connection.id)[-1].details == {
        "kind": "file",
        "file": "made-up.csv",
        "rows": "2",
    }
    assert staging(store).withdraw(batch_id, NOW) == 0


def test_a_correction_is_judged_kept_and_audited(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [held(2)])
    before = only(store, connection.id)
    repairs = RecordEdits(store.database)
    row = edits.save_edit(repairs, before, {"email": " Ann@Example.org", "phone": "1 (225) 250-1301"}, connection, NOW)
    assert row is not None
    after = only(store, connection.id)
    assert (after.state, after.reason, after.donor.email) == (RecordState.WAITING, None, "ann@example.org")
    assert after.donor.phone == "2252501301"
    assert [(one.field, one.old, one.new) for one in repairs.of(after.id)] == [
        ("email", "ann@", "ann@example.org"),
        ("phone", "", "2252501301"),
    ]
    assert repairs.of(after.id)[0].at == NOW
    assert store.claim(connection).donor.email == "ann@example.org"
    assert store.views.latest_of(connection.id, "ann@example.org") is not None
    assert store.views.latest_of(connection.id, "ann@") is None
    assert edits.save_edit(repairs, before, {"email": "late@example.org"}, connection, NOW) is None


def test_a_failed_record_begins_again_with_the_contact_step(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 1)
    claim = store.claim(connection)
    store.queue.store_contact(claim, "25", now=NOW)
    store.end(claim, rules.Failure(Cause.DONOR))
    failed = only(store, connection.id)
    assert failed.state is RecordState.FAILED
    assert edits.can_be_edited(failed)
    edits.save_edit(RecordEdits(store.database), failed, {"last_name": "Dash"}, connection, NOW)
    again = only(store, connection.id)
    assert (again.state, again.contact_id, again.tries) == (RecordState.WAITING, None, 0)


def test_another_name_does_not_end_a_hold_for_consent(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [held(2, ReasonCode.UNSUBSCRIBED_UNDATED, "ann@example.org")])
    record = only(store, connection.id)
    row = edits.validate_edit(record, {"first_name": "Annie"}, connection)
    assert (row.state, row.donor.first_name) == (RecordState.HELD, "Annie")
    assert edits.validate_edit(record, {"email": "other@example.org"}, connection).state is RecordState.WAITING


def test_a_page_answered_brings_a_record_into_scope(store: Store) -> None:
    connection = store.connect(settings(scope=Scope(ScopeKind.ONLY, ("spring",))))
    why = reason(ReasonCode.PAGE_UNKNOWN)
    store.fill(connection, [new_record(2, donor(2), state=RecordState.HELD, why=why)])
    record = only(store, connection.id)
    assert edits.validate_edit(record, {"page": "autumn"}, connection).state is RecordState.SKIPPED
    edits.save_edit(RecordEdits(store.database), record, {"page": "spring"}, connection, NOW)
    assert only(store, connection.id).state is RecordState.WAITING


def test_a_correction_in_a_queued_batch_keeps_one_relay_per_donor(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [new_record(2, donor(1)), held(3)])
    second = store.views.records(connection.id)[1]
    edits.save_edit(RecordEdits(store.database), second, {"email": "donor1@example.org"}, connection, NOW)
    states = [(record.row, record.state) for record in store.views.records(connection.id)]
    assert states == [(2, RecordState.SKIPPED), (3, RecordState.WAITING)]


@pytest.mark.parametrize(("which", "rows", "alone"), [("failed", [2], 0), ("held", [4], 2), ("all", [2, 3, 4], 2)])
def test_push_takes_what_was_asked_for_and_never_those_held_for_consent(
    store: Store, which: str, rows: list[int], alone: int
) -> None:
    connection = store.connect()
    ragged = reason(ReasonCode.RAGGED_ROW, found=3, expected=4)
    store.fill(
        connection,
        [
            new_record(2),
            new_record(3),
            new_record(4, state=RecordState.HELD, why=ragged),
            held(5),
            held(6, ReasonCode.UNSUBSCRIBED_UNDATED, "bea@example.org"),
        ],
    )
    store.end(store.claim(connection), rules.Failure(Cause.DONOR))
    store.end(store.claim(connection, NOW + 60), rules.Success(), NOW + 60)
    pushing = Resends(store.database)
    found = pushing.find(ResendRequest(connection_id=connection.id, which=ResendKind(which)))
    assert [record.row for record in store.views.by_ids(list(found.record_ids))] == rows
    assert found.left_alone == alone
    assert pushing.push(connection.id, found, NOW + 90) == len(rows)
    waiting = store.views.records(connection.id, state=RecordState.WAITING)
    assert [record.row for record in waiting] == rows
    assert store.history.events(connection.id)[-1].kind.value == "pushed"
    assert pushing.push(connection.id, found, NOW + 90) == 0


def test_push_by_day_and_batch(store: Store) -> None:
    connection = store.connect()
    first, second = store.fill(connection, 1), store.fill(connection, [new_record(7)])
    store.end(store.claim(connection), rules.Success())
    store.end(store.claim(connection, NOW + 1000), rules.Success(), NOW + 1000)
    pushing = Resends(store.database)

    def rows(**bounds: float) -> list[int]:
        wanted = replace(ResendRequest(connection_id=connection.id, which=ResendKind.ALL), **bounds)  # type: ignore[arg-type]
        return [record.batch_id for record in store.views.by_ids(list(pushing.find(wanted).record_ids))]

    assert rows(since=NOW + 1) == [second]
    assert rows(until=NOW + 1) == [first]
    assert rows(batch_id=second) == [second]


def test_a_layout_is_remembered_and_overwritten(store: Store) -> None:
    layouts = Layouts(store.database)
    assert layouts.of("x") is None
    layouts.store("x", Layout({"email": "Mail"}), NOW)
    layouts.store("x", Layout({"email": "Adresse"}, "day first"), NOW)
    assert layouts.of("x") == Layout({"email": "Adresse"}, "day first")


def test_nothing_can_be_claimed_from_a_staged_batch(store: Store) -> None:
    connection = store.connect()
    stage(store, connection.id, [new_record(2)])
    assert store.queue.claim(connection.id, NOW) == NoClaim(IdleReason.DONE)


def test_a_batch_that_is_gone_or_empty_has_no_rows_and_takes_none(store: Store) -> None:
    connection = store.connect()
    batch_id = stage(store, connection.id, [], owner=staging(store).owner)
    for number in (batch_id, batch_id + 1):
        assert list(staging(store).ids(number, StagedFilter())) == []
        assert staging(store).withdraw(number, NOW) == 0
    with pytest.raises(LookupError):
        store.queue.add(connection.id, batch_id + 1, [new_record(2)], NOW)
    assert store.count("SELECT COUNT(*) FROM record") == 0
    staging(store).drop_all()
    assert staging(store).facts(batch_id) is None


def test_a_correction_before_queueing_is_found_by_its_address_once_queued_and_once_alone(store: Store) -> None:
    connection = store.connect()
    batch_id = stage(store, connection.id, [held(2)], owner=staging(store).owner)
    (number,) = staging(store).ids(batch_id, StagedFilter())
    record = store.views.record(number)
    assert record is not None
    assert (
        edits.save_edit(RecordEdits(store.database), record, {"email": "ann@example.org"}, connection, NOW) is not None
    )
    assert store.count("SELECT COUNT(*) FROM email_at") == 0
    store.queue.close_batch(batch_id)
    assert plain_rows(store.database.rows("SELECT email, record_id FROM email_at")) == [("ann@example.org", number)]


def test_a_row_that_another_scope_lets_in_does_not_go_beside_one_of_its_donor_that_went(store: Store) -> None:
    connection = store.connect(settings(scope=Scope(ScopeKind.ONLY, ("spring",))))
    out = reason(ReasonCode.PAGE_NOT_CHOSEN, page="autumn")
    gift, other = donor(1, page="spring"), donor(1, page="autumn")
    store.fill(connection, [new_record(2, gift), new_record(3, other, state=RecordState.SKIPPED, why=out)])
    store.end(store.claim(connection), rules.Success())

    store.connections.change(connection.id, settings(), NOW)

    went, stays = store.views.records(connection.id)
    assert (went.state, stays.state) == (RecordState.SENT, RecordState.SKIPPED)
    assert stays.reason == reason(ReasonCode.DUPLICATE_ROW, row=2)


def test_a_row_that_waits_beside_one_of_its_donor_that_went_still_goes_under_another_scope(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [new_record(2, donor(1, page="spring")), new_record(3, donor(1, page="spring"))])
    store.end(store.claim(connection), rules.Success())

    store.connections.change(connection.id, settings(scope=Scope(ScopeKind.ONLY, ("spring",))), NOW)

    assert store.states(connection) == [RecordState.SENT, RecordState.WAITING]


def test_rows_without_an_address_are_nobodys_rows(store: Store) -> None:
    connection = store.connect()
    out = reason(ReasonCode.PAGE_NOT_CHOSEN, page="autumn")
    nobody = new_record(2, Donor(email="", page="autumn"), state=RecordState.SKIPPED, why=out)
    batch_id = store.fill(connection, [nobody])
    with store.database.writing() as sql:
        reapply(sql, batch_id, "", Scope(), NOW)
    assert only(store, connection.id).state is RecordState.SKIPPED


def test_very_many_rows_are_found_by_address_and_known_again_as_few_are(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = store.connect()
    store.fill(connection, 7)
    few = store.database.rows("SELECT email, record_id FROM email_at ORDER BY 2")
    assert len(few) == 7
    monkeypatch.setattr(batch_index, "CHUNK", 3)
    store.fill(connection, 7)
    many = store.database.rows("SELECT email, record_id FROM email_at WHERE record_id > 7 ORDER BY 2")
    assert [(email, number - 7) for email, number in many] == plain_rows(few)
