"""What asks for judgement: sentences for `warnings`, never a failure (method § 6, *Checks*)."""

from __future__ import annotations

from sroi.model import Case
from sroi.sheet import Evaluation

DOMINANT = 0.5
"""A row with more than this share of the benefits decides the answer."""


def warnings_of(case: Case, evaluation: Evaluation) -> tuple[str, ...]:
    """Every warning that the central case raises, as a sentence."""
    return tuple(
        sentence for rule in (_same_timing, _dominance, _observed) if (sentence := rule(case, evaluation)) is not None
    )


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
    return (
        f"Costs and benefits both fall at the {settings.cost_timing} of the year, and there are benefits in the first: "
        "the first pound is paid and repaid on one day. Set benefit_timing to end if effects follow costs."
    )


def _gains(case: Case, evaluation: Evaluation) -> dict[str, float]:
    """Present value of every outcome that is a gain, by id: shares of the whole, harms aside."""
    worth = {o.id: float(evaluation.row(f"{o.id}.total_present_value").sum()) for o in case.outcomes}
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
    return (
        f"{_percent(observed / sum(worth.values()))} of the benefits rest on change that was observed, "
        "not on a comparison group: change, not effect."
    )
