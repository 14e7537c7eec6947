"""The data folder lets in its user and the system alone, on Windows by an access control list."""

import sys
from pathlib import Path

import pytest

from ac_desktop.platform import windows_acl
from ac_desktop.platform.private_files import PrivacyError, make_private

ANN, BEN = "S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1002"
OF_A_PROFILE = f"D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;FA;;;{ANN})"


@pytest.mark.parametrize(
    ("access_list", "others"),
    [
        (OF_A_PROFILE, []),
        (f"{OF_A_PROFILE}(A;OICIIO;GA;;;CO)(A;OICI;FA;;;OW)", []),
        (f"{OF_A_PROFILE}(A;OICI;0x1200a9;;;S-1-15-2-1)(D;OICI;FA;;;{BEN})", []),
        (f"{OF_A_PROFILE}(A;OICIID;0x1200a9;;;BU)", ["BU"]),
        (f"D:(A;OICI;FA;;;{BEN})(A;;FR;;;WD)", [BEN, "WD"]),
        ("D:NO_ACCESS_CONTROL", ["WD"]),
    ],
)
def test_others_are_found_in_an_access_control_list(access_list: str, others: list[str]) -> None:
    assert windows_acl.others_allowed(access_list, ANN) == others


def test_the_private_list_lets_in_no_other_and_inherits_nothing() -> None:
    private = windows_acl.private_list(ANN)
    assert windows_acl.others_allowed(private, BEN) == [ANN]
    assert private.startswith("D:P")


if sys.platform == "win32":

    @pytest.fixture
    def lists(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
        """Return the lists that are set, which Wine does not keep."""
        kept: list[tuple[Path, str]] = []
        real = windows_acl.set_access_list

        def keep(folder: Path, wanted: str) -> None:
            real(folder, wanted)
            kept.append((folder, wanted))

        monkeypatch.setattr(windows_acl, "set_access_list", keep)
        return kept

    def test_a_folder_that_lets_others_in_is_closed_to_them(tmp_path: Path, lists: list[tuple[Path, str]]) -> None:
        windows_acl.set_access_list(tmp_path, f"D:P(A;OICI;FA;;;{windows_acl.user_id()})(A;OICI;0x1200a9;;;WD)")
        lists.clear()
        make_private(tmp_path / "data", own_files=("donors",))
        assert lists == [(tmp_path / "data", windows_acl.private_list(windows_acl.user_id()))]

    def test_a_folder_of_other_files_is_left_alone(tmp_path: Path, lists: list[tuple[Path, str]]) -> None:
        (tmp_path / "holiday.jpg").touch()
        make_private(tmp_path, own_files=("donors",))
        assert lists == []

    def test_a_folder_that_belongs_to_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(folder: Path, wanted: str) -> None:
            raise PermissionError(5, wanted, str(folder))

        monkeypatch.setattr(windows_acl, "set_access_list", refuse)
        monkeypatch.setattr(windows_acl, "others_allowed", lambda *_: ["WD"])
        with pytest.raises(PrivacyError):
            make_private(tmp_path / "data", own_files=("donors",))
