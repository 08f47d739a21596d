"""The table `grades`: what a grade of evidence means in optimism (method § 4)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sroi.model.base import Row
from sroi.model.types import GradeNumber, Live, Share, Uplift


class Grade(Row):
    """A grade of evidence and the optimism it stands for."""

    table: ClassVar[str] = "grades"

    grade: Annotated[GradeNumber, Live(False)]
    """The grade."""
    cost_optimism: Uplift
    """The uplift on costs of this grade."""
    benefit_optimism: Share
    """The haircut on outcomes of this grade."""

    @property
    def key(self) -> str:
        """The grade."""
        return str(self.grade)
