"""The table `settings`: time, prices, discounting, and the choices on which correct engines differ (method §§
1, 12)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from sroi.model.base import Row
from sroi.model.currency import STERLING
from sroi.model.types import (
    Currency,
    Discount,
    Horizon,
    Live,
    PositiveAmount,
    PriceBase,
    Rate,
    Share,
    Shown,
    Text,
    Year,
    choice,
)

CURRENT_STANDARD = "green-book-2026-standard"
"""The Green Book's standard schedule now in force."""
CURRENT_HEALTH = "green-book-2026-health"
"""The Green Book's schedule for health effects now in force."""
REDUCED = "green-book-2026-reduced"
"""The schedule without pure time preference: a sensitivity for long cases."""
LONG = 50
"""Years beyond which a case is long, and the reduced schedule is shown beside its result."""
BUSINESS_AS_USUAL = "business as usual"
AS_IT_STANDS = "as the tables stand"
"""What a results workbook says is chosen where no option, or no scenario, is."""

Timing = Annotated[Literal["start", "middle", "end"], choice, Shown("choice"), Live()]
NegativeBenefits = Annotated[Literal["benefits", "costs"], choice, Shown("choice")]
ReleasedCosts = Annotated[Literal["costs", "benefits"], choice, Shown("choice")]


class Settings(Row):
    """How the case counts: one value per field."""

    table: ClassVar[str] = "settings"

    first_year: Year
    """The financial year in which the case begins: 2026 and 2026/27 mean the same."""
    years: Horizon
    """How many years the case runs, 1 to 100."""
    price_base: PriceBase
    """The year whose prices all results are in: 2015 the calendar year, 2015/16 the financial one."""
    discount: Discount = CURRENT_STANDARD
    """A discount schedule's name, or a flat rate such as 0.035."""
    health_discount: Discount = CURRENT_HEALTH
    """The schedule, or flat rate, for health effects such as QALYs; never for money saved by a health
    service."""
    cost_timing: Timing = "start"
    """When in the year costs fall: start, middle or end."""
    benefit_timing: Timing = "start"
    """When in the year benefits fall: start, middle or end."""
    currency: Currency = STERLING
    """The currency of every sum; with any but GBP, all price years must be the base."""
    later_inflation: Rate | None = None
    """Yearly inflation after the last published index year."""
    tax_deadweight: Share = 0.0
    """The cost to society of raising a pound of tax, as a share."""
    negative_benefits: NegativeBenefits = "benefits"
    """Whether harms reduce the benefits or add to the costs."""
    released_costs: ReleasedCosts = "costs"
    """Whether old services released reduce the costs or add to the benefits."""
    reference_income: PositiveAmount | None = None
    """The yearly income against which groups' incomes are weighed."""
    compare_with: Text = BUSINESS_AS_USUAL
    """What options are compared with: business as usual, or an option's name."""


def is_usual(settings: Settings) -> bool:
    """Whether options are compared with business as usual, however it is capitalised."""
    return settings.compare_with.lower() == BUSINESS_AS_USUAL


def chosen(settings: Settings) -> dict[str, str]:
    """The schedules that the settings name, by field; a flat rate names none."""
    stated = {"discount": settings.discount, "health_discount": settings.health_discount}
    return {field: name for field, name in stated.items() if isinstance(name, str)}
