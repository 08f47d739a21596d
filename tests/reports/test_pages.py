"""The rules of sheets, cells and charts (workbook, rules 1 and 7 to 9, *Charts*), looked at in the files as written."""

from __future__ import annotations

import re
from typing import Any

import pytest
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter, range_boundaries

from sroi.model.price_index import carried
from sroi.reports.about import standing
from sroi.reports.places import HEADER_ROW
from tests.reports.books import Cell, Sheet, Written

INPUT = ("FF0000C8", "FFFFFBE0")
"""Blue on pale yellow: what may be changed."""
ONE_PAGE_WIDE = (
    *("About", "Summary", "Innovation case", "Financial case", "Value map", "Basis", "Checks", "Chart data"),
    "Rates of return",
    *("Assumptions log", "Sources", "Changes"),
)
"""The sheets that are read rather than worked in."""


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (2, 4, 6)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # Origin: WCAG 2.1: black on white is 21 to 1; #767676 on white is the lightest grey that passes AA, 4.54.
    [("FF000000", "FFFFFFFF", 21.0), ("FF767676", "FFFFFFFF", 4.54), ("FFFFFFFF", "FFFFFFFF", 1.0)],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def font_and_fill(cell: Cell) -> tuple[str, str]:
    """The colours of a cell's words and ground; automatic ones are black and white."""
    ink = cell.font.color.rgb if cell.font.color is not None and cell.font.color.type == "rgb" else "FF000000"
    ground = str(cell.fill.start_color.rgb) if cell.fill.fill_type == "solid" else "FFFFFFFF"
    return str(ink), ground


def test_every_pair_of_colours_can_be_read(written: Written) -> None:
    pairs = {font_and_fill(cell) for _, cell in written.cells()}
    assert INPUT in pairs
    assert len(pairs) > 4
    # Origin: WCAG 2.1, level AA, for text of any size: 4.5 to 1.
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}


def test_fonts_are_10_points_or_larger(written: Written) -> None:
    assert {place: cell.font.sz for place, cell in written.cells() if (cell.font.sz or 0) < 10} == {}
    for part, text in written.parts.items():
        if part.startswith("xl/charts/"):
            assert [size for size in re.findall(r'\bsz="(\d+)"', text) if int(size) < 1000] == [], part
        if part.startswith("xl/worksheets/sheet"):
            footer = re.findall(r"<oddFooter>(.*?)</oddFooter>", text)
            assert [size for size in re.findall(r"&amp;(\d+)", "".join(footer)) if int(size) < 10] == [], part


def test_the_order_of_sheets_is_that_of_reading(written: Written) -> None:
    # Origin: workbook, *Reading order*: control and outputs, inputs, workings, checks. Basis is an output.
    names = [sheet.title for sheet in written.sheets]
    inputs = [sheet.title for sheet in written.tables]
    workings = [sheet.title for sheet in written.time_sheets]
    index = ["Price index"] if carried(written.case.tables) else []
    assert names == [
        "About",
        "Summary",
        "Innovation case",
        *(["Economic case"] if written.has_options else []),
        "Financial case",
        "Value map",
        "Basis",
        *inputs,
        *index,
        *(["Options in use"] if written.has_options else []),
        *workings,
        "Rates of return",
        "Chart data",
        *(["Options computed"] if written.has_options else []),
        *(["Simulation", "Sensitivity"] if written.simulation else []),
        *(["Inputs as run"] if written.has_options or written.simulation else []),
        "Constants",
        "Checks",
        "Assumptions log",
        "Sources",
        "Changes",
    ]


def test_nothing_is_hidden_or_merged(written: Written) -> None:
    for sheet in written.sheets:
        assert sheet.sheet_state == "visible", sheet.title
        assert not [row for row, d in sheet.row_dimensions.items() if d.hidden or d.height == 0], sheet.title
        assert not [column for column, d in sheet.column_dimensions.items() if d.hidden or d.width == 0], sheet.title
        assert not sheet.merged_cells.ranges, sheet.title


def test_every_sheet_has_its_title_in_a1_and_panes(written: Written) -> None:
    for sheet in written.sheets:
        assert isinstance(sheet["A1"].value, str), sheet.title
        assert sheet["A1"].value.strip(), sheet.title
        assert sheet.freeze_panes is not None, f"{sheet.title}: nothing stays when it is scrolled"
        frozen = sheet[str(sheet.freeze_panes)].row - 1
        header = dict.fromkeys(("About", "Checks", "Price index", "Inputs as run", "Assumptions log"), 4)
        header |= {"Sources": 4, "Changes": 4}
        header |= {s.title: 4 for s in written.tables} | {s.title: 5 for s in written.time_sheets}
        # pages of several tables keep their title; all others the header of their one table
        assert frozen == header.get(sheet.title, 2), sheet.title


