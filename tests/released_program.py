"""The program as it was released before this one, as a wheel, for the test that both work in one office.

`python -m tests.released_program 0.1.0` stores the wheel of the program as it is now in the place of the one before:
once the release of that version is made.
"""

import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = Path(__file__).parent / "store" / "released"
_DATED: Final = "1577836800"
"""The time of the files in a wheel, so that it is the same each time."""
_VERSION: Final = re.compile(r'^(version|__version__) = "[^"]+"$', re.MULTILINE)


def wheel() -> Path:
    """Return the stored wheel."""
    (found,) = FOLDER.glob("*.whl")
    return found


def released_version() -> str:
    """Return the version of the stored program."""
    return wheel().name.split("-")[1]


def unpack(folder: Path) -> Path:
    """Put the stored program into a folder, from which it runs with the libraries of this one; return the folder."""
    with zipfile.ZipFile(wheel()) as archive:
        archive.extractall(folder)  # noqa: S202  what is stored beside this module
    return folder


def store(version: str) -> Path:
    """Store the wheel of the program as it was last committed, as this version; return it."""
    with tempfile.TemporaryDirectory() as folder:
        committed = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(committed)) as archive:
            archive.extractall(folder, filter="data")
        for name in ("pyproject.toml", "ac_desktop/__init__.py"):
            file = Path(folder, name)
            text = file.read_text(encoding="utf-8")
            file.write_text(_VERSION.sub(rf'\1 = "{version}"', text, count=1), encoding="utf-8")
        for earlier in FOLDER.glob("*.whl"):
            earlier.unlink()
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", FOLDER],
            cwd=folder,
            env={**os.environ, "SOURCE_DATE_EPOCH": _DATED},
            check=True,
        )
    return wheel()


if __name__ == "__main__":
    stored = store(sys.argv[1])
    sys.stdout.write(f"{stored.name}: {stored.stat().st_size} bytes\n")
