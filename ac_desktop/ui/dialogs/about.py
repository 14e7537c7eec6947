"""About: the version, the license, and what the program is made of."""

import platform
import re
from collections.abc import Collection, Iterator
from importlib import metadata
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.dialogs import plain_buttons
from ac_desktop.ui.base.forms import small_label

LINES_HIGH: Final = 16
CHARACTERS_WIDE: Final = 76
PACKAGE: Final = "ac-desktop"
_NAMED: Final = re.compile(r"([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?")
_EXTRA: Final = re.compile(r"extra == [\"'](.+?)[\"']")
_LONGEST: Final = 60


def bundled(package: str = PACKAGE) -> list[str]:
    """Return every package that the program includes, with version and license, each once."""
    found: dict[str, str] = {}
    wanted = [(package, frozenset(_extras_of(package)))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while wanted:
        written, extras = wanted.pop()
        name = written.lower().replace("_", "-")
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = f"{about['Name']} {about['Version']}: {_license(about)}"
        wanted += _required(name, extras)
    found.pop(package, None)
    return [found[name] for name in sorted(found)]


def _extras_of(package: str) -> list[str]:
    """Return the parts of a package that one may leave out."""
    return metadata.metadata(package).get_all("Provides-Extra") or []


def _required(package: str, extras: Collection[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the packages that one requires with some of its extras, each with the extras asked of it."""
    for one in metadata.requires(package) or []:
        extra = _EXTRA.search(one)
        named = _NAMED.match(one)
        if named and (extra is None or extra[1] in extras):
            yield named[1], frozenset(filter(None, (named[2] or "").split(",")))


def _license(about: metadata.PackageMetadata) -> str:
    """Return the license that a package states, in whichever of the ways there are."""
    licenses = about.get_all("License-Expression")
    classes = [one.rpartition("::")[2].strip() for one in about.get_all("Classifier") or [] if one.startswith("Licen")]
    files = about.get_all("License-File") or []
    named = " ".join(" ".join(about.get_all("License") or []).split())
    if len(named) > _LONGEST:
        named = ""
    return (licenses or [""])[0] or ", ".join(classes) or named or tr("see its file {files}", files=", ".join(files))


class About(QDialog):
    """Shows what the program is and whose work it uses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About AC Desktop"))
        version = tr(
            "AC Desktop {version}, on Python {python}. Free software under the MIT license.",
            version=metadata.version(PACKAGE),
            python=platform.python_version(),
        )
        self.licenses = QPlainTextEdit("\n".join(bundled()))
        self.licenses.setAcceptDrops(False)
        self.licenses.setReadOnly(True)
        self.licenses.setTabChangesFocus(True)
        self.licenses.setAccessibleName(tr("Packages and their licenses"))
        metrics = self.fontMetrics()
        self.licenses.setMinimumSize(metrics.averageCharWidth() * CHARACTERS_WIDE, metrics.height() * LINES_HIGH)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        plain_buttons(buttons)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(small_label(version))
        layout.addWidget(small_label(tr("AC Desktop uses these packages under the licenses shown:")))
        layout.addWidget(self.licenses, 1)
        layout.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus(Qt.FocusReason.OtherFocusReason)
