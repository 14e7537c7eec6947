"""People whom the office has erased: they are erased from a queue before it moves in, and from its file."""

import json
import time

from ac_desktop.store.ports import Database, Owners
from ac_desktop.store.privacy.erased_addresses import ErasedAddresses
from ac_desktop.store.privacy.erasure import ErasableDatabase, Erasure


def erase_as_the_office(office: Database, own: ErasableDatabase, owners: Owners) -> None:
    """Erase from a queue whom its office has erased; nobody else comes from it into the office."""
    erasure, erased = Erasure(own, owners), ErasedAddresses(office)
    if erased.last():
        for email in sorted(erased.among(_addresses(own), since=0)):
            erasure.erase(email, time.time())


def _addresses(database: Database) -> set[str]:
    """Return every address of a queue, also of what was removed from it and of what it was before an edit."""
    found = {row["email"] for row in database.rows("SELECT DISTINCT email FROM email_at")}
    for row in database.rows("SELECT old, new FROM edit WHERE field = 'email'"):
        found |= {row["old"], row["new"]}
    for row in database.rows("SELECT kept FROM bin WHERE belongs_to = 'record'"):
        found.add(str(json.loads(row["kept"])["email"]))
    return found - {""}
