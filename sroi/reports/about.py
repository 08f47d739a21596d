"""Title, status and how to read: the case's own fields at the left, to be changed, and a guide at the right."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from sroi import __version__
from sroi.model import Case
from sroi.reports.book import Book
from sroi.reports.inputs import fill, live_cells
from sroi.reports.places import FIRST_ROW, InputSheet, input_sheets
from sroi.sheet import Model

SHEET = "About"
GUIDE = 3
"""The column of the guide: beside the fields, under no header, so that a reader of the case passes it by."""

KINDS = (
    ("input", "Blue on yellow: an assumption. Change it and every sheet recalculates."),
    (
        "structural",
        "Grey: shapes the sheets (ids, sectors, groups, number of years). Change it and run the engine again.",
    ),
    ("formula", "Black: a formula. Locked without a password: unprotect the sheet to look or trace."),
)
SIGN_OFF = (
    *(("Analyst", "author"), ("Assurer", "reviewer"), ("Senior owner", "senior_owner")),
    *(("Limits of use", "limits_of_use"), ("Next review", "next_review")),
)
"""Sign-off as HM Treasury's Aqua Book asks: each line, and the field of `about` that it shows."""
SIGN = ("author", "reviewer", "senior_owner")
"""Those who sign a printed copy."""
PEN = 28
"""The height of a row that is signed, in points."""
NOT_STATED = "not stated"
SHEETS = {
    "About": "What this is, and how to read it",
    "Summary": "The answer, who pays and who saves, what it rests on",
    "Innovation case": "The problem and what failure costs today, how it is to work, how strong the evidence is",
    "Economic case": "Options side by side; choose here which of them every sheet shows",
    "Financial case": "Who pays, who saves, how much of it is cash, when each payer has its money back",
    "Options": "What each option changes",
    "Scenarios": "What each scenario changes",
    "Options in use": "Workings: the inputs as the option and the scenario chosen make them",
    "Options computed": "Every option in every scenario, as the engine computed them",
    "Simulation": "What the draws come to: how sure the answer is. Stamped, with a flag that says whether it holds",
    "Sensitivity": "Which numbers matter most, and how far each must move to turn the answer. Stamped",
    "Inputs as run": "What every input was when the engine ran",
    "Value map": "The case in the columns of the SROI Guide: from inputs and quantities to impact, row by row",
    "Basis": "What the costs and the benefits rest on: read, observed or judged",
    "Forecast and actual": "What came in, beside what was forecast",
    "Settings": "Years, prices, discounting, timing",
    "Sectors": "Who pays and who gains",
    "Groups": "Whom the programme serves",
    "Costs": "What it costs, and what old services cost",
    "Outcomes": "What changes, by how much, for how long",
    "Values": "What each change is worth, and to whom",
    "Ranges": "How far each number may lie from its central value, and by what shape",
    "Profiles": "Numbers that vary by year",
    "Actuals": "What came in, by number and year",
    "Grades": "How much to distrust each grade of evidence",
    "Evidence": "What single numbers rest on, where it is not what their row does",
    "History": "How what is claimed of a number has changed",
    "Schedules": "Discount rates by year, with their source",
    "Deflators": "The price index",
    "Price index": "The index of every year: as published, then with later inflation",
    "Unit values": "Prices taken from the library, with their source",
    "Timeline": "Workings: calendar, prices, discount factors",
    "Actual workings": "Workings: forecasts as counted, and years in which something came in",
    "People": "Workings: referred, engaged, served",
    "Cost workings": "Workings: each cost, year by year",
    "Outcome workings": "Workings: each adjustment, year by year",
    "Value workings": "Workings: each value, and the cash released",
    "Sector workings": "Workings: every flow under its sector",
    "Measures": "Workings: views, present values, payback",
    "Returns": "Workings: net flows on their dates, for rates of return",
    "Rates of return": "IRR and MIRR, and net value at a list of rates",
    "Budget workings": "Workings: who pays and who saves by year, capital and revenue, outturn prices",
    "Side payment workings": "Workings: whether those who save could make good those who lose",
    "Payer workings": "Workings: what each payer must fund, and the year after its last payment",
    "Failure workings": "Workings: what failure costs today",
    "Reduced discounting": "Workings: public value on the reduced schedule, beyond 50 years",
    "Fairness": "Workings: public value weighted by income, beside the unweighted",
    "Value map workings": "Workings: each outcome and value in its first year of effect, for the value map",
    "Check workings": "Workings of the checks",
    "Summary workings": "Workings: the numbers that the Summary's sentences show",
    "Innovation workings": "Workings: what the Innovation case adds up, and the numbers that its sentences show",
    "Financial workings": "Workings: the numbers that the Financial case's sentences show",
    "Chart data": "What the charts are drawn from",
    "Constants": "The method's own numbers",
    "Checks": "Every check and its verdict: the arithmetic found two ways, and what asks for judgement",
    "Sources": "Every source once, with what rests on it, and the numbers that name none",
    "Changes": "How what is claimed of numbers has changed, and what the case holds now",
    "Assumptions log": "Every number stated: range, source, grade, owner, and how its claim has changed",
}
"""Every sheet and what it holds."""


