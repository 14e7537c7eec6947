"""Webhooks."""

from ac_desktop.exports.source import Opened, Source


def open_webhook(source: Source, *, encoding: str | None = None) -> Opened:
    """Open."""
    raise NotImplementedError