def test_every_sheet_prints_on_a4_landscape_with_its_footer(written: Written) -> None:
    for sheet in written.sheets:
        setup = sheet.page_setup
        assert (str(setup.paperSize), setup.orientation) == ("9", "landscape"), sheet.title
        footer = sheet.oddFooter
        said = [str(part.text) for part in (footer.left, footer.center, footer.right)]
        assert said == ["&F", "&A", "Page &P of &N"], sheet.title


def test_every_output_sheet_says_how_far_the_case_may_be_leant_on(written: Written) -> None:
    # Origin: issue 6: an illustrative case says so on every output sheet. Output sheets have navy tabs.
    outputs = [sheet for sheet in written.sheets if sheet.sheet_properties.tabColor.rgb == "FF1F3864"]
    assert {"Summary", "Innovation case", "Basis"} <= {sheet.title for sheet in outputs}
    assert {sheet["A2"].value for sheet in outputs} == {standing(written.case)}


def test_outputs_are_one_page_wide(written: Written) -> None:
    for name in (*ONE_PAGE_WIDE, *(["Simulation", "Sensitivity", "Inputs as run"] if written.simulation else [])):
        sheet = written.book[name]
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, name
        assert sheet.page_setup.fitToWidth in (None, 1), name


def test_time_sheets_break_by_years_and_repeat_their_labels(written: Written) -> None:
    for sheet in written.time_sheets:
        assert str(sheet.print_title_cols).replace("$", "") == "A:B", sheet.title
        assert str(sheet.print_title_rows).replace("$", "") == "4:5", sheet.title
        breaks = [brk.id for brk in sheet.col_breaks.brk]
        assert breaks == list(range(5 + 10, 5 + written.case.settings.years, 10)), sheet.title


def test_no_blank_rows_inside_tables(written: Written) -> None:
    for sheet in [*written.tables, *written.time_sheets]:
        filled = [any(cell.value is not None for cell in row) for row in sheet.iter_rows(min_row=HEADER_ROW)]
        assert all(filled), f"{sheet.title} row {HEADER_ROW + filled.index(False)}"


def test_the_document_has_the_title_of_the_case(written: Written) -> None:
    assert written.book.properties.title == written.case.about.title
    assert written.book["Summary"]["A1"].value == f"{written.case.about.title}: summary"


def test_every_sheet_is_protected_without_a_password(written: Written) -> None:
    for sheet in written.sheets:
        assert sheet.protection.sheet, sheet.title
        assert sheet.protection.password is None, sheet.title
        assert sheet.protection.hashValue is None, sheet.title


def test_inputs_are_unlocked_and_blue_on_yellow_and_nothing_else_is(written: Written) -> None:
    unlocked = 0
    for sheet in written.sheets:
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.title == "About" and cell.column > 2:
                    continue
                assert cell.protection.locked != (font_and_fill(cell) == INPUT), f"{sheet.title}!{cell.coordinate}"
                if not cell.protection.locked:
                    unlocked += 1
                    assert cell.data_type != "f", f"{sheet.title}!{cell.coordinate} is a formula, unlocked"
                    chosen = f"{sheet.title}!{cell.coordinate}" in ("Economic case!B5", "Economic case!B6")
                    known = sheet in written.tables or sheet.title == "About" or chosen
                    assert known, f"{sheet.title}!{cell.coordinate}"
    assert unlocked > 50


def read_by_formulas(written: Written) -> tuple[set[str], set[str]]:
    """The addresses on the case's own tables that formulas refer to: one by one, and in ranges."""
    names = {sheet.title for sheet in written.tables}
    alone, ranged = set(), set()
    for at, formula in written.formulas.items():
        # they show what stands there, and no number follows from either
        if at.startswith(("Assumptions log!", "Inputs as run!", "Changes!")):
            continue
        for token in Tokenizer(formula).items:
            name, _, area = token.value.replace("$", "").rpartition("!")
            if token.subtype != Token.RANGE or name.strip("'") not in names:
                continue
            title = name.strip("'")
            own = token.value
            if at.startswith("Options in use!") and written.formulas[at] in (f"={own}", f'=IF({own}="",0,{own})'):
                ranged.add(f"{title}!{area}")  # a whole column, cell by cell
            elif ":" in area:
                ranged |= {f"{title}!{get_column_letter(c)}{r}" for r, c in in_area(area)}
            else:
                alone.add(f"{title}!{area}")
    return alone, ranged


