"""What the window remembers: sizes, places and the connection last shown; nothing of donors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from ac_desktop.language import Language
from ac_desktop.ui.base.theme import Scheme

FILE_NAME: Final = "window.ini"
USUAL_PERCENT: Final = 100
SMALLEST_PERCENT: Final = 75
LARGEST_PERCENT: Final = 300
MOST_RECENT_FILES: Final = 8


class WindowSettings:
    """An INI file in the data folder; every value is read with its type, as an INI file holds only text."""

    def __init__(self, folder: Path) -> None:
        # Qt writes through a symbolic link, to wherever it points.
        path = folder / FILE_NAME
        if path.is_symlink():
            path.unlink()
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    def layout(self, name: str) -> QByteArray:
        """Return the stored geometry, splitter or header of this name; empty where none is."""
        found = self._kept.value(f"layout/{name}", QByteArray(), type=QByteArray)
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep_layout(self, name: str, layout: QByteArray) -> None:
        """Store a geometry, splitter or header."""
        self._kept.setValue(f"layout/{name}", layout)

    @property
    def connection_id(self) -> int:
        """The connection last shown; 0 for none."""
        found = self._kept.value("connection", 0, type=int)
        return found if isinstance(found, int) else 0

    @connection_id.setter
    def connection_id(self, number: int) -> None:
        self._kept.setValue("connection", number)

    @property
    def recent_files(self) -> list[Path]:
        """The files imported last, the last one first."""
        found = self._kept.value("recent_files", [], type=list)
        return [Path(str(one)) for one in found] if isinstance(found, list) else []

    @recent_files.setter
    def recent_files(self, paths: Sequence[Path]) -> None:
        self._kept.setValue("recent_files", [str(path) for path in paths[:MOST_RECENT_FILES]])

    @property
    def scheme(self) -> Scheme:
        """Light, dark or the system's."""
        found = str(self._kept.value("scheme", Scheme.SYSTEM.value, type=str))
        return Scheme(found) if found in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._kept.setValue("scheme", scheme.value)

    @property
    def text_percent(self) -> int:
        """The size of all texts, in percent of the size that the system uses."""
        found = self._kept.value("text_size", USUAL_PERCENT, type=int)
        return found if isinstance(found, int) and SMALLEST_PERCENT <= found <= LARGEST_PERCENT else USUAL_PERCENT

    @text_percent.setter
    def text_percent(self, percent: int) -> None:
        self._kept.setValue("text_size", percent)

    @property
    def notifies_of_end(self) -> bool:
        """Whether the system shows a notice when a relay ends."""
        return bool(self._kept.value("notices/relay_ended", True, type=bool))  # noqa: FBT003  Qt's own order

    @notifies_of_end.setter
    def notifies_of_end(self, wanted: bool) -> None:
        self._kept.setValue("notices/relay_ended", wanted)

    @property
    def keeps_running(self) -> bool:
        """Whether the program runs on in the system tray once its window is closed; off until a person chooses so."""
        return bool(self._kept.value("tray/keeps_running", False, type=bool))  # noqa: FBT003  Qt's own order

    @keeps_running.setter
    def keeps_running(self, wanted: bool) -> None:
        self._kept.setValue("tray/keeps_running", wanted)

    @property
    def told_of_tray(self) -> bool:
        """Whether the first close that kept the program running has said so."""
        return bool(self._kept.value("tray/told", False, type=bool))  # noqa: FBT003  Qt's own order

    @told_of_tray.setter
    def told_of_tray(self, told: bool) -> None:
        self._kept.setValue("tray/told", told)

    @property
    def language(self) -> Language:
        """English, Spanish or the system's."""
        found = str(self._kept.value("language", Language.SYSTEM.value, type=str))
        return Language(found) if found in set(Language) else Language.SYSTEM

    @language.setter
    def language(self, language: Language) -> None:
        self._kept.setValue("language", language.value)

    @property
    def tour_seen(self) -> bool:
        """Whether the tour was shown at a first start."""
        return bool(self._kept.value("tour_seen", False, type=bool))  # noqa: FBT003  Qt's own order

    @tour_seen.setter
    def tour_seen(self, seen: bool) -> None:
        self._kept.setValue("tour_seen", seen)

    @property
    def asks_for_updates(self) -> bool:
        """Whether to check for a newer version automatically; off until a person chooses so."""
        return bool(self._kept.value("updates/weekly", False, type=bool))  # noqa: FBT003  Qt's own order

    @asks_for_updates.setter
    def asks_for_updates(self, wanted: bool) -> None:
        self._kept.setValue("updates/weekly", wanted)

    @property
    def updates_asked_at(self) -> float:
        """When the newest version was last reported, in seconds since the epoch; 0 for never."""
        found = self._kept.value("updates/asked_at", 0.0, type=float)
        return found if isinstance(found, float) else 0.0

    @updates_asked_at.setter
    def updates_asked_at(self, moment: float) -> None:
        self._kept.setValue("updates/asked_at", moment)

    def save(self) -> None:
        """Write the file now."""
        self._kept.sync()
