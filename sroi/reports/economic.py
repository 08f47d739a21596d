"""The Economic case: options side by side against business as usual, and in whose view each is best.

The column *in use* is live and shows the option and the scenario chosen at the top. The others are the engine's own
numbers for the scenario chosen (`sroi.reports.computed`): they hold while the flag says OK.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from sroi.model import Case
from sroi.model.currency import symbol
from sroi.model.settings import AS_IT_STANDS, is_usual
from sroi.projection import Result
from sroi.reports import as_run, computed, output, sure
from sroi.reports.book import Book
from sroi.reports.computed import Computed, Held
from sroi.reports.in_use import CHOSEN_COLUMN, CHOSEN_ON, CHOSEN_ROWS, InUse, Kind, listed, number_cell
from sroi.reports.style import FORMATS
from sroi.sheet import Evaluation, Layout, Model
from sroi.sheet.formulas import NOT_APPLICABLE
from sroi.sheet.layout import column_letters
from sroi.simulation import Simulation

SHEET = CHOSEN_ON
LISTED_ROW = max(CHOSEN_ROWS.values()) + 1
FLAG_ROW = LISTED_ROW + 1
LISTED, UNLISTED = "OK", "CHECK: pick a name from the list, as it is written there."
HOLDS = "OK: no input has changed since the engine ran."
STALE = "CHECK: inputs have changed. Only the column in use is right: run the engine again."
LIVE = "In use (live)"
KINDS: tuple[Kind, ...] = ("option", "scenario")


@dataclass(frozen=True)
class Page:
    """What the page shows: the engine's numbers for every option in every scenario, and which of them are in use."""

    computed: Computed
    result: Result
    simulation: Simulation | None = None

    @property
    def case(self) -> Case:
        """The case as it stands, with its options."""
        return self.computed.case

    @property
    def scenario(self) -> int:
        """Which scenario is in use, from 0."""
        held = self.result.case.scenario
        return self.computed.scenarios.index(AS_IT_STANDS if held is None else held)


def arrange(case: Case, result: Result, simulation: Simulation | None = None) -> Page | None:
    """Computes what the page shows; nothing for a case without options and scenarios. `result` is the one in use."""
    found = computed.compute(case, result)
    return None if found is None else Page(found, result, simulation)


@dataclass(frozen=True)
class _Writer:
    """The sheet being written, row by row."""

    book: Book
    sheet: Worksheet
    page: Page

    def heading(self, row: int, titles: tuple[str, ...], words: int = 1) -> None:
        """A heading; its first `words` columns stand left, those of numbers right."""
        for position, title in enumerate(titles):
            align = "left" if position < words else "right"
            self.book.text(self.sheet, row - 1, position, title, "heading", text_wrap=True, valign="top", align=align)

    def label(self, row: int, text: str) -> None:
        """What a row is."""
        self.book.text(self.sheet, row - 1, 0, text, "label")

    def held(self, row: int, column: int, value: Held, style: str) -> None:
        """A number, or words, that do not recalculate."""
        if isinstance(value, float):
            self.book.number(self.sheet, row - 1, column, value, "formula", FORMATS[style])
        else:
            self.book.text(self.sheet, row - 1, column, NOT_APPLICABLE if value is None else value, "label",
                           align="right", text_wrap=True)  # fmt: skip

    def picked(self, row: int, column: int, key: str, style: str, cell: str = "formula") -> None:
        """A number, or words, of the scenario in use, by its formula."""
        found = self.page.computed
        value = found.held[key][self.page.scenario]
        shown = NOT_APPLICABLE if value is None else value
        left = style == "text" and column == 0
        self.book.formula(
            self.sheet, row - 1, column, computed.pick(found, found.places[key]), shown, cell, FORMATS[style],
            text_wrap=style == "text", align="left" if left else "right",
        )  # fmt: skip


def write(book: Book, page: Page, chosen: InUse, model: Model, layout: Layout, evaluation: Evaluation) -> None:
    """Writes the page; the lines of `model` stand where `layout` says and are worth what `evaluation` says."""
    sheet = output.page(book, page.case, SHEET, f"{page.case.about.title}: economic case")
    columns = max(len(page.computed.options), len(page.computed.scenarios), 3)
    book.widths(sheet, {0: 66, 1: 26} | dict.fromkeys(range(2, 2 + columns), 20))
    writer = _Writer(book, sheet, page)
    _chosen(writer, chosen)
    row = FLAG_ROW + 2
    if page.case.options:
        row = _best(writer, row) + 2
    row = _side_by_side(writer, row, model, layout, evaluation) + 2
    if page.computed.incremental:
        row = _added(writer, row) + 2
    if page.case.scenarios:
        row = _scenarios(writer, row) + 2
    _rests_on(writer, row)
    sheet.fit_to_pages(1, 0)


