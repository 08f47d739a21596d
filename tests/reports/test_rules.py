"""The rules of formulas (workbook, rules 2 to 6), looked at in the files as written.

Origin of every bound and list here: the numbered rules of the workbook's design.
"""

from __future__ import annotations

import re

import pytest
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator

from sroi.sheet.formulas import LONGEST
from tests.reports.books import Cell, Sheet, Written, is_shown

FUNCTIONS = {
    "ABS", "AND", "COUNTIF", "IF", "INDEX", "IRR", "ISNUMBER", "MATCH", "MAX", "MIN", "MOD", "OR", "ROUNDDOWN",
    "ROUNDUP", "SUM", "SUMIF", "SUMPRODUCT", "TEXT",
}  # fmt: skip
"""The closed list (rule 5): every program that opens .xlsx has them. No OFFSET, INDIRECT, NPV or array function."""
FIRST_YEAR = 6
"""The column of the first year on a sheet with years, counted from 1: label, unit, constant, total, opening, years."""
BLANK = re.compile(r'=IF\((.+)="","",\1\)$')
"""What an input says, or nothing where it is blank."""
YEAR_LABELS, YEAR_NUMBERS = 4, 5
"""The rows of the years' labels and numbers."""


def tokens(formula: str) -> list[Token]:
    return list(Tokenizer(formula).items)


def functions(formula: str) -> list[str]:
    return [t.value[:-1] for t in tokens(formula) if t.type == Token.FUNC and t.subtype == Token.OPEN]


def nested_ifs(formula: str) -> int:
    """How many IFs stand inside another IF."""
    count, inside = 0, []
    for token in tokens(formula):
        if token.type not in (Token.FUNC, Token.PAREN):
            continue
        if token.subtype == Token.OPEN:
            count += token.value == "IF(" and "IF(" in inside
            inside.append(token.value)
        else:
            inside.pop()
    return count


def numbers(formula: str) -> set[str]:
    """The numbers written in a formula; digits in texts, such as those of a number format, are text."""
    return {t.value for t in tokens(formula) if t.type == Token.OPERAND and t.subtype == Token.NUMBER}


@pytest.mark.parametrize(
    ("formula", "ifs", "found"),
    [
        ("=IF(A1>0,IF(B1>0,1,0),0)", 1, {"0", "1"}),
        ("=IF(SUM((A1:A3),IF(B1,1,0)),1,0)", 1, {"0", "1"}),
        ('=IF(A1>0,1,0)&IF(B1>0,TEXT(C1,"0.00"),"12")', 0, {"0", "1"}),
        ("=A1*1.035^2", 0, {"1.035", "2"}),
    ],
)
def test_the_lint_sees_what_it_looks_for(formula: str, ifs: int, found: set[str]) -> None:
    # Origin: counted by eye. A lint that finds nothing anywhere would pass every workbook.
    assert nested_ifs(formula) == ifs
    assert numbers(formula) == found


def test_there_are_formulas(written: Written) -> None:
    # Origin: the smaller case has about 40 rows of five years and as many constants; fewer means sheets are missing.
    assert len(written.formulas) > 1000


def test_formulas_are_short(written: Written) -> None:
    assert {place: f for place, f in written.formulas.items() if len(f) > 180} == {}
    assert LONGEST == 180


def test_no_if_stands_in_another(written: Written) -> None:
    assert {place: f for place, f in written.formulas.items() if nested_ifs(f)} == {}


def test_formulas_hold_no_number_but_0_and_1(written: Written) -> None:
    assert {place: f for place, f in written.formulas.items() if numbers(f) - {"0", "1"}} == {}


def test_only_functions_of_the_closed_list(written: Written) -> None:
    found = {place: functions(f) for place, f in written.formulas.items()}
    assert {place: used for place, used in found.items() if not set(used) <= FUNCTIONS} == {}


def test_no_arrays_outer_links_or_ranges_by_index(written: Written) -> None:
    for place, formula in written.formulas.items():
        operands = [t.value for t in tokens(formula) if t.type == Token.OPERAND and t.subtype == Token.RANGE]
        assert not [o for o in operands if "[" in o], (place, "a link to another file")
        assert not [t for t in tokens(formula) if t.type == Token.ARRAY], (place, "an array")
        bare = "".join(t.value for t in tokens(formula) if t.subtype != Token.TEXT)
        assert "):" not in bare, (place, "a range that begins at INDEX()")
        assert ")=(" not in bare, (place, "two arrays of conditions compared")
        assert "<>" not in bare, (place, "two arrays of conditions compared")
    assert not [part for part in written.parts if "externalLink" in part or "vbaProject" in part]
    assert not [part for part, text in written.parts.items() if 'TargetMode="External"' in text]
    sheets = [text for part, text in written.parts.items() if part.startswith("xl/worksheets/sheet")]
    assert not [text for text in sheets if 't="array"' in text or " cm=" in text]


