"""What outcomes are worth, to whom, and how much of it becomes cash (method § 5).

A row of values becomes one *flow*; a row that names an event of the library becomes one flow for each sector's part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sroi.model import Part, Row
from sroi.model.parsing import NOMINAL
from sroi.projection import actuals, release
from sroi.projection.declaring import POUNDS, Declaring, ref_of, row_value
from sroi.projection.pricing import each_year, pounds_of
from sroi.projection.streams import money
from sroi.sheet import (
    ONE,
    PURE,
    TEXT,
    ZERO,
    Cell,
    Expression,
    Line,
    Unit,
    choose,
    first_filled,
    is_text,
    largest,
    one,
    smallest,
    sum_over_years,
)
from sroi.sheet.lines import Style

SHEET = "Value workings"


@dataclass(frozen=True)
class FlowLines:
    """One flow's lines. Where harms count as costs (method § 12) its years are parted into gains and harms."""

    part: Part
    value: Line
    gain: Line
    present_gain: Line
    harm: Line | None
    present_harm: Line | None
    cash_gain: Line | None
    cash_harm: Line | None


def declare(to: Declaring) -> tuple[FlowLines, ...]:
    """Declares every flow's lines (method § 5): £ in the base year's prices, by year, unless said.

    `<flow>.value_each`              £ per unit of the value: `amount × prices × (1+g)^t`
    `<flow>.freed`                   units of the value: `quantity × times`
    `<flow>.value`                   `freed × value_each`; of the other side of a transfer, the first side's negative
    `<flow>.present_value`           `value × benefit_factor`, of health itself at its own factor (§ 1)
    `<flow>.cash`                    what of it is released (`sroi.projection.release`), where some can be
    `<outcome>.total_present_value`  all of an outcome's flows but transfers, discounted
    `<outcome>.gain`                 one number: the sum of those over the years, 0 where it is a harm (§ 6)

    Where harms count as costs (§ 12) value and cash are each parted into gains and harms.
    """
    to.model.sheet(SHEET)
    made = _pools(to, [_mirror(to, flow) if flow.mirrors else _flow(to, flow) for flow in flows(to)])
    to.model.heading("Outcomes, all their values together")
    for outcome in to.case.outcomes:
        # as in public value: a transfer is nobody's gain (method § 5)
        own = [f for f in flows(to) if f.value.outcome == outcome.id and f.kind != "transfer"]
        worth = [to[f"{flow.id}.present_value"] for flow in own]
        to.model.sum(
            f"{outcome.id}.total_present_value",
            f"{to.said(outcome)}: value, discounted",
            POUNDS,
            worth,
            style="money",
            method="§ 5",
            total=True,
            yearly=True,
        )
    _gains(to)
    return made


def _gains(to: Declaring) -> None:
    """Every outcome's gain, and all of them: what shares of the benefits are shares of, so that harms stand aside."""
    gains = []
    for outcome in to.case.outcomes:
        worth = sum_over_years(to[f"{outcome.id}.total_present_value"])
        label = f"{to.said(outcome)}: value, discounted, if a gain"
        line = to.model.line(f"{outcome.id}.gain", label, POUNDS, largest(ZERO, worth), style="money", method="§ 6")
        gains.append(line)
    to.model.sum("public_value.gains", "All outcomes that gain, discounted", POUNDS, gains, style="money", method="§ 6")


def flows(to: Declaring) -> tuple[Part, ...]:
    """Every flow of the case, in the order of its values."""
    return tuple(part for value in to.case.values for part in to.case.parts(value))


def can_be_cash(to: Declaring, flow: Part) -> bool:
    """Only fiscal values and transfers of public sectors can be released as cash."""
    return flow.kind in ("fiscal", "transfer") and to.sector(flow.sector).ledger == "public"


def said_of(to: Declaring, flow: Part) -> str:
    """A flow's name for labels: the outcome, to whom, and of what kind."""
    outcome = to.said(to.outcome(flow.value.outcome))
    sector = to.said(to.sector(flow.sector))
    plain = flow.id == f"{flow.value.outcome}-{flow.sector}-{flow.kind}"
    return f"{outcome}, {sector}, {flow.kind}" + ("" if plain else f" ({flow.id})")


