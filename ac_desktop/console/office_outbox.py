"""office discard: gives up donors that were typed on this computer and cannot reach the office."""

import argparse
from collections.abc import Callable
from pathlib import Path

from ac_desktop.console.offline import print_entries, visit_office
from ac_desktop.console.terminal import print_line, require_confirmation
from ac_desktop.model.donor import clean_email
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.folder_use import OfficeUse
from ac_desktop.store.opening import membership_of, outbox_of


def discard(folder: Path, args: argparse.Namespace, open_services: Callable[[], Services]) -> None:
    """Discard what waits here once it is known, or cannot be known, that the office does not take it."""
    membership = membership_of(folder)
    if membership is None:
        raise StoreError(StoreProblem.MISSING, StoreMessage.NOT_IN_OFFICE)
    with OfficeUse(folder):
        problem = _pushed(open_services)
        outbox = outbox_of(folder, membership)
        wanted = clean_email(args.email)
        entries = [one for one in outbox.entries() if not wanted or clean_email(one.donor.email) == wanted]
        print_entries(entries)
        if not entries:
            return
        question = tr(
            "These donors were typed on this computer. The office doesn't have them, or its response never came. "
            "They're deleted here permanently, and the office's log says that they were."
        )
        if problem is not None:
            question = f"{problem} {question}"
        if not args.yes:
            require_confirmation(
                asked=tr("{told} Discard?", told=question),
                unattended=tr("{told} Nothing was discarded. To confirm, add --yes.", told=question),
                declined=tr("Nothing was discarded."),
            )
        outbox.discard(entries)
        print_line(tr("Discarded: {count}.", count=len(entries)))
        if problem is None:
            _pushed(open_services)


def _pushed(open_services: Callable[[], Services]) -> StoreError | None:
    """Push what the office takes, and tell its log what was discarded; return why that is not possible."""
    try:
        services = open_services()
    except StoreError as error:
        return error
    try:
        visit_office(services)
    except StoreError as error:
        return error
    finally:
        services.close()
    return None
