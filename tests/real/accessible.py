"""A program's window as assistive technology meets it: found by name and role, read and pressed over AT-SPI."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from jeepney import DBusAddress, DBusErrorResponse, Properties, new_method_call  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]
from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped]

T = TypeVar("T")

PATIENCE: Final = 60.0
_LOOK_SECONDS: Final = 0.05
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_ACTION: Final = "org.a11y.atspi.Action"
_ROOT: Final = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_ENABLED, _SHOWING = 8, 25


def until(condition: Callable[[], T | None], what: str) -> T:
    """Wait until a condition returns something; raise AssertionError with what did not come."""
    ends_at = time.monotonic() + PATIENCE
    while time.monotonic() < ends_at:
        found = condition()
        if found:
            return found
        time.sleep(_LOOK_SECONDS)
    raise AssertionError(f"{what} did not come in {PATIENCE:.0f} s")


@dataclass(frozen=True)
class Part:
    """One part of a window, on the accessibility bus."""

    bus: DBusConnection
    owner: str
    path: str

    @property
    def name(self) -> str:
        return str(self._unwrapped(Properties(self._at(_ACCESSIBLE)).get("Name"))[0][1])

    @property
    def role(self) -> str:
        return str(self._call(_ACCESSIBLE, "GetRoleName")[0])

    @property
    def can_be_used(self) -> bool:
        low, _ = self._call(_ACCESSIBLE, "GetState")[0]
        return all(low >> bit & 1 for bit in (_ENABLED, _SHOWING))

    @property
    def children(self) -> list["Part"]:
        return [Part(self.bus, owner, path) for owner, path in self._call(_ACCESSIBLE, "GetChildren")[0]]

    def press(self) -> None:
        """Do what a click does."""
        self._call(_ACTION, "DoAction", "i", (0,))

    def below(self) -> Iterator["Part"]:
        """Return every part below this one; parts that vanish meanwhile are passed over."""
        try:
            children = self.children
        except DBusErrorResponse:
            return
        for child in children:
            yield child
            yield from child.below()

    def find(self, role: str, start: str) -> "Part | None":
        """Find a part that can be used, by its role and how its name begins."""
        for part in self.below():
            try:
                if part.role == role and part.name.startswith(start) and part.can_be_used:
                    return part
            except DBusErrorResponse:
                continue
        return None

    def names(self, role: str) -> list[str]:
        """Read the names of all parts of a role."""
        return [part.name for part in self.below() if part.role == role]

    def _at(self, interface: str) -> DBusAddress:
        return DBusAddress(self.path, self.owner, interface)

    def _call(self, interface: str, method: str, signature: str | None = None, body: tuple[object, ...] = ()) -> Any:
        return self._unwrapped(new_method_call(self._at(interface), method, signature, body))

    def _unwrapped(self, message: Any) -> Any:
        return unwrap_msg(self.bus.send_and_get_reply(message, timeout=PATIENCE))


@contextmanager
def applications() -> Iterator[Part]:
    """Return the root of all accessible programs of this session's bus."""
    with open_dbus_connection() as session:
        where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        (address,) = unwrap_msg(session.send_and_get_reply(new_method_call(where, "GetAddress"), timeout=PATIENCE))
    with open_dbus_connection(address) as bus:
        yield Part(bus, *_ROOT)
