"""A case's tables as plain records, with format.md's defaults filled in. Cases are taken to be valid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .evidence import field_of
from .library import Cell, Library, UnitValue, yes
from .records import Case, Cost, Group, Outcome, Sector, Settings, Value

Row = Mapping[str, Any]


def cell(row: Row, field: str, default: Cell = None) -> Cell:
    """The cell, or ``default`` where it is missing or blank."""
    found = row.get(field)
    return default if found is None or found == "" else found


def number(found: Cell) -> float:
    """The central value: a number, or the ``value`` of a number that carries its own range."""
    return float(found["value"]) if isinstance(found, Mapping) else float(found)


def start_of(year: Cell) -> int:
    """Where a year places something in time, ``2026`` and ``2026/27`` mean the same."""
    return int(str(year).split("/")[0])


def listed(found: Cell) -> list[str]:
    """A list, or a comma-separated cell, as a list of ids."""
    if found is None or found == "":
        return []
    parts = found.split(",") if isinstance(found, str) else found
    return [str(part).strip() for part in parts]


def by_year(case: Row, row: Row, ref: str, settings: Settings) -> list[float]:
    """A profilable field by year of the horizon, such as ``groups.residents.referrals``.

    A number is every year's; the years a profile leaves out are 0.
    """
    field = ref.rsplit(".", maxsplit=1)[-1]
    found: Any = cell(row, field)
    for profile in case.get("profiles") or []:
        if profile["ref"] == ref:
            found = {key: value for key, value in profile.items() if key != "ref" and value not in (None, "")}
    if not isinstance(found, Mapping) or "value" in found:
        return [number(found)] * settings.years
    profile_years = {start_of(year): number(value) for year, value in found.items()}
    return [profile_years.get(settings.first_year + t, 0.0) for t in range(settings.years)]


def came_in(case: Row, ref: str, settings: Settings) -> dict[int, float]:
    """§ 7: what came in for a number, by year counted from 0; nothing where the case is not re-run."""
    return {
        start_of(row["year"]) - settings.first_year: number(row["value"])
        for row in case.get("actuals") or []
        if row["ref"] == ref
    }


def optimism(case: Row, table: str, row: Row, column: str) -> float:
    """The row's own ``optimism``; where blank, that of the grade of its amount or effect in **grades**; else 0."""
    if cell(row, "optimism") is not None:
        return number(row["optimism"])
    wanted = field_of(case, table, row, "grade")
    if wanted is None:
        return 0.0
    for grade in case.get("grades") or []:
        if int(grade["grade"]) == int(wanted):
            return number(grade[column])
    msg = f"grade {wanted} is missing from the grades table"
    raise ValueError(msg)


def read_settings(row: Row) -> Settings:
    """Table **settings** with defaults."""

    def discount(field: str, default: str) -> float | str:
        found = cell(row, field, default)
        if not isinstance(found, str):
            return number(found)
        try:
            return float(found)
        except ValueError:
            return found

    later, reference = cell(row, "later_inflation"), cell(row, "reference_income")
    return Settings(
        first_year=start_of(row["first_year"]),
        years=int(row["years"]),
        price_base=str(row["price_base"]),
        discount=discount("discount", "green-book-2026-standard"),
        health_discount=discount("health_discount", "green-book-2026-health"),
        cost_timing=cell(row, "cost_timing", "start"),
        benefit_timing=cell(row, "benefit_timing", "start"),
        later_inflation=None if later is None else number(later),
        tax_deadweight=number(cell(row, "tax_deadweight", 0)),
        negative_benefits=cell(row, "negative_benefits", "benefits"),
        released_costs=cell(row, "released_costs", "costs"),
        reference_income=None if reference is None else number(reference),
        currency=str(cell(row, "currency") or "GBP"),
    )