def _flow(to: Declaring, flow: Part) -> FlowLines:
    model, said, key = to.model, said_of(to, flow), flow.id
    model.heading(said)
    outcome = to.outcome(flow.value.outcome)
    unit = Unit.of(flow.unit_value.unit if flow.unit_value else outcome.unit)
    amount = _amount(to, flow, said, pounds_of(flow.price_year) / unit)
    quoted = None
    if flow.price_year != NOMINAL:
        quoted = _cell(to, flow, flow.unit_value or flow.value, "price_year", f"{said}: price year", TEXT,
                       blank=to["settings.price_base"], style="text")  # fmt: skip
    per_outcome = unit / Unit.of(outcome.unit)
    times = _cell(to, flow, flow.value, "times", f"{said}: units of the value per unit of the outcome", per_outcome,
                  blank=one(per_outcome))  # fmt: skip
    growth = _cell(to, flow, flow.value, "growth", f"{said}: real growth per year", PURE, style="share")
    counts = _counts(to, flow, said)
    past = None if flow.unit_value else actuals.known(to, flow.value, said, amount)
    amount = amount if past is None else actuals.used(to, flow.value, said, amount, past)
    each = each_year(to, key, "value", said, "worth of one", amount, quoted, growth, past)
    freed = model.line(
        f"{key}.freed",
        f"{said}: capacity freed" if can_be_cash(to, flow) else f"{said}: units",
        unit,
        to[f"{outcome.id}.quantity"] * times * counts,
        method="§ 5",
        total=True,
    )
    value = money(to, f"{key}.value", f"{said}: value", freed * each, "§ 5")
    factor = _factor(to, flow, said)
    present = money(to, f"{key}.present_value", f"{said}: value, discounted", value * factor, "§ 1")
    cash = None
    if can_be_cash(to, flow):
        label = f"{said}: share that can be released as cash"
        cashable = _cell(to, flow, flow.value, "cashable", label, PURE, style="share")
        if flow.value.pool is None:
            cash = release.declare(to, key, said, flow.value, unit, [freed], cashable, each)
    return _parted(to, flow, said, value, present, cash, factor)


def _pools(to: Declaring, made: Sequence[FlowLines]) -> tuple[FlowLines, ...]:
    """The cash of rows that release together, all of it on the first of them."""
    pools: dict[str, list[FlowLines]] = {}
    for lines in made:
        if lines.part.value.pool is not None and can_be_cash(to, lines.part) and not lines.part.mirrors:
            pools.setdefault(lines.part.value.pool, []).append(lines)
    found = {lines.part.id: lines for lines in made}
    for pool, members in pools.items():
        first = members[0].part
        said = f"{said_of(to, first)}, with its pool {pool}"
        to.model.heading(said)
        freed = [to[f"{lines.part.id}.freed"] for lines in members]
        cashable, each = to[f"{first.id}.cashable"], to[f"{first.id}.value_each"]
        unit = freed[0].unit or PURE
        cash = release.declare(to, first.id, said, first.value, unit, freed, cashable, each)
        gain, harm = _cash_parted(to, first, said, cash)
        found[first.id] = replace(members[0], cash_gain=gain, cash_harm=harm)
    return tuple(found.values())


def _mirror(to: Declaring, flow: Part) -> FlowLines:
    """The other side of a transfer: what one sector gains the other loses (method § 5)."""
    said = said_of(to, flow)
    to.model.heading(said)
    value = money(to, f"{flow.id}.value", f"{said}: value", -to[f"{flow.mirrors}.value"], "§ 5")
    factor = to["timeline.benefit_factor"]
    present = money(to, f"{flow.id}.present_value", f"{said}: value, discounted", value * factor, "§ 1")
    return _parted(to, flow, said, value, present, None, factor)


