"""What keeps a clone from being used."""


class NotReadyError(Exception):
    """A clone cannot be used as it stands; the message says what happened and what to do."""