def read_group(case: Row, row: Row, settings: Settings) -> Group:
    """One row of **groups**.

    CHOICE: a profile of referrals is cut to ``from``..``to`` as a plain number is.
    """
    ref = f"groups.{row['id']}.referrals"
    referrals = by_year(case, row, ref, settings)
    for t, people in came_in(case, ref, settings).items():
        referrals[t] = people
    first = start_of(row["from"]) - settings.first_year
    last = start_of(row["to"]) - settings.first_year
    income = cell(row, "income")
    return Group(
        id=row["id"],
        referrals=[referrals[t] if first <= t <= last else 0.0 for t in range(settings.years)],
        engagement=number(cell(row, "engagement", 1)),
        stay_years=number(cell(row, "stay_years", 1)),
        exit_rate=number(cell(row, "exit_rate", 0)),
        counts=yes(cell(row, "counts", True)),
        income=None if income is None else number(income),
    )


def groups_of(case: Row, row: Row) -> list[str]:
    """The groups a cost or outcome follows: one id, a list, or ``all``."""
    named = listed(cell(row, "group"))
    return [group["id"] for group in case.get("groups") or []] if named == ["all"] else named


def read_cost(case: Row, row: Row, settings: Settings) -> Cost:
    """One row of **costs**."""
    first = start_of(cell(row, "from", settings.first_year)) - settings.first_year
    last = start_of(cell(row, "to", settings.first_year + settings.years - 1)) - settings.first_year
    return Cost(
        id=row["id"],
        payer=row["payer"],
        basis=row["basis"],
        amount=by_year(case, row, f"costs.{row['id']}.amount", settings),
        groups=groups_of(case, row),
        price_year=str(cell(row, "price_year", settings.price_base)),
        first=first,
        last=last,
        growth=number(cell(row, "growth", 0)),
        optimism=optimism(case, "costs", row, "cost_optimism"),
        in_kind=cell(row, "treatment", "cash") == "in_kind",
        capital=yes(cell(row, "capital", False)),
        old_service=yes(cell(row, "old_service", False)),
        release_share=number(cell(row, "release_share", 0)),
        release_years=number(cell(row, "release_years", 0)),
        counts=yes(cell(row, "counts", True)),
        came_in=came_in(case, f"costs.{row['id']}.amount", settings),
    )


def read_outcome(case: Row, row: Row, settings: Settings) -> Outcome:
    """One row of **outcomes**."""

    def share(field: str) -> float:
        return number(cell(row, field, 0))

    baseline = cell(row, "baseline")
    return Outcome(
        id=row["id"],
        groups=groups_of(case, row),
        effect=by_year(case, row, f"outcomes.{row['id']}.effect", settings),
        proportional=cell(row, "basis", "proportional") == "proportional",
        baseline=None if baseline is None else number(baseline),
        referred=cell(row, "of", "engaged") == "referred",
        at_risk=number(cell(row, "at_risk", 1)),
        deadweight=share("deadweight"),
        attribution=share("attribution"),
        displacement=share("displacement"),
        leakage=share("leakage"),
        regression_to_mean=share("regression_to_mean"),
        optimism=optimism(case, "outcomes", row, "benefit_optimism"),
        lag=int(number(cell(row, "lag", 0))),
        duration=int(number(cell(row, "duration", 1))),
        drop_off=share("drop_off"),
        counts=yes(cell(row, "counts", True)),
        came_in=came_in(case, f"outcomes.{row['id']}.effect", settings),
    )


def case_sector(unit: UnitValue, sectors: list[Sector]) -> str:
    """The case's sector for a library row: that id, or the one whose ``library`` names it."""
    for sector in sectors:
        if sector.id == unit.sector:
            return sector.id
    for sector in sectors:
        if unit.sector in sector.library:
            return sector.id
    msg = f"no sector of the case stands for {unit.sector}"
    raise ValueError(msg)


