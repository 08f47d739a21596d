"""What a reader must know before quoting a number: checks, range, judgement, who is left out of pocket, and the basis.

The last table of the Summary. Every sentence is chosen by the numbers as they stand in the workbook; only what lies
beyond the horizon is as the engine left it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sroi.model import Case
from sroi.model.currency import before, symbol
from sroi.projection import Result
from sroi.projection.basis import share_line
from sroi.projection.declaring import POUNDS
from sroi.projection.views import VIEWS
from sroi.reports import sure
from sroi.reports.grid import Cell, Fixed, Grid, Live
from sroi.sheet import (
    PURE,
    TEXT,
    ZERO,
    Expression,
    Line,
    Model,
    choose_text,
    first,
    sentence,
    sum_over_years,
)
from sroi.simulation import Simulation

SHEET = "Summary"
STAMPED = "computed by the engine; does not recalculate."
REDUCED = "Without pure time preference: a sensitivity, since the case runs beyond 50 years. In no other number."


NOT_STATED = "Of rows that do not say what they rest on: unknown, which is not nil. See Basis."
RESTS = (
    ("Judged: share", "costs", "judged",
     "Costs that nobody read off an account, by size. See Basis; the numbers inside other rows: see Ranges."),
    ("Judged: share", "benefits", "judged",
     "Benefits whose change nobody measured, by size. See Basis; the numbers inside other rows: see Ranges."),
    ("Change, not effect: share", "benefits", "observed",
     "Benefits whose change was seen or claimed without a comparison group: it may have other causes."),
)  # fmt: skip
"""What the answer rests on: the title, the side and its share, and what that means."""


def _text(model: Model, name: str, label: str, formula: Expression) -> Line:
    return model.line(name, label, TEXT, formula, style="text")


def before_quoting(
    result: Result,
    model: Model,
    first_row: int,
    simulation: Simulation | None = None,
    turning: Sequence[tuple[Cell, ...]] = (),
) -> Grid:
    """What a reader must know before quoting any of it."""
    declared, case = result.declared, result.case
    grid = Grid(SHEET, first_row, ("Before you quote it", "Found", "", "", "What it means"))
    grid.rows += [
        ("Master check of the arithmetic", Live(declared.master, cell="result"), "", "",
         "OK: what is found two ways agrees. CHECK: do not use the numbers. It says nothing of the inputs."),
        sure.standing(simulation),
        *turning,
        *_rests_on(case, model),
    ]  # fmt: skip
    if any(cost.old_service for cost in case.costs):
        said = "Present value, taken off what is paid above and so in no column of savings or cash."
        released = Live(_released(case, model), in_place=True)
        grid.rows.append((f"Old services released, {symbol(case.settings.currency)}", released, "", "", said))
    grid.rows += [(title, "", "", "", Live(line, "text", in_place=True)) for title, line in _side_payments(model, case)]
    grid.rows.append(_beyond(result))
    if declared.reduced is not None:
        ratio = Live(declared.reduced.bcr, "ratio")
        grid.rows.append(("Public value on the reduced schedule", ratio, "", "", REDUCED))
    for title, line in zip(("Years and prices", "Discounting"), _basis(model), strict=True):
        grid.rows.append((title, "", "", "", Live(line, "text", in_place=True)))
    return grid


def _side_payments(model: Model, case: Case) -> list[tuple[str, Line]]:
    """Whether those who save could make good those who lose, in words (method § 6)."""
    sign = before(case.settings.currency)
    found = []
    for view, title in (("budget", "Side payments, by budget"), ("cashable", "Side payments, in cash")):
        gap, short = model[f"{view}.gap"], model[f"{view}.short"]
        name, said = f"summary.{view}.side", f"{VIEWS[view]}: side payments in words"
        able = sentence(f"Those who gain could make good the {sign}", (gap, "#,##0"), " that others lose.")
        unable = sentence(f"Those who gain cannot make good those who lose: {sign}", (short, "#,##0"), " short.")
        able_line = _text(model, f"{name}_able", f"{said}, if they suffice", able)
        unable_line = _text(model, f"{name}_unable", f"{said}, if they do not", unable)
        choice = choose_text(ZERO < model[f"{view}.shared"], sentence((able_line, "@")), sentence((unable_line, "@")))
        some = _text(model, f"{name}_some", f"{said}, where some lose", choice)
        nobody = "No public budget is left out of pocket."
        formula = choose_text(model[f"{view}.nil"] < gap, sentence((some, "@")), nobody)
        found.append((title, _text(model, name, said, formula)))
    return found


def _beyond(result: Result) -> tuple[Cell, ...]:
    """What people already started would still bring after the case ends, as the engine left it."""
    beyond = result.views["public_value"].beyond_horizon
    title = f"Beyond the horizon, {symbol(result.case.settings.currency)}"
    if beyond.benefits is None or beyond.costs is None:
        return (title, "None", "", "", f"Not computed: {beyond.reason}.")
    said = "Present value of benefits, then of costs, that people already started would still bring: in no total. As "
    return (title, Fixed(beyond.benefits, "money"), Fixed(beyond.costs, "money"), "", said + STAMPED)


def _basis(model: Model) -> tuple[Line, Line]:
    """Years and prices in words, and discounting."""
    rate = model.line(
        "summary.rate", "Discount rate of the first year, to be shown", PURE, first(model["timeline.standard_rate"]),
        style="share",
    )  # fmt: skip
    years = sentence(
        (model["timeline.horizon"], "0"), " years from ", (model["settings.first_year"], "0"), ", in prices of ",
        (model["settings.price_base"], "@"),
    )  # fmt: skip
    discounting = sentence(
        (rate, "0.0%"), " a year at first; costs at the ", (model["settings.cost_timing"], "@"), ", benefits at the ",
        (model["settings.benefit_timing"], "@"), " of a year",
    )  # fmt: skip
    return (
        _text(model, "summary.years", "Years and prices in words", years),
        _text(model, "summary.discounting", "Discounting in words", discounting),
    )


def _released(case: Case, model: Model) -> Line:
    rows = [model[f"{cost.id}.present_cost"] for cost in case.costs if cost.old_service]
    together = model.sum(
        "summary.released_cost", "Old services, discounted", POUNDS, rows, style="money", total=True, yearly=True
    )
    return model.line("summary.released", "Old services released", POUNDS, -sum_over_years(together), style="money")


def _rests_on(case: Case, model: Model) -> list[tuple[Cell, ...]]:
    """What costs and benefits rest on: shares where rows say so, *not stated* where none does (method § 4)."""
    statuses = {
        "costs": [case.basis(cost).status for cost in case.costs],
        "benefits": [case.basis(outcome).status for outcome in case.outcomes],
    }

    def share(side: str, name: str) -> Cell:
        if statuses[side] and not any(statuses[side]):
            return "not stated"  # unknown, which is not nil
        return Live(model[share_line(side, name)], "share", cell="result")

    found: list[tuple[Cell, ...]] = [
        (f"{title} of the {side}", share(side, name), "", "", said) for title, side, name, said in RESTS
    ]
    for side, held in statuses.items():
        if None in held:
            line = Live(model[share_line(side, "not_stated")], "share", cell="result")
            found.append((f"Evidence not stated: share of the {side}", line, "", "", NOT_STATED))
    return found