def in_area(area: str) -> list[tuple[int, int]]:
    left, top, right, bottom = range_boundaries(area)
    assert left is not None
    assert top is not None
    assert right is not None
    assert bottom is not None
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def validated(sheet: Sheet) -> dict[str, Any]:
    """The validation of every cell that has one."""
    return {
        cell.coordinate: rule
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row in sheet[area.coord if ":" in area.coord else f"{area.coord}:{area.coord}"]
        for cell in row
    }


def test_every_live_input_is_unlocked_validated_and_has_a_message(written: Written) -> None:
    alone, ranged = read_by_formulas(written)
    assert alone
    for place in sorted(alone | ranged):
        name, cell = place.split("!")
        sheet = written.book[name]
        if place in alone:
            assert not sheet[cell].protection.locked, f"{place} is read by a formula, and locked"
        if not sheet[cell].protection.locked:
            rules = validated(sheet)
            assert cell in rules, f"{place} accepts anything"
            assert rules[cell].prompt, f"{place} has no message"
            assert len(rules[cell].prompt) <= 255, f"{place}: Excel takes no longer message"


def test_a_yellow_cell_is_read_or_only_words(written: Written) -> None:
    # A yellow number that no formula reads would be changed in vain.
    alone, ranged = read_by_formulas(written)
    for sheet in written.tables:
        for row in sheet.iter_rows(min_row=HEADER_ROW + 1):
            for cell in row:
                if not cell.protection.locked and f"{sheet.title}!{cell.coordinate}" not in alone | ranged:
                    assert cell.value is None or cell.data_type == "s", f"{sheet.title}!{cell.coordinate}"


def test_a_validation_lets_its_own_value_through(written: Written) -> None:
    # A bound that its own cell breaks would refuse the number as soon as it is touched.
    looked_at = 0
    for sheet in written.tables:
        for cell, rule in validated(sheet).items():
            value = sheet[cell].value
            if rule.type in ("decimal", "whole") and value is not None:
                looked_at += 1
                assert float(rule.formula1) <= value <= float(rule.formula2), f"{sheet.title}!{cell}"
            if rule.type == "list" and str(rule.formula1).startswith('"') and value is not None:
                looked_at += 1
                assert value in str(rule.formula1).strip('"').split(","), f"{sheet.title}!{cell}"
    assert looked_at > 50


def test_what_needs_the_engine_says_so(written: Written) -> None:
    for sheet in written.tables:
        assert str(sheet["A2"].value or sheet["B2"].value).endswith("grey cells need the engine to run again."), (
            sheet.title
        )
    said = [str(cell.value) for row in written.book["About"].iter_rows() for cell in row if cell.value]
    assert any("run the engine again" in text for text in said)


def test_verdicts_are_words(written: Written) -> None:
    rows = [[cell.value for cell in row] for row in written.stored["Checks"].iter_rows(min_row=5)]
    held = [
        (f"{check.said}.", check.counted, check.verdict, check.words or "Nothing.") for check in written.result.checks
    ]
    assert [(row[0], row[2], row[6], row[8]) for row in rows[:-1]] == held
    assert {row[6] for row in rows} <= {"OK", "WARN"}
    assert rows[-1][6] == "OK", "the master check counts no warning"


def test_every_sheet_is_listed_with_a_link_that_leads_there(written: Written) -> None:
    about = written.book["About"]
    links = {
        str(cell.hyperlink.location): cell.coordinate for row in about.iter_rows() for cell in row if cell.hyperlink
    }
    assert list(links) == [f"'{sheet.title}'!A1" for sheet in written.sheets]
    for location, ref in links.items():
        name = about[ref]
        assert f"'{name.value}'!A1" == location
        assert about.cell(name.row, name.column + 1).value, f"About says nothing of {name.value}"


def charts(written: Written) -> list[str]:
    """The charts of the Summary, which are written first."""
    held = [text for part, text in sorted(written.parts.items()) if part.startswith("xl/charts/chart")]
    assert len(held) == (6 if written.simulation else 2)
    return held[:2]


