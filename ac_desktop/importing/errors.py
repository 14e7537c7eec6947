"""The error of a file that cannot be imported, with the sentence for the person."""

from ac_desktop.model.store_messages import StoreMessage
from ac_desktop.model.store_texts import store_text
from ac_desktop.model.wording import tr
from ac_desktop.store.errors import StoreError, StoreProblem


class ImportFileError(Exception):
    """A file, an export profile or a report that cannot be used; its text is the sentence for the person."""


def not_taken(what: str, advice: str) -> ImportFileError:
    """Return the error that says what is wrong with a file, that nothing was queued, and what to do."""
    return ImportFileError(tr("{what} Nothing was queued. {advice}", what=what, advice=advice))


def not_imported(error: StoreError) -> str:
    """Return why a file was not imported; while an office's server is away, that it can wait where it is."""
    if error.trouble is StoreProblem.AWAY:
        return store_text(StoreMessage.FILES_WAIT_FOR_OFFICE, {})
    return str(error)
