"""What joining, sharing and leaving do to this computer's queue, and what the person then reads."""

from collections.abc import Sequence
from functools import partial

from ac_desktop.model.wording import tr
from ac_desktop.reporting.move_texts import copied_lines
from ac_desktop.reporting.office_texts import closed_note, password_note
from ac_desktop.store.errors import StoreError
from ac_desktop.store.moving.progress import Report
from ac_desktop.store.moving.queue_moves import QueueMoves
from ac_desktop.store.office.office_folder import Joined, OfficeFolder
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.ports import QueryCancelledError, QueryToken
from ac_desktop.ui.office.move_dialog import run_move
from ac_desktop.ui.office.queue_change import ChangedQueue


def enter(office: OfficeFolder, address: OfficeAddress, workstation: str) -> ChangedQueue:
    """Work on the office's queue from now on. Raise StoreError."""
    joined = office.enter(address, workstation)
    kept = tr("The donors that were on this computer are kept here. To use them again, choose Office > Leave.")
    return _entered(joined, address, kept)


def share(office: OfficeFolder, moves: QueueMoves, address: OfficeAddress, workstation: str) -> ChangedQueue:
    """Work on the office's queue from now on, with the donors that were on this computer. Raise StoreError.

    Where they cannot be moved, they are left where they were, and the person is told why.
    """
    joined = office.enter(address, workstation)
    error = run_move(partial(_move, moves, address.password), tr("Share this queue"))
    if error is None:
        return _entered(joined, address, tr("To invite the others, choose Office > Workstations."))
    if isinstance(error, QueryCancelledError):
        why = tr("The move was canceled.")
    elif isinstance(error, StoreError):
        why = str(error)
    else:
        raise error
    kept = tr("The donors on this computer weren't moved, and are kept here. To try again, leave and share once more.")
    return _entered(joined, address, f"{why} {kept}")


def leave(office: OfficeFolder) -> ChangedQueue:
    """Work on this computer's own queue again. Raise StoreError."""
    office.leave_folder()
    return ChangedQueue(tr("You work on this computer's own queue again."))


def take_along(office: OfficeFolder, moves: QueueMoves, password: str) -> ChangedQueue:
    """Move the office's queue to this computer and work on it from now on. Raise StoreError.

    Where it cannot be moved, this computer works on the office's queue as before, and the person is told why.
    """
    error = run_move(partial(_take_along, moves, password), tr("Move the office's queue"))
    if isinstance(error, QueryCancelledError):
        return ChangedQueue(tr("The move was canceled. The office's queue is where it was."), password)
    if error is not None:
        raise error
    office.leave(password)
    return ChangedQueue(tr("You work on this computer's own queue now, with the donors of the office."))


def _take_along(moves: QueueMoves, password: str, report: Report, token: QueryToken) -> Sequence[str]:
    moved = moves.take_along(password, report, token)
    return [
        *copied_lines(moved.copied),
        tr(
            "The office is closed: its donors stay there to be read, and nothing is sent from it. Enter an API key "
            "here for each connection that this computer doesn't have one of."
        ),
    ]


def _move(moves: QueueMoves, password: str, report: Report, token: QueryToken) -> Sequence[str]:
    moved = moves.move_in(password, report, token)
    return [
        *copied_lines(moved.copied),
        tr(
            "This computer's own queue was saved as {file}. It's read-only, and contains donors. Delete it once you "
            "trust the office.",
            file=moved.kept_as,
        ),
    ]


def _entered(joined: Joined, address: OfficeAddress, more: str) -> ChangedQueue:
    text = tr(
        "You work on the office's queue now: {database} at {server}.",
        database=joined.membership.database,
        server=joined.membership.server,
    )
    notes = (text, more, password_note(joined), closed_note(is_closed=joined.is_closed))
    return ChangedQueue(" ".join(filter(None, notes)), address.password)
