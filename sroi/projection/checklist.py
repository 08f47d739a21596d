"""Every check of a case, as data: what is tested, how grave it is, what to do where it fires (method § 6, *Checks*).

A check that *fails* says that the arithmetic, or an input typed into a workbook, is wrong: the result is not to be
used. One that *warns* asks for judgement. The command line, the result and the sheet *Checks* show this list, in its
order.

What finds them: `checks` (the arithmetic), `input_checks` (cells of a workbook that the reader would refuse),
`judgement` (warnings that are lines, and so live in a workbook), `warnings` and `unused` (sentences, as of the run).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sroi.model.settings import LONG

Level = Literal["fail", "warn"]
WORDS: Mapping[Level, str] = {"fail": "CHECK", "warn": "WARN"}
"""The verdict of a check that fires, by its level; of any other it is `OK`."""
DO_NOT_USE = "Do not use these numbers."
REFUSED = "The engine refuses this: put the cell right before using any number."


@dataclass(frozen=True)
class Entry:
    """One check: its lasting id, and what is said of it."""

    id: str
    level: Level
    subject: str
    said: str
    """What is tested, as a sentence without its full stop."""
    counted: str
    """What the number found is of."""
    do: str
    """What to do where it fires."""
    method: str
    live: bool = True
    """Whether it is a line, so that a workbook recalculates it; else it is as of the run."""
    most: float = 0.0
    """Of a check that is as of the run, the most that may be found."""

    @property
    def fires(self) -> str:
        """The verdict where it fires."""
        return WORDS[self.level]


def _fails(subject: str, do: str, rows: tuple[tuple[str, str, str, str], ...]) -> tuple[Entry, ...]:
    return tuple(Entry(name, "fail", subject, said, counted, do, where) for name, said, counted, where in rows)


def _warns(
    name: str, subject: str, said: str, counted: str, do: str, where: str, *, live: bool = False, most: float = 0
) -> Entry:
    return Entry(name, "warn", subject, said, counted, do, where, live, most)


PV, SHARE, YEARLY = "present value", "share of the benefits", "years in which they do not"
_ENTRIES = (
    *_fails("Arithmetic", DO_NOT_USE, (
        ("benefits-add", "The values, row by row, add to the public value of benefits", PV, "§ 6"),
        ("costs-add", "The costs, row by row, add to the public value of costs", PV, "§ 6"),
        ("net-adds", "What each sector gains, less what it pays, adds to the net public value", PV, "§ 6"),
        ("budget-adds", "The net of each public budget adds to the net value of all budgets", PV, "§ 6"),
        ("cashable-adds", "The net in cash of each public budget adds to the net value in cash", PV, "§ 6"),
        ("years-add", "In every year, the public budgets add to what all of them pay, save and have released", YEARLY,
         "§ 6"),
        ("parts-add", "Capital and revenue, and one-off and recurring, add to the cash costs of public budgets", YEARLY,
         "§ 6"),
        ("end-of-road", "Cumulative net value ends at benefits less costs", "undiscounted value", "§ 6"),
        ("people-once", "Nobody is engaged who was not referred", "people beyond those referred", "§ 2"),
        ("side-payments-settle", "The shares of side payments add to one: what is paid is received", PV, "§ 6"),
        ("map-values-add", "The rows of the value map add to the public value of benefits", PV, "§ 6"),
        ("map-inputs-add", "The inputs of the value map add to the public value of costs", PV, "§ 6"),
        ("map-multiplies", "Across each row of the value map the numbers multiply to its value in the year shown",
         "undiscounted value", "§ 5"),
        ("transfers-cancel", "Transfers gain one sector what they cost another", PV, "§ 5"),
    )),
    *_fails("Inputs", REFUSED, (
        ("rates-held", "Every year has one discount rate", "years with none, or several", "§ 1"),
        ("inflation-held", "Later inflation is a number from -10% to 100%", "1 where it is not", "§ 1"),
        ("years-within", "Every span of years begins and ends within the case", "spans that do not", "§ 1"),
        ("grades-held", "Every grade of evidence is in the table Grades once", "rows whose grade is not", "§ 4"),
        ("prices-of-base", "Every price year is the base", "sums of another year", "§ 1"),
        ("shares-are-shares", "Every share is a number from 0% to 100%", "cells that are not", "§ 4"),
        ("cells-filled", "Every number that the calculation cannot do without is there", "cells that hold none", "§ 6"),
        ("overlap-once", "Of rows that overlap, no more than one counts", "rows beyond one", "§ 4"),
        ("earnings-one-way", "Earnings count net or gross of tax, never both", "outcomes that count both", "§ 5"),
    )),
    _warns("dominance", "Balance", "No single row brings, or takes, more than half of the benefits",
           SHARE, "Look at its evidence first, and try the answer without it.", "§ 6", live=True),
    _warns("one-day", "Timing", "No benefits of the first year fall on the day of its costs", "undiscounted value",
           "Set benefit_timing to end if effects follow costs.", "§ 1", live=True),
    _warns("observed-change", "Evidence", "No benefits rest on change that was only observed",
           SHARE, "Say so wherever the result is quoted.", "§ 4", live=True),
    _warns("comparison-group", "Evidence", "No deadweight or regression to the mean stands beside a comparison group",
           "outcomes where one does", "Set both to 0 in these rows, or change their status.", "§ 4", live=True),
    _warns("followed-up", "Evidence", "No effect is taken to last longer than it was followed up", "outcomes that are",
           "Shorten duration, or say what the later years rest on and give it a range.", "§ 4", live=True),
    _warns("follow-up-stated", "Evidence", "Every effect seen and taken to last says how long it was followed up",
           "outcomes that do not", "State Followed up, or shorten duration.", "§ 4"),
    _warns("sources", "Evidence", "Every cost, outcome and value that counts names its source", "rows without",
           "Say where each number comes from.", "§ 4"),
    _warns("grades-given", "Evidence", "Beside a table of grades, every cost and outcome has a grade, or an optimism",
           "rows with neither", "Give it the grade of its evidence: without one nothing is taken off.", "§ 4"),
    _warns("forecasts-kept", "Evidence", "No forecast became a result without changing", "numbers that did",
           "Say how it was measured, or set its status back to forecast.", "§ 4"),
    _warns("log-values", "Evidence", "The last row of History is what the case holds", "numbers that differ",
           "Add a row to History, or put the number right.", "§ 4"),
    _warns("log-statuses", "Evidence", "The last row of History has the status that the case gives",
           "numbers that differ", "Add a row to History, or put the status right.", "§ 4"),
    _warns("actuals-in", "Actuals", "Everything that came in is in these numbers", "numbers that are not",
           "Run with --actuals to put it in.", "§ 7"),
    _warns("actuals-sourced", "Actuals", "Everything that came in names its source", "numbers without",
           "Say where each comes from.", "§ 7"),
    _warns("actuals-within", "Actuals", "Everything that came in is of a year in which its row runs",
           "numbers that are not", "Move it, or widen From and To.", "§ 7"),
    _warns("actuals-priced", "Actuals", "Every sum that came in is in the prices of its year", "sums that are not",
           "Bring a sum as paid to the prices of its row first, or make the row nominal.", "§ 7"),
    _warns("gross-tax", "Double counting", "No fiscal value beside gross earnings may be the tax on them",
           "outcomes where one may", "If it is, enter it as a transfer with its balance, or the earnings net.", "§ 5"),
    _warns("earnings-told", "Double counting", "Earnings beside lost tax say whether they are net of it or gross",
           "outcomes that do not", "State Earnings in Values.", "§ 5"),
    _warns("alternatives", "Double counting", "No outcome takes two library values whole that may price one thing",
           "outcomes that do", "If they do, keep one, or state in Times what share of each counts.", "§ 5"),
    _warns("valued", "Balance", "Some outcome that counts has a value put on it", "1 where none has",
           "Enter Values, or quote the cost per outcome alone.", "§ 5"),
    _warns("horizon", "Time", f"The case runs at most {LONG} years", "years",
           "Quote public value on the reduced discount schedule, given beside the result, with it.", "§ 1", most=LONG),
    _warns("later-inflation", "Time", "All prices are of published index years", "1 where some are not",
           "See what another rate does to the answer.", "§ 1"),
    _warns("profiles-within", "Time", "Every number by year is of a year in which its row runs", "rows with others",
           "Move them, or widen From and To.", "§ 1"),
    _warns("weights-add", "Uncertainty", "The weights of a range, where all are shares, add to one",
           "ranges that do not", "Make them add to one: each is taken in proportion to all.", "§ 8"),
    _warns("groups-used", "Unused", "Every group is one that a cost or an outcome follows", "groups that are not",
           "Take it out, or name it in the rows that concern it.", "§ 2"),
    _warns("sectors-used", "Unused", "Every sector pays or gains something", "sectors that do not",
           "Take it out, or enter what is missing.", "§ 6"),
    _warns("grades-used", "Unused", "The table of grades gives some row its optimism", "1 where it gives none",
           "Leave optimism blank in rows with a grade, or take the table out.", "§ 4"),
    _warns("overlaps-shared", "Unused", "Every overlap tag is borne by at least two rows", "tags that are not",
           "Give the other row the same tag, spelt alike, or take it out.", "§ 4"),
    _warns("rows-count", "Unused", "Every row counts, here or in some option, or overlaps with one that does",
           "rows that do not", "Set Counts to yes if it should.", "§ 7"),
    _warns("ranges-read", "Unused", "Every range is of a number that some result reads", "ranges that are not",
           "Take the range out, or enter the row that should read the number.", "§ 8"),
    _warns("incomes-used", "Unused", "Every income stated is one that changes a result", "1 where none does",
           "State the reference income and an economic value to people, or take the incomes out.", "§ 9"),
    _warns("option-chosen", "Reading", "Where the case has options or scenarios, the numbers are of one of them",
           "1 where they are not", "Choose one to see its numbers.", "§ 7"),
)  # fmt: skip
CHECKS: Mapping[str, Entry] = MappingProxyType({entry.id: entry for entry in _ENTRIES})
"""Every check by its id, in the order in which they are shown."""
