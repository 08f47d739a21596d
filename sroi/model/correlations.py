"""The table `correlations`: which uncertain numbers move together (method § 8)."""

from __future__ import annotations

from typing import ClassVar

from sroi.model.base import Row
from sroi.model.types import RankCorrelation, Ref


class Correlation(Row):
    """How two uncertain numbers move together."""

    table: ClassVar[str] = "correlations"

    a: Ref
    """One number that has a range, in an option or a scenario at least: `outcomes.care-entry.effect`."""
    b: Ref
    """The other."""
    rank: RankCorrelation
    """Their rank correlation (Spearman's), between -1 and 1: 0 is none."""

    @property
    def key(self) -> str:
        """Both refs, in sorted order: a pair is the same either way round."""
        return " ".join(self.pair)

    @property
    def pair(self) -> tuple[str, str]:
        """Both refs, in sorted order."""
        first, second = sorted((self.a, self.b))
        return first, second
