"""Erasure of one person, by address, from everything stored on this computer."""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.store_texts import StoreMessage, store_text
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import EVERY_CONNECTION, Database, Owners, Sql, WriteScope
from ac_desktop.store.privacy.anonymise import AddressMask, anonymise_attempts, anonymise_records

_CHUNK: Final = 200
_OF_RECORD: Final = """
    WITH RECURSIVE found (id) AS (
        SELECT id FROM record WHERE email = :email
        UNION SELECT record_id FROM edit WHERE field = 'email' AND :email IN (old, new)
        UNION SELECT CASE WHEN c.replaced_by = found.id THEN c.record_id ELSE c.replaced_by END
        FROM found JOIN correction c ON c.replaced_by = found.id OR c.record_id = found.id
        WHERE c.replaced_by IS NOT NULL
    )
    SELECT f.id FROM found f JOIN record r ON r.id = f.id
"""
"""Includes the records of an address that was corrected, in the window or by a report."""
_IN_BIN: Final = "SELECT removal, record_id, belongs_to, kept FROM bin WHERE belongs_to IN ('record', 'edit')"


@dataclass(frozen=True, kw_only=True)
class WipedFiles:
    """The copies from which a person was erased, the files with the address that are left, and longer addresses."""

    copies: tuple[Path, ...]
    left: tuple[Path, ...]
    longer: int


class ErasableDatabase(Database, Protocol):
    """A database that can erase a person from all that it wrote."""

    def mask_texts(self, mask: AddressMask, erasure: str, at: float) -> int:
        """Mask the address in the texts of every table, for an erasure record of this number; return how many were."""

    def wipe_files(self, mask: AddressMask) -> WipedFiles:
        """Erase a person from all copies and from what is left of deleted rows, and look for the address everywhere."""


class ErasureError(Exception):
    """A person who is being relayed and cannot be erased now; `str` of it is the sentence for the user."""

    def __str__(self) -> str:
        return store_text(StoreMessage.DONOR_IN_FLIGHT)


@dataclass(frozen=True, kw_only=True)
class ErasureFindings:
    """What is stored of an address: records, removed records, and attempts."""

    records: int
    removed: int
    attempts: int

    @property
    def any(self) -> bool:
        """Whether anything was found for the address itself."""
        return bool(self.records or self.removed or self.attempts)


@dataclass(frozen=True, kw_only=True)
class ErasureRecord:
    """What was erased: shown, and written where the user chooses, but not stored."""

    number: str
    email: str
    at: float
    who: str
    found: ErasureFindings
    places: int
    longer: int = 0
    backups: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    unreached: tuple[Path, ...] = ()
    """Files of earlier queues beside an office: nobody has looked into them."""
    is_in_office: bool = False
    """Whether it was erased from an office, whose server's files are its administrator's."""


class Erasure:
    """Erases people from the database of a data folder and from its copies."""

    def __init__(self, database: ErasableDatabase, owners: Owners) -> None:
        self._database = database
        self._owners = owners

    def find(self, email: str) -> ErasureFindings:
        """Return what is stored of an address."""
        return _found(self._database, email)

    def erase(self, email: str, now: float) -> ErasureRecord:
        """Erase a person everywhere; takes seconds in a large database, so never on the UI thread.

        Waiting, held and failed records become skipped. Raise ErasureError while one of their records is being relayed,
        StoreError where the database cannot be used.
        """
        mask = AddressMask(email)
        found = self.find(email)
        number = secrets.token_hex(4).upper()
        self._erase_records(email, now, number)
        places = self._database.mask_texts(mask, number, now)
        with self._database.writing(EVERY_CONNECTION) as sql:
            _note_erasure(sql, number, now)
        wiped = self._database.wipe_files(mask)
        return ErasureRecord(
            number=number,
            email=email,
            at=now,
            who=self._database.person(),
            found=found,
            places=places,
            longer=wiped.longer,
            backups=wiped.copies,
            left=wiped.left,
        )

    def _erase_records(self, email: str, now: float, number: str) -> None:
        for chunk in _chunks(_records_of(self._database, email)):
            with self._database.writing(WriteScope.of_records(chunk)) as sql:
                self._refuse_in_flight(sql, chunk)
                _skip_and_anonymise(sql, chunk, now, number)
        removals = _removals_of(self._database, email)
        with self._database.writing(EVERY_CONNECTION) as sql:
            if sql.kept_history is not None:
                sql.kept_history.forget_removed(removals, now, number)
            else:
                sql.many("DELETE FROM bin WHERE removal = ? AND record_id = ?", removals)

    def _refuse_in_flight(self, sql: Sql, record_ids: Sequence[int]) -> None:
        rows = sql.rows(
            f"SELECT owner FROM record WHERE id IN ({','.join('?' * len(record_ids))}) AND state = 'sending'",
            record_ids,
        )
        if any(owner and not self._owners.is_dead(owner) for (owner,) in rows):
            raise ErasureError


def _note_erasure(sql: Sql, number: str, now: float) -> None:
    if sql.kept_history is not None:
        sql.kept_history.note_erasure(number, now)
        return
    for (connection_id,) in sql.rows("SELECT id FROM connection"):
        insert_event(sql, connection_id, EventKind.ERASED, now, {"receipt": number})


def _skip_and_anonymise(sql: Sql, record_ids: Sequence[int], now: float, number: str) -> None:
    these = f"({','.join('?' * len(record_ids))})"
    attempts = sql.rows(f"SELECT id FROM attempt WHERE donors = 1 AND record_id IN {these}", record_ids)
    anonymise_attempts(sql, [row["id"] for row in attempts], now, number)
    why = reason(ReasonCode.ERASED, person=sql.person()).to_json()
    sql.execute(
        "UPDATE record SET state = CASE state WHEN 'sent' THEN 'sent' ELSE 'skipped' END, step = 'contact', cause ="
        " NULL, owner = NULL, lease_until = NULL, claim_token = NULL, resubscribe = 0, bulk_batch_id = NULL,"
        f" reason = ?, changed_at = CASE state WHEN 'sent' THEN changed_at ELSE ? END WHERE id IN {these}",
        (why, now, *record_ids),
    )
    anonymise_records(sql, record_ids, now, number)


def _found(database: Database, email: str) -> ErasureFindings:
    ids, attempts = _records_of(database, email), 0
    for some in _chunks(ids):
        row = database.row(
            f"SELECT COUNT(*) AS number FROM attempt WHERE record_id IN ({','.join('?' * len(some))})", some
        )
        attempts += row["number"] if row else 0
    return ErasureFindings(records=len(ids), removed=len(_removals_of(database, email)), attempts=attempts)


def _records_of(database: Database, email: str) -> list[int]:
    return [row["id"] for row in database.rows(_OF_RECORD, {"email": email})]


def _removals_of(database: Database, email: str) -> list[tuple[int, int]]:
    """Return the removals and records of an address among what was removed and can still be restored."""
    found: dict[tuple[int, int], None] = {}
    for row in database.rows(_IN_BIN):
        kept = json.loads(row["kept"])
        emails = {kept["email"]} if row["belongs_to"] == "record" else {kept["old"], kept["new"]}
        if email in emails and kept.get("field", "email") == "email":
            found[row["removal"], row["record_id"]] = None
    return list(found)


def _chunks(record_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(record_ids), _CHUNK):
        yield record_ids[first : first + _CHUNK]
