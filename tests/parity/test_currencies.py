"""A case in another currency: its workbook recalculates to the engine's numbers, and says no pound anywhere."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import sroi
from sroi import library
from sroi.reports.workbook import Plan, plan
from tests.parity.everything import everything, everything_else
from tests.parity.recalculate import Live, ironcalc
from tests.parity.test_workbooks import differences, place


def in_currency(case: dict[str, Any], code: str) -> dict[str, Any]:
    """The same case in another currency: every sum in the base year's prices, the unit values its own."""
    base = case["settings"]["price_base"]
    named = {value.get("unit_value") for value in case["values"]}
    used = [u for u in library.unit_values() if u.id in named or u.event in named]
    for row in (*case["costs"], *case["values"]):
        row.pop("price_year", None)
    case["settings"].pop("later_inflation", None)  # the index is that of the pound
    own = [u.model_dump(exclude_none=True) | {"currency": code, "price_year": base} for u in used]
    return case | {"settings": case["settings"] | {"currency": code}, "unit_values": own}


@pytest.fixture(scope="module", params=[("EUR", everything), ("SEK", everything_else)], ids=["EUR", "SEK"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Plan]:
    code, made = request.param
    case = sroi.read(in_currency(made(), code))
    path = tmp_path_factory.mktemp("currencies") / f"{code}.xlsx"
    sroi.write_workbook(path, case)
    return path, plan(case)


def test_the_workbook_is_the_engine(written: tuple[Path, Plan]) -> None:
    path, planned = written
    assert list(differences(planned, planned, ironcalc(path))) == []


def test_it_reads_back_as_the_same_case(written: tuple[Path, Plan]) -> None:
    path, planned = written
    assert sroi.read(path).inputs_sha256 == planned.result.case.inputs_sha256


def test_no_pound_is_in_it(written: tuple[Path, Plan]) -> None:
    """Neither in a text, nor in a format, nor on a chart; but for a sentence of Settings on what a field means."""
    path, _ = written
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            text = file.read(name).decode("utf-8")
            assert "£" not in text, name
            assert name.startswith("xl/worksheets") or not re.search(r"\bpounds?\b", text), name


def test_sums_are_said_in_the_currency(written: tuple[Path, Plan]) -> None:
    path, planned = written
    code = planned.result.case.settings.currency
    sign, money = {"EUR": ("€", "€"), "SEK": ("SEK", "SEK ")}[code]
    book = load_workbook(path, data_only=True)
    summary, ratio = book["Summary"], planned.result.views["public_value"].bcr
    assert summary["A4"].value == f"{money}1 of cost returns {money}{ratio:.2f} of public value to everyone."
    assert [summary.cell(6, column).value for column in (2, 3)] == [f"{money}1 of cost returns", f"Net value, {sign}"]
    assert summary["B7"].number_format == f'"{money}"0.00;-"{money}"0.00'
    sheet, cell = place(planned, "costs.set-up.amount")
    assert book[sheet][cell].number_format == f'"{money}"#,##0.00'
    said = [cell.value for row in book["Summary"].iter_rows() for cell in row if isinstance(cell.value, str)]
    for heading in ("Pays or gives", "Saves or gains", "of which cash"):
        assert f"{heading}, {sign}" in said
    assert any(re.fullmatch(rf"pays or gives {re.escape(money)}[\d,]+ more than it saves", text) for text in said)
    assert f"Present value, {sign}" in [cell.value for row in book["Basis"].iter_rows() for cell in row]
    with zipfile.ZipFile(path) as file:
        axes = [file.read(f"xl/charts/chart{n}.xml").decode("utf-8") for n in (1, 2)]
    assert all(f"&quot;{money}&quot;0" in text for text in axes)


def test_another_price_year_typed_into_the_workbook_fails_its_check(written: tuple[Path, Plan]) -> None:
    """The engine would refuse it; the workbook holds the index of another currency, and says CHECK."""
    path, planned = written
    spot = planned.layout.spot("checks.master")
    master = f"{chr(65 + spot.column)}{spot.row}"
    for ref in ("costs.set-up.price_year", "values.care-wards.price_year", "unit_values.wellby.price_year"):
        live = Live(path)
        live.evaluate()
        assert live.book()[spot.sheet][master] == "OK"
        live.set(*place(planned, ref), "2015/16")
        live.evaluate()
        assert live.book()[spot.sheet][master] == "CHECK", ref
