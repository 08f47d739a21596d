"""What asks for judgement: sentences for `warnings`, never a failure (method § 6, *Checks*)."""

from __future__ import annotations

from sroi.model import Case, Cost, Outcome, currency
from sroi.model.price_index import PriceIndex
from sroi.model.resolve import is_lost_tax
from sroi.model.settings import LONG
from sroi.sheet import Evaluation

DOMINANT = 0.5
"""A row with more than this share of the benefits decides the answer."""


def warnings_of(case: Case, evaluation: Evaluation) -> tuple[str, ...]:
    """Every warning that the central case raises, as a sentence."""
    return tuple(sentence for rule in RULES if (sentence := rule(case, evaluation)) is not None)


def _percent(share: float) -> str:
    """A share in words that neither claim all nor none where there is some left."""
    if 0.995 <= share < 1:  # would round to 100 %
        return "over 99%"
    return f"{share:.0%}"


def _same_timing(case: Case, evaluation: Evaluation) -> str | None:
    """Equal timings with benefits already in year 0 (method § 1)."""
    settings = case.settings
    if settings.cost_timing != settings.benefit_timing or evaluation.row("public_value.benefits")[0] <= 0:
        return None
    money = currency.name(settings.currency)
    return (
        f"Costs and benefits both fall at the {settings.cost_timing} of the year, and there are benefits in the first: "
        f"the first {money} is paid and repaid on one day. Set benefit_timing to end if effects follow costs."
    )


def _gains(case: Case, evaluation: Evaluation) -> dict[str, float]:
    """Present value of every outcome that is a gain, by id: shares of the whole, harms aside."""
    worth = {o.id: evaluation.number(f"{o.id}.gain") for o in case.outcomes}
    return {name: value for name, value in worth.items() if value > 0}


def _dominance(case: Case, evaluation: Evaluation) -> str | None:
    """One outcome with more than half of the benefits decides the answer."""
    worth = _gains(case, evaluation)
    if len(worth) < 2:  # one outcome alone decides by nature
        return None
    most = max(worth, key=lambda name: worth[name])
    share = worth[most] / sum(worth.values())
    if share <= DOMINANT:
        return None
    name = next(o.name for o in case.outcomes if o.id == most)
    return f'One outcome, "{name}", is {_percent(share)} of the benefits: the answer rests on it.'


def _observed(case: Case, evaluation: Evaluation) -> str | None:
    """A result that rests on observed change is change, not effect (method § 4, evidence)."""
    worth = _gains(case, evaluation)
    observed = sum(worth.get(o.id, 0.0) for o in case.outcomes if o.status == "observed")
    if observed <= 0:
        return None
    share = _percent(observed / sum(worth.values()))
    return (
        f"{share[0].upper()}{share[1:]} of the benefits rest on change that was observed, "
        "not on a comparison group: change, not effect."
    )


def _beside_comparison(case: Case, _: Evaluation) -> str | None:
    """An effect from a comparison group already contains deadweight and regression: either beside it (method § 4)."""
    rows = [o.name for o in case.outcomes if o.status == "attributed" and (o.deadweight or o.regression_to_mean)]
    if not rows:
        return None
    return (
        f"{_list(rows)}: the effect comes from a comparison group, which already contains deadweight and regression "
        "to the mean; stated beside it, they are taken off twice."
    )


def _unsourced(case: Case, _: Evaluation) -> str | None:
    """Rows that count and name no source."""
    counted: list[Cost | Outcome] = [*case.costs, *case.outcomes]
    rows = [row.name for row in counted if row.counts and not row.source]
    return f"No source is given for {_list(rows)}." if rows else None


def _long(case: Case, _: Evaluation) -> str | None:
    """A horizon beyond 50 years."""
    if case.settings.years <= LONG:
        return None
    return (
        f"The case runs {case.settings.years} years: little is known of what lasts beyond {LONG}. Public value on the "
        "reduced discount schedule is given beside the result."
    )


def _inflation(case: Case, _: Evaluation) -> str | None:
    """The index of prices is extended by an assumption (method § 1)."""
    rate = case.settings.later_inflation
    if rate is None:
        return None
    return (
        f"Prices after {PriceIndex.of(case.tables).last}, the last calendar year in the index, rest on later_inflation "
        f"of {rate:.1%} a year: an assumption of this case, not a published index."
    )


def _cut_profiles(case: Case, _: Evaluation) -> str | None:
    """Numbers by year outside the years in which their row runs: they count for nothing."""
    spans = {g.at("referrals"): (g.from_, g.to) for g in case.groups}
    spans |= {c.at("amount"): case.span(c) for c in case.costs}
    rows = []
    for profile in case.profiles:
        first, last = spans.get(profile.ref, (0, 9999))
        if any(number and not first <= year <= last for year, number in profile.years):
            rows.append(profile.ref)
    return f"{_list(rows)}: numbers for years outside From and To count for nothing." if rows else None


def _unweighted(case: Case, _: Evaluation) -> str | None:
    """Incomes are stated, but nothing to weigh them against (method § 9)."""
    if case.settings.reference_income is not None or all(group.income is None for group in case.groups):
        return None
    return "Incomes are stated without a reference income: nothing is weighted by them. State reference_income."


def _as_it_stands(case: Case, _: Evaluation) -> str | None:
    """The case has options or scenarios, and this result is of none of them (method § 7)."""
    held = [f"{kind} {_list(list(named))}" for kind, named in
            (("the options", case.option_names), ("the scenarios", case.scenario_names)) if named]  # fmt: skip
    if not held:
        return None
    return f"The case has {' and '.join(held)}: these are the numbers of the case as it stands, in none of them."


def _earnings(case: Case, _: Evaluation) -> str | None:
    """Economic value beside the library's lost tax, where no row says if earnings are net or gross (method § 5)."""
    rows = [outcome.name for outcome in case.outcomes if outcome.counts and _untold(case, outcome)]
    if not rows:
        return None
    return (
        f"{_list(rows)}: economic value counts beside lost tax, and no row says whether earnings are net of it "
        "or gross. If they are gross, tax is counted twice: state Earnings in Values."
    )


def _untold(case: Case, outcome: Outcome) -> bool:
    """Whether an outcome counts economic value and lost tax, and states the treatment of earnings nowhere."""
    rows = [value for value in case.values if value.outcome == outcome.id and value.counts]
    found = [part for value in rows for part in case.parts(value)]
    told = any(value.earnings != "no" for value in rows)
    return not told and any(part.kind == "economic" for part in found) and any(map(is_lost_tax, found))


def _list(names: list[str]) -> str:
    """A few names, and how many more."""
    shown = ", ".join(names[:FEW])
    return shown if len(names) <= FEW else f"{shown} and {len(names) - FEW} more"


FEW = 3
RULES = (
    *(_same_timing, _dominance, _observed, _beside_comparison, _unsourced, _long, _inflation),
    *(_cut_profiles, _unweighted, _as_it_stands, _earnings),
)
"""Every rule: a sentence, or nothing."""