def test_both_charts_have_titles_that_are_live_cells(written: Written) -> None:
    titles = []
    for text in charts(written):
        title = re.findall(r"<c:title><c:tx><c:strRef><c:f>'Chart data'!\$([A-Z]+)\$(\d+)</c:f>", text)
        assert len(title) == 1
        titles.append("".join(title[0]))
    assert len(titles) == 2
    for place in titles:
        assert written.book["Chart data"][place].data_type == "f", "the title is chosen by the numbers"
        assert written.stored["Chart data"][place].value
    shown = [re.findall(r"<c:title>.*?<c:v>(.*?)</c:v>", text)[0] for text in charts(written)]
    assert shown == [written.stored["Chart data"][place].value for place in titles]


def test_the_waterfall_is_stacked_columns_in_four_parts(written: Written) -> None:
    waterfall = charts(written)[0]
    assert '<c:barDir val="col"/><c:grouping val="stacked"/>' in waterfall
    assert waterfall.count("<c:ser>") == 4
    assert '<c:overlap val="100"/>' in waterfall
    # the two bases are there to lift the bars, and are not to be seen
    first_two = waterfall.split("</c:ser>")[:2]
    assert all("<c:spPr><a:noFill/>" in series for series in first_two)


def test_the_waterfall_leads_from_nil_to_the_net_value(written: Written) -> None:
    # Property: visible parts are as long as the change, and no bar stands both above and below more than its ends.
    page = written.stored["Chart data"]
    start = next(row[0].row for row in page.iter_rows() if row[0].value == "Bar")
    bars = [[cell.value for cell in row] for row in page.iter_rows(min_row=start + 1) if row[0].value]
    before = 0.0
    for name, base_above, base_below, above, below, after in bars:
        if name == "Net value":
            before = 0.0
        ends = sorted((before, after))
        assert base_above + base_below == pytest.approx(max(0, ends[0]) + min(0, ends[1]), abs=1e-6)
        assert above - below == pytest.approx(abs(after - before), abs=1e-6), name
        assert min(above, base_above) >= 0 >= max(below, base_below), name
        before = after
    assert bars[-1][0] == "Net value"
    npv = written.result.views["public_value"].npv
    assert bars[-1][5] == pytest.approx(npv, rel=1e-9)
    assert bars[-2][5] == pytest.approx(npv, rel=1e-9), "the bars add to the net value"


def test_the_yearly_chart_is_columns_with_a_line(written: Written) -> None:
    yearly = charts(written)[1]
    assert yearly.count("<c:barChart>") == yearly.count("<c:lineChart>") == 1
    assert yearly.count("<c:ser>") == 2
    points = re.findall(r'<c:ptCount val="(\d+)"/>', yearly.split("<c:barChart>")[1])
    assert set(points) == {str(written.case.settings.years)}


def test_every_chart_says_in_words_what_it_shows(written: Written) -> None:
    drawings = [text for part, text in written.parts.items() if part.startswith("xl/drawings/drawing")]
    said = re.findall(r'<xdr:cNvPr id="\d+" name="Chart \d+"(?: descr="(.*?)")?/?>', "".join(drawings))
    assert len(said) == (6 if written.simulation else 2)
    assert all(len(text) > 40 for text in said)


def test_no_chart_is_cut_by_a_page_break(written: Written) -> None:
    with_charts = [sheet for sheet in written.sheets if sheet._charts]
    assert [sheet.title for sheet in with_charts] == [
        "Summary",
        *(["Simulation", "Sensitivity"] if written.simulation else []),
    ]
    assert len(written.book["Summary"]._charts) == 2
    setup = written.book["Summary"].page_setup
    assert (setup.fitToWidth or 1, setup.fitToHeight or 1) == (1, 1)
    for sheet in with_charts[1:]:
        end = max(chart.anchor.to.row for chart in sheet._charts) + 1
        assert on_first_page(sheet, end), f"{sheet.title}: a chart reaches row {end}, beyond the first page"
        assert not on_first_page(sheet, end + 40), "what is measured has an end"


def on_first_page(sheet: Sheet, rows: int) -> bool:
    """Whether so many rows fit on the first of pages that are one sheet wide.

    Origin: A4 landscape is 842 by 595 points, less the margins of the sheet in inches of 72; a row of no stated height
    is 15 points, and a column of w characters 7 w + 5 pixels of 3/4 point.
    """
    margins = sheet.page_margins
    wide = sum(7 * d.width + 5 for d in sheet.column_dimensions.values() for _ in range(d.min, d.max + 1)) * 0.75
    scale = (842 - 72 * (margins.left + margins.right)) / wide
    high = sum(sheet.row_dimensions[row].height or 15 for row in range(1, rows + 1))
    return bool(high * scale <= 595 - 72 * (margins.top + margins.bottom))
