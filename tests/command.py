"""The command line as tests start it in a process of its own, and a case with five mistakes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import yaml

from tests.reading.forms import as_workbook

ROOT = Path(__file__).parent.parent


def outside(*words: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "sroi.cli", *words],
        cwd=folder, env=environment(**more), capture_output=True, text=True, check=False,
    )  # fmt: skip


def environment(**more: str) -> dict[str, str]:
    """This process\'s variables and these, so that `sroi` is found from any folder."""
    return os.environ | {"PYTHONPATH": str(ROOT)} | more


def files(folder: Path) -> list[str]:
    """Every file of a folder, by its path within it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


FIVE_MISTAKES = """\
about: {id: five, title: Five mistakes}
settings: {first_year: 2026, years: 0, price_base: 2023/24}
sectors:
  - {id: council, name: Council, ledger: public}
  - {id: health, name: NHS, ledger: public}
groups:
  - {id: residents, name: Residents, referrals: 1, from: 2026, to: 2026}
costs:
  - {id: contract, name: Council contract, payer: council, basis: one_off, amount: 12k}
outcomes:
  - {id: falls, name: Fewer falls, group: residents, unit: fall, basis: absolute, effect: 7, deadweight: 12}
values:
  - {outcome: falls, sector: helth, kind: fiscal, amount: 94}
  - {outcome: falls, sector: health, kind: fiskal, amount: 94}
"""
SAID = (
    "Years must be between 1 and 100; found 0.",
    'Amount must be a number; found "12k". Type 12000.',
    "Deadweight must be between -500% and 100%; found 1200%. Type 12% if you meant 12 per cent.",
    'There is no sector called "helth". Did you mean "health"?',
    'Kind must be fiscal, economic, social or transfer; found "fiskal". Did you mean "fiscal"?',
)
LINES = ("five.yaml:2", "five.yaml:9", "five.yaml:11", "five.yaml:13", "five.yaml:14")
CELLS = ("Settings!B5", "Costs!E4", "Outcomes!G4", "Values!B4", "Values!C6")


def problems(places: tuple[str, ...]) -> str:
    """All five with their places, in the order of the file, then the count."""
    return "".join(f"{place}: {said}\n" for place, said in zip(places, SAID, strict=True)) + "5 problems.\n"


def five_mistakes(folder: Path, ending: str) -> Path:
    """The case with five mistakes as YAML or as a workbook."""
    path = folder / f"five.{ending}"
    if ending == "yaml":
        path.write_text(FIVE_MISTAKES, encoding="utf-8")
        return path
    return as_workbook(yaml.safe_load(FIVE_MISTAKES), path)
