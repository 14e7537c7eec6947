"""The window's actions with their keys, icons and menus."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QMenuBar, QToolBar

from ac_desktop.language import Language
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.theme import Scheme, Tone
from ac_desktop.ui.base.window_state import WindowState

Entries = tuple[QAction | None, ...]
"""What a menu has, with None for a line between groups."""


class Actions(QObject):
    """Every action of the window; what each does is connected by the controllers."""

    def __init__(self, tabs: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menus: list[QMenu] = []
        self.import_files = self._new(tr("&Import files…"), "import", "Ctrl+O")
        self.fetch = self._new(tr("&Fetch from Anedot…"), "fetch")
        self.imports = self._new(tr("I&mports…"), "")
        self.recent_files = QMenu(tr("&Recent files"))
        self.paste = self._new(tr("&Paste rows"), "copy", "Ctrl+V")
        self.layouts = self._new(tr("Known &layouts…"), "")
        self.add_donor = self._new(tr("Add &donor…"), "add-donor", "Ctrl+N")
        self.settings = self._new(tr("&Settings…"), "settings", "Ctrl+,")
        self.quit = self._new(tr("&Quit"), "", QKeySequence.StandardKey.Quit)
        self.relay = self._new(tr("&Relay"), "relay", "Ctrl+R")
        self.new_connection = self._new(tr("&New connection…"), "new")
        self.all_connections = self._new(tr("All &connections…"), "list", "Ctrl+D")
        self.edit = self._new(tr("Connection &settings…"), "edit")
        self.replace_key = self._new(tr("Replace API &key…"), "key")
        self.choose_list = self._new(tr("Change &list…"), "list")
        self.test = self._new(tr("&Test connection…"), "test", "Ctrl+T")
        self.verify = self._new(tr("&Verify with ActiveCampaign…"), "verify")
        self.reactivate = self._new(tr("Test and &reactivate…"), "inactive")
        self.pause = self._new(tr("&Pause"), "pause", "Ctrl+P")
        self.watch = self._new(tr("&Watch a folder…"), "")
        self.automatic = self._new(tr("Relay a&utomatically…"), "")
        self.retry = self._on_row(tr("&Retry"), "retry", "R")
        self.show_in_log = self._new(tr("Show in &log"), "list", "Ctrl+L")
        self.copy_email = self._new(tr("&Copy email"), "copy")
        self.find = self._new(tr("&Find donors…"), "find", "Ctrl+F")
        self.repair = self._on_row(tr("&Edit donor…"), "edit", "F2")
        self.push = self._new(tr("Put &back in queue…"), "relay")
        self.remove = self._on_row(tr("Re&move"), "", "Del")
        self.undo = self._new(tr("&Undo remove"), "", "Ctrl+Z")
        self.row_menu = self._on_row(tr("More ac&tions…"), "", "Shift+F10")
        self.export_shown = self._new(tr("E&xport shown donors…"), "save", "Ctrl+E")
        self.export_failed = self._new(tr("Export failed and &held…"), "")
        self.shown_menu = QMenu(tr("&All shown"))
        self.help_menu = QMenu(tr("&Help"))
        self.privacy_mask = self._new(tr("&Hide names and addresses"), "", "Ctrl+Shift+H")
        self.privacy_mask.setCheckable(True)
        self.languages = self._languages()
        self.next_pane, self.previous_pane = self._panes()
        self.tabs = [self._new("", "", f"Ctrl+{number}") for number in range(1, tabs + 1)]
        self.columns = self._new(tr("&Columns…"), "")
        self.log = self._checkable(tr("&Log"), "F8")
        self.details = self._checkable(tr("&Inspector"), "F7")
        self.activity = self._checkable(tr("Relay his&tory"), checked=False)
        self.schemes = self._schemes()
        self.erase = self._new(tr("Erase d&onor permanently…"), "")
        self.retention = self._new(tr("Data &retention…"), "")
        self._make_office_actions()
        self._make_help_actions()

    def _make_office_actions(self) -> None:
        self.share_queue = self._new(tr("&Share this queue…"), "")
        self.join_office = self._new(tr("&Join…"), "")
        self.workstations = self._new(tr("&Workstations…"), "")
        self.leave_office = self._new(tr("&Leave…"), "")

    def _make_help_actions(self) -> None:
        self.help = self._new(tr("&Help on this part of the window"), "", "F1")
        self.help_pages = self._new(tr("All help topi&cs…"), "")
        self.five = self._new(tr("Why &five failures?"), "")
        self.tour = self._new(tr("&Tour…"), "")
        self.practice = self._new(tr("Open a p&ractice window"), "practice")
        self.make_it_fail = self._new(tr("Si&mulate problems…"), "practice")
        self.updates = self._new(tr("Check for &updates…"), "")
        self.updates.setVisible(False)
        self.about = self._new(tr("&About AC Desktop…"), "")

    @property
    def of_connection(self) -> tuple[QAction, ...]:
        """The actions that need a connection."""
        return (
            self.import_files,
            self.fetch,
            self.paste,
            self.push,
            self.add_donor,
            self.edit,
            self.replace_key,
            self.choose_list,
            self.test,
            self.verify,
            self.pause,
            self.watch,
            self.automatic,
        )

    def add_menus(self, bar: QMenuBar) -> None:
        """Add the menus, which `fill_menus` fills after the first paint."""
        for title in (tr("&File"), tr("&Connection"), tr("&Donor"), tr("&View"), tr("&Office")):
            self._menus.append(bar.addMenu(title))
        self._menus.append(self.help_menu)
        bar.addMenu(self.help_menu)

    def fill_menus(self) -> None:
        """Add every action to its menu, with its key."""
        entries = (
            *(self._of_file(), self._of_connection(), self._of_donor(), self._of_view()),
            *(self._of_office(), self._of_help()),
        )
        for menu, below in zip(self._menus, entries, strict=True):
            for entry in below:
                if entry is None:
                    menu.addSeparator()
                else:
                    menu.addAction(entry)

    def _of_file(self) -> Entries:
        return (
            *(self.import_files, self.recent_files.menuAction(), self.fetch, self.paste, self.add_donor, None),
            *(self.imports, self.layouts, None),
            *(self.settings, self.retention, None, self.quit),
        )

    def _of_connection(self) -> Entries:
        return (
            *(self.relay, self.pause, None),
            *(self.all_connections, self.new_connection, self.edit, self.replace_key, self.choose_list),
            *(self.watch, self.automatic, None),
            *(self.test, self.verify, self.reactivate),
        )

    def _of_donor(self) -> Entries:
        return (
            *(self.find, None),
            *(self.repair, self.retry, self.push, self.remove, self.undo, None),
            *(self.show_in_log, self.copy_email, self.row_menu, self.shown_menu.menuAction(), None),
            *(self.export_shown, self.export_failed, None),
            self.erase,
        )

    def _of_view(self) -> Entries:
        return (
            *(*self.tabs, None),
            *(self.columns, self.log, self.details, self.activity, None),
            *(self.next_pane, self.previous_pane, None),
            *(*self.schemes.values(), None),
            *(self.privacy_mask, None),
            *self.languages.values(),
        )

    def _of_office(self) -> Entries:
        return self.share_queue, self.join_office, self.workstations, None, self.leave_office

    def _of_help(self) -> Entries:
        return (
            *(self.help, self.help_pages, self.five, None),
            *(self.tour, self.practice, self.make_it_fail, None),
            *(self.updates, self.about),
        )

    def fill_tools(self, bar: QToolBar) -> None:
        """Add the everyday actions to the tool bar."""
        for action, text in (
            (self.import_files, tr("Import files")),
            (self.add_donor, tr("Add donor")),
            (self.fetch, tr("Fetch")),
            (self.verify, tr("Verify")),
        ):
            action.setIconText(text)
            bar.addAction(action)

    def show_state(self, state: WindowState) -> None:
        """Enable what can be done in this state."""
        for action in self.of_connection:
            action.setEnabled(state.connection is not None)
        inactive = state.connection_state is ConnectionState.INACTIVE
        self.reactivate.setEnabled(inactive)
        self.reactivate.setVisible(inactive)
        self.pause.setEnabled(state.connection is not None and not inactive)
        self.pause.setText(
            tr("Resume and &relay") if state.connection_state is ConnectionState.PAUSED else tr("&Pause")
        )

    def name_relay(self, button: QAbstractButton) -> None:
        """Follow the button that relays: it says what it does."""
        self.relay.setText(button.text())
        self.relay.setEnabled(button.isEnabled())
        self.relay.setToolTip(button.toolTip())

    def name_tabs(self, titles: Iterable[str]) -> None:
        """Set the labels of the actions that choose a tab."""
        for action, title in zip(self.tabs, titles, strict=True):
            action.setText(tr("Show {tab}", tab=title))

    def name_retry(self, number: int) -> None:
        """Set the number of selected donors in the labels."""
        self.retry.setEnabled(number > 0)
        self.remove.setEnabled(number > 0)
        self.row_menu.setEnabled(number > 0)
        self.retry.setText(
            ntr("&Retry {count} selected donor", "&Retry {count} selected donors", number) if number else tr("&Retry")
        )

    def name_undo(self, number: int) -> None:
        """Set the number of donors that undo restores in the label."""
        self.undo.setEnabled(number > 0)
        self.undo.setText(
            ntr("&Undo: restore {count} donor", "&Undo: restore {count} donors", number)
            if number
            else tr("&Undo remove")
        )

    def _on_row(self, text: str, icon: str, keys: str) -> QAction:
        """Return an action whose key acts only while the table has the focus."""
        action = self._new(text, icon, keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def _panes(self) -> tuple[QAction, QAction]:
        return self._new(tr("Next &panel"), "", "F6"), self._new(tr("Pre&vious panel"), "", "Shift+F6")

    def _languages(self) -> dict[Language, QAction]:
        group = QActionGroup(self)
        made = {}
        for language, text in (
            (Language.SYSTEM, tr("Lan&guage of the system")),
            (Language.ENGLISH, "&English"),
            (Language.SPANISH, "E&spañol"),
        ):
            action = self._new(text, "")
            action.setCheckable(True)
            group.addAction(action)
            made[language] = action
        return made

    def _new(
        self, text: str, icon: str, keys: str | QKeySequence.StandardKey | None = None, tone: Tone = Tone.PLAIN
    ) -> QAction:
        action = QAction(text, self)
        if icon:
            icons.set_icon(action, icon, tone)
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        elif keys is not None:
            action.setShortcuts(keys)
        if text:
            action.setToolTip(_tip(text, action))
        return action

    def _checkable(self, text: str, keys: str | None = None, *, checked: bool = True) -> QAction:
        action = self._new(text, "", keys)
        action.setCheckable(True)
        action.setChecked(checked)
        return action

    def _schemes(self) -> dict[Scheme, QAction]:
        group = QActionGroup(self)
        texts = {
            Scheme.SYSTEM: tr("S&ystem theme"),
            Scheme.LIGHT: tr("Light the&me"),
            Scheme.DARK: tr("D&ark theme"),
        }
        made = {}
        for scheme, text in texts.items():
            action = self._new(text, "")
            action.setCheckable(True)
            action.setData(scheme.value)
            group.addAction(action)
            made[scheme] = action
        return made


def _tip(text: str, action: QAction) -> str:
    plain = text.replace("&", "").rstrip("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{plain} ({keys})" if keys else plain
