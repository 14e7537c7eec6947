"""Brings the translation files up to the sources: new texts come in unfinished, those no longer used go.

`python -m tests.translations`, then fill in what is marked as unfinished, here or in Qt Linguist.
"""

from pathlib import Path
from xml.sax.saxutils import escape

from ac_desktop.language import Texts, folder, read
from tests.texts import all_texts

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="{language}" sourcelanguage="en">
<context>
    <name>ac_desktop</name>
"""
FOOT = "</context>\n</TS>\n"


def written(texts: Texts, language: str) -> str:
    """Write a translation file anew, in the order of the sources."""
    messages = [_message(source, place, texts) for source, place in all_texts().items()]
    return HEAD.format(language=language) + "".join(messages) + FOOT


def _message(source: str, place: str, texts: Texts) -> str:
    told = (
        f'        <location filename="{place.split(":", maxsplit=1)[0]}"/>\n        <source>{escape(source)}</source>\n'
    )
    if "%n" in source or "%Ln" in source:
        forms = texts.counted.get(source, ("", ""))
        lines = "".join(f"            <numerusform>{escape(form)}</numerusform>\n" for form in forms)
        mark = "" if all(forms) else ' type="unfinished"'
        return (
            f'    <message numerus="yes">\n{told}        <translation{mark}>\n{lines}        </translation>\n'
            "    </message>\n"
        )
    translation = texts.plain.get(source, "")
    mark = "" if translation else ' type="unfinished"'
    return f"    <message>\n{told}        <translation{mark}>{escape(translation)}</translation>\n    </message>\n"


def main() -> None:
    path: Path = folder() / "ac_desktop_es.ts"
    text = written(read(path), "es_ES")
    path.write_text(text, encoding="utf-8")
    print(text.count("unfinished"), "texts are still to be translated")  # noqa: T201


if __name__ == "__main__":
    main()
