"""What Windows and macOS learn of the program; no installer is run here, so the test is that they are well formed."""

import plistlib
import re

from installers import bundle
from installers.project import COMMAND, TITLE, TOP, version

SCRIPT = TOP / "installers" / "windows" / "ac-desktop.iss"
SECTIONS = {"Setup", "Languages", "CustomMessages", "Tasks", "InstallDelete", "Files", "Icons", "Registry", "Run"}


def test_the_windows_installer_has_its_sections_and_its_mark_of_utf_8() -> None:
    raw = SCRIPT.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    reported = raw.decode("utf-8-sig")
    assert set(re.findall(r"^\[(\w+)\]$", reported, re.MULTILINE)) == SECTIONS
    for line in reported.splitlines():
        assert line.count('"') % 2 == 0, line


def test_the_windows_installer_takes_the_bundle_and_offers_it_for_donor_files() -> None:
    reported = SCRIPT.read_text(encoding="utf-8-sig")
    assert f"dist\\{COMMAND}\\*" in reported
    assert f'{{app}}\\{TITLE}.exe"" open ""%1' in reported
    assert {".csv", ".xlsx", ".zip"} <= set(re.findall(r'ValueName: "(\.\w+)"', reported))
    messages = re.findall(r"^(\w+)\.(\w+)=", reported, re.MULTILINE)
    by_language = {language: {name for where, name in messages if where == language} for language, _ in messages}
    assert by_language["english"] == by_language["spanish"]
    assert set(re.findall(r"\{cm:(\w+)\}", reported)) - by_language["english"] == {"CreateDesktopIcon"}


def test_macos_is_given_the_version_the_files_and_one_entitlement() -> None:
    reported = bundle.info_plist()
    assert reported["CFBundleShortVersionString"] == version()
    assert b"public.comma-separated-values-text" in plistlib.dumps(reported)
    entitlements = plistlib.loads((TOP / "installers" / "macos" / "entitlements.plist").read_bytes())
    assert entitlements == {"com.apple.security.cs.allow-unsigned-executable-memory": True}
