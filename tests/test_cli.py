"""The command line: what it prints where, its exit codes, what it writes (file format, *Command line* and *JSON*)."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

import json
import re
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import sroi
from sroi import cli, library, projection, reports
from sroi.errors import WriteError
from sroi.projection import Result
from sroi.projection.checked import Check
from sroi.projection.checklist import CHECKS
from tests.command import CELLS, LINES, files, five_mistakes, problems
from tests.projection import small

UNCERTAIN = "Give ranges to the numbers that are uncertain: docs/ranges.md says how."
NOTHING_TO_DRAW = f"Note: no number has a range, so nothing is drawn. {UNCERTAIN}"


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str


Sroi = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sroi:
    """The command, in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["sroi", *words])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        said = capsys.readouterr()
        return Done(stop.value.code if isinstance(stop.value.code, int) else 0, said.out, said.err)

    return command


@pytest.mark.parametrize(("ending", "places"), [("yaml", LINES), ("xlsx", CELLS)])
@pytest.mark.parametrize("words", [(), ("--json",), ("-o", "out.xlsx"), ("--force",)])
def test_five_mistakes_are_all_told_and_nothing_is_written(
    run: Sroi, tmp_path: Path, ending: str, places: tuple[str, ...], words: tuple[str, ...]
) -> None:
    path = five_mistakes(tmp_path, ending)
    assert run("run", path.name, *words) == Done(1, "", problems(places))
    assert files(tmp_path) == [path.name]


@pytest.mark.parametrize(("ending", "places"), [("yaml", LINES), ("xlsx", CELLS)])
def test_check_prints_problems_as_its_result(run: Sroi, tmp_path: Path, ending: str, places: tuple[str, ...]) -> None:
    assert run("check", five_mistakes(tmp_path, ending).name) == Done(1, problems(places), "")


def test_check_of_a_sound_case_lists_every_check_and_counts_them(run: Sroi) -> None:
    done = run("check", "meals")
    lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    # one outcome is more than half of the benefits of the published example; nothing else is at fault
    (warning,) = [line for line in lines if not line.startswith("OK: ")][:-1]
    assert warning == (
        "WARN: No single row brings, or takes, more than half of the benefits. One outcome, "
        '"Fewer falls that need geriatric continuing care", is 54% of the benefits: the answer rests on it. '
        "Look at its evidence first, and try the answer without it."
    )
    every = len(CHECKS)
    count = f"{every} checks: {every - 1} OK, 1 WARN, 0 CHECK."
    assert lines[-1] == f"Lunch club in place of meals on wheels: no problems; {count}"
    assert len(lines) == every + 1


def test_check_says_what_the_reader_noticed_first(run: Sroi, tmp_path: Path) -> None:
    case = yaml.safe_load(library.case_path("meals", "yaml").read_text(encoding="utf-8"))
    case["costs"][0]["colour"] = "blue"
    (tmp_path / "case.yaml").write_text(yaml.safe_dump(case), encoding="utf-8")
    assert run("check", "case.yaml").out.splitlines()[0].startswith("Note: case.yaml:")


def test_run_writes_the_workbook_and_ends_with_the_answer(run: Sroi, tmp_path: Path) -> None:
    done = run("run", "meals")
    assert done.code == 0
    # Origin: the published worked example, 1.929.
    where = Path("workbooks") / "meals.xlsx"
    assert done.out == (
        "Lunch club in place of meals on wheels: £1 of cost returns £1.93 of public value "
        f"(central case; no range computed). Written to {where}.\n"
    )
    assert done.err.splitlines()[-1] == NOTHING_TO_DRAW
    assert all(line.startswith("Note: ") for line in done.err.splitlines())
    assert files(tmp_path) == [str(where)]
    assert sroi.read(where).inputs_sha256 == sroi.read("meals").inputs_sha256


@pytest.mark.parametrize(("code", "said"), [("EUR", "€1 of cost returns €"), ("SEK", "SEK 1 of cost returns SEK ")])
def test_the_answer_is_in_the_currency_of_the_case(run: Sroi, tmp_path: Path, code: str, said: str) -> None:
    """The same sums in another currency come to the same ratio: the published worked example, 1.929."""
    case = yaml.safe_load(library.case_path("meals", "yaml").read_text(encoding="utf-8"))
    case["settings"]["currency"] = code
    (tmp_path / "case.yaml").write_text(yaml.safe_dump(case), encoding="utf-8")
    done = run("run", "case.yaml", "-o", "out.xlsx")
    assert done.out == (
        f"Lunch club in place of meals on wheels: {said}1.93 of public value "
        "(central case; no range computed). Written to out.xlsx.\n"
    )


