"""The house rules that machines can read: lint, layout, types, and the direction of imports.

They are tests so that one command, `python -m pytest`, is the whole check.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import sroi

ROOT = Path(__file__).parent.parent

CHECKS = {
    "lint (ruff check)": ("-m", "ruff", "check", "--no-fix", "."),
    "layout (ruff format)": ("-m", "ruff", "format", "--check", "."),
    "types (mypy --strict)": ("-m", "mypy", "--strict"),
    "imports point downwards (import-linter)": (
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ),
}


@pytest.mark.parametrize("check", CHECKS)
def test_check_passes(check: str) -> None:
    done = subprocess.run([sys.executable, *CHECKS[check]], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"{check} found something:\n{done.stdout}{done.stderr}", pytrace=False)


def commands() -> list[str]:
    """The commands that the README gives, in order: each fenced `sh` block is one line."""
    return re.findall(r"^```sh\n(.*)\n```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_readme_gives_two_commands() -> None:
    run, test = commands()
    assert run.endswith("&& sroi run no-wrong-door")
    assert test.endswith("&& python -m pytest")
    for command in (run, test):
        assert command.startswith("python3.11 -m venv .venv && . .venv/bin/activate && pip install -c constraints.txt ")


def test_ci_runs_the_commands_of_the_readme() -> None:
    # .ci/run reads them from the README with this very expression, so it cannot run another one.
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "sed -n '/^```sh$/{n;p;}' README.md" in script
    for command in commands():
        assert command not in script


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    odd = [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)]
    assert odd == []


def test_every_dependency_is_pinned() -> None:
    pinned = {
        _normal(line.split("==")[0]) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = {_normal(name) for name in re.findall(r'^  "([A-Za-z0-9._-]+)>=', text, re.MULTILINE)}
    assert {"numpy", "pytest", "xlsxwriter"} <= asked
    assert asked - pinned == set()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_version_is_that_of_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)", text, re.MULTILINE)
    assert headings[0] == sroi.__version__


def test_modules_hold_one_concern() -> None:
    # A module over 400 lines has two concerns (style, habit 2): part them.
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("sroi", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
