"""What asks for judgement, in sentences: what was found, with its figures (method § 6, *Checks*).

One small function per check of `sroi.projection.checklist` that warns. What is tested, and what to do, is said there;
what nothing in the case uses is found in `sroi.projection.unused`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from sroi.model import Case, Cost, Outcome, Value, currency
from sroi.model.percent import whole_percent as percent
from sroi.model.price_index import PriceIndex
from sroi.model.resolve import is_lost_tax
from sroi.model.settings import LONG
from sroi.projection import actual_warnings, claims, unused
from sroi.projection.unused import listed, said_of
from sroi.sheet import Evaluation


@dataclass(frozen=True)
class Finding:
    """What was found: a number, mostly of rows at fault, and its sentence; empty where the check does not fire."""

    number: float
    said: str = ""


Rule = Callable[[Case, Evaluation], Finding]


def _rows(names: Sequence[str], said: str) -> Finding:
    """So many rows, and a sentence in which `{}` stands for their names."""
    return Finding(len(names), said.format(listed(names)) if names else "")


def _counting(case: Case) -> list[Outcome]:
    return [outcome for outcome in case.outcomes if outcome.counts]


def _valued(case: Case) -> list[Value]:
    """Rows of values that count, of outcomes that do."""
    counting = {outcome.id for outcome in _counting(case)}
    return [value for value in case.values if value.counts and value.outcome in counting]


# ---------------------------------------------------------------- Those that are lines: `sroi.projection.judgement`


def _dominance(case: Case, evaluation: Evaluation) -> Finding:
    """One outcome with more than half of the benefits decides the answer."""
    shares = {o.id: evaluation.number(f"checks.decides.{o.id}.share") for o in case.outcomes}
    most = max(case.outcomes, key=lambda outcome: shares[outcome.id])
    share = shares[most.id]
    harm = evaluation.number(f"{most.id}.gain") == 0
    what = f"takes as much as {percent(share)}" if harm else f"is {percent(share)}"
    return Finding(share, f'One outcome, "{most.name}", {what} of the benefits: the answer rests on it.')


def _one_day(case: Case, evaluation: Evaluation) -> Finding:
    """Equal timings with benefits already in year 0 (method § 1)."""
    settings = case.settings
    money = currency.name(settings.currency)
    return Finding(
        float(evaluation.row("public_value.benefits")[0]),
        f"Costs and benefits both fall at the {settings.cost_timing} of the year, and there are benefits in the first: "
        f"the first {money} is paid and repaid on one day.",
    )


def _observed(_: Case, evaluation: Evaluation) -> Finding:
    """A result that rests on observed change is change, not effect (method § 4, evidence)."""
    found = evaluation.number("checks.observed-change.found")
    share = percent(found)
    return Finding(
        found,
        f"{share[0].upper()}{share[1:]} of the benefits rest on change that was observed, "
        "not on a comparison group: change, not effect.",
    )


def _comparison(case: Case, _: Evaluation) -> Finding:
    """An effect from a comparison group already contains deadweight and regression: either beside it (method § 4)."""
    rows = [
        o for o in _counting(case) if case.basis(o).status == "attributed" and (o.deadweight or o.regression_to_mean)
    ]
    said = (
        "{}: the effect comes from a comparison group, which already contains deadweight and regression to the mean; "
        "stated beside it, they are taken off twice."
    )
    return _rows([outcome.name for outcome in rows], said)


def _followed_up(case: Case, _: Evaluation) -> Finding:
    """An effect taken to last longer than anybody looked (method § 4)."""
    rows = [
        f"{o.name} ({_years(o.duration)}, followed for {_years(o.followed_up)})"
        for o in _counting(case)
        if o.followed_up is not None and o.followed_up < o.duration
    ]
    return _rows(rows, "Effects are taken to last longer than they were followed up: {}.")


def _not_followed(case: Case, _: Evaluation) -> Finding:
    """An effect that was seen, and lasts, without a word on how long anybody looked (method § 4)."""
    rows = [
        f"{o.name} ({_years(o.duration)}, {case.basis(o).status})"
        for o in _counting(case)
        if o.followed_up is None and o.duration > 1 and case.basis(o).status in ("observed", "attributed")
    ]
    return _rows(rows, "Effects that were seen are taken to last, and nothing says how long they were followed up: {}.")


def _years(number: float) -> str:
    return f"{number:g} year{'' if number == 1 else 's'}"


# ---------------------------------------------------------------- As of the run


def _sources(case: Case, _: Evaluation) -> Finding:
    """Rows that count and name no source; a value that the library brings has the library's."""
    counted: list[Cost | Outcome] = [*(cost for cost in case.costs if cost.counts), *_counting(case)]
    rows = [row.name for row in counted if not case.basis(row).source]
    rows += [said_of(case, value) for value in _valued(case) if not value.source and not _brought(case, value)]
    return _rows(rows, "No source is given for {}.")


def _brought(case: Case, value: Value) -> bool:
    """Whether every sum of the row is a unit value with a source of its own."""
    return all(part.unit_value is not None and part.unit_value.source for part in case.parts(value))


def _gross_tax(case: Case, _: Evaluation) -> Finding:
    """Gross earnings beside a fiscal value, and no transfer that is their tax: it may be counted again (method § 5)."""
    rows = [o.name for o in _counting(case) if _fiscal_beside_gross(_own(case, o), case)]
    said = "{}: gross earnings count beside a fiscal value. If that is the tax on them, it is counted twice."
    return _rows(rows, said)


def _own(case: Case, outcome: Outcome) -> list[Value]:
    return [value for value in _valued(case) if value.outcome == outcome.id]


