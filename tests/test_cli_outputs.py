"""Where a run writes: what may not be replaced is told before anything is computed (README, *Using it*)."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import yaml

import sroi
from sroi import cli, projection
from tests.command import files
from tests.projection import small

Ran = tuple[int, str]
Run = Callable[..., Ran]
RANGED = {"ranges": [{"ref": "values.gain-council-fiscal.amount", "low": 60, "high": 180}]}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with a case of its own; its exit code and the last line on standard error."""
    monkeypatch.chdir(tmp_path)
    tables = small.case(costs=[small.outlay()], outcomes=[small.gain()], values=[small.saving(amount=120)]) | RANGED
    Path("case.yaml").write_text(yaml.safe_dump(tables), encoding="utf-8")

    def command(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["sroi", "run", "case.yaml", *words])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        said = capsys.readouterr()
        code = stop.value.code if isinstance(stop.value.code, int) else 0
        return code, (said.err.splitlines() or [""])[-1]

    return command


@pytest.fixture
def nothing_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def computed(*_: object, **__: object) -> None:
        raise AssertionError("it computed before it looked")

    monkeypatch.setattr(projection, "project", computed)


KEPT = "so it is kept. Use --force to replace it, or"


@pytest.mark.usefixtures("nothing_computed")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--keep-draws", "case.yaml"), 'Invalid value for --keep-draws: A file of draws ends in .csv or .parquet; found "case.yaml".'),
        (("--keep-draws", "a.xlsx", "-o", "a.xlsx"), 'Invalid value for --keep-draws: A file of draws ends in .csv or .parquet; found "a.xlsx".'),
        (("--keep-draws", "every"), 'Invalid value for --keep-draws: A file of draws ends in .csv or .parquet; found "every".'),
        (("-o", "a.csv"), 'Invalid value for --output: A workbook ends in .xlsx; found "a.csv".'),
        (("--csv", "out", "--keep-draws", "out/flows.csv"), 'Invalid value for --keep-draws: "out/flows.csv" is also written by --csv. Name another place.'),
        (("--csv", "out", "--keep-draws", "x/../out/about.csv"), 'Invalid value for --keep-draws: "x/../out/about.csv" is also written by --csv. Name another place.'),
        (("-o", "a.xlsx", "--csv", "a.xlsx"), 'Invalid value for --csv: "a.xlsx" is also written by --output. Name another place.'),
        (("--draws", "0", "--keep-draws", "k.csv"), "Invalid value for --keep-draws: There are no draws to keep with --draws 0."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_what_cannot_be_meant_is_wrong_usage(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str, force: tuple[str, ...]
) -> None:
    before = Path("case.yaml").read_bytes()
    assert run(*words, *force) == (2, f"Error: {said}")
    assert (files(tmp_path), Path("case.yaml").read_bytes()) == (["case.yaml"], before)


@pytest.mark.usefixtures("nothing_computed")
@pytest.mark.parametrize(
    ("path", "words", "said"),
    [
        ("precious.csv", ("--keep-draws", "precious.csv"), f"precious.csv is not a result of this engine, {KEPT} --keep-draws to write elsewhere."),
        ("k.csv.about.csv", ("--keep-draws", "k.csv"), f"k.csv.about.csv is not a result of this engine, {KEPT} --keep-draws to write elsewhere."),
        ("out/flows.csv", ("--csv", "out"), f"out/flows.csv is not a result of this engine, {KEPT} --csv to write elsewhere."),
        ("out/simulation-views.csv", ("--csv", "out", "--draws", "0"), f"out/simulation-views.csv is not a result of this engine, {KEPT} --csv to write elsewhere."),
        ("out/about.csv", ("--csv", "out"), f"out/about.csv is not a result of this engine, {KEPT} --csv to write elsewhere."),
        ("out", ("--csv", "out"), "out is a file; found no folder to write to. Name a folder, such as small."),
        ("a.xlsx", ("-o", "a.xlsx"), f"a.xlsx is not a result of this engine, {KEPT} -o to write elsewhere."),
    ],
)  # fmt: skip
def test_a_file_of_others_is_kept(run: Run, path: str, words: tuple[str, ...], said: str) -> None:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text("field,mine\n1,2\n", encoding="utf-8")
    assert run(*words) == (4, said)
    assert Path(path).read_text(encoding="utf-8") == "field,mine\n1,2\n"


@pytest.mark.usefixtures("nothing_computed")
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_the_case_itself_is_never_replaced(run: Run, tmp_path: Path, force: tuple[str, ...]) -> None:
    before = Path("case.yaml").read_bytes()
    Path("draws.csv").hardlink_to("case.yaml")
    said = "draws.csv is the file the case was read from. Write to another with --keep-draws."
    assert run("--keep-draws", "draws.csv", *force) == (4, said)
    Path("out").mkdir()
    Path("out/flows.csv").symlink_to(tmp_path / "case.yaml")
    said = "out/flows.csv is the file the case was read from. Write to another with --csv."
    assert run("--csv", "out", *force) == (4, said)
    assert Path("case.yaml").read_bytes() == before


@pytest.mark.usefixtures("nothing_computed")
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_folder_is_no_file_of_draws(run: Run, force: tuple[str, ...]) -> None:
    Path("k.csv").mkdir()
    said = "k.csv is a folder; found no file name to write to. Name another with --keep-draws."
    assert run("--keep-draws", "k.csv", *force) == (4, said)


FEW = ("--json", "--draws", "64", "--csv", "out", "--keep-draws", "k.csv")


def test_its_own_earlier_results_are_replaced_until_they_are_changed(run: Run) -> None:
    assert run(*FEW)[0] == 0
    first = Path("k.csv").read_bytes()
    assert run(*FEW, "--seed", "2")[0] == 0
    assert Path("k.csv").read_bytes() != first, "replaced"
    Path("k.csv").write_text("mine", encoding="utf-8")
    assert run(*FEW) == (4, f"k.csv has been changed since it was written, {KEPT} --keep-draws to write elsewhere.")
    assert Path("k.csv").read_text(encoding="utf-8") == "mine"
    assert run(*FEW, "--force")[0] == 0
    assert Path("k.csv").read_bytes() == first
    Path("out/views.csv").write_text("mine", encoding="utf-8")
    assert run(*FEW) == (4, f"out/views.csv has been changed since it was written, {KEPT} --csv to write elsewhere.")
    assert run(*FEW, "--force")[0] == 0
    other = yaml.safe_load(Path("case.yaml").read_text(encoding="utf-8"))
    other["about"]["id"] = "other"
    Path("case.yaml").write_text(yaml.safe_dump(other), encoding="utf-8")
    assert run(*FEW)[1] == f'out/flows.csv is a result of another case, "small", {KEPT} --csv to write elsewhere.'
    assert (
        run(*FEW[:3], *FEW[5:])[1]
        == f'k.csv is a result of another case, "small", {KEPT} --keep-draws to write elsewhere.'
    )


def test_tables_of_earlier_draws_do_not_stay_beside_new_ones(run: Run, tmp_path: Path) -> None:
    assert run("--json", "--draws", "64", "--csv", "out")[0] == 0
    assert "out/simulation-views.csv" in files(tmp_path)
    Path("out/simulation-notes.csv").write_text("mine", encoding="utf-8")
    assert run("--json", "--draws", "0", "--csv", "out")[0] == 0
    assert [name for name in files(tmp_path) if "simulation" in name] == ["out/simulation-notes.csv"], (
        "no table of ours"
    )


def test_what_the_files_are_of_is_said_beside_them(run: Run) -> None:
    assert run(*FEW, "--seed", "7", "--method", "lhs")[0] == 0
    case = sroi.read("case.yaml")
    for path, held in (("k.csv.about.csv", ["k.csv"]), ("out/about.csv", ["views.csv", "simulation-views.csv"])):
        found = pd.read_csv(path, keep_default_na=False, dtype=str).set_index("field")["value"].to_dict()
        right = {
            "case": "small", "title": case.about.title, "engine": sroi.__version__, "inputs_sha256": case.inputs_sha256,
            "option": "", "scenario": "", "actuals": "no", "draws": "64", "draws asked for": "64", "seed": "7",
            "method": "lhs",
        }  # fmt: skip
        assert {field: found[field] for field in right} == right
        for name in held:
            at = Path(path).parent / name
            assert found[f"sha256 of {name}"] == hashlib.sha256(at.read_bytes()).hexdigest()


def test_draws_of_a_case_without_ranges_cannot_be_kept(run: Run) -> None:
    tables = yaml.safe_load(Path("case.yaml").read_text(encoding="utf-8"))
    del tables["ranges"]
    Path("case.yaml").write_text(yaml.safe_dump(tables), encoding="utf-8")
    said = "Error: Invalid value for --keep-draws: There are no draws to keep: no number has a range."
    assert run("--json", "--keep-draws", "k.csv") == (2, said)


def test_one_draw_is_wrong_usage(run: Run) -> None:
    said = "Error: Invalid value for '--draws': Draws must be 2 or more, or 0 for none; found 1."
    assert run("--draws", "1") == (2, said)


def test_a_scenario_that_takes_the_only_range_is_told(run: Run) -> None:
    tables = yaml.safe_load(Path("case.yaml").read_text(encoding="utf-8"))
    tables["scenarios"] = [{"name": "poor", "ref": RANGED["ranges"][0]["ref"], "value": 110}]
    Path("case.yaml").write_text(yaml.safe_dump(tables), encoding="utf-8")
    said = (
        "Note: no number has a range, so nothing is drawn. The scenario sets 1 number that has a range; it is taken as "
        "certain in it: values.gain-council-fiscal.amount. Give its row low and high to keep it uncertain."
    )
    assert run("--json", "--scenario", "poor") == (0, said)
