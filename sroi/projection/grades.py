"""Optimism: as stated, else from the case's table of grades, else none (method § 4, evidence)."""

from __future__ import annotations

from typing import Literal

from sroi.model.base import Row
from sroi.model.basis import decides, own
from sroi.projection.declaring import Declaring
from sroi.sheet import PURE, ZERO, Condition, Line, sum_where


def optimism(to: Declaring, row: Row, column: Literal["cost_optimism", "benefit_optimism"], said: str) -> Line:
    """The optimism of a row: its own, or that of its grade where it states none."""
    if not to.case.grades:
        return to.share(row, "optimism", f"{said}: optimism", blank=ZERO)
    grade = _grade(to, row, said)
    of_grade = to.model.line(
        f"{row.table}.{row.key}.grade_optimism",
        f"{said}: optimism of that grade",
        PURE,
        sum_where(to.grades, column, Condition("grade", "=", grade)),
        style="share",
        method="§ 4",
    )
    return to.share(row, "optimism", f"{said}: optimism", blank=of_grade)


def own_grade(row: Row) -> str:
    """The name of the line that holds the grade of a row's own amount or effect, where Evidence has a row for it."""
    return f"evidence.{decides(row)}.grade"


def _grade(to: Declaring, row: Row, said: str) -> Line:
    """The grade that counts: that of the row's own amount or effect in Evidence, where stated, else the row's."""
    label, mine = f"{said}: grade of evidence", own(decides(row), to.case.evidence)
    if mine is None:
        return to.number(row, "grade", label, PURE, style="whole")
    of_row = to.number(row, "grade", f"{label}, of its row", PURE, style="whole")
    return to.number(mine, "grade", label, PURE, blank=of_row, style="whole")
