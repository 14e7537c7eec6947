"""What a person is told when a file cannot be taken."""

from ac_desktop.model.wording import tr


class ImportFileError(Exception):
    """A file, a recogniser or a report that cannot be used; its text is the sentence for the person."""


def not_taken(what: str, advice: str) -> ImportFileError:
    """Tell what happened to a file, that nothing was queued, and what to do."""
    return ImportFileError(tr("{what} Nothing was queued. {advice}", what=what, advice=advice))
