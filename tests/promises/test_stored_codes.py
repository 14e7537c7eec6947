"""No language is in the data: what is kept are codes and numbers, and who reads them later says them in their own."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.activecampaign.responses import ListStatus
from ac_desktop.importing.options import ImportOptions, ImportSource
from ac_desktop.importing.pipeline import ImportPipeline, add_typed, import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.validation.table_validator import validate_typed
from ac_desktop.language import use_language
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.states import Decision
from ac_desktop.practice.records import MemberStatus
from ac_desktop.relay.consent import why_held
from ac_desktop.store.queue.bulk_changes import ResendKind, ResendRequest
from ac_desktop.ui.importing import import_runner
from tests.anedot import donation_rows, write_export
from tests.harness import Harness, donors


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def speak_spanish() -> None:
    use_language("es")


def paste(harness: Harness, connection: Connection, text: str) -> int:
    """Stage and queue pasted rows, as the window does."""
    services, now = harness.services, harness.clock.now()
    pipeline = ImportPipeline(services.queue, services.row_hashes, connection, load_profiles(), now=now)
    with pipeline.opened(ImportSource(text=text), ImportOptions()) as detected:
        staged = pipeline.stage(detected)
    batch = import_runner.queue(services, import_runner.read_preview(services, staged))
    assert batch is not None
    return batch.facts.id


def everything_that_is_kept(harness: Harness, tmp_path: Path) -> None:
    """Do what keeps events, reasons and batches."""
    connection = harness.connect()
    services, now = harness.services, harness.clock.now()
    import_table(
        services.queue,
        services.row_hashes,
        connection,
        [write_export(tmp_path / "spring.csv", donation_rows(4))],
        load_profiles(),
        now=now,
    )
    batch = paste(harness, connection, "Email\tName\nann@example.org\tAnn\nbea@\tBea\n")
    paste(harness, connection, "Email\tName\nann@example.org\tAnn\n")
    services.staging.withdraw(batch, now)
    settings = connection.settings
    checked = validate_typed("cy@example.org", "Cy", "", "", "", "", settings.scope, settings.phone_style)
    add_typed(services.queue, connection, checked, now=now)
    nameless = harness.services.connections.change(connection.id, replace(settings, list_name=""), now)
    contact = harness.account.add_contact("donor0@example.org")
    harness.account.set_status(contact.id, harness.server.list_id, MemberStatus.UNSUBSCRIBED)
    harness.queue(nameless, donors(1))
    harness.relay(nameless)
    held = services.decisions.held(connection.id, by_consent=True)
    services.decisions.decide(held, Decision.KEEP, now)
    found = services.resends.find(ResendRequest(connection_id=connection.id, which=ResendKind.ALL))
    services.resends.push(connection.id, found, now)
    services.pause_connection(connection.id)
    services.resume_connection(connection.id)


def kept(harness: Harness) -> list[tuple[str, str]]:
    """Return every event, reason and batch with its words; numbers that the account assigns are left out."""
    rows = harness.services.database.rows
    events = [(f"event {kind}", details) for kind, details in rows("SELECT kind, details FROM event ORDER BY id")]
    reasons = [("reason", why) for (why,) in rows("SELECT reason FROM record WHERE reason IS NOT NULL ORDER BY id")]
    reasons += [("tried", why) for (why,) in rows("SELECT reason FROM attempt WHERE reason IS NOT NULL ORDER BY id")]
    batches = [(f"batch {kind}", name) for kind, name in rows("SELECT kind, file_name FROM batch ORDER BY id")]
    return [*events, *reasons, *batches]


def test_the_same_is_kept_in_every_language(tmp_path: Path) -> None:
    found = []
    for language in ("en", "es"):
        if language == "es":
            speak_spanish()
        (tmp_path / language).mkdir()
        with Harness(tmp_path / language / "data") as harness:
            everything_that_is_kept(harness, tmp_path / language)
            found.append(kept(harness))
    english, spanish = found
    assert english == spanish
    kinds = {what for what, _ in english}
    assert {"event queued", "event pushed", "event withdrawn", "event decided", "batch paste", "batch typed"} <= kinds
    assert any("already_queued" in reported for _, reported in english)
    assert any('"list_id"' in reported for _, reported in english)


def test_where_donors_came_from_is_said_in_the_language_of_today(harness: Harness) -> None:
    connection = harness.connect()
    batch = paste(harness, connection, "Email\tName\nann@example.org\tAnn\n")
    (record,) = harness.services.record_reader.records(connection.id)
    facts = harness.services.staging.facts(batch)
    assert facts is not None
    assert record.file_name == facts.file_name == "Pasted text"
    speak_spanish()
    (record,) = harness.services.record_reader.records(connection.id)
    assert record.file_name != "Pasted text"
    assert harness.services.record_reader.source_rows([record.id])[record.id].file_name == record.file_name
    seen = reason(ReasonCode.ALREADY_QUEUED, date="2026-08-02", row="2", file="")
    assert record.file_name in seen.text


@pytest.mark.parametrize("typed", [True, False])
def test_what_an_earlier_version_kept_in_words_is_reported_in_the_words_of_today(
    harness: Harness, *, typed: bool
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    kind, was, is_now = ("typed", "Introducido a mano", "Typed in") if typed else ("file", "a.csv", "a.csv")
    with harness.services.database.writing() as sql:
        sql.execute("UPDATE batch SET kind = ?, file_name = ?", (kind, was))
    assert harness.services.record_reader.records(connection.id)[0].file_name == is_now


def test_a_list_without_a_name_is_reported_by_its_number(harness: Harness) -> None:
    settings = harness.connect().settings
    why = why_held(ListStatus.BOUNCED, replace(settings, list_name=""))
    assert why is not None
    assert json.loads(why.to_json())[1] == {"list_id": settings.list_id}
    assert f"list {settings.list_id}" in why.text
    speak_spanish()
    assert f"lista {settings.list_id}" in why.text
    old = Reason.from_json('["bounced",{"list":"lista 5"}]')
    assert "lista 5" in old.text
