"""Checks that every package imports only what lies below it, by the contracts in `pyproject.toml`."""

from importlinter.cli import lint_imports_command

if __name__ == "__main__":
    lint_imports_command()
