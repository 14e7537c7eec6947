"""Notices for a person about what runs by itself, and the last thing it did: codes and numbers, never sentences."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ac_desktop.store.ports import Database, Row, WriteScope


class NoticeCode(StrEnum):
    """What a person should know of."""

    SWITCHED_OFF = "switched_off"
    """Five failures in a row made the connection inactive."""
    HELD_WAITING = "held_waiting"
    """Held donors wait for a decision; detail `count`."""
    IMPORT_NEEDS_ANSWER = "import_needs_answer"
    """A file, a fetch or a webhook body was not queued; details `source`, `why` (an ImportDoubt), `file`."""
    DONE_WITH_FAILURES = "done_with_failures"
    """A relay ended with failed donors; detail `count`."""
    KEY_MISSING = "key_missing"
    """There is no API key, so nothing is relayed."""
    FETCH_FAILED = "fetch_failed"
    """Donations could not be fetched; detail `problem`."""
    FOLDER_UNREADABLE = "folder_unreadable"
    """The watched folder cannot be read."""


class ActionCode(StrEnum):
    """What ran by itself last."""

    LOOKED = "looked"
    """The sources had nothing new."""
    QUEUED = "queued"
    """Donors were queued; details `source` and the numbers by state."""
    RELAYED = "relayed"
    """A relay ended; details `sent`, `failed`, `held`."""
    NEEDS_ANSWER = "needs_answer"
    """Something was left for a person."""
    FAILED = "failed"
    """The sources could not be read."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice that is open until what it is about is over, or a person closes it.

    Its time is in seconds since the epoch.
    """

    id: int
    connection_id: int
    at: float
    code: NoticeCode
    subject: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AutomaticAction:
    """The last thing that was done by itself for a connection."""

    at: float
    code: ActionCode
    details: Mapping[str, str] = field(default_factory=dict)


class Notices:
    """The open notices, one for each connection, code and subject, and the last action of each connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, connection_id: int | None = None) -> list[Notice]:
        """Return the open notices of a connection or of all, the oldest first."""
        one = "" if connection_id is None else " AND connection_id = ?"
        rows = self._database.rows(
            "SELECT id, connection_id, at, code, subject, details FROM notice"
            f" WHERE closed_at IS NULL{one} ORDER BY id",
            () if connection_id is None else (connection_id,),
        )
        return [_notice(row) for row in rows]

    def post(self, connection_id: int, code: NoticeCode, now: float, *, subject: str = "", **details: str) -> bool:
        """Open a notice, or update the details of the open one about the same; return whether it is a new one."""
        text = json.dumps(details, ensure_ascii=False)
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            updated = sql.execute(
                "UPDATE notice SET details = ?"
                " WHERE connection_id = ? AND code = ? AND subject = ? AND closed_at IS NULL",
                (text, connection_id, code.value, subject),
            )
            if updated:
                return False
            sql.execute(
                "INSERT INTO notice (connection_id, at, code, subject, details) VALUES (?, ?, ?, ?, ?)",
                (connection_id, now, code.value, subject, text),
            )
        return True

    def close(self, notice_id: int, now: float) -> None:
        """Close one notice, as a person has read it."""
        found = self._database.row("SELECT connection_id FROM notice WHERE id = ?", (notice_id,))
        if found is None:
            return
        with self._database.writing(WriteScope.of(found["connection_id"])) as sql:
            sql.execute("UPDATE notice SET closed_at = ? WHERE id = ? AND closed_at IS NULL", (now, notice_id))

    def close_all(self, connection_id: int, codes: Collection[NoticeCode], now: float, *, subject: str = "") -> None:
        """Close the notices of some codes about a subject, as that is over."""
        for notice in self.open(connection_id):
            if notice.code in codes and notice.subject == subject:
                self.close(notice.id, now)

    def last_action(self, connection_id: int) -> AutomaticAction | None:
        """Return what was done by itself last, None where nothing ever was."""
        row = self._database.row(
            "SELECT at, code, details FROM automatic_action WHERE connection_id = ?", (connection_id,)
        )
        if row is None:
            return None
        return AutomaticAction(at=row["at"], code=ActionCode(row["code"]), details=json.loads(row["details"]))

    def record_action(self, connection_id: int, code: ActionCode, now: float, **details: str) -> None:
        """Store what was just done by itself."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute(
                "INSERT INTO automatic_action (connection_id, at, code, details) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (connection_id) DO UPDATE SET at = excluded.at, code = excluded.code,"
                " details = excluded.details",
                (connection_id, now, code.value, json.dumps(details, ensure_ascii=False)),
            )


def _notice(row: Row) -> Notice:
    return Notice(
        id=row["id"],
        connection_id=row["connection_id"],
        at=row["at"],
        code=NoticeCode(row["code"]),
        subject=row["subject"],
        details=json.loads(row["details"]),
    )
