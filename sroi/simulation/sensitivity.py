"""What matters most and what would turn the answer, together: a tornado and switching values of net public value."""

from __future__ import annotations

from dataclasses import dataclass

from sroi.model import Case
from sroi.simulation.one_way import OneWay, one_way
from sroi.simulation.switching import Switching, switching


@dataclass(frozen=True)
class Sensitivity:
    """One-way changes of a case (method § 8): what a results workbook's sheet Sensitivity is written from."""

    case: Case
    """As the option and the scenario make it."""
    option: str | None
    scenario: str | None
    tornado: OneWay
    """Each uncertain number at its 5th and 95th percentile, the rest at centre."""
    switching: Switching
    """For every number, certain or not, where it turns the sign of net public value."""


def sensitivity(case: Case, option: str | None = None, scenario: str | None = None) -> Sensitivity:
    """The tornado and the switching values of net public value, of a case or its option seen in a scenario.

    Raises `CaseError` for an option or a scenario that the case does not hold, and for a range that no distribution
    can have.

    >>> import sroi
    >>> found = sensitivity(sroi.read("ips-employment"))
    >>> found.tornado.bars[0].ref, found.switching.view
    ('outcomes.work.effect', 'public_value')
    """
    return Sensitivity(
        case.seen(option, scenario),
        option,
        scenario,
        one_way(case, option=option, scenario=scenario),
        switching(case, option=option, scenario=scenario),
    )
