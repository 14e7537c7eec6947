"""What is in wheel and bundle: all that the program reads, and of Qt only what it uses."""

import struct
from pathlib import Path

import pytest
from PIL import Image

from installers import bundle, icons, packages, project

FOR_PEOPLE = {"screenshots"}
"""What lies in `resources/` for those who read about the program."""


def test_every_folder_that_the_program_reads_is_in_the_wheel_and_in_the_bundle() -> None:
    folders = {path.name for path in (project.TOP / "resources").iterdir() if path.is_dir()}
    assert set(project.resources()) == folders - FOR_PEOPLE


def test_of_qt_only_the_modules_that_the_program_imports_are_in_the_bundle() -> None:
    left_out = bundle.left_out()
    assert "PySide6.QtQuick" in left_out
    assert not {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg"} & set(left_out)


@pytest.mark.parametrize(
    ("place", "is_kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/sqldrivers/qsqlite.dll", False),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/Qt/translations/qtbase_es.qm", True),
        ("PySide6/Qt/translations/qtbase_fi.qm", False),
        ("resources/translations/ac_desktop_es.ts", True),
        ("filelock-4.2.11.dist-info/METADATA", True),
        ("filelock-4.2.11.dist-info/sboms/filelock.cdx.json", False),
    ],
)
def test_plugins_and_texts_that_nobody_uses_stay_out(place: str, is_kept: bool) -> None:  # noqa: FBT001  a parameter of the test
    _, kept = bundle.wanted([], [(place, place, "DATA")])
    assert bool(kept) is is_kept


def test_the_driver_of_an_office_is_in_the_bundle_with_its_licence() -> None:
    assert {"psycopg", "psycopg-binary", "typing-extensions"} <= set(packages.needed())
    assert "psycopg-binary" in packages.needs("psycopg")


def test_what_only_developers_use_is_not_in_the_bundle() -> None:
    assert not {"pytest", "pyinstaller", "mypy", "ruff"} & set(packages.needed())


def test_every_size_of_the_icon_is_drawn_in_its_own_right(tmp_path: Path) -> None:
    icons.hicolor(tmp_path)
    for size in icons.HICOLOR_SIZES:
        with Image.open(tmp_path / f"hicolor/{size}x{size}/apps/ac-desktop.png") as picture:
            assert picture.size == (size, size)
            assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 2
    assert (tmp_path / "hicolor/scalable/apps/ac-desktop.svg").is_file()


def test_windows_and_macos_get_all_sizes_in_one_file(tmp_path: Path) -> None:
    with Image.open(icons.gathered(tmp_path / "app.ico", icons.WINDOWS_SIZES)) as ico:
        assert {size for size, _ in ico.info["sizes"]} == set(icons.WINDOWS_SIZES)
    icns = icons.gathered(tmp_path / "app.icns", icons.MACOS_SIZES).read_bytes()
    assert icns[:4] == b"icns"
    assert struct.unpack(">I", icns[4:8])[0] == len(icns)


def test_windows_is_given_the_version(tmp_path: Path) -> None:
    reported = bundle.write_version_resource(tmp_path).read_text(encoding="utf-8")
    assert f"StringStruct('ProductVersion', '{project.version()}')" in reported
    assert f"filevers=({project.version().replace('.', ', ')}, 0)" in reported
    compile(reported, "version.txt", "eval")
