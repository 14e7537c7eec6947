"""What Windows and macOS learn of the program; no installer is run here, so the test is that they are well formed."""

import inspect
import plistlib
import re

from PyInstaller.building.osx import BUNDLE

from ac_desktop.importing.formats.table import READABLE
from ac_desktop.ui.office.office_controller import INVITATION_SUFFIX
from installers import bundle
from installers.project import COMMAND, IDENTIFIER, TITLE, TOP, version

SCRIPT = TOP / "installers" / "windows" / "ac-desktop.iss"
SECTIONS = {
    "Setup",
    "Languages",
    "CustomMessages",
    "Tasks",
    "InstallDelete",
    "Files",
    "Icons",
    "Registry",
    "Run",
    "Code",
}


def test_the_windows_installer_has_its_sections_and_its_mark_of_utf_8() -> None:
    raw = SCRIPT.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    reported = raw.decode("utf-8-sig")
    assert set(re.findall(r"^\[(\w+)\]$", reported, re.MULTILINE)) == SECTIONS
    for line in reported.split("[Code]")[0].splitlines():
        assert line.count('"') % 2 == 0, line


def test_the_windows_installer_takes_the_bundle_and_offers_it_for_donor_files() -> None:
    reported = SCRIPT.read_text(encoding="utf-8-sig")
    assert f"dist\\{COMMAND}\\*" in reported
    assert f'{{app}}\\{TITLE}.exe"" open ""%1' in reported
    assert set(re.findall(r'ValueName: "(\.\w+)"', reported)) == set(READABLE)
    messages = re.findall(r"^(\w+)\.(\w+)=", reported, re.MULTILINE)
    by_language = {language: {name for where, name in messages if where == language} for language, _ in messages}
    assert by_language["english"] == by_language["spanish"]
    assert set(re.findall(r"\{cm:(\w+)\}", reported)) - by_language["english"] == {"CreateDesktopIcon"}


def test_a_double_click_on_an_invitation_opens_it_on_windows_until_the_program_is_removed() -> None:
    entries = SCRIPT.read_text(encoding="utf-8-sig").split("[Registry]")[1].split("[Run]")[0].splitlines()
    ours = [line for line in entries if "Invitation" in line and line.startswith("Root: HKA;")]
    removed = {line.split('"')[1].rsplit("\\", 1)[-1] for line in ours if line.endswith("Flags: uninsdeletekey")}
    assert removed == {INVITATION_SUFFIX, "ACDesktop.Invitation"}
    (opened,) = [line for line in ours if "shell\\open\\command" in line]
    assert opened.endswith(f'"""{{app}}\\{TITLE}.exe"" open ""%1"""')
    assert all(any(f"\\{name}" in line.split('"')[1] for name in removed) for line in ours)


def test_the_windows_installer_needs_no_administrator_and_goes_over_an_earlier_version() -> None:
    reported = SCRIPT.read_text(encoding="utf-8-sig")
    setup = dict(re.findall(r"^(\w+)=(.*)$", reported, re.MULTILINE))
    assert setup["PrivilegesRequired"] == "lowest"
    assert setup["PrivilegesRequiredOverridesAllowed"] == "commandline"
    assert (setup["AppId"], setup["UsePreviousAppDir"], setup["CloseApplications"]) == (
        "{{4C5E0B52-6A0F-4E35-9A57-6C1F0D0E7A31}", "yes", "yes",
    )  # fmt: skip
    assert "[InstallDelete]" in reported


def test_every_shortcut_on_windows_belongs_to_the_window_in_the_task_bar() -> None:
    icons = SCRIPT.read_text(encoding="utf-8-sig").split("[Icons]")[1].split("[Registry]")[0]
    shortcuts = [line for line in icons.splitlines() if line.startswith("Name:")]
    assert len(shortcuts) == 3
    for line in shortcuts:
        assert f'AppUserModelID: "{IDENTIFIER}"' in line, line


def test_the_windows_uninstaller_asks_before_it_deletes_data_and_keeps_it_without_an_answer() -> None:
    code = SCRIPT.read_text(encoding="utf-8-sig").split("[Code]")[1]
    assert "SuppressibleMsgBox(" in code
    assert re.search(r"MB_DEFBUTTON2, IDNO\) = IDYES then\s+DelTree\(", code)
    assert "{localappdata}\\AC Desktop" in code, "where platformdirs keeps this person's data"


