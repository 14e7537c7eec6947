"""Who is changing a donor's record in an office: shown to others, and no lock. A save compares by itself."""

from typing import Protocol

from ac_desktop.model.editor import Editor


class Editing(Protocol):
    """The records that are being changed. Never on the UI thread. Raise StoreError where the server is away."""

    def begin(self, record_id: int) -> list[Editor]:
        """Show the others that this workstation changes a record; return who else does."""

    def end(self, record_id: int) -> None:
        """Show that it does no more."""

    def others(self, record_id: int) -> list[Editor]:
        """Return who else changes a record."""
