"""Which addresses an office has erased, as codes alone, so that no outbox brings one of them back."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from ac_desktop.store.backups import COMPANIONS, FILE_NAME, MOVED_PREFIX
from ac_desktop.store.ports import NO_CONNECTION, Database, Owners
from ac_desktop.store.privacy.erasure import ErasableDatabase, Erasure, ErasureRecord

_KEY: Final = "erased addresses"
"""The name of the key of the codes among the secrets."""
_KEY_BYTES: Final = 32


class ErasedAddresses:
    """The erasures of an office, numbered in their order: an outbox asks for those since it last asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, email: str) -> None:
        """Store that an address is erased from now on."""
        code = self._code(self._key(), email)
        with self._database.writing(NO_CONNECTION) as sql:
            sql.execute("INSERT INTO erased_address (code) VALUES (?)", (code,))

    def last(self) -> int:
        """Return the number of the latest erasure, 0 before the first one."""
        row = self._database.row("SELECT COALESCE(MAX(id), 0) AS id FROM erased_address")
        return int(row["id"]) if row else 0

    def among(self, emails: Iterable[str], since: int) -> set[str]:
        """Return the addresses that were erased after the erasure of this number."""
        rows = self._database.rows("SELECT code FROM erased_address WHERE id > ?", (since,))
        codes = {bytes(row["code"]) for row in rows}
        if not codes:
            return set()
        key = self._key()
        return {email for email in emails if self._code(key, email) in codes}

    def _key(self) -> bytes:
        find = ("SELECT value FROM secret WHERE name = ?", (_KEY,))
        found = self._database.row(*find)
        if found is None:
            with self._database.writing(NO_CONNECTION) as sql:
                sql.execute(
                    "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                    (_KEY, secrets.token_bytes(_KEY_BYTES)),
                )
            found = self._database.row(*find)
        if found is None:
            raise LookupError("The key of the erased addresses is gone")
        return bytes(found["value"])

    @staticmethod
    def _code(key: bytes, email: str) -> bytes:
        return hmac.new(key, email.encode(), hashlib.sha256).digest()


class OfficeErasure(Erasure):
    """Erases people from an office's database, and from each workstation's outbox at its next contact.

    `folder` is the data folder, in which files of earlier queues may be that this does not reach.
    """

    def __init__(self, database: ErasableDatabase, owners: Owners, addresses: ErasedAddresses, folder: Path) -> None:
        super().__init__(database, owners)
        self._folder = folder
        self._addresses = addresses

    def erase(self, email: str, now: float) -> ErasureRecord:
        """Erase a person everywhere. What an outbox has pushed before is erased here, the rest when it is pushed."""
        self._addresses.record(email)
        record = super().erase(email, now)
        return replace(record, is_in_office=True, unreached=self._unreached())

    def _unreached(self) -> tuple[Path, ...]:
        found = [file for start in (MOVED_PREFIX, FILE_NAME) for file in self._folder.glob(f"{start}*")]
        return tuple(sorted(file for file in found if not file.name.endswith(COMPANIONS)))
