"""The Innovation case, first half: what failure costs today, by sector, and on whose budget it lands (method § 4).

The cost of failure in one service is mostly another's. So beside what each sector bears stands what it pays for the
programme, and the sentence at the top says how much falls on budgets that pay nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model import Case, Part, Sector
from sroi.model.currency import before, symbol
from sroi.projection import Declared
from sroi.projection.declaring import POUNDS, Declaring
from sroi.projection.values import flows
from sroi.reports.grid import Cell, Live
from sroi.sheet import (
    ABSENT,
    PURE,
    TEXT,
    ZERO,
    Expression,
    Line,
    Model,
    choose,
    choose_text,
    highest,
    largest,
    sentence,
    sum_over_years,
)

NOT_KNOWN = "What failure costs today is not worked out: no outcome has both a baseline and a value."
WHAT = (
    "What going on as now costs, among the people whom the programme would reach: how often each thing happens to them "
    "without it (its baseline), as long as an effect on it could last, priced as the benefits are. It is not what the "
    "programme saves, and is in no total: see How it is to work."
)
NOTHING = "Failure puts nothing on public budgets in the first full year."
PAYS_NOTHING = "Bears part of this, and pays nothing for the programme."
NO_COST = "Bears part of this. The case holds no cost of the programme, so that nobody is said to pay."


@dataclass(frozen=True)
class Failing:
    """The sentence at the top of the page, and what its tables hold; none where failure has no known cost."""

    headline: Line
    sectors: tuple[tuple[Cell, ...], ...]
    flows: tuple[tuple[Cell, ...], ...]
    notes: tuple[tuple[Cell, ...], ...]


def costed(to: Declaring) -> tuple[Part, ...]:
    """The flows of outcomes that fail at a known rate."""
    known = {outcome.id for outcome in to.case.outcomes if outcome.baseline is not None}
    return tuple(flow for flow in flows(to) if flow.value.outcome in known)


def left_out(case: Case) -> str:
    """Which outcomes the cost of failure leaves out, and why, in sentences."""
    valued = {value.outcome for value in case.values}
    without = [outcome.name for outcome in case.outcomes if outcome.baseline is None]
    unvalued = [outcome.name for outcome in case.outcomes if outcome.baseline is not None and outcome.id not in valued]
    said = [
        f"No baseline is stated, so how often it happens today is not known: {'; '.join(without)}." if without else "",
        f"No value is put on it: {'; '.join(unvalued)}." if unvalued else "",
    ]
    shown = any(not outcome.counts for outcome in case.outcomes if outcome.baseline is not None)
    said.append("An outcome that does not count, or is only shown, is nil here too." if shown else "")
    return " ".join(text for text in said if text) or "Every outcome has a baseline and a value."


def declare(declared: Declared, model: Model) -> Failing | None:
    """Declares the page's own sums of what failure costs, and arranges them; nothing where none is known."""
    to, case = declared.names, declared.case
    landing = costed(to)
    if not landing:
        return None
    model.heading("What failure costs today, all sectors together")
    pays = {sector.id: _pays(to, model, case, sector) for sector in case.sectors}
    paid = model.sum("innovation.pays", "New services, all payers: present value", POUNDS, list(pays.values()),
                     style="money")  # fmt: skip
    borne = _borne(to, model, case)
    bearing = {flow.sector for flow in landing}
    shown = [s for s in case.sectors if s.id in bearing or any(_new(case, s.id))]
    rows = [_sector(to, model, sector, (pays[sector.id], paid), borne) for sector in shown]
    totals = {
        name: model.sum(f"innovation.{name}", label, POUNDS, [model[f"{s.id}.{name}"] for s in case.sectors],
                        style="money")
        for name, label in (
            ("failure_full_year", "Failure, all sectors: in the first full year"),
            ("pv_failure", "Failure, all sectors: present value"),
        )
    }  # fmt: skip
    every = "Each sum once. What one sector gives another (a transfer) cancels."
    rows.append(
        (
            "All together",
            every,
            Live(totals["failure_full_year"], "money", "result"),
            Live(totals["pv_failure"], "money", "result"),
            Live(paid, "money", "result"),
        )
    )
    notes = (
        ("What it is", WHAT),
        ("The years", Live(_years(model, case, totals["failure_full_year"]), "text", in_place=True)),
        ("Not in it", left_out(case)),
    )
    return Failing(_headline(to, model, case, pays), tuple(rows), tuple(_flows(to, model, landing)), notes)


