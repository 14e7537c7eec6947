"""What Linux desktops learn of the program, before any package is built."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from ac_desktop.ui.office.office_controller import INVITATION_SUFFIX
from installers import changes, deb
from installers.changes import Release
from installers.project import COMMAND, version

FIRST = Release("0.1.0", date(2026, 5, 4))
SECOND = Release("0.2.0", date(2026, 11, 23))


def test_a_release_closes_what_is_not_yet_released() -> None:
    text = "# Changes\n\n## Not yet released\n\n### New\n- This.\n\n## 0.1.0, 2026-05-04\n\n- That.\n"
    after = changes.closed(text, SECOND)
    assert changes.releases(after) == [SECOND, FIRST]
    assert changes.NOT_YET not in after
    assert after.replace("## 0.2.0, 2026-11-23", changes.NOT_YET) == text


@pytest.mark.parametrize("text", ["# Changes\n", "# Changes\n\n## Not yet released\n\n## 0.1.0, 2026-05-04\n- That.\n"])
def test_a_release_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="tells of nothing"):
        changes.closed(text, SECOND)


def test_software_centres_hear_of_every_release() -> None:
    root = ET.fromstring(deb.metainfo([SECOND, FIRST]).encode())  # noqa: S314  our own text
    reported = [(release.get("version"), release.get("date")) for release in root.iter("release")]
    assert reported == [("0.2.0", "2026-11-23"), ("0.1.0", "2026-05-04")]


def test_a_double_click_on_an_invitation_opens_it() -> None:
    root = ET.parse(deb.DATA / f"{COMMAND}.xml").getroot()  # noqa: S314  our own file
    (kind,) = root
    assert [one.get("pattern") for one in kind if one.tag.endswith("}glob")] == [f"*{INVITATION_SUFFIX}"]
    entry = (deb.DATA / f"{COMMAND}.desktop").read_text(encoding="utf-8")
    assert f";{kind.get('type')};" in entry
    assert f"Exec={COMMAND} open %F" in entry


def test_the_control_file_names_what_dpkg_asks_for() -> None:
    reported = deb.control_file(["libc6 (>= 2.36)", "libegl1"], 140_000)
    fields = dict(line.split(": ", 1) for line in reported.splitlines() if not line.startswith(" "))
    assert fields["Version"] == version()
    assert fields["Depends"] == "libc6 (>= 2.36), libegl1"
    assert fields["Installed-Size"] == "140000"