def write(
    book: Book,
    case: Case,
    model: Model,
    sheets: Sequence[str],
    seen: tuple[str, str] | None = None,
    drawn: str = "None: this workbook holds the central case only",
) -> None:
    """Writes the sheet; `sheets` are all the names, in order, `seen` a formula for what is in use, and its words,
    `drawn` the draws and their seed."""
    about = next(sheet for sheet in input_sheets(case.tables) if sheet.table == "about")
    page = book.sheet(SHEET, case.about.title, standing(case), tab="#1F3864")
    fill(book, page, InputSheet(about.table, SHEET, about.columns, about.rows), case, live_cells(case, model))
    book.widths(page, {GUIDE - 1: 3, GUIDE: 20, GUIDE + 1: 84})
    _guide(book, page, case, sheets, seen, drawn)
    page.fit_to_pages(1, 0)  # a list of all sheets on one page would be too small to read, or to sign


def standing(case: Case) -> str:
    """What the status means for a reader, in a sentence."""
    status = case.about.status
    place = " ".join(part for part in (case.seen_in, case.about.place and f"{case.about.place}.") if part)
    place = f"{place} " if place else ""
    said = {
        "illustrative": "Illustrative: built to show the method. Not a finding; do not quote it as one.",
        "draft": "Draft: not yet reviewed.",
        "reviewed": "Reviewed, not yet approved.",
        "approved": "Approved.",
    }
    return place + (said.get(status, "") if status else "No status is given: treat it as a draft.")


def _guide(
    book: Book, page: Worksheet, case: Case, sheets: Sequence[str], seen: tuple[str, str] | None, drawn: str
) -> None:
    row = FIRST_ROW - 1
    book.text(page, row, GUIDE, "How to read this workbook", "block")
    book.text(page, row, GUIDE + 1, "", "block")
    for cell, said in KINDS:
        row += 1
        book.text(
            page,
            row,
            GUIDE,
            {"input": "Assumption", "structural": "Structure", "formula": "Formula"}[cell],
            cell,
        )
        book.text(page, row, GUIDE + 1, said, "label")
    row += 2
    book.text(page, row, GUIDE, "Sheets", "block")
    book.text(page, row, GUIDE + 1, "", "block")
    for name in sheets:
        row += 1
        page.write_url(row, GUIDE, f"internal:'{name}'!A1", book.format("link"), name)
        book.text(page, row, GUIDE + 1, SHEETS.get(name, ""), "label")
    row += 2
    book.text(page, row, GUIDE, "Stamp", "block")
    book.text(page, row, GUIDE + 1, "", "block")
    for name, value in (
        ("Engine", f"sroi {__version__}"),
        ("Inputs SHA-256", case.inputs_sha256),
        ("Draws, seed", drawn),
    ):
        row += 1
        book.text(page, row, GUIDE, name, "label")
        book.text(page, row, GUIDE + 1, value, "note")
    if seen is not None:
        row += 1
        book.text(page, row, GUIDE, "In use", "label")
        book.formula(page, row, GUIDE + 1, *seen, "note", "@")
    _sign_off(book, page, case, row + 2)


def _sign_off(book: Book, page: Worksheet, case: Case, row: int) -> None:
    """Who stands behind the case and how far it reaches, from the fields at the left, and lines to sign on paper."""
    about = next(sheet for sheet in input_sheets(case.tables) if sheet.table == "about")
    at = {column.name: FIRST_ROW + number for number, column in enumerate(about.columns)}
    book.text(page, row, GUIDE, "Sign-off", "block")
    book.text(page, row, GUIDE + 1, "", "block")
    for said, name in SIGN_OFF:
        row += 1
        book.text(page, row, GUIDE, said, "label")
        shown = getattr(case.about, name) or NOT_STATED
        text = f'=IF($B${at[name]}="","{NOT_STATED}",$B${at[name]})'
        book.formula(page, row, GUIDE + 1, text, shown, "label", "@", text_wrap=True)
        if name in SIGN:
            row += 1
            page.set_row(row, PEN)
            book.text(page, row, GUIDE, "Signed and dated", "note", valign="bottom")
            page.write_blank(row, GUIDE + 1, None, book.format("sign"))
