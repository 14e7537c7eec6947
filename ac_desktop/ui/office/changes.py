"""What joining and leaving an office do to this computer's queue, and what the person then reads."""

from ac_desktop.model.wording import tr
from ac_desktop.reporting.office_texts import password_note
from ac_desktop.store.office.office_folder import OfficeFolder
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.ui.office.queue_change import ChangedQueue


def enter(office: OfficeFolder, address: OfficeAddress, workstation: str) -> ChangedQueue:
    """Work on the office's queue from now on. Raise StoreError."""
    joined = office.enter(address, workstation)
    text = tr(
        "You work on the office's queue now: {database} at {server}. The donors that were on this computer are kept "
        "here. To use them again, choose Office > Leave.",
        database=joined.membership.database,
        server=joined.membership.server,
    )
    return ChangedQueue(" ".join(filter(None, (text, password_note(joined)))), address.password)


def leave(office: OfficeFolder) -> ChangedQueue:
    """Work on this computer's own queue again. Raise StoreError."""
    office.leave_folder()
    return ChangedQueue(tr("You work on this computer's own queue again."))
