"""A store of made-up donors of any size, each with an attempt, written by plain SQL within seconds."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

from ac_desktop.model.address import parse_address
from ac_desktop.model.attempts import StepLog
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.engines.sqlite.database import FILE_NAME, SqliteDatabase
from ac_desktop.store.history.step_codec import encode_steps

NOW = 1_795_000_000.0
FIRST = ["Annie", "Bela", "Chiara", "Dov", "Esme", "Farid", "Gita", "Hugo", "Ines", "Jonas", "Kenji", "Lena", "Rosa"]
LAST = ["Abara", "Brook", "Castillo", "Dot", "Eriksen", "Fonseca", "Garza", "Hale", "Iyer", "Lund", "Núñez", "Quist"]
STATES = ["sent"] * 70 + ["waiting"] * 20 + ["failed"] * 4 + ["held"] * 2 + ["skipped"] * 4
WHY = {
    "failed": [
        reason(ReasonCode.DONOR_REFUSED, detail="The address is not valid."),
        reason(ReasonCode.DONOR_REFUSED, detail="There is no such mailbox."),
        reason(ReasonCode.SERVER_TROUBLE, status=500),
        reason(ReasonCode.KEY_REFUSED),
    ],
    "held": [reason(ReasonCode.UNSUBSCRIBED, list="Donors", date="2026-08-02")],
    "skipped": [reason(ReasonCode.DUPLICATE_ROW, row=12)],
}
STEPS = encode_steps(
    (
        StepLog(
            step="contact",
            method="POST",
            path="/contact/sync",
            status=201,
            duration_ms=200,
            response='{"contact":{"email":"someone@example.org","id":"25"}}',
            headers=(("X-Request-Id", "7c1f-made-up"), ("Cf-Ray", "8a90-made-up")),
        ),
        StepLog(
            step="list",
            method="POST",
            path="/contactLists",
            status=201,
            duration_ms=180,
            response='{"contactList":{"contact":"25","list":"19","status":1,"id":"7"}}',
            headers=(("X-Request-Id", "7c20-made-up"),),
        ),
    )
)
COLUMNS = (
    "connection_id, batch_id, row, email, phone, first_name, last_name, page, page_name, team, source, donation_id,"
    " donated_at, state, step, contact_id, was_new, tries, next_try_at, cause, reason, changed_at"
)


def fill(folder: Path, number: int, *, url: str = "https://myorg.api-us1.com", now: float = NOW) -> int:
    """Make a store with one connection; returns the connection's number."""
    database = SqliteDatabase(folder)
    settings = ConnectionSettings(name="Spring Appeal", address=parse_address(url), list_id="19", list_name="Donors")
    connection_id = Connections(database).create(settings, now - 900_000).id
    with database.writing() as sql:
        sql.many(
            "INSERT INTO batch (connection_id, kind, file_name, sheet, sha256, fingerprint, header, queued_at)"
            " VALUES (?, 'file', ?, '', ?, 'x', '[\"Email\"]', ?)",
            [(connection_id, f"donors-{year}.csv", str(year), now) for year in range(2022, 2027)],
        )
        marks = ",".join("?" * len(COLUMNS.split(",")))
        sql.many(
            f"INSERT INTO record ({COLUMNS}) VALUES ({marks})",  # noqa: S608
            _rows(connection_id, number, now),
        )
        sql.execute("INSERT INTO source_row SELECT id, email FROM record")
        sql.execute("INSERT INTO email_at SELECT email, id FROM record ORDER BY email")
        sql.execute("INSERT INTO tally SELECT connection_id, batch_id, state, COUNT(*) FROM record GROUP BY 1, 2, 3")
        sql.execute(
            "INSERT INTO attempt (connection_id, record_id, started_at, duration_ms, outcome, cause, reason, streak,"
            " contact_payload, list_payload, steps)"
            " SELECT connection_id, id, ? + id * 0.4, 380, CASE state WHEN 'failed' THEN 'failed' ELSE 'sent' END,"
            " cause, reason, 0, json_object('contact', json_object('email', email, 'lastName', last_name)), '{}', ?"
            " FROM record WHERE state IN ('sent', 'failed') OR ? >= 1000000",
            (now - number * 0.4, STEPS, number),
        )
    database.close()
    return connection_id


def _rows(connection_id: int, number: int, now: float) -> Iterator[tuple[object, ...]]:
    chance = random.Random(1)  # noqa: S311
    for at in range(1, number + 1):
        state, first, last = chance.choice(STATES), chance.choice(FIRST), chance.choice(LAST)
        yield (
            connection_id,
            at * 5 // (number + 1) + 1,
            at + 1,
            f"{first}.{last}{at}@example.org".lower().replace("ú", "u").replace("ñ", "n"),
            f"225{at % 10**7:07d}",
            first,
            last,
            f"page-{at % 7}",
            f"Spring {at % 7}",
            "",
            "",
            "",
            "",
            state,
            "list" if state == "sent" else "contact",
            str(at) if state == "sent" else None,
            at % 2,
            int(state == "failed"),
            0.0,
            "donor" if state == "failed" else None,
            chance.choice(WHY[state]).to_json() if state in WHY else None,
            now - chance.random() * 800_000,
        )


def store(inputs: Path, number: int) -> Path:
    """Return the folder of a store of so many records, made where it is not there yet."""
    folder = inputs / f"store-{number}"
    if not (folder / FILE_NAME).exists():
        folder.mkdir(parents=True, exist_ok=True)
        fill(folder, number, now=time.time())
    return folder
