"""The error of a file that cannot be imported, with the sentence for the person."""

from ac_desktop.model.wording import tr


class ImportFileError(Exception):
    """A file, an export profile or a report that cannot be used; its text is the sentence for the person."""


def not_taken(what: str, advice: str) -> ImportFileError:
    """Return the error that says what is wrong with a file, that nothing was queued, and what to do."""
    return ImportFileError(tr("{what} Nothing was queued. {advice}", what=what, advice=advice))
