"""The package for Debian and Ubuntu, made of the bundle: `python -m installers.deb`, into dist/."""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from PyInstaller.depend import bindepend

from installers import changes, icons
from installers.changes import Release
from installers.errors import NotReadyError
from installers.project import BUNDLE, COMMAND, TITLE, TOP, description, version

METAINFO: Final = "internal.ac_desktop.ac_desktop.metainfo.xml"
"""The file is named by an id without a domain of others; software centres need a reverse domain name."""
DATA: Final = Path(__file__).parent / "linux"
SERVICES: Final = Path(__file__).parent / "services"
"""What lets a system run the program without a window; nothing is enabled until a person does that."""
MAINTAINER: Final = "The AC Desktop developers <ac-desktop@localhost>"
RECOMMENDS: Final = ("gnome-keyring | kwalletmanager", "fonts-dejavu-core | fonts-noto-core", "xwayland")


def main() -> int:
    """Build the package, and print its path."""
    if not (BUNDLE / COMMAND).is_file():
        sys.stderr.write("Build the bundle first: python -m PyInstaller build.spec\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="ac-desktop-deb-") as name:
        root = Path(name) / "root"
        lay_out(root)
        package = BUNDLE.parent / f"{COMMAND}_{version()}_{_architecture()}.deb"
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z1", "--build", str(root), str(package)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    sys.stdout.write(f"{package}\n")
    return 0


def lay_out(root: Path) -> None:
    """Lay out the package's files as they lie in the system, with its control file."""
    program = root / "usr" / "lib" / COMMAND
    shutil.copytree(BUNDLE, program, symlinks=True)
    door = root / "usr" / "bin" / COMMAND
    door.parent.mkdir(parents=True)
    door.symlink_to(Path("..") / "lib" / COMMAND / COMMAND)
    share = root / "usr" / "share"
    _put(DATA / f"{COMMAND}.desktop", share / "applications")
    _put(DATA / f"{COMMAND}.xml", share / "mime" / "packages")
    units = root / "usr" / "lib" / "systemd"
    _put(SERVICES / f"{COMMAND}.service", units / "user")
    _put(SERVICES / f"{COMMAND}-relay.service", units / "system")
    icons.hicolor(share / "icons")
    metainfo_path = share / "metainfo" / METAINFO
    metainfo_path.parent.mkdir(parents=True)
    metainfo_path.write_text(metainfo(_releases()), encoding="utf-8")
    documents = share / "doc" / COMMAND
    _put(TOP / "LICENSE", documents)
    (documents / "LICENSE").rename(documents / "copyright")
    (documents / "changelog.gz").write_bytes(gzip.compress(changes.FILE.read_bytes(), mtime=0))
    _open_to_all(root)
    size = sum(file.lstat().st_size for file in root.rglob("*") if file.is_file())
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(control_file(_depends(program), size // 1024), encoding="utf-8")


def metainfo(releases: list[Release]) -> str:
    """Return the AppStream metadata that software centres show of the program, with its releases."""
    tree = ET.parse(DATA / METAINFO)  # noqa: S314  our own file
    listed = tree.getroot().find("releases")
    if listed is None:
        raise ValueError("The metainfo has no place for the releases")
    for release in releases:
        ET.SubElement(listed, "release", version=release.version, date=release.day.isoformat())
    ET.indent(tree)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(tree.getroot(), encoding="unicode") + "\n"


def control_file(depends: list[str], kilobytes: int) -> str:
    """Return dpkg's control file: what the package is and what it needs."""
    return (
        f"Package: {COMMAND}\n"
        f"Version: {version()}\n"
        f"Architecture: {_architecture()}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: {', '.join(depends)}\n"
        f"Recommends: {', '.join(RECOMMENDS)}\n"
        "Section: utils\n"
        "Priority: optional\n"
        f"Description: {TITLE}: donors onto an ActiveCampaign list\n"
        f" {description()}\n"
    )


def _releases() -> list[Release]:
    """Return the releases up to this one; an unreleased one has today's date."""
    known = changes.releases(changes.FILE.read_text(encoding="utf-8"))
    return known if known and known[0].version == version() else [Release(version(), _today()), *known]


def _today() -> date:
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(stamp), UTC).date() if stamp else datetime.now(UTC).date()


def _architecture() -> str:
    return subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    ).stdout.strip()  # fmt: skip


def _depends(program: Path) -> list[str]:
    """Return the packages of the libraries that the bundle takes from the system, as this computer has them."""
    owners = {_owner(library) for library in _left_to_the_system(program)}
    libc = f"libc6 (>= {_libc_version()})"
    return sorted({libc if owner == "libc6" else owner for owner in owners} | {"fontconfig-config"})


def _libc_version() -> str:
    if sys.platform != "linux":
        raise NotReadyError("A package for Debian is built on Linux.")
    return str(os.confstr("CS_GNU_LIBC_VERSION")).split()[1]


def _left_to_the_system(program: Path) -> set[str]:
    bundled = {file.name for file in program.rglob("*")}
    binaries = [program / COMMAND, *program.rglob("*.so*")]
    return set(_linked(binaries, bundled))


def _linked(binaries: list[Path], bundled: set[str]) -> Iterator[str]:
    for binary in binaries:
        if binary.is_file() and not binary.is_symlink():
            for name, found in bindepend.get_imports(str(binary)):  # type: ignore[no-untyped-call]
                if name not in bundled and found:
                    yield found


def _owner(library: str) -> str:
    """Return the package of a library, by the path that dpkg lists it under."""
    for place in (library, os.path.realpath(library), f"/usr{library}", f"/usr{os.path.realpath(library)}"):
        query = subprocess.run(["dpkg-query", "-S", place], capture_output=True, text=True, check=False)
        if query.returncode == 0:
            return query.stdout.partition(":")[0]
    raise RuntimeError(f"No package brings {library}")


def _put(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, folder)


def _open_to_all(root: Path) -> None:
    """Make all files readable, and executables executable, for everybody, whatever the umask."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            is_run = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if is_run else 0o644)


if __name__ == "__main__":
    sys.exit(main())
