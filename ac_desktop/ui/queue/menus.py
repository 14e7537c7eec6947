"""The menus over rows and over tabs: every label carries its number, and the set is frozen when the menu opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import icons

Do = Callable[[], None]


@dataclass(frozen=True)
class SelectedRecords:
    """The donors a menu is about; `states` are the states found among them.

    `same_cause` holds those that failed for the same cause as the one under the cursor.
    """

    ids: Sequence[int]
    states: frozenset[RecordState]
    current: Record | None = None
    same_cause: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class RowActions:
    """What the row menu can do; provided by the window."""

    retry: Callable[[Sequence[int]], None]
    retry_from_start: Callable[[Sequence[int]], None]
    hold: Callable[[Sequence[int]], None]
    release: Callable[[Sequence[int]], None]
    remove: Callable[[Sequence[int]], None]
    decide: Callable[[Sequence[int]], None]
    select_like: Callable[[Record], None]
    copy_emails: Callable[[Sequence[int]], None]
    copy_csv: Callable[[Sequence[int]], None]
    copy_curl: Callable[[Record], None]
    copy_for_admin: Callable[[Record], None]
    show_in_log: Callable[[Record], None]
    show_source: Callable[[Record], None]
    why_not_sent: Callable[[Record], None]
    open_contact: Callable[[Record], None]
    erase: Callable[[Record], None]


@dataclass(frozen=True, kw_only=True)
class TabActions:
    """What the tab menu can do with all donors shown."""

    retry: Callable[[Sequence[int]], None]
    retry_from_start: Callable[[Sequence[int]], None]
    hold: Callable[[Sequence[int]], None]
    release: Callable[[Sequence[int]], None]
    remove: Callable[[Sequence[int]], None]
    export: Callable[[Sequence[int]], None]
    export_failed: Do
    select_all: Do
    columns: Do


_RETRIED = frozenset({RecordState.FAILED, RecordState.WAITING})
_REMOVED = frozenset(RecordState) - {RecordState.SENDING}
_HELD = frozenset({RecordState.HELD})


def row_menu(parent: QWidget, chosen: SelectedRecords, actions: RowActions, edit: QAction) -> QMenu:
    """Build the menu of the selected rows."""
    menu = _Menu(parent)
    number, ids, current = len(chosen.ids), chosen.ids, chosen.current
    not_now = tr("None of the selected donors is waiting or failed.")
    can_retry, can_release = _has_state(chosen, _RETRIED), _has_state(chosen, _HELD)
    not_held = tr("None of the selected donors is held.")
    add = menu.offer
    add(
        ntr("Retry now: {count} selected donor", "Retry now: {count} selected donors", number),
        partial(actions.retry, ids),
        "retry",
        "R",
        can_retry,
        not_now,
    )
    retry_all = partial(actions.retry_from_start, ids)
    add(
        ntr("Retry from the start: {count} selected donor", "Retry from the start: {count} selected donors", number),
        retry_all,
        "",
        "",
        can_retry,
        not_now,
    )
    menu.addAction(edit)
    add(
        ntr("Hold {count} selected donor", "Hold {count} selected donors", number),
        partial(actions.hold, ids),
        "held",
        "",
        can_retry,
        not_now,
    )
    add(
        ntr("Release {count} selected donor", "Release {count} selected donors", number),
        partial(actions.release, ids),
        "",
        "",
        can_release,
        not_held,
    )
    add(
        ntr("Decide about {count} selected donor…", "Decide about {count} selected donors…", number),
        partial(actions.decide, ids),
        "",
        "",
        can_release,
        not_held,
    )
    sending = tr("Donors being sent can't be removed.")
    remove = partial(actions.remove, ids)
    add(
        ntr("Remove {count} selected donor", "Remove {count} selected donors", number),
        remove,
        "",
        "Del",
        _has_state(chosen, _REMOVED),
        sending,
    )
    menu.addSeparator()
    same = len(chosen.same_cause)
    no_cause = tr("This donor hasn't failed.")
    retry_same = partial(actions.retry, chosen.same_cause)
    add(
        ntr("Retry all with this reason: {count} donor", "Retry all with this reason: {count} donors", same),
        retry_same,
        "",
        "",
        bool(same),
        no_cause,
    )
    if current is None:
        return menu
    add(tr("Select similar"), partial(actions.select_like, current))
    menu.addSeparator()
    _add_copies(menu, chosen, current, actions)
    menu.addSeparator()
    add(tr("Show in log"), partial(actions.show_in_log, current), "list", "Ctrl+L")
    add(tr("Show source row"), partial(actions.show_source, current), "document")
    add(tr("Why wasn't this sent?"), partial(actions.why_not_sent, current), "status")
    no_contact = tr("ActiveCampaign has no contact ID for this donor yet.")
    open_it = partial(actions.open_contact, current)
    add(tr("Open contact in ActiveCampaign"), open_it, "", "", current.contact_id is not None, no_contact)
    menu.addSeparator()
    gone = tr("This donor's personal data was deleted after the retention period.")
    add(tr("Erase this donor permanently…"), partial(actions.erase, current), "", "", bool(current.donor.email), gone)
    return menu


def fill_tab_menu(menu: QMenu, chosen: SelectedRecords, actions: TabActions) -> None:
    """Fill the menu of all donors shown."""
    number, ids = len(chosen.ids), chosen.ids
    nothing = tr("This doesn't apply to any of the donors shown.")
    offer = partial(_offer, menu)
    can_retry, can_release = _has_state(chosen, _RETRIED), _has_state(chosen, _HELD)
    offer(
        ntr("Retry {count} shown", "Retry {count} shown", number),
        partial(actions.retry, ids),
        "retry",
        "",
        can_retry,
        nothing,
    )
    offer(
        ntr("Retry {count} shown from the start", "Retry {count} shown from the start", number),
        partial(actions.retry_from_start, ids),
        "",
        "",
        can_retry,
        nothing,
    )
    offer(
        ntr("Hold {count} shown", "Hold {count} shown", number),
        partial(actions.hold, ids),
        "held",
        "",
        can_retry,
        nothing,
    )
    offer(
        ntr("Release {count} shown", "Release {count} shown", number),
        partial(actions.release, ids),
        "",
        "",
        can_release,
        nothing,
    )
    offer(
        ntr("Remove {count} shown", "Remove {count} shown", number),
        partial(actions.remove, ids),
        "",
        "",
        _has_state(chosen, _REMOVED),
        nothing,
    )
    menu.addSeparator()
    offer(
        ntr("Export {count} shown…", "Export {count} shown…", number),
        partial(actions.export, ids),
        "document",
        "Ctrl+E",
        number > 0,
        nothing,
    )
    offer(tr("Export failed and held…"), actions.export_failed)
    offer(
        ntr("Select all {count} shown", "Select all {count} shown", number),
        actions.select_all,
        "",
        "Ctrl+A",
        number > 0,
        nothing,
    )
    menu.addSeparator()
    offer(tr("Columns…"), actions.columns)


def _add_copies(menu: "_Menu", chosen: SelectedRecords, current: Record, actions: RowActions) -> None:
    copies = _Menu(menu)
    copies.setTitle(tr("Copy"))
    number = len(chosen.ids)
    copies.offer(
        ntr("Email of {count} selected donor", "Email of {count} selected donors", number),
        partial(actions.copy_emails, chosen.ids),
        "copy",
    )
    copies.offer(
        ntr("{count} selected row as CSV", "{count} selected rows as CSV", number),
        partial(actions.copy_csv, chosen.ids),
    )
    copies.offer(tr("Requests as cURL, key hidden"), partial(actions.copy_curl, current))
    copies.offer(tr("Error details for your admin (no donor data)"), partial(actions.copy_for_admin, current))
    menu.addMenu(copies)


class _Menu(QMenu):
    """A menu that is deleted when it is closed; what does not apply says why in its tooltip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def offer(self, text: str, do: Do, icon: str = "", keys: str = "", fits: bool = True, why: str = "") -> None:  # noqa: FBT001, FBT002
        """Add an entry."""
        _offer(self, text, do, icon, keys, fits, why)


def _offer(menu: QMenu, text: str, do: Do, icon: str = "", keys: str = "", fits: bool = True, why: str = "") -> None:  # noqa: FBT001, FBT002
    action = menu.addAction(f"{text}\t{keys}" if keys else text)
    if icon:
        icons.set_icon(action, icon)
    action.setEnabled(fits)
    action.setToolTip(text if fits else why)
    action.triggered.connect(partial(_ignore_arguments, do))


def _ignore_arguments(do: Do, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's own signal
    do()


def _has_state(chosen: SelectedRecords, states: frozenset[RecordState]) -> bool:
    return bool(chosen.ids) and bool(chosen.states & states)
