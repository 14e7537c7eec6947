"""The sentence for a person on whose computer no window can be opened."""

from ac_desktop.model.wording import tr
from ac_desktop.platform import display


def why_no_window() -> str:
    """Return one sentence that says why no window can be opened here; "" where one can."""
    if not display.has_screen():
        return tr(
            "There is no display to open the window on. Use “ac-desktop import” and “ac-desktop relay” instead. "
            "For help, run “ac-desktop --help”."
        )
    missing = display.missing_libraries(display.needed_libraries())
    if not missing:
        return ""
    return tr(
        "The window needs system libraries that aren't installed. On Debian or Ubuntu: sudo apt install "
        "{debian}. On Fedora: sudo dnf install {fedora}. Or work without the window: “ac-desktop import” and "
        "“ac-desktop relay”.",
        debian=" ".join(sorted({debian for debian, _ in missing.values()})),
        fedora=" ".join(sorted({fedora for _, fedora in missing.values()})),
    )
