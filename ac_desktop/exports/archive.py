"""Donor files within a ZIP."""

from ac_desktop.exports.source import Source


def members(source: Source) -> tuple[str, ...]:
    """List the donor files of a ZIP."""
    raise NotImplementedError


def part(source: Source, member: str | None) -> Source:
    """Give one file of a ZIP."""
    raise NotImplementedError
