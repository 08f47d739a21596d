"""The page of the Financial case as written: references and nothing else, pages that cut no table, its live words."""

from __future__ import annotations

import pytest

from sroi.projection.declaring import POUNDS
from sroi.reports import phrases
from sroi.reports.partners import SHEET
from sroi.reports.placed import Page
from sroi.sheet import PURE, ZERO, Cell, Model, evaluate, sentence
from tests.reports.books import Written, is_shown


def test_every_cell_is_words_or_shows_what_stands_in_the_workings(written: Written) -> None:
    """Nothing is computed on the page: each formula is one reference, and shows what is stored there."""
    page, stored = written.book[SHEET], written.stored
    references = 0
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type == "n" and cell.value is not None:
                pytest.fail(f"{cell.coordinate} is a number of its own")
            if cell.data_type != "f" or cell.row == 3:  # the option in use is a sentence of its own
                continue
            sheet, _, at = str(cell.value).removeprefix("=").replace("$", "").rpartition("!")
            there = stored[sheet.strip("'")][at].value
            assert stored[SHEET][cell.coordinate].value == there, cell.coordinate
            assert is_shown(there), cell.coordinate
            references += 1
    assert references > 100


def test_no_table_is_cut_by_a_page_break(written: Written) -> None:
    """Pages begin at a block or a table, and none holds more than fits: 512 points of height at the width's scale."""
    page = written.plan.financial
    heights = {n: d.height for n, d in written.book[SHEET].row_dimensions.items() if d.height}
    breaks = page.breaks(heights)
    assert breaks, "the page is longer than one printed page"
    assert [brk.id for brk in written.book[SHEET].row_breaks.brk] == [row - 1 for row in breaks]
    assert set(breaks) <= {*page.blocks, *page.tables}
    widths = [d.width for d in written.book[SHEET].column_dimensions.values() for _ in range(d.min, d.max + 1)]
    # a character of a column's width, its margin with it, is 7 pixels of 3/4 point; A4 landscape within the margins is
    # 784 points wide
    scale = min(1.0, 784 / (0.75 * sum(7 * width for width in widths)))
    assert scale > 0.93, "10 points are printed as fewer than 9.3"
    for first, last in zip([1, *breaks], [*breaks, page.row], strict=True):
        assert sum(heights.get(row, 15) for row in range(first, last)) * scale <= 512 + 1


def test_an_illustrative_case_says_so(written: Written) -> None:
    line = str(written.stored[SHEET]["A2"].value)
    assert line == str(written.stored["Summary"]["A2"].value)
    if written.case.about.status == "illustrative":
        assert "Illustrative: built to show the method. Not a finding; do not quote it as one." in line


@pytest.mark.parametrize(
    ("sum_", "words"),
    # Excel rounds half away from zero; what is shown as nil has no sign
    [(1234.5, "£1,235"), (-1234.4, "-£1,234"), (0.4, "£0"), (-0.4, "£0"), (-0.5, "-£1"), (0.0, "£0")],
)
def test_an_amount_has_its_sign_before_the_currency(sum_: float, words: str) -> None:
    model = Model(years=1)
    line = model.line("net", "Net", POUNDS, Cell("a.b", sum_, POUNDS), style="money")
    phrases.amount(model, "said", "Net in words", line, "£")
    assert evaluate(model).text("said") == words


@pytest.mark.parametrize(
    ("lengths", "lines"),
    # by hand: 40 + 2 + 40 + 2 + 16 is 100 characters
    [([40, 40, 16], [3]), ([40, 40, 17], [2, 1]), ([101, 1], [1, 1]), ([60, 60, 60], [1, 1, 1]), ([5], [1])],
)
def test_names_are_parted_where_a_line_is_full(lengths: list[int], lines: list[int]) -> None:
    assert phrases._lines_of(lengths) == lines


@pytest.mark.parametrize(
    ("largest", "width", "beside"),
    # by hand, in pixels of 7 a character: 8 digits of 7.42, two commas of 3.71, a minus of 4.44 and 1.4 to spare are
    # 72.6, so 10.4 characters; 9 digits are 80.0, so 11.5; 10 digits and three commas 91.2, so 13.1; 16 digits and five
    # commas 143.1, so 20.5
    [(99_999_999, 10.4, 10), (100_000_000, 11.5, 9), (1e9, 13.1, 7), (1e15, 20.5, 7)],
)
def test_columns_are_as_wide_as_the_largest_sum(largest: float, width: float, beside: int) -> None:
    page = Page.of(SHEET, largest, 1)
    assert page.width == pytest.approx(width, abs=0.05)
    assert page.beside == beside


def test_a_block_begins_a_page_where_that_leaves_little_empty() -> None:
    """Rows of 15 points, titles of blocks of 21, on a page of 512 points at a scale of 784 / 829.5: 35 rows, one of
    them a title. Blocks at 10 and 30, tables at 20 and 40: the first page ends before the block at 30, and the second,
    which holds the rest to row 64, has no end."""
    page = Page.of(SHEET, 1.0, 65)
    page.blocks, page.tables = [10, 30], [20, 40]
    assert page.breaks({}) == [30]
    page.blocks = [10]  # too near the top to begin a page: a table does
    assert page.breaks({}) == [20, 40]
    page.tables = []
    assert page.breaks({}) == [36]


def test_names_are_listed_and_counted() -> None:
    """Two of three are listed, and counted."""
    model = Model(years=1)
    flags = [
        model.line(f"flag.{n}", f"Flag {n}", PURE, Cell(f"f.{n}", value, PURE)) for n, value in enumerate((1, 0, 1))
    ]
    said = [phrases.text(model, f"name.{n}", f"Name {n}", sentence(name)) for n, name in enumerate("ABC")]
    listed = [phrases.Named(name, 1, ZERO < flag) for name, flag in zip(said, flags, strict=True)]
    (line,) = phrases.names(model, "who", "Who", listed, ["These"], ["Nobody."], "letters")
    assert evaluate(model).text(line.name) == "These: A, C."
    assert evaluate(model).number("who.count") == 2
