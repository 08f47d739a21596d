"""Whether the engine and the oracle agree on the financial case: budgets, side payments, payers, outturn, failure.

The rows and measures that `agreement.py` compares beside those of the views.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sroi.projection import Result
from tests.projection.comparison import Found, Measure, Row, largest

BUDGET = {"pays": "pays", "saves": "saves", "cash_released": "has_released", "net": "saves_less_pays"}
SPLIT = ("capital", "revenue", "one_off", "recurring")
OUTTURN = {"costs": "budget.costs", "benefits": "budget.benefits"}


def _row(result: Result, line: str, oracle: Sequence[float], size: float) -> Row:
    return Row(line, result.evaluation.row(line).tolist(), list(oracle), size)


def financial_rows(result: Result, oracle: Found, size: float) -> Iterator[Row]:
    """The yearly rows; `size` is the largest sum that is added up in them."""
    for sector, found in oracle["budgets"].items():
        for key, line in BUDGET.items():
            yield _row(result, f"{sector}.{line}", found[key], size)
    for part in SPLIT:
        yield _row(result, f"budget.{part}", oracle["split"][part], size)
    if "budget.old_released" in result.declared.model.lines:
        yield _row(result, "budget.old_released", oracle["old_released"], size)
    else:
        yield Row("budget.old_released", [], [] if not any(oracle["old_released"]) else oracle["old_released"], size)
    failing = max([largest(row) for row in oracle["failure"].values()], default=0.0)
    for sector, found in oracle["failure"].items():
        yield _row(result, f"{sector}.failure", found, failing)
    yield from _outturn_rows(result, oracle, size)


def _outturn_rows(result: Result, oracle: Found, size: float) -> Iterator[Row]:
    budget = oracle["views"]["budget"]
    for key, line in (*OUTTURN.items(), ("cash", "cashable.benefits")):
        there = budget[f"outturn_{key}"]
        mine = getattr(result.outturn, key)
        if there is None or mine is None:
            # one of them alone is a difference: an empty row against a filled one
            yield Row(f"{line}_outturn", list(mine or []), list(there or []), 1.0)
        else:
            larger = max([abs(x) for x in result.evaluation.row("timeline.outturn")], default=1.0)
            yield _row(result, f"{line}_outturn", there, size * larger)
    yield from _parts_outturn(result, oracle, size)


def _parts_outturn(result: Result, oracle: Found, size: float) -> Iterator[Row]:
    """The parts of the cash costs, and what is saved less what is paid."""
    prices = oracle["outturn"]
    if prices is None:
        return  # the rows above say whether there are any
    larger = max(abs(x) for x in prices)
    budget = oracle["views"]["budget"]
    rows = {f"budget.{part}": oracle["split"][part] for part in SPLIT}
    rows["budget.yearly_net"] = [b - c for b, c in zip(budget["benefits"], budget["costs"], strict=True)]
    cash = oracle["views"]["cashable"]
    rows["cashable.yearly_net"] = [b - c for b, c in zip(cash["benefits"], cash["costs"], strict=True)]
    if "budget.old_released" in result.declared.model.lines:
        rows["budget.old_released"] = oracle["old_released"]
    for line, real in rows.items():
        yield _row(result, f"{line}_outturn", [a * b for a, b in zip(real, prices, strict=True)], size * larger)


def financial_measures(result: Result, oracle: Found, size: float) -> Iterator[Measure]:
    """The single numbers; `size` is what is added up over the years."""
    for sector, found in oracle["freed"].items():
        for name, there in found.items():
            yield Measure(f"{sector}.pv_{name}", result.evaluation.number(f"{sector}.pv_{name}"), there, size)
    all_freed = oracle["views"]["budget"]["pv_benefits"] - oracle["views"]["cashable"]["pv_benefits"]
    yield Measure("budget.pv_freed", result.evaluation.number("budget.pv_freed"), all_freed, size)
    for view, found in oracle["side_payments"].items():
        yield from _side_payments(result, view, found, size)
    assert set(result.payers) == set(oracle["payers"])
    for payer, found in oracle["payers"].items():
        yield from _payer(result, payer, found, size)
    for view, mine in result.views.items():
        there = (oracle["beyond_horizon"] or {}).get(view, {"benefits": None, "costs": None})
        for what in ("benefits", "costs"):
            # beyond the horizon a sum may be larger than any year of the case
            own = max(size * 50, abs(there[what] or 0.0))
            yield Measure(f"{view}.beyond.{what}", getattr(mine.beyond_horizon, what), there[what], own)
    yield from _failure(result, oracle)
    reduced = oracle["reduced"]
    assert (result.reduced is None) == (reduced is None)
    if reduced is not None and result.reduced is not None:
        for what in ("pv_costs", "pv_benefits", "npv"):
            yield Measure(f"reduced.{what}", getattr(result.reduced, what), reduced[what], size)
        sharp = 1.0 + abs(reduced["bcr"] or 0.0) * (1.0 + size / max(abs(reduced["pv_costs"]), 1e-300))
        yield Measure("reduced.bcr", result.reduced.bcr, reduced["bcr"], sharp)
    yield from _weighted(result, oracle["weighted"], size)


def _failure(result: Result, oracle: Found) -> Iterator[Measure]:
    """What failure costs by sector, in all and in the first full year; transfers cancel, so its rows give the size."""
    sums, held = oracle["failure_sums"], result.evaluation
    size = sum(abs(x) for name in held.values if name.endswith(".failure") for x in held.row(name))
    yield Measure("timeline.first_full_year", held.number("timeline.first_full_year"), sums["full_year"], 1.0)
    for name, found in (("pv_failure", sums["pv"]), ("failure_full_year", sums["in_full_year"])):
        for sector, there in found.items():
            yield Measure(f"{sector}.{name}", held.number(f"{sector}.{name}"), there, size)


def _weighted(result: Result, found: Found | None, size: float) -> Iterator[Measure]:
    mine = result.weighted
    assert (mine is None) == (found is None)
    if found is None or mine is None:
        return
    weights = [weight or 0.0 for weight in found["weights"].values()]
    for group, weight in found["weights"].items():
        yield Measure(f"{group}.weight", mine.weights[group], weight, 1.0)
    larger = size * max(1.0, *weights)
    for what in ("pv_costs", "pv_benefits", "npv"):
        yield Measure(f"public_value.weighted_{what}", getattr(mine, what), found[what], larger)
    sharp = 1.0 + abs(found["bcr"] or 0.0) * (1.0 + larger / max(abs(found["pv_costs"] or 0.0), 1e-300))
    yield Measure("public_value.weighted_bcr", mine.bcr, found["bcr"], sharp)


def _side_payments(result: Result, view: str, found: Found, size: float) -> Iterator[Measure]:
    mine = result.side_payments[view]
    for what in ("gap", "surplus", "short"):
        yield Measure(f"{view}.{what}", getattr(mine, what), found[what], size)
    if abs(found["gap"] - found["surplus"]) <= 1e-9 * size or found["gap"] <= 1e-9 * (found["gap"] + found["surplus"]):
        return  # on the edge, or a gap of rounding: either answer is right
    for sector in found["pays"]:
        yield Measure(f"{sector}.{view}_loses", sector in mine.losers, sector in found["losers"], 1.0)
    for what in ("pays", "receives"):
        for sector, amount in found[what].items():
            yield Measure(f"{sector}.{view}_{what}", getattr(mine, what)[sector], amount, size)


def _payer(result: Result, payer: str, found: Found, size: float) -> Iterator[Measure]:
    mine = result.payers[payer]
    yield Measure(f"{payer}.funding.peak", mine.peak_funding, found["peak_funding"], size)
    for what, line in (("payback_years", "in_budget"), ("cash_payback_years", "funding")):
        # below nothing by the letter of § 6 where harms are made good before the first cost, as in `agreement.py`
        there = found[what] if found[what] is None else max(0.0, found[what])
        yield Measure(f"{payer}.{line}.payback", getattr(mine, what), there, result.evaluation.years)
    there = found["peak_funding_outturn"]
    yield Measure(f"{payer}.funding_outturn.peak", mine.peak_funding_outturn, there, size * 10)
    last = None if mine.last_payment is None else result.years.index(mine.last_payment)
    yield Measure(f"{payer}.last_paid", last, found["last_payment"], 1.0)
    for what, line in (("cost_changes", "change"), ("net", "net")):
        held = getattr(mine, what)
        for sector in sorted({*held, *found[what]}):
            yield Measure(f"{payer}.after.{sector}.{line}", held.get(sector), found[what].get(sector), size)
