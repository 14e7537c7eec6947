"""The log builds its sentences from numbers, and shows the words that earlier versions kept."""

import pytest

from ac_desktop.language import use_language
from ac_desktop.store.history.history import Event, EventKind
from ac_desktop.ui.log.lines import event_line
from tests.ui.window_states import NOW

COUNTS = {"kind": "file", "file": "spring.csv", "rows": "5", "waiting": "3", "held": "1", "skipped": "1"}


def text_of(what: EventKind, **details: str) -> str:
    event = Event(id=1, connection_id=7, at=NOW, kind=what, details=details, who="ann", after_attempt=0)
    return event_line(event, str).text


@pytest.mark.usefixtures("qapp")
def test_events_are_reported_from_codes_and_numbers() -> None:
    queued = text_of(EventKind.QUEUED, **COUNTS)
    assert queued == "Queued by ann: spring.csv, 5 rows: 3 waiting, 1 skipped, 1 held"
    assert text_of(EventKind.QUEUED, kind="paste", file="", rows="1", waiting="1").startswith(
        "Queued by ann: Pasted text,"
    )
    assert text_of(EventKind.PUSHED, records="1") == "Put back in the queue by ann: 1 donor."
    withdrawn = text_of(EventKind.WITHDRAWN, kind="file", file="spring.csv", rows="3")
    assert withdrawn == "Removed from the queue by ann: 3 donors of spring.csv."


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("what", "details", "text"),
    [
        (EventKind.RETRIED, {"records": "2"}, "Retried by ann: 2 donors."),
        (EventKind.HELD, {"records": "1"}, "Put on hold by ann: 1 donor."),
        (EventKind.RELEASED, {"records": "2"}, "Released by ann: 2 donors."),
        (EventKind.REMOVED, {"records": "2", "removal": "7"}, "Removed from the queue by ann: 2 donors."),
        (EventKind.RESTORED, {"records": "2", "removal": "7"}, "Restored by ann: 2 donors."),
        (EventKind.SPEED, {"speed": "2"}, "Speed set by ann: 2 requests per second."),
        (EventKind.EMPTIED, {"donors": "3"}, "Old data was removed on ann's computer. Donors: 3. Log entries: 0."),
    ],
)
def test_each_change_of_many_donors_is_reported(what: EventKind, details: dict[str, str], text: str) -> None:
    assert text_of(what, **details) == text


@pytest.mark.usefixtures("qapp")
def test_what_an_earlier_version_kept_stays_readable() -> None:
    account = "5 filas: 4 en espera, 1 omitida"
    assert text_of(EventKind.QUEUED, file="spring.csv", account=account) == f"Queued by ann: spring.csv, {account}"
    assert text_of(EventKind.PUSHED, records="12 registros") == "pushed by ann. 12 registros"
    assert text_of(EventKind.WITHDRAWN, file="spring.csv", rows="3").endswith("3 donors of spring.csv.")


@pytest.mark.usefixtures("qapp")
def test_they_are_reported_in_the_language_of_today() -> None:
    use_language("es")
    try:
        assert "Texto pegado" in text_of(EventKind.QUEUED, kind="paste", file="", rows="1", waiting="1")
    finally:
        use_language("en")
