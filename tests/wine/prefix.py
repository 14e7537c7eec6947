"""A Wine prefix: a folder that is drive C: of a Windows of its own, with Python and the program's packages in it."""

import os
import shutil
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.wine import locked

TOP: Final = Path(__file__).parents[2]
CHECKOUT: Final = "C:\\ac"
PYTHON: Final = "C:\\python\\python.exe"
_WINE: Final = "/usr/lib/wine/wine64"
WINE_32: Final = "/usr/lib/wine/wine"
"""What runs programs with 32 bits, which a prefix can only where it was there as the prefix was made."""
_SERVER: Final = "/usr/lib/wine/wineserver64"
_HERE: Final = Path(__file__).parent
_COMPILER: Final = "x86_64-w64-mingw32-gcc"
_SANS: Final = tuple(Path("/usr/share/fonts/truetype/dejavu").glob("DejaVuSans*.ttf"))
_FONTS: Final = (*_SANS, *Path("/usr/share/wine/fonts").glob("*.ttf"))
_TEXT_FONT: Final = "DejaVu Sans Condensed"
_TEXT_HEIGHT: Final = 12
"""Pixels of Windows' own texts, which are in Segoe UI, a face as wide as this one."""
_TEXTS: Final = ("CaptionFont", "SmCaptionFont", "MenuFont", "StatusFont", "MessageFont", "IconFont")
_LIST_OF_FONTS: Final = "HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Fonts"
_FONTS_OF_TEXTS: Final = "HKEY_CURRENT_USER\\Control Panel\\Desktop\\WindowMetrics"
_REGULAR: Final = 400
_ANY_CHARSET: Final = 1
"""FW_NORMAL and DEFAULT_CHARSET of LOGFONTW (wingdi.h)."""
_KEPT: Final = ("PATH", "HOME", "USER", "DISPLAY", "XAUTHORITY", "TZ")
"""What Wine gets of this environment; what people set here for Linux's Python and Qt means nothing there."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """A prefix that is ready: it starts programs of Windows."""

    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def drive(self) -> Path:
        """Return the folder that is C:."""
        return self.folder / "drive_c"

    @property
    def checkout(self) -> Path:
        """Return the folder that is C:\\ac."""
        return self.drive / "ac"

    def start(self, *arguments: str, **more: str) -> "subprocess.Popen[str]":
        """Start a program with its output in one pipe.

        A terminal or a file as output would keep Python for Windows from starting: Wine's handles for them cannot
        be read.
        """
        return subprocess.Popen(
            [_WINE, *arguments],
            cwd=self.checkout if self.checkout.exists() else self.folder,
            env=environment(self.folder) | dict(self.variables) | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def lines(self, *arguments: str, **more: str) -> Iterator[str]:
        """Run a program, and yield its output line by line. Raises CalledProcessError where it fails."""
        with self.start(*arguments, **more) as program:
            yield from program.stdout or ()
        if program.returncode:
            raise subprocess.CalledProcessError(program.returncode, arguments)

    def end(self) -> None:
        """End every program of the prefix."""
        subprocess.run([_SERVER, "-k"], env=environment(self.folder), check=False)

    def wait(self, seconds: int) -> None:
        """Wait until the last program of the prefix has ended. Raises TimeoutExpired where one goes on."""
        subprocess.run([_SERVER, "-w"], env=environment(self.folder), check=False, timeout=seconds)


def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which Wine works on a prefix."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "LC_ALL": "C.UTF-8",
        "WINEPREFIX": str(folder),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
    }


def make(work: Path) -> Prefix:
    """Make a prefix in a work folder, or take the one that is there where it was made from the same lock."""
    prefix = Prefix(work / "prefix")
    origin = work / "made-from-lock"
    parts = (TOP / "requirements.lock", _HERE / "interpreter.txt", _HERE / "prefix.py", _HERE / "locked.py")
    made_of = "".join([str(Path(WINE_32).exists()), *(path.read_text(encoding="utf-8") for path in parts)])
    if not origin.exists() or origin.read_text(encoding="utf-8") != made_of:
        origin.unlink(missing_ok=True)
        shutil.rmtree(prefix.folder, ignore_errors=True)
        prefix.folder.mkdir(parents=True)
        _make_windows(prefix)
        _make_python(prefix, work)
        origin.write_text(made_of, encoding="utf-8")
    _add_what_wine_lacks(prefix)
    _add_checkout(prefix)
    return prefix


def _make_windows(prefix: Prefix) -> None:
    """Make drive C: and the registry: Windows 10, which draws the frames of its windows itself."""
    unmanaged = ("reg", "add", "HKCU\\Software\\Wine\\X11 Driver", "/v", "Managed", "/d", "N", "/f")
    fonts = prefix.folder / "fonts.reg"
    fonts.write_text(_fonts_in_the_registry(), encoding="utf-16")
    for arguments in (("wineboot", "--init"), ("winecfg", "-v", "win10"), unmanaged, ("reg", "import", fonts.name)):
        for _line in prefix.lines(*arguments):
            pass


def _fonts_in_the_registry() -> str:
    """Return what Windows keeps of its fonts: the files that DirectWrite opens, and the font of the system's texts."""
    facts = (-_TEXT_HEIGHT, 0, 0, 0, _REGULAR, 0, 0, 0, _ANY_CHARSET, 0, 0, 0, 0, _TEXT_FONT.encode("utf-16-le"))
    font = ",".join(f"{byte:02x}" for byte in struct.pack("<5l8B64s", *facts))
    return "\n".join([
        "Windows Registry Editor Version 5.00",
        f"[{_LIST_OF_FONTS}]",
        *(f'"{file.stem} (TrueType)"="{file.name}"' for file in _SANS),
        f"[{_FONTS_OF_TEXTS}]",
        *(f'"{text}"=hex:{font}' for text in _TEXTS),
        "",
    ])  # fmt: skip