def headings(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headings of the table by sector, and of the table by outcome."""
    sign = symbol(case.settings.currency)
    sums = (f"In the first full year, {sign}", f"Present value, {sign}")
    return (
        ("What failure costs today: on whom it falls", "What that means", *sums,
         f"Pays for the programme, present value, {sign}", "Share of what failure costs", "Share of what is paid"),
        ("Outcome, as it is without the programme", "On whom each one falls", *sums, "How often, in that year"),
    )  # fmt: skip


def _new(case: Case, payer: str) -> list[str]:
    """The rows of new services that a sector pays."""
    return [cost.id for cost in case.costs if cost.payer == payer and not cost.old_service]


def _has_new(case: Case) -> bool:
    return any(not cost.old_service for cost in case.costs)


def _pays(to: Declaring, model: Model, case: Case, sector: Sector) -> Line:
    """What a sector pays and gives for the new service, before any old one is released."""
    lines = [model[f"evidence.{cost}.cost"] for cost in _new(case, sector.id)]
    label = f"{to.said(sector)}: pays or gives for new services, present value"
    return model.sum(f"innovation.{sector.id}.pays", label, POUNDS, lines, style="money")


def _borne(to: Declaring, model: Model, case: Case) -> Line:
    """What failure costs those whom it costs something: what shares of it are shares of."""
    lines = [
        model.line(f"innovation.{sector.id}.borne", f"{to.said(sector)}: failure it bears, or nil", POUNDS,
                   largest(ZERO, model[f"{sector.id}.pv_failure"]), style="money")
        for sector in case.sectors
    ]  # fmt: skip
    return model.sum("innovation.borne", "Failure, all who bear some: present value", POUNDS, lines, style="money")


def _share(model: Model, key: str, label: str, part: Line, whole: Line) -> tuple[Line, Line]:
    """A share, nil where there is nothing to share, to compare by; and the same, *not applicable* there, to show."""
    some = model["public_value.nil"] < whole
    return (
        model.line(f"{key}_or_nil", f"{label}, or nil", PURE, choose(some, part / whole, ZERO), style="share"),
        model.line(key, label, PURE, choose(some, part / whole, ABSENT), style="share"),
    )


def _text(model: Model, name: str, label: str, formula: Expression) -> Line:
    return model.line(name, label, TEXT, formula, style="text")


def _sector(to: Declaring, model: Model, sector: Sector, paid: tuple[Line, Line], borne: Line) -> tuple[Cell, ...]:
    """What a sector bears, what it pays for the programme, as shares too, and what that means; `paid` is what it pays,
    and what all do."""
    key, said, pays = f"innovation.{sector.id}", to.said(sector), paid[0]
    bears, nil = model[f"{sector.id}.pv_failure"], model["public_value.nil"]
    part, shown = _share(model, f"{key}.share", f"{said}: share of what failure costs", model[f"{key}.borne"], borne)
    own, own_shown = _share(model, f"{key}.paid_share", f"{said}: share of what is paid", *paid)
    both = _text(model, f"{key}.bears_both", f"{said}: bears failure and pays, in words",
                 choose_text(own < part, "Bears a larger part of this than it pays of the programme.",
                             "Pays at least as large a part of the programme as it bears of this."))  # fmt: skip
    some = _text(model, f"{key}.bears_some", f"{said}: bears failure, in words",
                 choose_text(nil < pays, sentence((both, "@")), PAYS_NOTHING if _has_new(to.case) else NO_COST),
                 )  # fmt: skip
    none = _text(model, f"{key}.bears_none", f"{said}: bears no failure, in words",
                 choose_text(nil < pays, "None of this falls to it; it pays towards the programme.",
                             "None of this falls to it."))  # fmt: skip
    least = _text(model, f"{key}.bears_least", f"{said}: bears no failure or gains by it, in words",
                  choose_text(bears < -nil, "Receives this while things stay as they are.",
                              sentence((none, "@"))))  # fmt: skip
    words = _text(model, f"{key}.bears", f"{said}: what failure means to it, in words",
                  choose_text(nil < bears, sentence((some, "@")), sentence((least, "@"))))  # fmt: skip
    return (
        said,
        Live(words, "text", in_place=True),
        Live(model[f"{sector.id}.failure_full_year"], "money"),
        Live(bears, "money"),
        Live(pays, "money"),
        Live(shown, in_place=True),
        Live(own_shown, in_place=True),
    )


def _flows(to: Declaring, model: Model, landing: Sequence[Part]) -> list[tuple[Cell, ...]]:
    """What fails, how often, and on whom each sum of it falls."""
    rows: list[tuple[Cell, ...]] = []
    often: dict[str, Line] = {}
    for flow in landing:
        outcome = to.outcome(flow.value.outcome)
        said, there = to.said(outcome), to.said(to.sector(flow.sector))
        if outcome.id not in often:
            failing = model[f"{outcome.id}.failing"]
            unit = failing.unit
            assert unit is not None  # noqa: S101 a line of units of the outcome
            alone = model.line(f"innovation.{outcome.id}.failing", f"{said}: how often, in the first full year alone",
                               unit, failing * model["timeline.first_full"], total=True)  # fmt: skip
            often[outcome.id] = model.line(
                f"innovation.{outcome.id}.often",
                f"{said}: how often, in the first full year",
                unit,
                sum_over_years(alone),
            )
        rows.append(
            (
                said,
                f"{there}, {flow.kind}. Counted in: {outcome.unit}.",
                Live(model[f"{flow.id}.failure_full_year"], "money"),
                Live(model[f"{flow.id}.pv_failure"], "money"),
                Live(often[outcome.id], "number"),
            )
        )
    return rows


def _years(model: Model, case: Case, first: Line) -> Line:
    """The first full year and the largest, in words."""
    whole = _whole(model, case)
    most = model.line("innovation.failure_most", "Failure, all sectors: in the largest year", POUNDS, highest(whole),
                      style="money")  # fmt: skip
    sign = before(case.settings.currency)
    when = _text(
        model, "innovation.failure_when", "The first full year, in words",
        sentence("The first full year is the first by which all of this has begun: it begins in ",
                 (model["timeline.first_full_year"], "0"), "."),
    )  # fmt: skip
    now = _text(model, "innovation.failure_first_said", "What failure costs all in the first full year, in words",
                sentence(f" All sectors together: {sign}", (first, "#,##0"), " in that year"))  # fmt: skip
    return _text(
        model, "innovation.failure_years", "The first full year and the largest, in words",
        sentence((when, "@"), (now, "@"), f", {sign}", (most, "#,##0"), " in the year in which it is largest."),
    )  # fmt: skip


def _whole(model: Model, case: Case) -> Line:
    """What failure costs all sectors by year."""
    lines = [model[f"{sector.id}.failure"] for sector in case.sectors]
    return model.sum(
        "innovation.failure", "Failure, all sectors", POUNDS, lines, style="money", total=True, yearly=True
    )


def _headline(to: Declaring, model: Model, case: Case, pays: dict[str, Line]) -> Line:
    """How much lands on public budgets, and on those that pay nothing for the programme, in a sentence.

    A budget that a transfer favours while things stay as they are takes nothing off what lands on the others.
    """
    nil, lands, free = model["public_value.nil"], [], []
    for sector in (s for s in case.sectors if s.ledger == "public"):
        key, said = f"innovation.{sector.id}", to.said(sector)
        lands.append(model.line(f"{key}.lands", f"{said}: failure that lands on it, in the first full year", POUNDS,
                                largest(ZERO, model[f"{sector.id}.failure_full_year"]), style="money"))  # fmt: skip
        free.append(model.line(f"{key}.elsewhere", f"{said}: the same, if it pays nothing", POUNDS,
                               choose(nil < pays[sector.id], ZERO, lands[-1]), style="money"))  # fmt: skip
    falls, elsewhere = (
        model.sum(f"innovation.failure_{name}", f"Failure that lands on public budgets{more}, in the first full year",
                  POUNDS, lines, style="money")
        for name, more, lines in (("public", "", lands), ("elsewhere", " that pay nothing", free))
    )  # fmt: skip
    sign = before(case.settings.currency)
    if not _has_new(case):  # nobody is said to pay, so nobody pays nothing
        to_say = sentence(f"Failure puts {sign}", (falls, "#,##0"), " on public budgets in the first full year.")
    else:
        shared = _text(
            model, "innovation.failure_shared", "Failure on budgets that pay nothing, in words",
            choose_text(nil < elsewhere,
                        sentence(sign, (elsewhere, "#,##0"), " of it on those that pay nothing for the programme."),
                        "none of it on those that pay nothing for the programme."),
        )  # fmt: skip
        to_say = sentence(f"Failure puts {sign}", (falls, "#,##0"), " on public budgets in the first full year, ",
                          (shared, "@"))  # fmt: skip
    some = _text(
        model, "innovation.failure_said", "Failure that lands on public budgets, where some does, in words", to_say
    )
    return _text(model, "innovation.headline", "Failure that lands on public budgets, in words",
                 choose_text(nil < falls, sentence((some, "@")), NOTHING))  # fmt: skip


__all__ = ["NOT_KNOWN", "Failing", "declare", "headings", "left_out"]
