"""What a row means once its blanks are filled from other tables: defaults that need more than the row itself.

Price years and spans default to the settings', optimism to the grade table's, a value's sector, kind and
amount to the library's. Pure functions over `Tables` or a `Case` (both hold the same tables).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from sroi.model.basis import grade_of
from sroi.model.costs import Cost
from sroi.model.evidence import Evidence
from sroi.model.grades import Grade
from sroi.model.groups import Group
from sroi.model.outcomes import Outcome
from sroi.model.profiles import Profile
from sroi.model.sectors import Sector
from sroi.model.settings import Settings
from sroi.model.unit_values import UnitValue
from sroi.model.values import Value

ALL = ("all",)
LONGEST_BEYOND = 400
"""The most years beyond the horizon that are followed."""
LOST_TAX = ("hmrc", "fiscal")
"""The library's sector and kind of lost tax."""


class Held(Protocol):
    """The tables that resolving looks into."""

    @property
    def sectors(self) -> tuple[Sector, ...]:
        """The rows of sectors."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The rows of groups."""

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The rows of grades."""

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The rows of profiles."""

    @property
    def unit_values(self) -> tuple[UnitValue, ...]:
        """The rows of unit_values."""


@dataclass(frozen=True)
class Part:
    """One sum of money per unit of an outcome, to one sector: a row of values, or one part of an event."""

    id: str
    """The row's id; for a part of an event, that and the part's own name."""
    value: Value
    """The row it comes from."""
    sector: str
    kind: str
    amount: float | None
    """None where a profile gives it."""
    price_year: str
    times: float
    health_effect: bool
    unit_value: UnitValue | None
    amount_ref: str
    """Where the amount is written: `values.<id>.amount` or `unit_values.<id>.amount`."""
    mirrors: str = ""
    """Of the other side of a transfer, the id of the part whose gain is its loss; else empty."""


def unit_values_of(name: str, unit_values: Iterable[UnitValue]) -> tuple[UnitValue, ...]:
    """The unit value of that id, or the parts of that event; empty where there is neither."""
    rows = tuple(unit_values)
    one = tuple(row for row in rows if row.id == name)
    return one or tuple(row for row in rows if row.event == name)


def is_event(name: str, unit_values: Iterable[UnitValue]) -> bool:
    """Whether the name is an event, whose parts fall to several sectors, rather than one unit value."""
    rows = tuple(unit_values)
    return all(row.id != name for row in rows) and any(row.event == name for row in rows)


def case_sectors_for(library_sector: str, sectors: Iterable[Sector]) -> tuple[str, ...]:
    """The case's sectors that a library's sector means: of that id, or naming it. One is right; any other
    count is not."""
    return tuple(s.id for s in sectors if s.id == library_sector or library_sector in (s.library or ()))


def parts(value: Value, held: Held, price_base: str) -> tuple[Part, ...]:
    """The sums of money a row of values stands for: one, or one per part of its event, and with a `balance` the
    other side of each transfer.

    Only sectors that resolve are returned: the rules report the others.
    """
    found = _sides(value, held, price_base)
    if value.balance is None:
        return found
    other = value.balance
    mirrored = (
        replace(part, id=f"{part.id}-balance", sector=other, mirrors=part.id)
        for part in found
        if part.kind == "transfer"
    )
    return (*found, *mirrored)