def test_every_formula_has_its_number_stored(written: Written) -> None:
    blank = {
        place: value
        for place in written.formulas
        if not is_shown(value := written.stored[place.split("!")[0]][place.split("!")[1]].value)
    }
    # a link to a blank input is blank: it stands beside that input, and says nothing else
    sheets = {"Options in use", "Inputs as run"}
    links = {p for p in blank if p.split("!")[0] in sheets and (BLANK.match(f := written.formulas[p]) or "INDEX(" in f)}
    assert {place: value for place, value in blank.items() if place not in links or value} == {}


def test_the_guard_against_blanks_sees_them() -> None:
    assert not any(map(is_shown, (None, "", "#N/A", float("nan"), float("inf"), True)))
    assert all(map(is_shown, (0, 0.5, -1, "not applicable")))


def years(written: Written) -> range:
    """The columns of the years."""
    return range(FIRST_YEAR, FIRST_YEAR + written.case.settings.years)


def test_a_year_has_the_same_column_on_every_time_sheet(written: Written) -> None:
    first = written.case.settings.first_year
    labels = [f"{year}/{(year + 1) % 100:02d}" for year in range(first, first + len(years(written)))]
    assert len(written.time_sheets) >= 8
    for sheet in written.time_sheets:
        stored = written.stored[sheet.title]
        assert [stored.cell(YEAR_LABELS, c).value for c in years(written)] == labels, sheet.title
        assert [stored.cell(YEAR_NUMBERS, c).value for c in years(written)] == list(range(1, len(labels) + 1))
        assert [stored.cell(YEAR_LABELS, c).value for c in range(1, FIRST_YEAR)] == [
            "Line", "Unit", "Constant", "Total", "Opening",
        ]  # fmt: skip
        assert sheet.max_column == years(written)[-1], f"{sheet.title}: nothing stands right of the last year"


def rows(sheet: Sheet) -> list[tuple[int, tuple[Cell, ...]]]:
    """The rows of lines: those below the years that hold a formula."""
    below = sheet.iter_rows(min_row=YEAR_LABELS)
    return [(row[0].row, row) for row in below if any(cell.data_type == "f" for cell in row)]


def test_one_formula_per_row(written: Written) -> None:
    compared = 0
    for sheet in written.time_sheets:
        for number, cells in rows(sheet):
            across = [cells[column - 1] for column in years(written)]
            kinds = {cell.data_type if cell.value is not None else None for cell in across}
            assert kinds in ({"f"}, {None}), f"{sheet.title} row {number}: some years are not formulas"
            if kinds == {None}:
                continue
            first = across[0]
            back = {
                Translator(str(cell.value), origin=cell.coordinate).translate_formula(first.coordinate)
                for cell in across
            }
            assert back == {str(first.value)}, f"{sheet.title} row {number}: the formula changes on its way across"
            compared += len(across) - 1
    assert compared > 100


def test_every_line_has_a_unit_and_a_label_of_its_own(written: Written) -> None:
    labels: dict[str, str] = {}
    for sheet in written.time_sheets:
        for number, cells in rows(sheet):
            if number <= YEAR_NUMBERS:
                continue
            label, unit = cells[0].value, cells[1].value
            place = f"{sheet.title}!A{number}"
            assert isinstance(label, str), f"{place} has no label"
            assert label.strip(), f"{place} has no label"
            assert isinstance(unit, str), f"{place} has no unit"
            assert unit.strip(), f"{place} has no unit"
            assert label not in labels, f'{place} and {labels[label]} are both called "{label}"'
            labels[label] = place
    assert len(labels) > 100


def test_no_line_on_any_sheet_shares_its_label(written: Written) -> None:
    # The lines of the tables on output sheets are lines too.
    labels = [line.label for line in written.plan.model.lines.values()]
    assert sorted(label for label in set(labels) if labels.count(label) > 1) == []


def test_the_opening_column_is_a_number_or_a_formula(written: Written) -> None:
    for sheet in written.time_sheets:
        for number, cells in rows(sheet):
            opening = cells[FIRST_YEAR - 2]
            if number > YEAR_NUMBERS and opening.value is not None and opening.data_type != "f":
                assert opening.value in (0, 1), f"{sheet.title}!{opening.coordinate}"
