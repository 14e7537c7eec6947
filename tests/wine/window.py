"""The program's window on Qt's `windows` platform, seen as the X screen shows it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image, ImageGrab

from tests.wine.prefix import PYTHON, Prefix

_READY: Final = "pressed"
"""What the watched window says when Relay was pressed."""
_LONGEST: Final = 240
"""Seconds that all of it may take."""
_PATIENCE: Final = 120
"""Seconds after that in which the relay ends and the window comes to rest."""
_AT_REST: Final = 12
"""So many pictures in a row, a second apart, are the same when nothing moves any more and the last notice is gone."""
_FEWEST_COLORS: Final = 50
"""A window that was painted, with its letters, has more."""
COLORS: Final = 256


def take(prefix: Prefix) -> Image.Image:
    """Open the window on a practice account, press Relay, and return its picture. Raises RuntimeError without one."""
    folder = "C:\\window"
    arguments = ("-m", "tests.promises.watched_window", "--press-relay", "--practice", "--data-dir", folder)
    with prefix.start(PYTHON, *arguments) as program, _ended_after(_LONGEST, prefix):
        said: list[str] = []
        for line in program.stdout or ():
            said.append(line)
            if line.strip() == _READY:
                break
        else:
            raise RuntimeError("The window ended before Relay was pressed:\n" + "".join(said))
        picture = _at_rest()
        ended = program.poll()
        prefix.end()
    if ended is not None:
        raise RuntimeError(f"The window ended by itself, with {ended}.")
    if len(picture.getcolors(picture.width * picture.height) or ()) < _FEWEST_COLORS:
        raise RuntimeError("The window is empty.")
    return picture


@contextmanager
def _ended_after(seconds: int, prefix: Prefix) -> Iterator[None]:
    """End the prefix's programs after so many seconds, so that nobody waits for ever for what they say."""
    watch = threading.Timer(seconds, prefix.end)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def save(picture: Image.Image, file: Path) -> None:
    """Save a picture as a small PNG."""
    few = picture.quantize(COLORS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def _at_rest() -> Image.Image:
    """Return the screen without its empty edges as soon as nothing moves on it, or after a while."""
    pause = threading.Event()
    picture, same = ImageGrab.grab(), 0
    for _ in range(_PATIENCE):
        pause.wait(1)
        now = ImageGrab.grab()
        same = same + 1 if now.tobytes() == picture.tobytes() else 0
        picture = now
        if same == _AT_REST:
            break
    return picture.crop(picture.getbbox())
