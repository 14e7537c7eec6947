"""What a page of another package offers to the settings of a connection: a folder that is watched, a schedule."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget


class AddedPage(Protocol):
    """A page that stores its own answers, when the dialog is saved."""

    @property
    def title(self) -> str:
        """Its name in the list of pages."""

    @property
    def icon(self) -> str:
        """Its icon there."""

    @property
    def widget(self) -> QWidget:
        """What is shown."""

    def change(self) -> Callable[[], None] | None:
        """Return what stores the answers; None where nothing was changed.

        It is called off the UI thread, and raises StoreError where the answers cannot be stored.
        """

    def stored(self) -> None:
        """Do what is due once the change is stored. It is called on the UI thread."""


AddedPages = Callable[[int], Sequence[AddedPage]]
"""The pages for a connection; each call makes new ones."""
