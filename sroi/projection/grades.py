"""Optimism: as stated, else from the case's table of grades, else none (method § 4, evidence)."""

from __future__ import annotations

from typing import Literal

from sroi.model.base import Row
from sroi.projection.declaring import Declaring
from sroi.sheet import PURE, ZERO, Condition, Line, sum_where


def optimism(to: Declaring, row: Row, column: Literal["cost_optimism", "benefit_optimism"], said: str) -> Line:
    """The optimism of a row: its own, or that of its grade where it states none."""
    if not to.case.grades:
        return to.share(row, "optimism", f"{said}: optimism", blank=ZERO)
    grade = to.number(row, "grade", f"{said}: grade of evidence", PURE, style="whole")
    of_grade = to.model.line(
        f"{row.table}.{row.key}.grade_optimism",
        f"{said}: optimism of that grade",
        PURE,
        sum_where(to.grades, column, Condition("grade", "=", grade)),
        style="share",
        method="§ 4",
    )
    return to.share(row, "optimism", f"{said}: optimism", blank=of_grade)