def _fiscal_beside_gross(rows: Sequence[Value], case: Case) -> bool:
    gross = {part.kind for v in rows if v.earnings == "gross" for part in case.parts(v)}
    beside = any(part.kind == "fiscal" for v in rows if v.earnings == "no" for part in case.parts(v))
    return "economic" in gross and "transfer" not in gross and beside


def _earnings(case: Case, _: Evaluation) -> Finding:
    """Economic value beside the library's lost tax, where no row says if earnings are net or gross (method § 5)."""
    rows = [o.name for o in _counting(case) if _untold(_own(case, o), case)]
    said = (
        "{}: economic value counts beside lost tax, and no row says whether earnings are net of it or gross. "
        "If they are gross, tax is counted twice."
    )
    return _rows(rows, said)


def _untold(rows: Sequence[Value], case: Case) -> bool:
    """Whether economic value and lost tax count, and the treatment of earnings is stated nowhere."""
    found = [part for value in rows for part in case.parts(value)]
    told = any(value.earnings != "no" for value in rows)
    return not told and any(part.kind == "economic" for part in found) and any(map(is_lost_tax, found))


def _alternatives(case: Case, _: Evaluation) -> Finding:
    """Library values of one sector and unit, each taken whole: they may price one thing twice (method § 5)."""
    rows = [o.name for o in _counting(case) if _priced_twice(_own(case, o), case)]
    return _rows(rows, "{}: library values of one sector and unit are added, and may price the same thing.")


def _priced_twice(rows: Sequence[Value], case: Case) -> bool:
    """Whether two rows take such values once or more. Parts of one event are of several sectors of the library, and so
    no alternatives; nor are rows for two sectors of the case, or with a share in `times`."""
    taken = [
        {(p.sector, u.sector, u.unit) for p in case.parts(v) if (u := p.unit_value) and p.times >= 1} for v in rows
    ]
    return any(one & other for one, other in combinations(taken, 2))


def _horizon(case: Case, _: Evaluation) -> Finding:
    """A horizon beyond 50 years."""
    years = case.settings.years
    said = f"The case runs {years} years: little is known of what lasts beyond {LONG}."
    return Finding(years, said if years > LONG else "")


def _inflation(case: Case, _: Evaluation) -> Finding:
    """The index of prices is extended by an assumption (method § 1)."""
    rate = case.settings.later_inflation
    if rate is None:
        return Finding(0)
    return Finding(
        1,
        f"Prices after {PriceIndex.of(case.tables).last}, the last calendar year in the index, rest on later_inflation "
        f"of {rate:.1%} a year: an assumption of this case, not a published index.",
    )


def _weights(case: Case, _: Evaluation) -> Finding:
    """Weights that look like shares, and are not of one whole."""
    rows = [
        f"{r.ref} ({sum(r.weights):g})"
        for r in case.ranges
        if r.weights and max(r.weights) <= 1 and abs(sum(r.weights) - 1) > WHOLE
    ]
    return _rows(rows, "Weights that do not add to one: {}.")


WHOLE = 1e-9
"""How far from one shares may add to: what is left by typing 0.333 for a third is more, and is said."""
Words = Callable[[Case], list[str]]


def _of(rows: Words, said: str) -> Rule:
    return lambda case, _: _rows(rows(case), said)


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "dominance": _dominance,
        "one-day": _one_day,
        "observed-change": _observed,
        "comparison-group": _comparison,
        "followed-up": _followed_up,
        "follow-up-stated": _not_followed,
        "sources": _sources,
        "forecasts-kept": _of(claims.became_result, "A forecast became a result without changing: {}."),
        "log-values": _of(
            claims.disagreeing_value,
            "The log and the case disagree: the last row of History is not what the case holds for {}.",
        ),
        "log-statuses": _of(
            claims.disagreeing_status,
            "The log and the case disagree: the last row of History has another status than the case for {}.",
        ),
        "actuals-in": _of(
            actual_warnings.left_out, "What came in is not in these numbers, which are the forecast: {}."
        ),
        "actuals-sourced": _of(actual_warnings.unsourced, "No source is given for what came in: {}."),
        "actuals-within": _of(actual_warnings.cut, "What came in outside From and To counts for nothing: {}."),
        "actuals-priced": _of(
            actual_warnings.otherwise_priced,
            "What came in is read in the prices that its row states, not in those of the year it was paid in: {}.",
        ),
        "grades-given": _of(unused.ungraded, "No grade and no optimism is given to {}, beside rows that have one."),
        "valued": _of(unused.unvalued, "No value is put on any outcome: {}."),
        "gross-tax": _gross_tax,
        "earnings-told": _earnings,
        "alternatives": _alternatives,
        "horizon": _horizon,
        "later-inflation": _inflation,
        "profiles-within": _of(
            unused.outside_their_years, "{}: numbers for years outside From and To count for nothing."
        ),
        "weights-add": _weights,
        "groups-used": _of(unused.groups, "No cost and no outcome follows {}."),
        "sectors-used": _of(unused.sectors, "Nothing is paid by or falls to {}."),
        "grades-used": _of(unused.grades, "No row takes its optimism from the {}."),
        "overlaps-shared": _of(
            unused.overlaps, "Only one row bears the overlap {}: what it overlaps with may count as well."
        ),
        "rows-count": _of(unused.quiet, "Shown, and counted nowhere: {}."),
        "ranges-read": _of(unused.ranges, "A range is given to {}, which no result reads."),
        "incomes-used": _of(unused.incomes, "Incomes are stated {}: nothing is weighted by them."),
        "option-chosen": _of(
            unused.left_aside, "The case has {}: these are the numbers of the case as it stands, in none of them."
        ),
    }
)
"""What each check that warns finds, by its id. Of those that are lines, the line says whether it fires."""