@pytest.mark.parametrize(("code", "said"), [("GBP", "£1,100"), ("USD", "$1,100"), ("SEK", "SEK 1,100")])
def test_without_a_ratio_the_net_value_is_in_the_currency(run: Sroi, tmp_path: Path, code: str, said: str) -> None:
    """1 person × 1 thing × 1,100, undiscounted, for nothing."""
    case = small.case({"currency": code}, outcomes=[small.gain()], values=[small.saving(amount=1100)])
    (tmp_path / "case.yaml").write_text(yaml.safe_dump(case), encoding="utf-8")
    assert run("run", "case.yaml", "-o", "out.xlsx").out == (
        f"A sum done by hand: no ratio, there is no cost to set it against; net public value {said} "
        "(central case; no range computed). Written to out.xlsx.\n"
    )


def test_run_writes_where_it_is_told(run: Sroi, tmp_path: Path) -> None:
    done = run("run", "meals", "-o", "deep/down.xlsx", "--draws", "0")
    assert done.code == 0
    assert done.out.endswith(f"Written to {Path('deep/down.xlsx')}.\n")
    assert files(tmp_path) == [str(Path("deep/down.xlsx"))]


def test_run_again_replaces_its_own_result(run: Sroi) -> None:
    assert run("run", "meals").code == 0
    assert run("run", "meals").code == 0


def test_a_result_can_be_run_as_a_case_but_not_over_itself(run: Sroi) -> None:
    first = run("run", "meals", "--json", "-o", "result.xlsx")
    again = run("run", "result.xlsx", "--json")
    assert json.loads(again.out) == json.loads(first.out)
    done = run("run", "result.xlsx", "-o", "result.xlsx")
    assert (done.code, done.out) == (4, "")
    assert done.err.splitlines()[-1] == "result.xlsx is the file the case was read from. Write to another with -o."


def test_a_file_of_others_is_kept(run: Sroi, tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"a letter")
    for words in ((), ("--json",)):
        done = run("run", "meals", "-o", "mine.xlsx", *words)
        assert (done.code, done.out) == (4, "")
        assert done.err.splitlines()[-1] == (
            "mine.xlsx is not a result of this engine, so it is kept. Use --force to replace it, or -o to write elsewhere."
        )
    assert (tmp_path / "mine.xlsx").read_bytes() == b"a letter"
    assert run("run", "meals", "-o", "mine.xlsx", "--force").code == 0
    assert (tmp_path / "mine.xlsx").read_bytes() != b"a letter"


