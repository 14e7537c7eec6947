"""Start at login, as the settings offer it: with this program's own command, and this data folder."""

from pathlib import Path

from ac_desktop.platform.login_start import LoginStart
from ac_desktop.platform.paths import program


class LoginSetting:
    """Starts the window on a data folder when its user signs in."""

    def __init__(self, start: LoginStart, folder: Path) -> None:
        self._start = start
        self._folder = folder

    def is_on(self) -> bool:
        """Whether it is started. Raises OSError where the system does not say."""
        return self._start.is_on()

    def set_on(self, *, on: bool) -> None:
        """Start it at each login from now on, or no longer. Raises OSError where the system refuses."""
        if on:
            self._start.turn_on([*program(), "--data-dir", str(self._folder.absolute())])
        else:
            self._start.turn_off()
