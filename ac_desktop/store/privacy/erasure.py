"""Erasure of one person, by address, from everything stored on this computer."""

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.engines.sqlite.database import FILE_NAME, Database
from ac_desktop.store.history.history import EventKind, insert_event, person
from ac_desktop.store.privacy.address_mask import AddressMask, Rows, changes, texts_with
from ac_desktop.store.privacy.anonymise import anonymise_attempts, anonymise_records
from ac_desktop.store.privacy.backup_erasure import erase_from_copies, holds
from ac_desktop.store.queue.owners import Owners

_CHUNK: Final = 200
_OF_RECORD: Final = """
    WITH RECURSIVE found (id) AS (
        SELECT id FROM record WHERE email = ?1
        UNION SELECT record_id FROM edit WHERE field = 'email' AND ?1 IN (old, new)
        UNION SELECT c.record_id FROM correction c JOIN found ON c.replaced_by = found.id
        UNION SELECT c.replaced_by FROM correction c JOIN found ON c.record_id = found.id
        WHERE c.replaced_by IS NOT NULL
    )
    SELECT f.id FROM found f JOIN record r ON r.id = f.id
"""
"""Includes the records of an address that was corrected, in the window or by a report."""
_IN_BIN: Final = """
    SELECT DISTINCT removal, record_id FROM bin WHERE
        (belongs_to = 'record' AND json_extract(kept, '$.email') = ?1)
        OR (belongs_to = 'edit' AND json_extract(kept, '$.field') = 'email'
            AND ?1 IN (json_extract(kept, '$.old'), json_extract(kept, '$.new')))
"""


class ErasureError(Exception):
    """A person who cannot be erased now; its text is the sentence shown to the user."""


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

    @property
    def text(self) -> str:
        """The erasure record as a text."""
        at = local_time(self.at).strftime("%Y-%m-%d %H:%M %Z")
        lines = [
            tr("Receipt {number}: erased from AC Desktop on this computer", number=self.number),
            tr("Address: {email}", email=self.email),
            tr("When: {at}, by {who}", at=at, who=self.who),
            tr("Records whose donor was taken out: {count}", count=self.found.records),
            tr("Removed records deleted for good: {count}", count=self.found.removed),
            tr("Attempts whose payloads and answers were taken out: {count}", count=self.found.attempts),
            tr("Other texts in which the address was replaced: {count}", count=self.places),
            tr("Backups in which the same was done: {count}", count=len(self.backups)),
            tr(
                "What stays: counts, dates and outcomes without the person, and marks from which neither name nor "
                "address can be read, so that the same file does not bring this person back."
            ),
        ]
        if self.longer:
            lines.append(
                tr("Texts with a longer address that only holds these letters, left alone: {count}", count=self.longer)
            )
        if self.left:
            lines.append(tr("These files could not be cleaned; delete them if they are not needed:"))
            lines += [f"  {path}" for path in self.left]
        else:
            lines.append(tr("All files in AC Desktop's folder were searched afterwards: the address is in none."))
        lines.append(
            tr(
                "Not erased by this: ActiveCampaign's contact, Anedot's records, the export files themselves and "
                "reports that were saved elsewhere, and copies of this computer that others made."
            )
        )
        return "\n".join(lines) + "\n"


def write_erasure_record(path: Path, receipt: ErasureRecord) -> None:
    """Write an erasure record to a private file. Raise OSError where that fails."""
    write_private(path, receipt.text)


