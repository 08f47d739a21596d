"""The sheets Sources, Changes and Assumptions log: what each number rests on, and what is said where nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sroi.model import Case, used_library
from sroi.reading import read
from sroi.reports import references, write_workbook
from sroi.reports.about import standing
from sroi.reports.sources import WHERE
from tests.parity.recalculate import Live
from tests.projection.small import GROUPS, Row, case, gain, outlay, saving
from tests.reports.books import Written

Rows = list[list[Any]]


def tables() -> Row:
    """A survey on which two rows rest, an account, a library value, a number judged apart, a claim that changed."""
    return case(
        costs=[
            outlay(source="the account", status="observed", grade=2, date="2025", owner="finance"),
            outlay(id="time", treatment="in_kind", source=None),
        ],
        outcomes=[gain(source="A survey  of residents", status="observed", population="residents", deadweight=0.1)],
        values=[saving(source="a survey of residents", amount=50), saving(id="care", unit_value="foster-week", times=1,
                                                                           source=None, amount=None, kind=None)],
        ranges=[{"ref": "outcomes.gain.effect", "low": 0.5, "high": 2, "note": "the survey's own"},
                {"ref": "costs.outlay.amount", "low": 90, "high": 120}],
        grades=[{"grade": 2, "cost_optimism": 0, "benefit_optimism": 0}],
        evidence=[{"ref": "outcomes.gain.deadweight", "source": "two who know", "status": "judgement",
                   "note": "a guess"}],
        history=[
            {"ref": "outcomes.gain.effect", "date": "2023", "status": "forecast", "value": 2, "source": "the plan"},
            {"ref": "outcomes.gain.effect", "date": "2025", "status": "observed", "value": 1},
        ],
        options=[{"name": "bold", "ref": "costs.outlay.amount", "value": 150, "title": "Bolder"}],
    )  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Case:
    return read(tables())


@pytest.fixture(scope="module")
def path(made: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(tmp_path_factory.mktemp("sources") / "case.xlsx", made)


def page(path: Path, sheet: str) -> Rows:
    """The rows of a sheet below its header, as stored; blanks as the empty text."""
    held = load_workbook(path, data_only=True)[sheet]
    return [["" if cell.value is None else cell.value for cell in row] for row in held.iter_rows(min_row=5)]


def test_every_source_stands_once_with_what_rests_on_it(path: Path) -> None:
    # Origin: read off the tables above. The two spellings of the survey are one source.
    sheet = page(path, "Sources")
    held: dict[str, list[list[Any]]] = {}
    for row in sheet[: next(n for n, row in enumerate(sheet) if row[1] == "No source is given for these")]:
        if row[0]:
            held[f"{row[0]} {row[1]}"] = last = []
        else:
            last.append([text for at, text in enumerate(row) if text and at != WHERE])
    library = "S3 Unit Cost Database v1.4 (2015), Greater Manchester / New Economy"
    assert list(held)[:3] == ["S1 the account", "S2 A survey of residents", library]
    assert held["S1 the account"] == [["Cost: Outlay", "observed", "2", "2025", "finance"]]
    assert held["S2 A survey of residents"] == [
        ["Outcome: Gain", "observed", "Gathered on: residents."],
        ["Value: Gain, to Council"],
    ]
    assert held["S4 two who know"] == [["Outcome: Gain: Deadweight", "judgement", "a guess"]]
    assert held["S5 the plan"] == [["What was claimed in 2023. Outcome: Gain: Effect", "forecast", "2023"]]


def test_a_library_value_has_its_price_its_place_and_its_terms(made: Case) -> None:
    # Origin: the row foster-week of assumptions/unit-values.csv, in the words of the sheet.
    row = made.unit_values[0]
    source = next(s for s in references.gather(made).sources if s.text == row.source)
    (rest,) = source.rests
    assert rest.said == f"Unit value: {row.name}"
    for part in (f"per {row.unit} in prices of {row.price_year}", f"at {row.source_ref}", f"licence: {row.licence}"):
        assert part in rest.more
    assert "read where it is quoted" in rest.more or "read in the source itself" in rest.more


def test_the_schedule_and_the_index_are_named() -> None:
    held = references.gather(read("no-wrong-door"))
    said = {rest.said: source.text for source in held.sources for rest in source.rests}
    assert said["Discount schedule: green-book-2026-standard"].startswith("Department for Transport, TAG unit A1.1")
    assert not any("reduced" in name for name in said), "the case runs 15 years: nothing rests on it"
    index = next(name for name in said if name.startswith("Price index"))
    assert said[index].startswith("HM Treasury GDP deflators")


def test_numbers_without_a_source_are_said_to_have_none(path: Path) -> None:
    sheet = page(path, "Sources")
    start = next(n for n, row in enumerate(sheet) if row[1] == "No source is given for these")
    assert sheet[start][-1] == "Nothing says where these numbers come from."
    assert [(row[1], row[-1]) for row in sheet[start + 1 :]] == [
        ("Settings", "Years; Discount"),
        ("Group: Residents", "Referrals"),
        ("Cost: Time", "Amount"),
        ("Value: Gain, to Council", "Times"),
        ("Every grade", "Cost optimism; Benefit optimism"),
        ("Ranges without a note", "1 of 2 ranges, whose ends nothing explains"),
        ("Option: Bolder", "1 change; a change has no source"),
    ]


def test_every_name_leads_to_its_row(written: Written) -> None:
    sheet = written.book["Sources"]
    links = [cell for row in sheet.iter_rows(min_row=5) for cell in row if cell.hyperlink]
    assert len(links) > 5
    for cell in links:
        title, _, at = str(cell.hyperlink.location).rpartition("!")
        assert written.book[title.strip("'")][at].value not in (None, ""), cell.coordinate
        assert cell.value == f"{title}!{at}".replace("'", ""), "it can be found on paper too"


def test_every_source_of_the_shipped_cases_is_there_once(written: Written) -> None:
    used = used_library(written.case.tables)
    stated = {
        " ".join(str(row.model_dump()["source"]).split()).casefold()
        for table in ("costs", "outcomes", "values", "evidence", "history", *used)
        for row in used.get(table, written.case.tables.rows(table))
        if row.model_dump().get("source")
    }
    texts = [str(row[1].value) for row in written.book["Sources"].iter_rows(min_row=5) if row[0].value]
    assert sorted(text.casefold() for text in texts) == sorted(stated)


def test_each_page_says_how_far_the_case_may_be_leant_on(written: Written) -> None:
    for name in ("Assumptions log", "Sources", "Changes"):
        assert written.stored[name]["A2"].value == standing(written.result.case), name
    if written.case.about.status == "illustrative":
        assert "Illustrative: built to show the method." in written.stored["Sources"]["A2"].value


def test_claims_stand_in_order_with_what_the_case_holds(path: Path, tmp_path: Path) -> None:
    assert page(path, "Changes") == [
        ["Outcome: Gain: Effect", "", "", "", ""],
        ["Claimed in 2023", "forecast", 2, "", "S5: the plan"],
        ["Claimed in 2025", "observed", 1, "Down 50%", "No source is given."],
        ["In the case now", "observed", 1, "As claimed last", ""],
    ]
    live = Live(path)
    live.set("Outcomes", "E5", 3.0)  # Effect: the fifth column
    live.evaluate()
    assert [live.value("Changes", cell) for cell in ("C8", "D8")] == [3, "Not as claimed last"]
    bare = case(outcomes=[gain()], values=[saving()])
    assert page(write_workbook(tmp_path / "bare.xlsx", read(bare)), "Changes") == [
        ["No change is recorded: the case's table History is empty. That may mean that nothing has changed, or that "
         "nobody wrote it down."] + [""] * 4,
    ]  # fmt: skip


def test_a_line_of_the_log_says_by_itself_what_its_number_rests_on(path: Path) -> None:
    log = page(path, "Assumptions log")
    start = next(n for n, row in enumerate(log) if row[0] == "Outcome: Gain")
    assert log[start][3:8] == ["observed", "", "", "", "S2: A survey  of residents; residents"]
    numbers = {row[0]: row[1:8] for row in log[start + 1 :]}
    # value, range, status, grade, owner, date, source
    assert numbers["Effect"] == [1, "0.5 to 2", "observed (row)", "", "", "", "S2, as its row"]
    assert numbers["Deadweight"] == [0.1, "", "judgement", "", "", "", "S4: two who know; a guess"]
    outlay_at = next(n for n, row in enumerate(log) if row[0] == "Cost: Outlay")
    assert log[outlay_at + 1][:8] == [
        "Amount", 100, "£90 to £120", "observed (row)", "2", "finance", "2025", "S1, as its row",
    ]  # fmt: skip
    time_at = next(n for n, row in enumerate(log) if row[0] == "Cost: Time")
    assert log[time_at + 1][:8] == ["Amount", 100, "", "not stated", "", "", "", "not stated"]


def test_a_case_that_names_no_source_says_so(tmp_path: Path) -> None:
    none = {"source": None}
    bare = case({"health_discount": 0}, costs=[outlay(**none)], outcomes=[gain(**none)], values=[saving(**none)])
    path = write_workbook(tmp_path / "bare.xlsx", read(bare))
    assert page(path, "Sources")[0][1] == "The case names no source."
    assert GROUPS[0]["name"] in str(page(path, "Sources"))
