"""The environment of a clone, `.venv`: made from `requirements.lock` by its hashes, and again when the lock changes.

Only the standard library is used here, as nothing else is installed yet.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from installers.errors import NotReadyError

TOP: Final = Path(__file__).parents[1]
FOLDER_NAME: Final = ".venv"
LOCK_NAME: Final = "requirements.lock"
_MADE_FROM: Final = "made-from-lock"
"""The file in the environment that names what it was made from; written last, so that a broken start is seen."""


def python_of(top: Path = TOP) -> Path:
    """Return the interpreter of the environment, whether it exists or not."""
    folder = top / FOLDER_NAME
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def can_make() -> bool:
    """Whether this Python has what `python3 -m venv` needs; Debian ships it as a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None


def is_ready(top: Path = TOP) -> bool:
    """Whether the environment is complete and was made from today's lock by this Python."""
    made_from = top / FOLDER_NAME / _MADE_FROM
    return python_of(top).exists() and made_from.is_file() and made_from.read_text(encoding="utf-8") == _origin(top)


def ensure(top: Path = TOP) -> Path:
    """Make the environment where it is missing or its lock changed, and return its interpreter.

    Raises NotReadyError with a sentence where a step fails.
    """
    python = python_of(top)
    if is_ready(top):
        return python
    if Path(sys.prefix).resolve() == (top / FOLDER_NAME).resolve():
        raise NotReadyError(
            f"This Python is that of {FOLDER_NAME}, which has to be made anew because the lock changed. Nothing was "
            "changed. Start the same line with the Python of your system: python3, on Windows py."
        )
    _show(f"Making the environment in {FOLDER_NAME}. This takes a minute, and only the first time.")
    shutil.rmtree(top / FOLDER_NAME, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(top / FOLDER_NAME)], top)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install"]
    _install_locked([*pip, "--no-color", "--progress-bar", "off", "--require-hashes", "-r", LOCK_NAME], top)
    _run([*pip, "--quiet", "--no-build-isolation", "--no-deps", "-e", "."], top)
    (top / FOLDER_NAME / _MADE_FROM).write_text(_origin(top), encoding="utf-8")
    _show("The environment is ready.")
    return python


def run(arguments: Sequence[str], top: Path = TOP) -> int:
    """Run `python` of the environment with these arguments in the clone, and return its exit code."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    try:
        return subprocess.run([str(python_of(top)), *arguments], cwd=top, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


def _origin(top: Path) -> str:
    """Return what an environment is made from: the lock's hash, the Python, and the clone's own place."""
    lock = hashlib.sha256((top / LOCK_NAME).read_bytes()).hexdigest()
    return f"{lock} {sys.version_info.major}.{sys.version_info.minor} {sys.platform} {top}\n"


def _install_locked(command: Sequence[str], top: Path) -> None:
    """Install what the lock names, and show how many of its packages are installed."""
    total = sum("==" in line for line in (top / LOCK_NAME).read_text(encoding="utf-8").splitlines() if line[:1].strip())
    lines: list[str] = []
    come = 0
    with subprocess.Popen(
        command, cwd=top, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if line.startswith("Collecting "):
                come += 1
                _progress(f"Fetching packages: {come} of at most {total}")
            elif line.startswith("Installing collected packages"):
                _progress("Installing them")
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if process.returncode:
        raise NotReadyError(_why(lines))


def _run(command: Sequence[str], top: Path) -> None:
    """Run a step that is quiet unless it fails. Raises NotReadyError with its last lines then."""
    ended = subprocess.run(
        command, cwd=top, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    if ended.returncode:
        raise NotReadyError(_why(ended.stdout.splitlines(keepends=True)))


def _why(lines: Sequence[str]) -> str:
    last_lines = "".join(
        [line for line in lines if not line.startswith(("Ignoring ", "WARNING: Retrying"))][-10:]
    ).strip()
    return f"The environment could not be made. Nothing else was changed. The last lines were:\n{last_lines}"


def _progress(text: str) -> None:
    """Show progress over one line of a terminal; a log gets none of it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()


def _show(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
