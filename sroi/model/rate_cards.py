"""The library's rate cards: prices per outcome in outcomes contracts (used by method § 10)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from sroi.model.base import Row
from sroi.model.types import CostAmount, Id, IndexYear, Shown, Text, choice

Payable = Annotated[Literal["once", "up_to_3", "repeatable"], choice, Shown("choice")]


class RateCardLine(Row):
    """The price of one outcome in one contract, in the money of its year."""

    table: ClassVar[str] = "rate_cards"

    contract: Id
    """The contract's name."""
    outcome: Text
    """What is paid for."""
    price_gbp: CostAmount
    """The price of one."""
    payable: Payable
    """Whether it is paid once per person, up to three times, or each time."""
    cap_per_person_gbp: CostAmount | None = None
    """The most that is paid for one person."""
    year: IndexYear
    """The year of the contract, whose money the price is in."""
    source: Text | None = None
    """Where it was read."""
