"""The figures as one table: `python -m tests.benchmarks [--quick] [--json FILE] [figure …]`."""

import argparse
import importlib
import json
import pkgutil
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import figures
from tests.benchmarks.figure import Figure
from tests.benchmarks.result import Result, machine, measure, table


def every_figure() -> dict[str, Figure]:
    """Return the figures by name, those of all modules in `figures`."""
    modules = (
        importlib.import_module(f"{figures.__name__}.{one.name}") for one in pkgutil.iter_modules(figures.__path__)
    )
    found: list[Figure] = [module.FIGURE for module in modules]
    return {figure.name: figure for figure in found}


def main() -> int:
    """Measure what is asked for, and print each figure as it is done."""
    known = every_figure()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=figures.__doc__)
    parser.add_argument("figures", nargs="*", metavar="figure", help=", ".join(known))
    parser.add_argument("--quick", action="store_true", help="smaller sizes, to see that everything runs")
    parser.add_argument("--runs", type=int, help="how often each figure is measured")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured")
    parser.add_argument("--inputs", type=Path, metavar="FOLDER", help="keep the files made up here, for the next time")
    parser.add_argument("--list", action="store_true", help="say what each figure measures")
    args = parser.parse_args()
    unknown = [name for name in args.figures if name not in known]
    if unknown:
        parser.error(f"there is no figure {', '.join(unknown)}; there are {', '.join(known)}")
    if args.list:
        _say("\n".join(f"{figure.name}: {figure.measures}" for figure in known.values()))
        return 0
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="ac-desktop-inputs-") as made:
        inputs: Path = args.inputs or Path(made)
        inputs.mkdir(parents=True, exist_ok=True)
        for name in args.figures or known:
            print(f"{name} …", file=sys.stderr, flush=True)  # noqa: T201  a long wait
            results += measure(known[name], inputs, quick=args.quick, runs=args.runs)
    _say(" · ".join(f"{name} {value}" for name, value in machine().items()))
    _say(table(results))
    if args.json:
        expected = {"machine": machine(), "quick": args.quick, "results": [result.as_json() for result in results]}
        args.json.write_text(json.dumps(expected, indent=2) + "\n", encoding="utf-8")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