def _make_python(prefix: Prefix, work: Path) -> None:
    """Unpack the interpreter as an installation with a `Lib` of its own, and install the locked wheels."""
    folder = prefix.drive / "python"
    with tarfile.open(locked.fetch_interpreter(work)) as source:
        data = source.extractfile(next(name for name in source.getnames() if name.endswith("data.zip")))
        if data is None:
            raise FileNotFoundError("data.zip")
        with data, zipfile.ZipFile(data) as files:
            files.extractall(work)  # noqa: S202  its hash is known
    (work / "cp311").rename(folder)
    (folder / "python311._pth").unlink()
    with zipfile.ZipFile(folder / "python311.zip") as library:
        library.extractall(folder / "Lib")  # noqa: S202  its hash is known
    (folder / "python311.zip").unlink()
    locked.install_wheels(TOP / "requirements.lock", folder / "Lib" / "site-packages", work)


def _add_what_wine_lacks(prefix: Prefix) -> None:
    """Put in what stands for Windows' own parts: `gaps.py`, two system libraries and fonts."""
    packages = prefix.drive / "python" / "Lib" / "site-packages"
    shutil.copyfile(_HERE / "gaps.py", packages / "wine_gaps.py")
    (packages / "wine_gaps.pth").write_text("import wine_gaps\n", encoding="utf-8")
    (packages / "ac_desktop.pth").write_text(f"{CHECKOUT}\n", encoding="utf-8")
    for name, libraries in (("icuuc", ()), ("bcryptprimitives", ("-ladvapi32",))):
        library = prefix.drive / "windows" / "system32" / f"{name}.dll"
        subprocess.run(
            [
                _COMPILER, "-Os", "-s", "-shared", "-Wall", "-Wextra", "-Werror", f"-D{name.upper()}",
                "-o", str(library), str(_HERE / "missing_libraries.c"), *libraries,
            ],
            check=True,
        )  # fmt: skip
    fonts = prefix.drive / "windows" / "Fonts"
    fonts.mkdir(exist_ok=True)
    for font in _FONTS:
        shutil.copyfile(font, fonts / font.name)


def _add_checkout(prefix: Prefix) -> None:
    """Clone the checkout onto C:, with what was changed in it and not committed yet, and the program's metadata."""
    shutil.rmtree(prefix.checkout, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(TOP), str(prefix.checkout)], check=True)
    changed = subprocess.run(
        ["git", "ls-files", "-z", "--modified", "--others", "--exclude-standard"],
        cwd=TOP, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    for name in filter(None, changed.stdout.split("\0")):
        target = prefix.checkout / name
        if (TOP / name).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TOP / name, target)
        else:
            target.unlink(missing_ok=True)
    packages = prefix.drive / "python" / "Lib" / "site-packages"
    for old in packages.glob("ac_desktop-*.dist-info"):
        shutil.rmtree(old)
    metadata = "import sys, hatchling.build; hatchling.build.prepare_metadata_for_build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", metadata, str(packages)], cwd=TOP, check=True)
