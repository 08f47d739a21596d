"""`sroi run --actuals`: the past as it was, what it makes of the forecast, and what is said where there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook

import sroi
from tests import test_cli
from tests.command import files
from tests.projection import small
from tests.test_cli import Done, Sroi

run = test_cli.run

ACTUALS = [{"ref": "costs.outlay.amount", "year": 2026, "value": "£90", "source": "accounts"}]


def tables(**more: Any) -> dict[str, Any]:
    """£100 forecast for what saves £120, and £90 paid."""
    made = small.case(costs=[small.outlay()], outcomes=[small.gain()], values=[small.saving(amount=120)])
    return made | {"actuals": ACTUALS} | more


def written(folder: Path, **more: Any) -> None:
    (folder / "case.yaml").write_text(yaml.safe_dump(tables(**more)), encoding="utf-8")


def npv(found: dict[str, Any]) -> list[float]:
    return [found[name]["views"]["public_value"]["npv"] for name in ("central", "forecast", "difference")]


def test_a_re_run_in_json(run: Sroi, tmp_path: Path) -> None:
    written(tmp_path)
    found = json.loads(run("run", "case.yaml", "--json", "--actuals").out)
    assert npv(found) == [30, 20, 10]  # 120 - 90; 120 - 100; their difference
    assert found["difference"]["against"] == "forecast"
    assert found["inputs_sha256"] == sroi.read(tables()).inputs_sha256
    assert found["actuals"] == [
        {"ref": "costs.outlay.amount", "year": 2026, "forecast": 100, "actual": 90, "difference": -10, "share": -0.1,
         "source": "accounts"}
    ]  # fmt: skip
    plain = json.loads(run("run", "case.yaml", "--json").out)
    assert plain["central"] == found["forecast"]
    assert (plain["actuals"], plain["forecast"], plain["difference"]) == (found["actuals"], None, None)


def test_a_re_run_prints_what_it_makes_of_the_forecast(run: Sroi, tmp_path: Path) -> None:
    written(tmp_path)
    done = run("run", "case.yaml", "--actuals", "-o", "was.xlsx")
    assert done.code == 0
    assert done.out == (
        "With the past as it was: costs £90, forecast £100: £10 less; benefits £120, forecast £120: no change; "
        "net public value £30, forecast £20: £10 more.\n"
        "A sum done by hand: Re-run with the past as it was: £1 of cost returns £1.33 of public value (central case; "
        "no range computed). Written to was.xlsx.\n"
    )
    book = load_workbook(tmp_path / "was.xlsx", read_only=True)
    assert str(book["Summary"]["A2"].value).startswith("Re-run with the past as it was.")
    book.close()


def test_a_loss_is_said_as_one(run: Sroi, tmp_path: Path) -> None:
    """£130 paid: £10 lost where £20 was to be gained."""
    written(tmp_path, actuals=[ACTUALS[0] | {"value": 130}])
    said = run("run", "case.yaml", "--actuals", "-o", "was.xlsx").out
    assert "costs £130, forecast £100: £30 more;" in said
    assert "net public value -£10, forecast £20: £30 less." in said


def test_options_of_a_re_run_are_re_run_too(run: Sroi, tmp_path: Path) -> None:
    """Half as dear in the option; £90 was paid all the same, and £240 is saved."""
    change = [
        {"name": "half", "ref": "costs.outlay.amount", "value": 50},
        {"name": "half", "ref": "values.gain-council-fiscal.amount", "value": 240},
    ]
    written(tmp_path, options=change)
    found = json.loads(run("run", "case.yaml", "--json", "--actuals", "--option", "half").out)
    assert npv(found) == [150, 190, -40]  # 240 - 90; 240 - 50
    assert found["options"]["half"] == found["central"]


def test_without_a_past_there_is_no_re_run(run: Sroi, tmp_path: Path) -> None:
    said = (
        "Nothing has come in yet, so there is no past to run the case with. Add rows to Actuals, or run it without.\n"
        "1 problem.\n"
    )
    assert run("run", "meals", "--actuals") == Done(1, "", said)
    assert files(tmp_path) == []