def _parted(
    to: Declaring, flow: Part, said: str, value: Line, present: Line, cash: Line | None, factor: Expression
) -> FlowLines:
    """The flow whole, or its gains and its harms apart where the case counts harms as costs (method § 12)."""
    cash_gain, cash_harm = _cash_parted(to, flow, said, cash)
    if to.case.settings.negative_benefits == "benefits":
        return FlowLines(flow, value, value, present, None, None, cash_gain, cash_harm)
    gains = money(to, f"{flow.id}.value_gain", f"{said}: value, gains", largest(ZERO, value), "§ 12")
    harms = money(to, f"{flow.id}.value_harm", f"{said}: value, harms", -smallest(ZERO, value), "§ 12")
    present_gain = money(to, f"{flow.id}.present_gain", f"{said}: gains, discounted", gains * factor, "§ 12")
    present_harm = money(to, f"{flow.id}.present_harm", f"{said}: harms, discounted", harms * factor, "§ 12")
    return FlowLines(flow, value, gains, present_gain, harms, present_harm, cash_gain, cash_harm)


def _cash_parted(to: Declaring, flow: Part, said: str, cash: Line | None) -> tuple[Line | None, Line | None]:
    """Cash released, and cash lost to harms where the case counts those as costs."""
    if cash is None or to.case.settings.negative_benefits == "benefits":
        return cash, None
    gain = money(to, f"{flow.id}.cash_gain", f"{said}: cash, gains", largest(ZERO, cash), "§ 12")
    harm = money(to, f"{flow.id}.cash_harm", f"{said}: cash, harms", -smallest(ZERO, cash), "§ 12")
    return gain, harm


def _amount(to: Declaring, flow: Part, said: str, unit: Unit) -> Line:
    """The amount: the row's own, which may vary by year, or the library's unit value."""
    label = f"{said}: amount"
    if flow.unit_value is None:
        return to.profiled(flow.value, "amount", label, unit, style="money")
    return _cell(to, flow, flow.unit_value, "amount", label, unit, style="money")


def _cell(
    to: Declaring,
    flow: Part,
    row: Row,
    fieldname: str,
    label: str,
    unit: Unit,
    *,
    blank: Expression | str | None = None,
    style: Style = "number",
) -> Line:
    """One cell of the flow's row, or of its unit value; parts of one event share cells, so each has its own line."""
    held = row_value(row, fieldname)
    said = {True: "yes", False: "no"}[held] if isinstance(held, bool) else held
    cell = Cell(ref_of(row, fieldname), said if isinstance(said, str | None) else float(str(said)), unit)
    formula = cell if blank is None else first_filled(cell, blank)
    return to.model.line(f"{flow.id}.{fieldname}", label, unit, formula, style=style)


def _counts(to: Declaring, flow: Part, said: str) -> Line:
    cell = Cell(ref_of(flow.value, "counts"), "yes" if flow.value.counts else "no", TEXT)
    formula = choose(is_text(cell, "no"), ZERO, ONE)
    return to.model.line(f"{flow.id}.counts", f"{said}: counts", PURE, formula, style="flag")


def _factor(to: Declaring, flow: Part, said: str) -> Expression:
    """Health itself has its own discount schedule; only a social value can be health (method § 1)."""
    if flow.kind != "social":
        return to["timeline.benefit_factor"]
    library_says: Expression | str = "no"
    if flow.unit_value is not None:
        # a blank in a library row means what the shipped row says, to the workbook as to the reader
        shipped = next((u for u in to.case.shipped if u.id == flow.unit_value.id), None)
        blank = "yes" if shipped is not None and shipped.health_effect else "no"
        cell = Cell(ref_of(flow.unit_value, "health_effect"), "yes" if flow.unit_value.health_effect else "no", TEXT)
        library_says = to.model.line(
            f"{flow.id}.library_health",
            f"{said}: the library's word on whether it is health itself",
            TEXT,
            first_filled(cell, blank),
            style="text",
        )
    health = _cell(
        to, flow, flow.value, "health_effect", f"{said}: is health itself", TEXT, blank=library_says, style="text"
    )
    return to.model.line(
        f"{flow.id}.factor",
        f"{said}: discount factor",
        PURE,
        choose(is_text(health, "yes"), to["timeline.health_benefit_factor"], to["timeline.benefit_factor"]),
        style="factor",
        method="§ 1",
    )