def test_the_application_on_macos_is_the_windowed_program() -> None:
    reported = bundle.info_plist()
    assert (reported["CFBundleExecutable"], reported["LSBackgroundOnly"]) == (TITLE, False)
    spec = (TOP / "build.spec").read_text(encoding="utf-8")
    assert "programs.insert(0, program(project.TITLE, in_terminal=False))" in spec


def test_macos_offers_the_program_for_every_kind_of_file_that_it_reads() -> None:
    plist = plistlib.loads(plistlib.dumps(bundle.info_plist()))
    named, by_ending, _ = plist["CFBundleDocumentTypes"]
    known = {ending for ending, name in bundle.DOCUMENT_TYPES.items() if name in named["LSItemContentTypes"]}
    assert known | {f".{ending}" for ending in by_ending["CFBundleTypeExtensions"]} == set(READABLE)
    for kind in (named, by_ending):
        assert kind["LSHandlerRank"] == "Alternate", "it never becomes what opens these files by default"


def test_macos_opens_an_invitation_with_the_program_by_default() -> None:
    plist = plistlib.loads(plistlib.dumps(bundle.info_plist()))
    (kind,) = plist["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"] == {"public.filename-extension": [INVITATION_SUFFIX[1:]]}
    opened = [
        one for one in plist["CFBundleDocumentTypes"] if kind["UTTypeIdentifier"] in one.get("LSItemContentTypes", [])
    ]
    assert [one["LSHandlerRank"] for one in opened] == ["Owner"]


def test_macos_is_given_the_version_the_files_and_one_entitlement() -> None:
    reported = bundle.info_plist()
    assert reported["CFBundleShortVersionString"] == version()
    assert b"public.comma-separated-values-text" in plistlib.dumps(reported)
    entitlements = plistlib.loads((TOP / "installers" / "macos" / "entitlements.plist").read_bytes())
    assert entitlements == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_list_of_properties_has_what_macos_requires_in_the_form_that_it_requires() -> None:
    """Apple's "Information Property List": identifier, versions, kinds of files; PyInstaller adds the rest."""
    properties = plistlib.loads(plistlib.dumps(bundle.info_plist(), fmt=plistlib.FMT_XML))
    required = {
        "CFBundleDisplayName": r"[\w ]+",
        "CFBundleExecutable": r"[\w ]+",
        "CFBundleShortVersionString": r"\d+(\.\d+){0,2}",
        "CFBundleVersion": r"\d+(\.\d+){0,2}",
        "LSApplicationCategoryType": r"public\.app-category\.[a-z-]+",
        "NSPrincipalClass": "NSApplication",
    }
    for name, form in required.items():
        assert re.fullmatch(form, properties[name]), name
    assert properties["NSHighResolutionCapable"] is True
    for kind in properties["CFBundleDocumentTypes"]:
        assert kind["CFBundleTypeRole"] in {"Editor", "Viewer", "Shell", "QLGenerator", "None"}
        assert all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in kind.get("LSItemContentTypes", []))
        assert all(re.fullmatch(r"[a-z]+", ending) for ending in kind.get("CFBundleTypeExtensions", []))
    assert re.fullmatch(r"[A-Za-z0-9.-]+", IDENTIFIER), "a bundle's identifier has no other signs"
    source = inspect.getsource(BUNDLE.assemble)
    added = {"CFBundleIdentifier", "CFBundleName", "CFBundleIconFile", "CFBundlePackageType"}
    assert added <= set(re.findall(r'"(CF\w+)":', source)), "what PyInstaller adds"


def test_notarising_is_written_down_in_the_order_in_which_it_works_with_files_that_are_there() -> None:
    steps = (TOP / "installers" / "macos" / "README.md").read_text(encoding="utf-8")
    places = [
        steps.index(word)
        for word in (
            "notarytool store-credentials", "Contents/Frameworks", "Contents/MacOS", "codesign --verify",
            "hdiutil create", "notarytool submit", "stapler staple", "spctl --assess",
        )
    ]  # fmt: skip
    assert places == sorted(places), "what is inside is signed first, and a disk image stapled last"
    assert steps.count("--options runtime") == steps.count("codesign --force") == steps.count("--timestamp")
    for program in (COMMAND, f"{TITLE}.app"):
        assert f'{program}"' in steps
    entitlements = "installers/macos/entitlements.plist"
    assert entitlements in steps
    assert 'TOP / "installers" / "macos" / "entitlements.plist"' in (TOP / "build.spec").read_text(encoding="utf-8")
