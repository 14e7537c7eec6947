"""Comparing on the Check page: optional, read-only, announced before, stopped at any moment, marked row by row."""

from pathlib import Path

import pytest

from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.practice.records import MemberStatus
from ac_desktop.ui.base import privacy_mask
from ac_desktop.ui.importing.checking.check_model import CheckCol
from ac_desktop.ui.importing.comparison import CompareStage
from tests.ui.importing.support import ImportHarness, donors_csv

ROWS = (
    "new@example.org,Dev,Dot,2252501301",
    "annie@example.org,Annie,Dot,2252501301",
    "same@example.org,Sam,Dot,2252501301",
    "gone@example.org,Gon,Dot,2252501301",
    "broken@,Bea,Dot,",
)


@pytest.fixture
def checked(importing: ImportHarness, tmp_path: Path) -> ImportHarness:
    account = importing.harness.account
    account.add_contact("annie@example.org", first_name="A.", last_name="Dot")
    same = account.add_contact("same@example.org", first_name="Sam", last_name="Dot", phone="2252501301")
    account.set_status(same.id, "1", MemberStatus.ACTIVE)
    gone = account.add_contact("gone@example.org", first_name="Gon", last_name="Dot", phone="2252501301")
    account.set_status(gone.id, "1", MemberStatus.UNSUBSCRIBED)
    importing.take(donors_csv(tmp_path, ROWS))
    importing.until_check()
    return importing


def _compare(importing: ImportHarness, stage: CompareStage = CompareStage.DONE) -> None:
    importing.sheet.check.compare.button.click()
    importing.until(lambda: importing.flow.comparing.stage is stage)


def test_what_it_takes_is_reported_before_and_nothing_is_asked_unbidden(checked: ImportHarness) -> None:
    bar = checked.sheet.check.compare
    assert bar.button.text() == "Co&mpare with ActiveCampaign"
    assert bar.message.text() == (
        "Optional. Compares 4 donors with ActiveCampaign without changing anything. Takes about 5 s if all are "
        "new there, about 5 s if none are."
    )
    assert checked.sheet.check.table.isColumnHidden(CheckCol.COMPARED)
    assert not checked.harness.account.requests()


def test_each_row_is_marked_and_nothing_is_changed_or_queued(checked: ImportHarness) -> None:
    before = checked.harness.account.contacts()
    _compare(checked)

    assert checked.cells(CheckCol.COMPARED)[:3] == ["new", "adds “2252501301”, “A.” → “Annie”", "unchanged"]
    assert str(checked.cells(CheckCol.COMPARED)[3]).startswith("Unsubscribed from Donors")
    assert checked.cells(CheckCol.COMPARED)[4] == ""
    assert not checked.sheet.check.table.isColumnHidden(CheckCol.COMPARED)
    assert checked.sheet.check.compare.message.text() == (
        "4 of 4 compared: 1 new, 1 with changes, 1 unchanged, 1 to be held. Nothing was changed."
    )
    assert {request.method for request in checked.harness.account.requests()} == {"GET"}
    assert len(checked.harness.account.requests()) == 4 + 3
    assert checked.harness.account.contacts() == before
    assert checked.harness.counts(checked.connection).rows == 0


def test_it_shows_what_the_relay_then_does(checked: ImportHarness) -> None:
    _compare(checked)
    checked.queue()
    counts = checked.harness.relay(checked.connection)
    assert (counts.sent, counts.held) == (3, 2)
    contact = checked.harness.account.contact("annie@example.org")
    assert contact is not None
    assert contact.first_name == "Annie"


def test_rows_that_compare_alike_are_shown_together(checked: ImportHarness) -> None:
    _compare(checked)
    kinds = checked.sheet.check.kinds
    texts = [kinds.item(row).text() for row in range(kinds.count())]
    kinds.setCurrentRow(texts.index("To be held (1)"))
    assert checked.cells(CheckCol.EMAIL) == ["gone@example.org"]
    checked.sheet.check.compare.button.click()
    checked.until(lambda: len(checked.cells(CheckCol.EMAIL)) == len(ROWS))
    checked.until(lambda: checked.flow.comparing.stage is CompareStage.DONE)


def test_it_can_be_stopped_and_keeps_what_it_found(checked: ImportHarness) -> None:
    bar = checked.sheet.check.compare

    def stop_at_the_second(_: Incoming) -> None:
        if len(checked.harness.account.requests()) == 1:
            checked.flow.comparing.stop()

    checked.harness.account.set_schedule(stop_at_the_second)
    _compare(checked, CompareStage.STOPPED)

    assert checked.flow.comparing.done < 4
    assert bar.message.text().startswith("Stopped after ")
    assert bar.button.text() == "Co&mpare with ActiveCampaign"
    checked.queue()


def test_a_corrected_row_loses_its_mark(checked: ImportHarness) -> None:
    _compare(checked)
    checked.type_into(1, CheckCol.FIRST, "Ann")
    assert checked.cells(CheckCol.COMPARED)[:2] == ["new", ""]
    assert checked.flow.comparing.done == 3


def test_the_privacy_mask_covers_what_would_change(checked: ImportHarness) -> None:
    _compare(checked)
    privacy_mask.set_masked(on=True)
    try:
        assert checked.cells(CheckCol.COMPARED)[1] == "adds “2•••”, “A•••” → “A•••”"
    finally:
        privacy_mask.set_masked(on=False)


def test_a_refused_key_is_reported_with_who_can_help(checked: ImportHarness) -> None:
    checked.harness.account.faults = Faults(refuse_everything=True)
    _compare(checked, CompareStage.FAILED)
    reported = checked.sheet.check.compare.message.text()
    assert "rejected this API key" in reported
    assert reported.endswith("Nothing was changed.")


def test_a_missing_key_is_reported(checked: ImportHarness) -> None:
    services = checked.harness.services
    services.keys.delete(services.connections.key_name(checked.connection.id))
    _compare(checked, CompareStage.FAILED)
    assert not checked.harness.account.requests()


def test_another_file_begins_with_nothing_compared(checked: ImportHarness, tmp_path: Path) -> None:
    _compare(checked)
    checked.sheet.ask_to_cancel()
    assert checked.flow.comparing.stage is CompareStage.REST
    checked.take(donors_csv(tmp_path, ROWS[:2], "other.csv"))
    checked.until_check()
    assert checked.cells(CheckCol.COMPARED) == ["", ""]
    assert checked.sheet.check.table.isColumnHidden(CheckCol.COMPARED)