def _chosen(writer: _Writer, chosen: InUse) -> None:
    """The two cells to choose by, and whether the stamped numbers still hold."""
    book, sheet, page = writer.book, writer.sheet, writer.page
    writer.heading(CHOSEN_ROWS["option"] - 1, ("Choose what every sheet shows", "Chosen"), 2)
    for kind in KINDS:
        row, held = CHOSEN_ROWS[kind], page.result.case.option if kind == "option" else page.result.case.scenario
        writer.label(row, f"{kind.capitalize()} in use: pick from the list")
        known = page.case.option_names if kind == "option" else page.case.scenario_names
        told = "; ".join(f"{name}: {title}" for name, title in known.items())
        book.text(sheet, row - 1, CHOSEN_COLUMN + 1, told, "unit")
        book.text(sheet, row - 1, CHOSEN_COLUMN, AS_IT_STANDS if held is None else held, "input")
        sheet.data_validation(row - 1, CHOSEN_COLUMN, row - 1, CHOSEN_COLUMN, {
            "validate": "list", "source": listed(chosen, kind), "input_title": kind.capitalize(),
            "input_message": f"The {kind} that every sheet shows.", "error_title": kind.capitalize(),
            "error_message": "Pick one of the list.",
        })  # fmt: skip
        book.file.define_name(f"in_{kind}", f"='{SHEET}'!${column_letters(CHOSEN_COLUMN)}${row}")
    writer.label(LISTED_ROW, "Are both in their lists?")
    both = f"{number_cell('option')}+{number_cell('scenario')}"
    formula = f'=IF(ISNUMBER({both}),"{LISTED}","{UNLISTED}")'
    book.formula(sheet, LISTED_ROW - 1, 1, formula, LISTED, "result", "@")
    writer.label(FLAG_ROW, "Do the columns of the options still hold?")
    flag = f'=IF({as_run.COUNT}=0,"{HOLDS}","{STALE}")'
    book.formula(sheet, FLAG_ROW - 1, 1, flag, HOLDS, "result", "@")


def _best(writer: _Writer, row: int) -> int:
    """In whose view which option is best."""
    writer.heading(
        row, ("Which option is best in the central case, and in whose view", "Best", "Its net", "More than the next"), 1
    )
    for verdict in writer.page.computed.verdicts(AS_IT_STANDS):
        row += 1
        key = f"best.{verdict.key}"
        writer.picked(row, 0, f"{key}.words", "text", "result")
        for column, (what, style) in enumerate((("name", "text"), ("net", "money"), ("gap", "money")), start=1):
            writer.picked(row, column, f"{key}.{what}", style)
    row += 1
    writer.label(row, sure.best(writer.page.case, writer.page.simulation))
    return row


def _side_by_side(writer: _Writer, row: int, model: Model, layout: Layout, evaluation: Evaluation) -> int:
    """Every measure: in use, and of each option in the scenario in use."""
    found = writer.page.computed
    titles = tuple(found.titles[option] for option in found.options)
    writer.heading(row, ("Against business as usual", LIVE, *titles))
    for measure in (m for m in found.measures if m.line):
        row += 1
        writer.label(row, measure.said)
        if measure.line:
            writer.book.reference(writer.sheet, row - 1, 1, model[measure.line], layout, evaluation, "result",
                                  FORMATS[measure.format], align="right")  # fmt: skip
        for column, option in enumerate(found.options, start=2):
            writer.picked(row, column, f"{measure.key} {option}", measure.format)
    return row


def _added(writer: _Writer, row: int) -> int:
    """What each option adds to the one that they are compared with, in the scenario in use."""
    page, found = writer.page, writer.page.computed
    against = "business as usual" if is_usual(page.case.settings) else found.titles[page.case.settings.compare_with]
    titles = (found.titles[option] for option in found.compared)
    writer.heading(row, (f"What each adds to {against}", "", *titles))
    for key, _, _, label, style in computed.added(page.case.settings.currency):
        row += 1
        writer.label(row, label)
        for column, option in enumerate(found.compared, start=2):
            writer.picked(row, column, f"{key} {option}", style)
    return row


def _scenarios(writer: _Writer, row: int) -> int:
    """Net public value of every option in every scenario: does the best stay the best?"""
    page, found = writer.page, writer.page.computed
    scenarios = ["As the tables stand", *page.case.scenario_names.values()]
    sign = symbol(page.case.settings.currency)
    writer.heading(row, (f"Net public value in every scenario, {sign}, as the engine ran", *scenarios))
    held = found.held
    for option in found.options:
        row += 1
        writer.label(row, found.titles[option])
        for column, value in enumerate(held[f"public_value.npv {option}"], start=1):
            writer.held(row, column, value, "money")
    if page.case.options:
        row += 1
        writer.label(row, "Best for everyone, central case")
        for column, value in enumerate(held["best.public_value.name"], start=1):
            writer.held(row, column, value, "text")
    return row


def _rests_on(writer: _Writer, row: int) -> int:
    """What each option rests on, and what is not in these numbers."""
    case, found = writer.page.case, writer.page.computed
    writer.heading(row, ("What each rests on: see Basis", "", *(found.titles[o] for o in found.options)))
    for measure in (m for m in found.measures if not m.line):
        row += 1
        writer.label(row, measure.said)
        for column, option in enumerate(found.options, start=2):
            writer.picked(row, column, f"{measure.key} {option}", measure.format)
    row += 2
    writer.heading(row, ("What is not in these numbers", ""), 2)
    valued = {value.outcome for value in case.values if value.counts}
    counting = computed.counted(result.case for result in found.results.values())
    missing = [outcome.name for outcome in case.outcomes if outcome.id in counting and outcome.id not in valued]
    said = [
        f"Counted, but no value is put on it: {', '.join(missing)}." if missing else "Every outcome counted is valued.",
        sure.economic(case, writer.page.simulation),
        "Business as usual is nil in every figure: everything here is a change from it.",
    ]
    for text in said:
        row += 1
        writer.label(row, text)
    return row
