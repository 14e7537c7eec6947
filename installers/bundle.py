"""What the bundle contains and leaves out, for `build.spec`."""

import re
import sys
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePath
from typing import Final

import PySide6
from PyInstaller.depend import bindepend

from ac_desktop.importing.formats.table import READABLE
from installers.project import COMMAND, PACKAGE, TITLE, description, version

Entry = tuple[str, str, str]
"""A file of the bundle: its target, its source, and PyInstaller's name for its kind."""

STRIP: Final = sys.platform.startswith("linux")
_LEFT_OUT: Final = (
    "phonenumbers.carrierdata",
    "phonenumbers.geodata",
    "phonenumbers.tzdata",
    "PIL",
    "pip",
    "pydoc_data",
    "setuptools",
    "test",
    "tkinter",
    "unittest",
)
PLUGINS: Final = (
    "iconengines/*svgicon*",
    "imageformats/*qsvg*",
    "imageformats/*qico*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",
    "platforms/*cocoa*",
    "platforms/*offscreen*",
    "platforms/*wayland*",
    "platforms/*windows*",
    "platforms/*xcb*",
    "platformthemes/*xdgdesktopportal*",
    "styles/*",
    "wayland-decoration-client/*",
    "wayland-shell-integration/*xdg-shell*",
)
"""Qt's plugins that the window uses; there is no picture, database, network or 3D in it."""
LANGUAGES: Final = ("es",)
"""The languages in which Qt's own buttons are wanted besides English."""
DOCUMENT_TYPES: Final[Mapping[str, str]] = {
    ".csv": "public.comma-separated-values-text",
    ".tsv": "public.tab-separated-values-text",
    ".txt": "public.plain-text",
    ".xlsx": "org.openxmlformats.spreadsheetml.sheet",
    ".xls": "com.microsoft.excel.xls",
    ".ods": "org.oasis-open.opendocument.spreadsheet",
    ".json": "public.json",
    ".zip": "public.zip-archive",
}
"""What macOS calls the kinds of files that the program reads (Uniform Type Identifiers), where it knows them."""
INVITATION: Final = "internal.ac-desktop.invitation"
"""What macOS calls an invitation to an office: the program's own kind of file, which it opens by default."""
_SOFTWARE_OPENGL: Final = "opengl32sw.dll"
_QT_MODULE: Final = re.compile(r"from PySide6\.(Qt\w+) import")


def left_out() -> list[str]:
    """Return the modules that the program never imports, though something it imports might."""
    used = set(_QT_MODULE.findall("".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))))
    at_hand = {path.name.split(".")[0] for path in Path(PySide6.__file__).parent.glob("Qt*.abi3.*")}
    return [*_LEFT_OUT, *(f"PySide6.{name}" for name in sorted(at_hand - used))]


def wanted(binaries: Iterable[Entry], datas: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the files without those that the program never loads."""
    binaries = [entry for entry in binaries if _is_wanted(PurePath(entry[0]))]
    datas = [entry for entry in datas if _is_wanted(PurePath(entry[0]))]
    if not sys.platform.startswith("linux"):
        return binaries, datas
    idle = _idle(binaries)
    return [one for one in binaries if _name(one) not in idle], [one for one in datas if _name(one) not in idle]


def _name(entry: Entry) -> str:
    return PurePath(entry[0]).name


def _is_wanted(place: PurePath) -> bool:
    parts = place.parts
    if place.name == _SOFTWARE_OPENGL:
        return False
    if parts[0].endswith(".dist-info"):
        return "sboms" not in parts
    if "PySide6" not in parts:
        return True
    if "plugins" in parts:
        within = "/".join(parts[parts.index("plugins") + 1 :])
        return any(fnmatch(within, pattern) for pattern in PLUGINS)
    if "translations" in parts:
        return place.name in {f"qtbase_{language}.qm" for language in LANGUAGES}
    return True


def _idle(binaries: list[Entry]) -> set[str]:
    """Return the shared libraries that nothing in the bundle links to: only plugins left out needed them."""
    libraries = {_name(entry): entry[1] for entry in binaries if _is_library(entry)}
    open_ = [entry[1] for entry in binaries if entry[2] in {"BINARY", "EXTENSION"} and not _is_library(entry)]
    idle = set(libraries)
    while open_:
        for name, _ in bindepend.get_imports(open_.pop()):  # type: ignore[no-untyped-call]
            if name in idle:
                idle.remove(name)
                open_.append(libraries[name])
    return idle


def _is_library(entry: Entry) -> bool:
    """Whether a file is a shared library that others link to, and not a plugin or Python itself, loaded by name."""
    place = PurePath(entry[0])
    is_loaded = "plugins" in place.parts or place.name.startswith("libpython")
    return entry[2] == "BINARY" and ".so" in place.name and not is_loaded


def version_resource(folder: Path) -> str | None:
    """Write what Windows shows in the properties of the program; returns the file, elsewhere None."""
    return str(write_version_resource(folder)) if sys.platform == "win32" else None


def write_version_resource(folder: Path) -> Path:
    """Write the file of PyInstaller's kind that describes the version to Windows."""
    numbers = (*map(int, version().split(".")), 0)
    strings = {
        "FileDescription": TITLE,
        "FileVersion": version(),
        "InternalName": COMMAND,
        "OriginalFilename": f"{COMMAND}.exe",
        "ProductName": TITLE,
        "ProductVersion": version(),
        "Comments": description(),
    }
    strings_text = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    path = folder / "version.txt"
    path.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),"
        f" kids=[StringFileInfo([StringTable('040904B0', [{strings_text}])]),"
        " VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n",
        encoding="utf-8",
    )
    return path


def info_plist() -> dict[str, object]:
    """Return the Info.plist entries: what the program is and which files it opens."""
    return {
        "CFBundleDisplayName": TITLE,
        # PyInstaller takes the first program of the folder, and hides an application of a console's from the Dock.
        "CFBundleExecutable": TITLE,
        "LSBackgroundOnly": False,
        "CFBundleShortVersionString": version(),
        "CFBundleVersion": version(),
        "LSApplicationCategoryType": "public.app-category.business",
        "NSHighResolutionCapable": True,
        "NSPrincipalClass": "NSApplication",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Donor export",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": list(DOCUMENT_TYPES.values()),
            },
            {
                "CFBundleTypeName": "Donor export",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "CFBundleTypeExtensions": [ending[1:] for ending in READABLE if ending not in DOCUMENT_TYPES],
            },
            {
                "CFBundleTypeName": "Invitation to an office",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [INVITATION],
            },
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": INVITATION,
                "UTTypeDescription": "Invitation to an office of AC Desktop",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {"public.filename-extension": ["acoffice"]},
            }
        ],
    }
