"""The dialogs that the window opens from other packages: wizard, key, list chooser, test and reactivation."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

ForConnection = Callable[[QWidget, int], None]


@dataclass(frozen=True, kw_only=True)
class DialogOpeners:
    """Provided by the composition root; each opens its dialog over the window given, for the connection given."""

    new_connection: Callable[[QWidget], None]
    edit_connection: ForConnection
    edit_address: ForConnection
    edit_key: ForConnection
    choose_list: ForConnection
    reactivate: ForConnection
    test: ForConnection
    directory: Callable[[QWidget], None]
