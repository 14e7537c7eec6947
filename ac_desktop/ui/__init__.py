"""The window, one folder a place on the screen."""

import PySide6.QtCore  # noqa: F401  brings what is switched off next

from ac_desktop.ui.unread_sources import leave_sources_unread

leave_sources_unread()
