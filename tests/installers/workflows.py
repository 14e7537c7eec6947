"""The workflows as they run: each job once for every combination of its matrix, with its expressions filled in."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from installers.project import TOP

FOLDER: Final = TOP / ".github" / "workflows"
_EXPRESSION: Final = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_CHOICE: Final = re.compile(r"(\S+) == '(.*)' && '(.*)' \|\| '(.*)'")
_SYSTEMS: Final = {"ubuntu": "Linux", "windows": "Windows", "macos": "macOS"}
_WORD: Final = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s;<>|&()"'])+|[;<>|&()]+""")
"""A word of the shell with its quotes, or what stands between commands."""
GIVEN: Final = {"github.workspace": "WORKSPACE", "github.ref": "REF", "github.workflow": "WORKFLOW"}
SECRETS: Final = {"github.token"}
"""The secrets that a workflow may name: none of a person's."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a job as it runs."""

    job: str
    system: str
    python: str
    uses: str
    script: str
    values: Mapping[str, str]
    environment: Mapping[str, str]

    def __str__(self) -> str:
        """Return where the step is."""
        return f"{self.job} on {self.system} {self.python}: {self.uses or self.script.splitlines()[0]}"


def load(file: Path) -> Any:
    """Return what a workflow says."""
    return YAML(typ="safe").load(file)


def combinations(matrix: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return each combination of a matrix as GitHub makes it: the product of its lists, and what is included."""
    lists = {name: values for name, values in matrix.items() if name != "include"}
    made = [dict(zip(lists, values, strict=True)) for values in product(*lists.values())] if lists else []
    return made + [dict(one) for one in matrix.get("include", [])] or [{}]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its expressions filled in. Raises KeyError for one that nobody knows."""

    def value_of(found: re.Match[str]) -> str:
        choice = _CHOICE.fullmatch(found[1])
        if choice is None:
            return values[found[1]]
        return choice[3] if values[choice[1]] == choice[2] else choice[4]

    return _EXPRESSION.sub(value_of, text)


def steps(file: Path) -> Iterator[Step]:
    """Return every step of every job in every combination, what calls another workflow excepted."""
    for name, job in load(file)["jobs"].items():
        for matrix in combinations(job.get("strategy", {}).get("matrix", {})):
            values = {**GIVEN, **{f"matrix.{key}": value for key, value in matrix.items()}}
            values |= dict.fromkeys(SECRETS, "SECRET")
            runner = filled(job.get("runs-on", ""), values)
            values["runner.os"] = _SYSTEMS[runner.partition("-")[0]] if runner else ""
            python = filled(job.get("container", ""), values).removeprefix("python:").partition("-")[0]
            for step in job.get("steps", []):
                given = {key: filled(str(value), values) for key, value in step.get("with", {}).items()}
                python = given.get("python-version", python)
                yield Step(
                    job=name,
                    system=values["runner.os"],
                    python=python,
                    uses=filled(step.get("uses", ""), values),
                    script=filled(step.get("run", ""), values),
                    values=given,
                    environment={key: filled(str(value), values) for key, value in step.get("env", {}).items()},
                )


def commands(script: str) -> Iterator[list[str]]:
    """Return the commands of a script as words, those behind `&&`, `|` and `(` too, without where they write to."""
    for line in script.replace("\\\n", " ").splitlines():
        words: list[str] = []
        is_target = False
        for word in _WORD.findall(line):
            if set(word) <= set("();<>|&"):
                is_target = word.startswith(">")
                if not is_target and words:
                    yield words
                    words = []
            elif is_target:
                is_target = False
            else:
                words += shlex.split(word)
        if words:
            yield words