class Erasure:
    """Erases people from the database of a data folder and from its copies."""

    def __init__(self, database: Database, owners: Owners) -> None:
        self._database = database
        self._owners = owners

    def find(self, email: str) -> ErasureFindings:
        """Return what is stored of an address."""
        return _found(self._database.rows, email)

    def erase(self, email: str, now: float) -> ErasureRecord:
        """Erase a person everywhere; takes seconds in a large database, so never on the UI thread.

        Waiting, held and failed records become skipped. Raise ErasureError while one of their records is being relayed,
        StoreError where the database cannot be used.
        """
        mask, folder = AddressMask(email), self._database.folder
        found = self.find(email)
        self._erase_records(email, now)
        places = self._mask(mask)
        number = secrets.token_hex(4).upper()
        with self._database.writing() as sql:
            for (connection_id,) in sql.execute("SELECT id FROM connection").fetchall():
                insert_event(sql, connection_id, EventKind.ERASED, now, {"receipt": number})
        copies, left = erase_from_copies(folder, mask)
        self._database.checkpoint()
        if holds(self._database.path, mask):
            self._database.compact()
        longer = sum(len(change.rowids) for change in texts_with(self._database.rows, mask))
        if not longer and holds(self._database.path, mask):
            left.append(self._database.path)
        left += [path for path in _others(folder, copies) if path not in left and holds(path, mask)]
        return ErasureRecord(
            number=number,
            email=email,
            at=now,
            who=person(),
            found=found,
            places=places,
            longer=longer,
            backups=tuple(copies),
            left=tuple(left),
        )

    def _erase_records(self, email: str, now: float) -> None:
        for chunk in _chunks([row[0] for row in self._database.rows(_OF_RECORD, (email,))]):
            with self._database.writing() as sql:
                self._refuse_in_flight(sql, chunk)
                _skip_and_anonymise(sql, chunk, now)
        removals = self._database.rows(_IN_BIN, (email,))
        with self._database.writing() as sql:
            sql.executemany("DELETE FROM bin WHERE removal = ? AND record_id = ?", removals)

    def _refuse_in_flight(self, sql: sqlite3.Connection, record_ids: Sequence[int]) -> None:
        rows = sql.execute(
            f"SELECT owner FROM record WHERE id IN ({','.join('?' * len(record_ids))}) AND state = 'sending'",
            record_ids,
        ).fetchall()
        if any(owner and not self._owners.is_dead(owner) for (owner,) in rows):
            raise ErasureError(tr("This donor is just being relayed. Wait a moment, then erase again."))

    def _mask(self, mask: AddressMask) -> int:
        """Find the rows with the address without blocking writers, then mask those rows alone."""
        changed = 0
        for change in changes(self._database.rows, mask):
            with self._database.writing() as sql:
                changed += change.apply(sql, mask)
        return changed


def _skip_and_anonymise(sql: sqlite3.Connection, record_ids: Sequence[int], now: float) -> None:
    these = f"({','.join('?' * len(record_ids))})"
    attempts = sql.execute(f"SELECT id FROM attempt WHERE donors = 1 AND record_id IN {these}", record_ids).fetchall()
    anonymise_attempts(sql, [row[0] for row in attempts], now)
    why = reason(ReasonCode.ERASED, person=person()).to_json()
    sql.execute(
        "UPDATE record SET state = CASE state WHEN 'sent' THEN 'sent' ELSE 'skipped' END, step = 'contact', cause ="
        " NULL, owner = NULL, lease_until = NULL, claim_token = NULL, resubscribe = 0, bulk_batch_id = NULL,"
        f" reason = ?, changed_at = CASE state WHEN 'sent' THEN changed_at ELSE ? END WHERE id IN {these}",
        (why, now, *record_ids),
    )
    anonymise_records(sql, record_ids, now)
    sql.execute(f"UPDATE decision SET held_for = NULL WHERE record_id IN {these}", record_ids)


def _found(rows: Rows, email: str) -> ErasureFindings:
    ids = [row[0] for row in rows(_OF_RECORD, (email,))]
    attempts = sum(
        rows(f"SELECT COUNT(*) FROM attempt WHERE record_id IN ({','.join('?' * len(some))})", some)[0][0]
        for some in _chunks(ids)
    )
    return ErasureFindings(records=len(ids), removed=len(rows(_IN_BIN, (email,))), attempts=attempts)


def _others(folder: Path, copies: Sequence[Path]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in copies and path != folder / FILE_NAME:
            yield path


def _chunks(record_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(record_ids), _CHUNK):
        yield record_ids[first : first + _CHUNK]