def _sides(value: Value, held: Held, price_base: str) -> tuple[Part, ...]:
    """The sums a row states itself."""
    times = 1.0 if value.times is None else value.times
    if value.unit_value is None:
        if value.sector is None or value.kind is None:
            return ()
        return (
            Part(
                id=value.id,
                value=value,
                sector=value.sector,
                kind=value.kind,
                amount=value.amount,
                price_year=value.price_year or price_base,
                times=times,
                health_effect=bool(value.health_effect),
                unit_value=None,
                amount_ref=f"values.{value.id}.amount",
            ),
        )
    event = is_event(value.unit_value, held.unit_values)
    result = []
    for unit_value in unit_values_of(value.unit_value, held.unit_values):
        if value.sector is not None and not event:
            sector = value.sector
        else:
            candidates = case_sectors_for(unit_value.sector, held.sectors)
            if len(candidates) != 1:
                continue
            sector = candidates[0]
        own = unit_value.id.removeprefix(f"{value.unit_value}-")
        result.append(
            Part(
                id=f"{value.id}-{own}" if event else value.id,
                value=value,
                sector=sector,
                kind=unit_value.kind,
                amount=unit_value.amount,
                price_year=unit_value.price_year,
                times=times,
                health_effect=_is_health(value, unit_value),
                unit_value=unit_value,
                amount_ref=f"unit_values.{unit_value.id}.amount",
            )
        )
    return tuple(result)


def is_lost_tax(part: Part) -> bool:
    """Whether a part is the library's price of tax that is not paid: fiscal, HMRC's, and of an id that ends in
    `-tax`, which is how the library names it. It pairs with earnings entered net of tax."""
    brought = part.unit_value
    return brought is not None and (brought.sector, brought.kind) == LOST_TAX and brought.id.endswith("-tax")


def _is_health(value: Value, unit_value: UnitValue) -> bool:
    """Whether a part is health itself: as the row states, else the library; only a social part can be."""
    stated = unit_value.health_effect if value.health_effect is None else value.health_effect
    return stated and unit_value.kind == "social"


def default_id(value: Value, held: Held) -> str:
    """`outcome-sector-kind`; for an event, which has no one sector, `outcome-event`."""
    if value.unit_value is not None and is_event(value.unit_value, held.unit_values):
        return f"{value.outcome}-{value.unit_value}"
    found = _sides(value, held, "")
    sector = found[0].sector if found else value.sector or "sector"
    kind = found[0].kind if found else value.kind or "kind"
    return f"{value.outcome}-{sector}-{kind}"


def with_ids(held: Held, values: Iterable[Value]) -> tuple[Value, ...]:
    """The rows of values, each with its id."""
    return tuple(v if v.id else v.model_copy(update={"id": default_id(v, held)}) for v in values)


def groups_of(row: Cost | Outcome, groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups a row follows, in the order of the table; none where it names none."""
    named = row.group or ()
    return tuple(g for g in groups if named == ALL or g.id in named)


def span(row: Cost, settings: Settings) -> tuple[int, int]:
    """The first and last year of a line of cost; a one-off cost has one year."""
    first = settings.first_year if row.from_ is None else row.from_
    last = first if row.basis == "one_off" else last_year(settings) if row.to is None else row.to
    return first, last


def last_year(settings: Settings) -> int:
    """The last year of the horizon."""
    return settings.first_year + settings.years - 1


def years_beyond(groups: Iterable[Group], outcomes: Iterable[Outcome]) -> int:
    """Years after the horizon until the last person served, or outcome in force, has gone (method § 4)."""
    stays = [math.ceil(group.stay_years) - 1 for group in groups]
    effects = [outcome.lag + outcome.duration - 1 for outcome in outcomes]
    return max([0, *stays, *effects])


def optimism(row: Cost | Outcome, grades: Iterable[Grade], evidence: Iterable[Evidence]) -> float:
    """A row's optimism: as stated, else that of its grade (its own evidence's first), else 0 (method § 4)."""
    if row.optimism is not None:
        return row.optimism
    grade = grade_of(row, evidence)
    found = next((g for g in grades if g.grade == grade), None)
    if found is None:
        return 0.0
    return found.cost_optimism if isinstance(row, Cost) else found.benefit_optimism


def stakeholder(row: Outcome, groups: Iterable[Group]) -> str:
    """Whose outcome it is: as stated, else its groups' names."""
    return row.stakeholder or ", ".join(g.name for g in groups_of(row, groups))


def profile(ref: str, profiles: Iterable[Profile]) -> Profile | None:
    """The profile that gives a field its numbers, if there is one."""
    return next((p for p in profiles if p.ref == ref), None)
