"""Views: the same flows from different places, each naming the costs and benefits that count (method § 6).

=================  =========================================  ==============================================
view               costs                                      values
=================  =========================================  ==============================================
`public_value`     all, cash and in kind, and the tax charge  fiscal, economic and social
`budget`           cash of public sectors                     fiscal and transfers of public sectors
`cashable`         cash of public sectors                     the cash released of those
each sector        its own and its parts', cash and in kind   its own and its parts', transfers included
=================  =========================================  ==============================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sroi.model import currency
from sroi.projection.declaring import POUNDS, TOLERANCE, Declaring
from sroi.projection.measures import ViewLines, measures
from sroi.projection.sectors import SectorLines
from sroi.projection.streams import Stream, Timing, add, discounted, money, nil
from sroi.sheet import ABSENT, PURE, Expression, Line, choose, highest, largest, lowest, sum_over_years

SHEET = "Measures"
VIEWS = {
    "public_value": "Public value (economic case)",
    "budget": "Public budgets (financial case)",
    "cashable": "Cash released to public budgets",
}
"""The views that add sectors up; each sector is a view of its own besides."""


@dataclass(frozen=True)
class Sides:
    """The streams that a view counts as costs and as benefits, each keeping its own timing."""

    costs: tuple[Stream, ...]
    benefits: tuple[Stream, ...]


def held(*streams: Stream | None) -> tuple[Stream, ...]:
    """The streams that there are."""
    return tuple(stream for stream in streams if stream is not None)


def declare(to: Declaring, sectors: Sequence[SectorLines]) -> tuple[tuple[ViewLines, ...], tuple[Stream, ...]]:
    """Declares the three views and one for each sector (method § 6), and returns them with the tax charge (§ 12).

    `<view>.costs`, `<view>.benefits`  £ in base-year prices by year: the streams that the view counts, added
    `<view>.pv_costs`, `<view>.npv`    £, one number each: what `sroi.projection.measures` makes of them; also
                                       `<view>.pv_benefits`, `<view>.bcr` and `<view>.payback`
    `<view>.tax_on_costs`              £ by year: `tax_deadweight × public cash cost`, at the timing of costs
    `<view>.tax_on_values`             £ by year: `-tax_deadweight × public fiscal and transfer values`, at the other
    `<view>.mvpf`                      a ratio, of public value alone: what people and society gain, less what they pay,
                                       per £1 of net public cost; not applicable where that is nil or less
    `<sector>.pv_cashable`             £, one number: the cash released to a sector and its parts, discounted
    `<outcome>.cost_per_outcome`       £ per unit, one number: `public_value.pv_costs ÷ Σ quantity`
    """
    to.model.sheet(SHEET)
    public = [s for s in sectors if s.sector.ledger == "public"]
    to.model.heading("Tax charge")
    tax = _tax_charge(to, public)
    sides = {
        "public_value": _public_value(sectors, tax),
        "budget": budget_sides(public),
        "cashable": cashable_sides(public),
    }
    found = []
    for view, said in VIEWS.items():
        to.model.heading(said)
        found.append(measures(to, view, said, sides[view].costs, sides[view].benefits, both_paybacks=True))
    own = [_own(to, s, sectors) for s in sectors]
    _public_funds(to, sectors)
    _per_outcome(to)
    return (*found, *own), tax


def _public_funds(to: Declaring, sectors: Sequence[SectorLines]) -> None:
    """Marginal value of public funds: what others gain, less what they pay, per £1 of net public cash cost (§ 6)."""
    model = to.model
    model.heading("Marginal value of public funds")
    others = [s for s in sectors if s.sector.ledger != "public"]
    gained = _each(others, "values", "transfers", "released_in_cash", "released_in_kind")
    paid = _each(others, "cash_costs", "costs_in_kind", "harms", "transfer_harms")
    nil(to, "public_value.not_public", "People and society", [*gained, *paid])
    gains = add(to, "public_value.others_gain", "People and society gain, discounted", [s.discounted for s in gained])
    costs = add(to, "public_value.others_pay", "People and society pay, discounted", [s.discounted for s in paid])

    def measure(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"public_value.{name}", label, POUNDS, formula, style="money", method="§ 6")

    above = measure("others_net", "People and society, net", sum_over_years(gains) - sum_over_years(costs))
    code = to.case.settings.currency
    below = measure(
        "net_public_cost", "Net cost to public budgets", model["budget.pv_costs"] - model["budget.pv_benefits"]
    )
    model.line(
        "public_value.mvpf",
        "Marginal value of public funds",
        PURE,
        choose(model["budget.nil"] < below, above / below, ABSENT),
        style="factor",
        method="§ 6",
        unit_said=f"{currency.symbol(code)} per {currency.one(code)}",
    )


def _per_outcome(to: Declaring) -> None:
    """Cost per outcome: present value of all costs over the undiscounted quantity within the horizon (§ 6)."""
    model = to.model
    model.heading("Cost per outcome: all costs, set against each outcome alone")
    for outcome in to.case.outcomes:
        said, quantity = to.said(outcome), model[f"{outcome.id}.quantity"]
        count = model.line(
            f"{outcome.id}.count", f"{said}: quantity in all", quantity.unit or PURE, sum_over_years(quantity),
            method="§ 6",
        )  # fmt: skip
        size = model.line(
            f"{outcome.id}.count_nil", f"{said}: below this its quantity counts as nil", quantity.unit or PURE,
            to.constant(TOLERANCE) * largest(highest(quantity), -lowest(quantity)), style="factor", method="§ 6",
        )  # fmt: skip
        model.line(
            f"{outcome.id}.cost_per_outcome", f"{said}: cost per {outcome.unit}", POUNDS / (quantity.unit or PURE),
            choose(size < count, model["public_value.pv_costs"] / count, ABSENT), style="money", method="§ 6",
        )  # fmt: skip


def _each(sectors: Iterable[SectorLines], *names: str) -> tuple[Stream, ...]:
    """The streams of those names, sector by sector."""
    return held(*(getattr(sector, name) for name in names for sector in sectors))


def _public_value(sectors: Sequence[SectorLines], tax: Sequence[Stream]) -> Sides:
    costs = _each(sectors, "cash_costs", "costs_in_kind", "harms")
    benefits = _each(sectors, "values", "released_in_cash", "released_in_kind")
    return Sides((*costs, *tax), benefits)


def _tax_charge(to: Declaring, public: Sequence[SectorLines]) -> tuple[Stream, Stream]:
    """`tax_deadweight × (public cash cost − public fiscal and transfer values)`, each part at its own timing (§ 12).

    An old service released lowers the public cash cost here whichever way the case counts it.
    """
    code = to.case.settings.currency
    one = f"a {currency.name(code)}" if code in currency.NAMES else currency.one(code)
    rate = to.share(to.case.settings, "tax_deadweight", f"Tax charge: cost of raising {one} of tax")
    paid = add(to, "public_value.taxed_costs", "Cash paid by public sectors", [s.cash_costs.flow for s in public])
    released = _each(public, "released_in_cash")
    if released:
        off = add(
            to, "public_value.taxed_releases", "Old services released to public sectors", [s.flow for s in released]
        )
        paid = money(
            to, "public_value.taxed_net_costs", "Cash paid by public sectors, less what is released", paid - off
        )
    gains = add(
        to,
        "public_value.taxed_values",
        "Values and transfers to public sectors",
        [s.flow for s in _each(public, "values", "transfers")],
    )
    harms = _each(public, "harms", "transfer_harms")
    if harms:
        lost = add(to, "public_value.taxed_harms", "Harms to public sectors", [s.flow for s in harms])
        gains = money(to, "public_value.taxed_net_values", "Values to public sectors, less harms", gains - lost)
    on_costs = money(to, "public_value.tax_on_costs", "Tax charge on what is paid", rate * paid, "§ 12")
    on_values = money(
        to, "public_value.tax_on_values", "Tax charge on what public sectors save", -(rate * gains), "§ 12"
    )
    parts = [*_each(public, "cash_costs"), *released], [*_each(public, "values", "transfers"), *harms]

    def charged(name: str, label: str, flow: Line, timing: Timing, taxed: Sequence[Stream]) -> Stream:
        sizes = to.model.sum(f"public_value.{name}_sizes", f"{label}: the rows taxed, together", POUNDS,
                             [s.size for s in taxed], style="money", method="§ 6")  # fmt: skip
        size = to.model.line(f"public_value.{name}_size", f"{label}: the largest year of every row, together", POUNDS,
                             rate * sizes, style="money", method="§ 6")  # fmt: skip
        present = discounted(to, f"public_value.discounted_{name}", f"{label}, discounted", flow, timing)
        return Stream(flow, present, timing, size)

    return (
        charged("tax_on_costs", "Tax charge on what is paid", on_costs, "cost", parts[0]),
        charged("tax_on_values", "Tax charge on what is saved", on_values, "benefit", parts[1]),
    )


def budget_sides(public: Sequence[SectorLines]) -> Sides:
    """Cash costs, fiscal values and transfers of public sectors."""
    return Sides(
        _each(public, "cash_costs", "harms", "transfer_harms"),
        _each(public, "values", "transfers", "released_in_cash"),
    )


def cashable_sides(public: Sequence[SectorLines]) -> Sides:
    """Cash costs of public sectors, and the cash released of their values."""
    return Sides(_each(public, "cash_costs", "cash_harms"), _each(public, "cash", "released_in_cash"))


def _own(to: Declaring, lines: SectorLines, sectors: Sequence[SectorLines]) -> ViewLines:
    """A sector's own flows with those of its parts."""
    said, key = to.said(lines.sector), lines.sector.id
    to.model.heading(said)
    family = [s for s in sectors if key in ancestry(s, sectors)]
    # only public sectors have cash to release (method § 5)
    public = [s for s in family if s.sector.ledger == "public"]
    cash = [s.discounted for s in _each(public, "cash", "released_in_cash")]
    released = add(to, f"{key}.all_cash", f"{said}: all cash released, discounted", cash)
    to.model.line(
        f"{key}.pv_cashable",
        f"{said}: present value of cash released",
        POUNDS,
        sum_over_years(released),
        style="money",
        method="§ 6",
    )
    costs = _each(family, "cash_costs", "costs_in_kind", "harms", "transfer_harms")
    benefits = _each(family, "values", "transfers", "released_in_cash", "released_in_kind")
    return measures(to, key, said, costs, benefits, both_paybacks=False)


def ancestry(lines: SectorLines, sectors: Sequence[SectorLines]) -> tuple[str, ...]:
    """The sector's id and those of the sectors it is part of, nearest first."""
    parents = {s.sector.id: s.sector.part_of for s in sectors}
    found: list[str] = []
    at: str | None = lines.sector.id
    while at is not None and at not in found:
        found.append(at)
        at = parents[at]
    return tuple(found)
