"""The window's title, by which a window that is not in front says what is wrong and how far it is."""

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.window_state import WindowState


def window_title(state: WindowState, *, practice: bool) -> str:
    """Return the title: inactive connections first, then the relay's share that is done."""
    title = tr("AC Desktop")
    if practice:
        title = tr("Practice: {title}", title=title)
    share = state.relay_share
    if share is not None:
        title = tr("{share} %: {title}", share=share, title=title)
    if state.inactive:
        names = ", ".join(one.name for one in state.inactive)
        title = tr("⚠ Inactive: {names} | {title}", names=names, title=title)
    return title
