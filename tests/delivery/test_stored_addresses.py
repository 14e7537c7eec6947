"""Whichever way a donor comes in, the address is stored in small letters: lists are ordered and people found by it."""

from pathlib import Path

from ac_desktop.cli import main
from ac_desktop.importing.corrections.edits import save_edit
from ac_desktop.store.queue.records import Record
from tests.harness import Harness

EXPORT = """First Name,Email
Ann,Ann@Example.ORG
Bea," BEA@EXAMPLE.ORG "
Carl,<Carl@Example.Org>
Dora,NOT AN ADDRESS
Änne,ÄNNE@MÜNCHEN.DE
"""


def _records(harness: Harness) -> list[Record]:
    reader = harness.services.record_reader
    rows = harness.services.database.rows("SELECT id FROM record ORDER BY id")
    return reader.by_ids([row["id"] for row in rows])


def test_an_address_is_stored_in_small_letters(harness: Harness, tmp_path: Path) -> None:
    connection = harness.connect("Spring")
    file = tmp_path / "people.csv"
    file.write_text(EXPORT, encoding="utf-8")
    words = ("--data-dir", str(harness.folder))
    main([*words, "import", "Spring", str(file), "--page", "spring"])
    main([*words, "add", "Spring", "--email", "Finn@Example.ORG", "--page", "spring"])
    failed = next(record for record in _records(harness) if "not an" in record.donor.email)
    save_edit(harness.services.record_edits, failed, {"email": "Dora@Example.ORG"}, connection, harness.clock.now())
    stored = [record.donor.email for record in _records(harness)]
    assert stored == [email.lower() for email in stored]
    assert {"ann@example.org", "bea@example.org", "dora@example.org", "finn@example.org"} <= set(stored)
