"""The error of a clone that cannot be used."""


class NotReadyError(Exception):
    """A clone cannot be used in its present state; the message says what happened and what to do."""
