"""A program's window as assistive technology meets it: found by name and role, read and pressed over AT-SPI."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    DBusErrorResponse,
    MatchRule,
    Message,
    Properties,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]
from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped]

T = TypeVar("T")

PATIENCE: Final = 60.0
_LOOK_SECONDS: Final = 0.05
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_ACTION: Final = "org.a11y.atspi.Action"
_COMPONENT: Final = "org.a11y.atspi.Component"
_EDITABLE_TEXT: Final = "org.a11y.atspi.EditableText"
_SELECTION: Final = "org.a11y.atspi.Selection"
_TEXT: Final = "org.a11y.atspi.Text"
_ROOT: Final = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_REGISTRY: Final = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")
_BUS: Final = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_ENABLED, _FOCUSED, _SHOWING = 8, 12, 25
_LABELLED_BY: Final = 2
_MOST_CHILDREN: Final = 1_000
"""What has more is passed over: a table of a whole queue, each of whose cells would be asked for."""
_APPLICATION: Final = "application"


def until(condition: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
    """Wait until a condition returns something; raise AssertionError with what did not come."""
    ends_at = time.monotonic() + patience
    while time.monotonic() < ends_at:
        found = condition()
        if found:
            return found
        time.sleep(_LOOK_SECONDS)
    raise AssertionError(f"{what} did not come in {patience:.0f} s")


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
    def description(self) -> str:
        return str(self._unwrapped(Properties(self._at(_ACCESSIBLE)).get("Description"))[0][1])

    @property
    def label(self) -> str:
        """The text of the label that names this part, such as that of a list of choices."""
        relations = self._call(_ACCESSIBLE, "GetRelationSet")[0]
        targets = [target for kind, found in relations if kind == _LABELLED_BY for target in found]
        return " ".join(Part(self.bus, owner, path).name for owner, path in targets)

    @property
    def text(self) -> str:
        """The text that a field holds."""
        return str(self._call(_TEXT, "GetText", "ii", (0, -1))[0])

    @property
    def can_be_used(self) -> bool:
        return self._is(_ENABLED, _SHOWING)

    @property
    def is_shown(self) -> bool:
        return self._is(_SHOWING)

    @property
    def is_focused(self) -> bool:
        return self._is(_FOCUSED)

    def _is(self, *bits: int) -> bool:
        low, _ = self._call(_ACCESSIBLE, "GetState")[0]
        return all(low >> bit & 1 for bit in bits)

    def is_of(self, process: int) -> bool:
        """Whether it is a part of a process, which may have ended."""
        asked = new_method_call(_BUS, "GetConnectionUnixProcessID", "s", (self.owner,))
        try:
            return bool(self._unwrapped(asked)[0] == process)
        except DBusErrorResponse:
            return False

    @property
    def children(self) -> list["Part"]:
        return [Part(self.bus, owner, path) for owner, path in self._call(_ACCESSIBLE, "GetChildren")[0]]

    def press(self) -> None:
        """Do what a click does."""
        self._call(_ACTION, "DoAction", "i", (0,))

    def write(self, text: str) -> None:
        """Put a text into a field, in place of what it holds."""
        assert self._call(_EDITABLE_TEXT, "SetTextContents", "s", (text,))[0]

    def focus(self) -> None:
        """Set the focus on it."""
        assert self._call(_COMPONENT, "GrabFocus")[0]

    def _has_focus(self) -> bool:
        return self.is_focused or any(part.is_focused for part in self.shown())

    def choose(self, child: "Part") -> None:
        """Focus it, and select one of its children and no other."""
        self.focus()
        until(self._has_focus, f"the focus, on {self.name},")
        self._call(_SELECTION, "ClearSelection")
        assert self._call(_SELECTION, "SelectChild", "i", (self.children.index(child),))[0]

    def below(self) -> Iterator["Part"]:
        """Return every part below this one, shown or not; parts that vanish meanwhile are passed over."""
        try:
            children = self.children
        except DBusErrorResponse:
            return
        for child in children:
            yield child
            yield from child.below()

    def shown(self) -> Iterator["Part"]:
        """Return every part below this one that is in sight."""
        try:
            number = int(self._unwrapped(Properties(self._at(_ACCESSIBLE)).get("ChildCount"))[0][1])
            children = self.children if 0 < number <= _MOST_CHILDREN else []
        except DBusErrorResponse:
            return
        for child in children:
            try:
                is_passed = not child.is_shown and child.role != _APPLICATION
            except DBusErrorResponse:
                continue
            if not is_passed:
                yield child
                yield from child.shown()

    def find(self, role: str, start: str, *, is_whole: bool = False) -> "Part | None":
        """Find a part that can be used, by its role and how its name begins, or by its whole name."""
        for part in self.shown():
            try:
                is_named = part.role == role and (part.name == start if is_whole else part.name.startswith(start))
                if is_named and part.can_be_used:
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


@dataclass(frozen=True)
class ProcessDesktop(Part):
    """The accessible desktop as far as it is of one process."""

    process: int

    @property
    def children(self) -> list[Part]:
        """The programs of the process."""
        return [part for part in super().children if part.is_of(self.process)]


def bus_address() -> str:
    """Return where programs of this session are accessible."""
    with open_dbus_connection() as session:
        where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        (address,) = unwrap_msg(session.send_and_get_reply(new_method_call(where, "GetAddress"), timeout=PATIENCE))
    return str(address)


@contextmanager
def applications() -> Iterator[Part]:
    """Return the root of all accessible programs of this session's bus."""
    with open_dbus_connection(bus_address()) as bus:
        yield Part(bus, *_ROOT)


class Announcements:
    """What the programs say of themselves to those who look elsewhere, in its order."""

    def __init__(self, bus: DBusConnection, arriving: "deque[Message]") -> None:
        self._bus = bus
        self._arriving = arriving
        self._heard: list[str] = []

    def heard(self) -> tuple[str, ...]:
        """Return everything announced so far."""
        # What has arrived is taken up while an answer is waited for.
        unwrap_msg(self._bus.send_and_get_reply(new_method_call(_BUS, "GetId"), timeout=PATIENCE))
        while self._arriving:
            self._heard.append(str(self._arriving.popleft().body[3][1]))
        return tuple(self._heard)


@contextmanager
def announcements(desktop: Part) -> Iterator[Announcements]:
    """Listen to what programs announce."""
    rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
    arriving: deque[Message] = deque()
    for address, method, signature, body in (
        (_REGISTRY, "RegisterEvent", "sass", ("object:announcement", [], "")),
        (_BUS, "AddMatch", "s", (rule.serialise(),)),
    ):
        message = new_method_call(address, method, signature, body)
        unwrap_msg(desktop.bus.send_and_get_reply(message, timeout=PATIENCE))
    with desktop.bus.filter(rule, queue=arriving):
        yield Announcements(desktop.bus, arriving)