def test_a_folder_cannot_be_written_even_by_force(run: Sroi, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for words in ((), ("--force",)):
        done = run("run", "meals", "-o", "folder", *words)
        assert done.code == 4
        assert done.err.splitlines()[-1].startswith("folder is a folder; found no file name to write to.")


VIEW = {
    "pv_costs", "pv_benefits", "npv", "bcr", "irr", "mirr", "payback_years", "discounted_payback_years", "mvpf",
    "beyond_horizon",
}  # fmt: skip


def test_json_is_one_object_and_writes_nothing(run: Sroi, tmp_path: Path) -> None:
    done = run("run", "no-wrong-door", "--json")
    assert done.code == 0
    assert files(tmp_path) == []
    assert done.out.count("\n") == 1
    found = json.loads(done.out)
    case = sroi.read("no-wrong-door")
    # Origin of every key: the file format, *JSON*.
    assert list(found) == [
        "case", "title", "engine", "inputs_sha256", "option", "scenario", "central", "options", "incremental",
        "simulation", "actuals", "forecast", "difference", "checks", "warnings",
    ]  # fmt: skip
    assert (found["actuals"], found["forecast"], found["difference"]) == ([], None, None)
    assert (found["case"], found["title"]) == (case.about.id, case.about.title)
    assert (found["engine"], found["inputs_sha256"]) == (sroi.__version__, case.inputs_sha256)
    assert (found["option"], found["scenario"]) == (None, None)
    assert list(found["options"]) == ["do-minimum", "preferred", "stretched"]
    assert list(found["incremental"]) == ["preferred", "stretched"], "against the first"
    result = sroi.project(case)
    assert found["warnings"][: len(result.warnings)] == list(result.warnings)
    assert found["simulation"]["draws"] == 16384
    assert found["checks"] == [check.to_dict() for check in result.checks]
    assert found["central"] == result.to_dict()


def test_json_has_the_keys_of_the_format(run: Sroi) -> None:
    central = json.loads(run("run", "no-wrong-door", "--json").out)["central"]
    assert list(central)[:4] == ["views", "sectors", "outcomes", "years"]
    assert list(central["views"]) == ["public_value", "budget", "cashable"]
    for view in central["views"].values():
        assert set(view) == VIEW | {"reasons"}
        assert set(view["beyond_horizon"]) == {"benefits", "costs"}
        _absent_has_its_reason(view)
    case = sroi.read("no-wrong-door")
    assert list(central["sectors"]) == [sector.id for sector in case.sectors]
    for sector in central["sectors"].values():
        # more than the format asks, which is free: a ratio and a payback for each sector, with reasons
        assert {"pv_costs", "pv_benefits", "pv_cashable", "net"} == set(sector) - {"bcr", "payback_years", "reasons"}
        _absent_has_its_reason(sector)
    assert list(central["outcomes"]) == [outcome.id for outcome in case.outcomes]
    for outcome in central["outcomes"].values():
        assert set(outcome) - {"reasons"} == {"quantity", "pv", "cost_per_outcome"}
        _absent_has_its_reason(outcome)
    assert set(central["years"]) == {"labels", "costs", "benefits"}
    assert {len(row) for row in central["years"].values()} == {case.settings.years}


def _absent_has_its_reason(measures: dict[str, Any]) -> None:
    absent = {name for name, value in measures.items() if value is None}
    assert absent <= set(measures.get("reasons", {}))


def test_json_writes_where_it_is_told(run: Sroi, tmp_path: Path) -> None:
    done = run("run", "meals", "--json", "-o", "result.xlsx")
    assert done.code == 0
    assert json.loads(done.out)["case"] == "meals"
    assert files(tmp_path) == ["result.xlsx"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("meal",), 'There is no file, and no case that ships, called "meal". Did you mean "meals"?'),
        (
            ("no-wrong-dor",),
            'There is no file, and no case that ships, called "no-wrong-dor". Did you mean "no-wrong-door"?',
        ),
        (("gone/case.xlsx",), "case.xlsx: There is no such file. Look at its name and folder."),
    ],
)
def test_an_unknown_case_is_told_and_a_near_one_suggested(run: Sroi, words: tuple[str, ...], said: str) -> None:
    assert run("run", *words) == Done(1, "", f"{said}\n1 problem.\n")
    assert run("check", *words) == Done(1, f"{said}\n1 problem.\n", "")


@pytest.mark.parametrize("kind", ["option", "scenario"])
def test_an_unknown_option_is_told(run: Sroi, tmp_path: Path, kind: str) -> None:
    said = f'There is no {kind} called "other". There are none yet.\n1 problem.\n'
    assert run("run", "meals", f"--{kind}", "other") == Done(1, "", said)
    assert files(tmp_path) == []


OPTIONS = {
    "options": [{"name": "dear", "ref": "costs.outlay.amount", "value": 200, "title": "Dearer"}],
    "scenarios": [{"name": "poor", "ref": "values.gain-council-fiscal.amount", "value": 60}],
}
"""£200 instead of £100, and £60 saved instead of £120."""


def test_an_option_in_a_scenario(run: Sroi, tmp_path: Path) -> None:
    tables = small.case(costs=[small.outlay()], outcomes=[small.gain()], values=[small.saving(amount=120)]) | OPTIONS
    (tmp_path / "case.yaml").write_text(yaml.safe_dump(tables), encoding="utf-8")
    found = json.loads(run("run", "case.yaml", "--json", "--option", "dear", "--scenario", "poor").out)
    assert (found["option"], found["scenario"]) == ("dear", "poor")
    assert found["inputs_sha256"] == sroi.read(tables).inputs_sha256
    assert found["central"]["views"]["public_value"]["npv"] == -140  # 60 - 200
    assert found["options"]["dear"]["views"]["public_value"]["npv"] == -140, "options too are seen in the scenario"
    assert found["incremental"]["dear"]["against"] == "business as usual"
    plain = json.loads(run("run", "case.yaml", "--json").out)
    assert (plain["option"], plain["central"]["views"]["public_value"]["npv"]) == (None, 20)  # 120 - 100
    assert plain["options"]["dear"]["views"]["public_value"]["npv"] == -80  # 120 - 200
    done = run("run", "case.yaml", "--option", "dear", "-o", "dear.xlsx")
    assert done.out == (
        'A sum done by hand: Option "Dearer": £1 of cost returns £0.60 of public value (central case; no range '
        "computed). Written to dear.xlsx.\n"
    )


