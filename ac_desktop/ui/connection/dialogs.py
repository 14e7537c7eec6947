"""The dialogs about connections, opened over the window and bound to the services."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.services import Services
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.dialogs.dialog_openers import DialogOpeners

if TYPE_CHECKING:
    from ac_desktop.ui.connection.connection_service import ConnectionService
    from ac_desktop.ui.connection.settings.added_page import AddedPages
    from ac_desktop.ui.connection.settings.pages import ConnectionPageId
    from ac_desktop.ui.connection.wizard.answers import SettingsPart


@dataclass(frozen=True)
class BoundWindow:
    """What the dialogs report to: the window's bridge, its choice of a connection, and the window as their parent."""

    bridge: Bridge
    choose_connection: Callable[[int], None]
    parent: QWidget


class ConnectionDialogs:
    """Opens the wizard, the settings, the directory, the test and the reactivation; loaded when first needed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._window: BoundWindow | None = None
        self._added_pages: AddedPages = lambda _: ()
        self._connection_service: ConnectionService | None = None

    def openers(self) -> DialogOpeners:
        """Return the dialogs that the window opens."""
        return DialogOpeners(
            new_connection=self.new_connection,
            edit_connection=self.edit_connection,
            edit_address=self.edit_address,
            edit_key=self.edit_key,
            choose_list=self.choose_list,
            reactivate=self.reactivate,
            test=self.test,
            directory=self.directory,
        )

    def bind(self, bridge: Bridge, choose_connection: Callable[[int], None], parent: QWidget) -> None:
        """Report changes to this window from now on, and run tasks through its bridge."""
        self._window = BoundWindow(bridge, choose_connection, parent)

    def add_settings_pages(self, pages: "AddedPages") -> None:
        """Show these pages of other packages too in a connection's settings, from now on."""
        self._added_pages = pages

    def new_connection(self, parent: QWidget) -> None:
        """Open the wizard for a new connection."""
        from ac_desktop.ui.connection.wizard.wizard import run_wizard

        run_wizard(parent, self._service(), self._window_bound().bridge, self._saved)

    def edit_connection(self, parent: QWidget, connection_id: int) -> None:
        """Open a connection's settings."""
        from ac_desktop.ui.connection.settings.pages import ConnectionPageId

        self._settings(parent, connection_id, ConnectionPageId.NAME)

    def edit_address(self, parent: QWidget, connection_id: int) -> None:
        """Open the page with address and key, the address first."""
        from ac_desktop.ui.connection.settings.pages import ConnectionPageId
        from ac_desktop.ui.connection.wizard.answers import SettingsPart

        self._settings(parent, connection_id, ConnectionPageId.ACCOUNT, SettingsPart.ADDRESS)

    def edit_key(self, parent: QWidget, connection_id: int) -> None:
        """Open the page with address and key, the key first."""
        from ac_desktop.ui.connection.settings.pages import ConnectionPageId

        self._settings(parent, connection_id, ConnectionPageId.ACCOUNT)

    def choose_list(self, parent: QWidget, connection_id: int) -> None:
        """Open the page with the lists."""
        from ac_desktop.ui.connection.settings.pages import ConnectionPageId

        self._settings(parent, connection_id, ConnectionPageId.LIST)

    def reactivate(self, parent: QWidget, connection_id: int) -> None:
        """Open the steps that reactivate a connection."""
        from ac_desktop.ui.connection.test_dialog import open_reactivate

        open_reactivate(parent, self._service(), self._window_bound().bridge, connection_id, self._saved)

    def test(self, parent: QWidget, connection_id: int) -> None:
        """Open the test of address, key and list."""
        from ac_desktop.ui.connection.test_dialog import open_test

        open_test(parent, self._service(), self._window_bound().bridge, connection_id, self._saved)

    def directory(self, parent: QWidget) -> None:
        """Open the directory of connections."""
        from ac_desktop.ui.connection.directory_dialog import open_directory

        open_directory(
            parent,
            self._service(),
            self._window_bound().bridge,
            on_changed=self._changed,
            on_chosen=self._chosen,
            added_pages=self._added_pages,
        )

    def _settings(
        self,
        parent: QWidget,
        connection_id: int,
        page: "ConnectionPageId",
        first: "SettingsPart | None" = None,
    ) -> None:
        from ac_desktop.ui.connection.settings.settings_dialog import open_settings

        bound = self._window_bound()
        open_settings(
            parent,
            self._service(),
            bound.bridge,
            self._changed_one,
            connection_id,
            page,
            first=first,
            added=self._added_pages(connection_id),
        )

    def _service(self) -> "ConnectionService":
        if self._connection_service is None:
            from ac_desktop.ui.connection.connection_service import ConnectionService, SeenPage

            services = self._services
            self._connection_service = ConnectionService.of(
                services,
                save=services.save_connection,
                preview_change=services.connections.preview_change,
                seen_pages=lambda: [SeenPage(seen.page, seen.name) for seen in services.connections.pages_seen()],
            )
        return self._connection_service

    def _window_bound(self) -> BoundWindow:
        if self._window is None:
            raise RuntimeError("The dialogs are not bound to a window yet")
        return self._window

    def _saved(self, connection: Connection) -> None:
        self._chosen(connection.id)
        self._window_bound().bridge.something_changed()

    def _changed_one(self, connection: Connection) -> None:
        """Offer reactivation at once where the change may have made the connection inactive."""
        self._saved(connection)
        if connection.state is ConnectionState.INACTIVE:
            self.reactivate(self._window_bound().parent, connection.id)

    def _changed(self, _: object) -> None:
        self._window_bound().bridge.something_changed()

    def _chosen(self, connection_id: int) -> None:
        self._window_bound().choose_connection(connection_id)
