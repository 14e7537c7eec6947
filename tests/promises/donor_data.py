"""What the tests of donors' data share."""

from dataclasses import replace

from ac_desktop.model.donor import Donor
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.records import NewRecord

ANN = Donor(email="ann.smith+gift@example.org", phone="2255550199", first_name="Annabella", last_name="Smithereens")


def typed(row: int, who: Donor, **more: object) -> NewRecord:
    cells = (who.email.upper(), who.first_name, who.last_name, who.phone, "a note")
    return replace(NewRecord(row=row, donor=who, state=RecordState.WAITING, cells=cells, row_hash=row * 7919), **more)  # type: ignore[arg-type]