@pytest.mark.parametrize(
    "words",
    [("run",), ("run", "meals", "--drawz", "1"), ("run", "meals", "--draws", "-1"), ("walk",), ("run", "a", "b")],
)
def test_wrong_usage_is_2(run: Sroi, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: ")
    assert files(tmp_path) == []


def failing(case: sroi.Case, option: str | None = None, scenario: str | None = None) -> Result:
    """A projection whose second check fails."""
    result = projection.result.project(case, option, scenario)
    words = "Found 1,234.50, expected 1,200.00 (present value). Do not use these numbers."
    said = "Sectors add to the total"
    bad = Check("sectors-add", "fail", said, "present value", 1234.5, 1200.0, 0.001, False, words)
    vars(result)["checks"] = (result.checks[0], bad)
    return result


def test_a_failing_check_is_3(run: Sroi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "project", failing)
    fault = (
        "CHECK: Sectors add to the total. Found 1,234.50, expected 1,200.00 (present value). "
        "Do not use these numbers.\n"
    )
    end = "A check fails: do not use these numbers.\n"
    told = fault + end
    done = run("run", "meals", "--draws", "0")
    assert (done.code, done.out) == (3, "")
    assert done.err.endswith(told)
    assert files(tmp_path) == [str(Path("workbooks/meals.xlsx"))], "done, but a check fails"
    done = run("run", "meals", "--draws", "0", "--json")
    assert (done.code, done.err) == (3, told)
    assert json.loads(done.out)["case"] == "meals"
    done = run("check", "meals")
    first = "OK: The values, row by row, add to the public value of benefits.\n"
    count = "Lunch club in place of meals on wheels: no problems; 2 checks: 1 OK, 0 WARN, 1 CHECK.\n"
    assert done == Done(3, first + fault + count, end)


def test_what_cannot_be_written_is_4(run: Sroi, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise WriteError("workbooks/meals.xlsx cannot be written: No space left on device.")

    monkeypatch.setattr(reports, "write_workbook", full)
    done = run("run", "meals", "--draws", "0")
    assert (done.code, done.out) == (4, "")
    assert done.err.endswith("workbooks/meals.xlsx cannot be written: No space left on device.\n")


def bug(*_: object, **__: object) -> None:
    raise RuntimeError("a number fell over")


def test_a_bug_is_70_one_line_and_a_log(run: Sroi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "project", bug)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = run("run", "meals")
    assert (done.code, done.out) == (70, "")
    (log,) = tmp_path.glob("sroi-*.log")
    assert done.err == f"A bug of ours: RuntimeError: a number fell over. What happened is in {log}.\n"
    kept = log.read_text(encoding="utf-8")
    assert kept.startswith("Traceback (most recent call last):")
    assert kept.endswith("RuntimeError: a number fell over\n")
    assert files(tmp_path) == [log.name]


def test_debug_shows_the_traceback_of_a_bug(run: Sroi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "project", bug)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = run("run", "meals", "--debug")
    assert (done.code, done.out) == (70, "")
    assert done.err.startswith("Traceback (most recent call last):")
    assert done.err.endswith("RuntimeError: a number fell over\n")
    assert files(tmp_path) == []


def test_a_wrong_case_has_no_traceback_even_with_debug(run: Sroi, tmp_path: Path) -> None:
    assert run("run", five_mistakes(tmp_path, "yaml").name, "--debug") == Done(1, "", problems(LINES))


def test_an_interruption_is_130(run: Sroi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(projection, "project", stop)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # the tests themselves stay interruptible
    assert run("run", "meals") == Done(130, "", "Interrupted.\n")
    assert files(tmp_path) == []


def test_help_lists_the_commands(run: Sroi) -> None:
    done = run("--help")
    listed = re.findall(r"^  (\w+)  +[A-Z]", done.out.partition("Commands:")[2], re.MULTILINE)
    assert (done.code, listed) == (0, ["check", "run", "values"])
    assert run().err or run().out, "no command at all shows the help"


def test_help_of_run_names_its_options(run: Sroi) -> None:
    for option in ("-o", "--json", "--draws", "--option", "--scenario", "--force", "--debug"):
        assert option in run("run", "--help").out


def test_version(run: Sroi) -> None:
    assert run("--version") == Done(0, f"sroi {sroi.__version__}\n", "")
