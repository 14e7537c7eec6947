"""The console imports the export of every service without a question, and leaves the right rows out."""

from pathlib import Path

from tests.console.conftest import Console
from tests.importing.made_exports import EXPORTS, HELD, chance, make_export


def test_the_export_of_each_service(console: Console, tmp_path: Path) -> None:
    console.connect()
    random = chance()
    made = [make_export(export, random) for export in EXPORTS.values()]
    files = []
    for number, one in enumerate(made):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        files.append(one.write(folder))
    ran = console("import", "Spring", *files, "--again", "--json")
    assert ran.err == "", "nothing is asked or assumed"
    assert len(ran.json["batches"]) == len(made)
    for one, batch in zip(made, ran.json["batches"], strict=True):
        found = (batch["rows"], batch["waiting"], batch["held"], batch["skipped"])
        assert found == (len(one.rows), len(one.waiting), one.held, one.skipped), one.export.label
        assert sorted(problem["row"] for problem in batch["problems"]) == [
            at + (1 if one.export.header.endswith(".json") else 2) for at, code in enumerate(one.codes) if code
        ]
        held = {problem["row"] for problem in batch["problems"] if problem["state"] == "held"}
        assert len(held) == sum(code in HELD for code in one.codes)
