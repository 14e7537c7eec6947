"""The rooms without Qt on the other Pythons of this computer: `python -m tests pythons [PYTHON ...]`.

Without names it takes the newest of each version that it finds on the path, and in pyenv's and uv's folders. Each gets
an environment of its own in `build/pythons`, made from the lock, that is kept until the lock changes.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
WORK: Final = ROOT / "build" / "pythons"
LOCK: Final = ROOT / "requirements.lock"
VERSIONS: Final = ("3.11", "3.12", "3.13", "3.14")
"""What the program is tested with: those of the workflow's matrix."""
ROOMS: Final = (
    "model", "platform", "activecampaign", "store", "importing", "relay", "reporting", "practice", "console",
    "delivery", "installers",
)  # fmt: skip
_KEPT: Final = (
    (".pyenv/versions", "*/bin/python3"),
    (".local/share/uv/python", "*/bin/python3"),
)
"""Where other programs keep Pythons, below a person's home."""
_ASK: Final = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
_LINE: Final = re.compile(r"\d+ (?:passed|failed|error)")


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that was found."""

    program: Path
    numbers: tuple[int, ...]

    @property
    def version(self) -> str:
        """Return the version without its last number."""
        return f"{self.numbers[0]}.{self.numbers[1]}"

    def __str__(self) -> str:
        """Return the whole version and the program."""
        return f"Python {'.'.join(map(str, self.numbers))} ({self.program})"


def asked(program: Path) -> Interpreter | None:
    """Return what a program says of itself; None where it cannot be started."""
    try:
        ended = subprocess.run([str(program), "-c", _ASK], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return Interpreter(program, tuple(map(int, ended.stdout.split("."))))


def found() -> list[Interpreter]:
    """Return the newest Python of each version on this computer."""
    newest: dict[str, Interpreter] = {}
    for program in _programs():
        known = asked(program)
        if known is not None and known.version in VERSIONS:
            before = newest.get(known.version, known)
            newest[known.version] = max(before, known, key=lambda one: one.numbers)
    return [newest[version] for version in VERSIONS if version in newest]


def _programs() -> Iterator[Path]:
    for version in VERSIONS:
        named = shutil.which(f"python{version}")
        if named:
            yield Path(named)
    for folder, pattern in _KEPT:
        yield from sorted((Path.home() / folder).glob(pattern))


def environment_of(interpreter: Interpreter) -> Path:
    """Make the environment of a Python, or take the one that was made from this lock; returns its Python."""
    folder = WORK / ".".join(map(str, interpreter.numbers))
    program = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    made_of = folder / "made-from-lock"
    if not made_of.exists() or made_of.read_bytes() != LOCK.read_bytes():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([str(interpreter.program), "-m", "venv", str(folder)], check=True)
        pip = (str(program), "-m", "pip", "install", "-q", "--disable-pip-version-check")
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
        subprocess.run([*pip, "--no-build-isolation", "--no-deps", "-e", str(ROOT)], check=True)
        made_of.write_bytes(LOCK.read_bytes())
    return program


def main(arguments: Sequence[str]) -> int:
    """Run the rooms on each Python that is named or found, and show the counts; returns the exit code."""
    given = [(name, asked(Path(shutil.which(name) or name))) for name in arguments]
    refused = [name for name, known in given if known is None]
    interpreters = [known for _, known in given if known is not None] if arguments else found()
    counts = [f"{name}: no Python" for name in refused]
    is_well = not refused
    for interpreter in interpreters:
        _show(f"\n{interpreter}")
        code, last = _tested(environment_of(interpreter))
        counts.append(f"{interpreter}: {last}")
        is_well = is_well and code == 0
    if not arguments:
        missing = [version for version in VERSIONS if version not in {one.version for one in interpreters}]
        counts += [f"Python {version}: none was found on this computer" for version in missing]
    _show("\nThe rooms without Qt")
    for line in counts:
        _show(f"  {line}")
    return 0 if is_well else 1


def _tested(program: Path) -> tuple[int, str]:
    """Run the rooms' tests; returns the exit code and pytest's line of counts."""
    tests = [f"tests/{room}" for room in ROOMS]
    last = "pytest came to no end"
    with subprocess.Popen(
        [str(program), "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            _show(line.rstrip())
            last = line.strip("= \n") if _LINE.search(line) else last
    return process.returncode, last


def _show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