def read_value(case: Row, row: Row, settings: Settings, sectors: list[Sector], library: Library) -> list[Value]:
    """One row of **values**: itself, or its library parts; and a transfer's other side.

    CHOICE: the parts of an event share the row's other fields; ``cashable`` takes hold only on fiscal and
    transfer parts of public sectors, and ``balance`` only on transfer parts.
    CHOICE: parts of an event with an ``id`` of its own are called ``<id>-<sector>-<kind>``.
    CHOICE: the other side of a balanced transfer is the row ``<id>-balance``, the same negated, without cash.
    """
    name = cell(row, "unit_value")
    own_id = cell(row, "id")
    parts: list[tuple[str, str, str, list[float], str, bool]] = []  # id … health
    if name is None:
        value_id = own_id or f"{row['outcome']}-{row['sector']}-{row['kind']}"
        parts.append(
            (
                value_id,
                row["sector"],
                row["kind"],
                by_year(case, row, f"values.{value_id}.amount", settings),
                str(cell(row, "price_year", settings.price_base)),
                yes(cell(row, "health_effect", False)),
            )
        )
    elif name in library.unit_values:
        unit = library.unit_values[name]
        sector = cell(row, "sector") or case_sector(unit, sectors)
        value_id = own_id or f"{row['outcome']}-{sector}-{unit.kind}"
        health = yes(cell(row, "health_effect", unit.health_effect))
        parts.append((value_id, sector, unit.kind, [unit.amount] * settings.years, unit.price_year, health))
    else:
        for unit in library.unit_values.values():
            if unit.event == name:
                sector = case_sector(unit, sectors)
                value_id = f"{own_id or row['outcome']}-{sector}-{unit.kind}"
                amounts = [unit.amount] * settings.years
                parts.append((value_id, sector, unit.kind, amounts, unit.price_year, unit.health_effect))
        if not parts:
            msg = f"no unit value called {name}"
            raise ValueError(msg)
    public = {sector.id for sector in sectors if sector.ledger == "public"}
    block = cell(row, "block")
    read: list[Value] = []
    for value_id, sector, kind, amount, price_year, health in parts:
        may_release = kind in ("fiscal", "transfer") and sector in public
        value = Value(
            id=value_id,
            outcome=row["outcome"],
            sector=sector,
            kind=kind,
            times=number(cell(row, "times", 1)),
            amount=amount,
            price_year=price_year,
            growth=number(cell(row, "growth", 0)),
            cashable=number(cell(row, "cashable", 0)) if may_release else 0.0,
            release_lag=int(number(cell(row, "release_lag", 0))),
            block=None if block is None else number(block),
            pool=cell(row, "pool"),
            health_effect=health,
            counts=yes(cell(row, "counts", True)),
            came_in={} if name is not None else came_in(case, f"values.{value_id}.amount", settings),
        )
        read.append(value)
        other_side = cell(row, "balance")
        if other_side is not None and kind == "transfer":
            negated = [-sum_ for sum_ in amount]
            read.append(
                replace(
                    value,
                    id=f"{value_id}-balance",
                    sector=other_side,
                    amount=negated,
                    came_in={t: -worth for t, worth in value.came_in.items()},
                    cashable=0.0,
                    pool=None,
                )
            )
    return read


def read_case(case: Row, library: Library) -> Case:
    """The whole case, defaults filled, library rows resolved."""
    settings = read_settings(case["settings"])
    sectors = [
        Sector(row["id"], row["ledger"], cell(row, "part_of"), listed(cell(row, "library")))
        for row in case.get("sectors") or []
    ]
    values: list[Value] = []
    for row in case.get("values") or []:
        values.extend(read_value(case, row, settings, sectors, library))
    ids = [value.id for value in values]
    if len(set(ids)) < len(ids):
        msg = f"two values share an id: {sorted(ids)}"
        raise ValueError(msg)
    return Case(
        settings=settings,
        sectors=sectors,
        groups=[read_group(case, row, settings) for row in case.get("groups") or []],
        costs=[read_cost(case, row, settings) for row in case.get("costs") or []],
        outcomes=[read_outcome(case, row, settings) for row in case.get("outcomes") or []],
        values=values,
    )
