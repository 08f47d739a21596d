"""What happens when a payer stops: the year after its last payment, in whose budget (method § 6).

Whose cash cost rises or falls in that year against the year before, and what each public budget saves less what it
pays then. A payer that pays to the end of the case, or never, has no such year, and says so.
"""

from __future__ import annotations

from sroi.model.currency import symbol
from sroi.projection.declaring import POUNDS
from sroi.projection.payers import PayerLines
from sroi.reports.partners import Partners
from sroi.reports.phrases import names, text, year_label
from sroi.reports.placed import Cell, number
from sroi.sheet import (
    ABSENT,
    PURE,
    YEARS,
    ZERO,
    Line,
    absolute,
    choose,
    choose_text,
    largest,
    one,
    sentence,
    sum_over_years,
)

BESIDE = 3
"""The column of the nets: what is *not applicable* is wider than a year."""


def declare(at: Partners) -> None:
    """A block for every payer."""
    page, declared = at.page, at.result.declared
    page.title("What happens when a payer stops: the year after its last payment")
    if not declared.payers:
        page.prose("Nobody pays cash for a new service in this case: nobody can stop.", "result")
        return
    page.prose("Every change in that year against the year before, whatever its cause; undiscounted, real prices.")
    for payer in declared.payers:
        if payer is not declared.payers[0]:
            page.apart()
        _payer(at, payer)


def last_payment(at: Partners, payer: PayerLines) -> Line:
    """The last year in which it pays, as a label: `2028/29`; `never` where it pays nothing."""
    key, who = payer.sector.sector.id, at.said(payer.sector.sector)
    year = at.model["settings.first_year"] + payer.last_paid - one(YEARS)
    label = year_label(at.model, f"financial.{key}.last_year", f"{who}: year of its last payment", year)
    shown = choose_text(ZERO < payer.last_paid, sentence((label, "@")), "never")
    return text(at.model, f"financial.{key}.last", f"{who}: last payment, in words", shown)


def _payer(at: Partners, payer: PayerLines) -> None:
    model, page, key, who = at.model, at.page, payer.sector.sector.id, at.said(payer.sector.sector)
    name = f"financial.{key}.after"
    followed = model.line(f"{name}.followed", f"{who}: there is a year after its last payment", PURE,
                          sum_over_years(model[f"{key}.year_after"]), style="flag")  # fmt: skip
    sums = {sector: _once(at, payer, followed, sector, "change", "change in its cash cost")
            for sector, _ in payer.cost_changes if sector in _concerned(at)}  # fmt: skip
    nets = {sector: _once(at, payer, followed, sector, "net", "saves less pays") for sector, _ in payer.nets}
    for line in _when(at, payer, followed):
        page.sentence(line)
    page.sentences(_whose(at, payer, followed), "label")
    page.header((f"After {who} stops, {symbol(at.code)}", "Change in cash cost", "", "Saves less pays"))
    concerned = _concerned(at)
    for sector in (lines.sector for lines in at.result.declared.sectors if lines.sector.id in concerned):
        cells: list[Cell | None] = [at.row(sector), number(sums[sector.id]), None]
        if sector.id in nets:
            cells.append(number(nets[sector.id]))
        page.put(cells)


def _concerned(at: Partners) -> frozenset[str]:
    """The sectors whose cash cost can change, and the public ones."""
    return _paying(at) | {own.key for own in at.public}


def _paying(at: Partners) -> frozenset[str]:
    """The sectors that have cash costs: those of others cannot change."""
    return frozenset(cost.payer for cost in at.case.costs if cost.treatment == "cash")


def _once(at: Partners, payer: PayerLines, followed: Line, sector: str, what: str, said: str) -> Line:
    """The number of the one year in which there is any; none where there is no such year."""
    model, key = at.model, payer.sector.sector.id
    row = model[f"{key}.after.{sector}.{what}"]
    label = f"{at.said(payer.sector.sector)}, the year after: {sector}: {said}, once"
    return model.line(f"financial.{key}.after.{sector}.{what}", label, POUNDS,
                      choose(ZERO < followed, sum_over_years(row), ABSENT), style="money")  # fmt: skip


def _when(at: Partners, payer: PayerLines, followed: Line) -> tuple[Line, Line]:
    """When it stops and what all others' cash cost does then; and what public budgets' net is."""
    model, key, who = at.model, payer.sector.sector.id, at.said(payer.sector.sector)
    name_of = (at.name(payer.sector.sector), "@")
    name, label = f"financial.{key}.stops", f"{who}: what happens when it stops"
    last = model[f"financial.{key}.last"]
    year = model["settings.first_year"] + payer.last_paid
    after = year_label(model, f"{name}.year_after", f"{label}: the year after", year)

    def told(what: str, rows: list[Line]) -> Line:
        together = model.sum(f"{name}.{what}_yearly", f"{label}: {what}, by year", POUNDS, rows, style="money",
                             total=True, yearly=True)  # fmt: skip
        return model.line(f"{name}.{what}", f"{label}: {what}", POUNDS, sum_over_years(together), style="money")

    others = told("others", [line for sector, line in payer.cost_changes if sector != key])
    nets = told("nets", [line for _, line in payer.nets])
    rise = model.line(f"{name}.size", f"{label}: size of what others' cost does", POUNDS, absolute(others),
                      style="money")  # fmt: skip
    least = largest(model["budget.nil"], model["cashable.nil"], model[f"{key}.funding.nil"])
    nil = model.line(f"{name}.nil", f"{label}: at or below this it is nil", POUNDS, least, style="money")
    way = text(model, f"{name}.way", f"{label}: up or down", choose_text(
        ZERO < others, sentence("rises by ", at.money, (rise, "#,##0")),
        sentence("falls by ", at.money, (rise, "#,##0"))))  # fmt: skip
    moves = text(model, f"{name}.moves", f"{label}: others' cash cost",
                 choose_text(nil < rise, sentence((way, "@")), "does not change"))  # fmt: skip
    stops = text(model, f"{name}.stops", f"{label}: where it does", sentence(
        "Payments by ", name_of, " end in ", (last, "@"), ". In ", (after, "@"), " the cash cost of all others ",
        (moves, "@"), ".",
    ))  # fmt: skip
    to_the_end = sentence("Payments by ", name_of, " go on to the end of the case: there is no year after.")
    goes_on = text(model, f"{name}.goes_on", f"{label}: where it pays to the end", to_the_end)
    no_end = sentence("There are no payments by ", name_of, ", and so no end of them.")
    no_payments = text(model, f"{name}.no_payments", f"{label}: where it never pays", no_end)
    either = choose_text(ZERO < payer.last_paid, sentence((goes_on, "@")), sentence((no_payments, "@")))
    never = text(model, f"{name}.never", f"{label}: where it does not", either)
    first = text(model, name, label, choose_text(ZERO < followed, sentence((stops, "@")), sentence((never, "@"))))
    net = model.line(f"{name}.net", f"{label}: size of public budgets' net", POUNDS, absolute(nets), style="money")
    way = text(model, f"{name}.net_way", f"{label}: which way that goes", choose_text(
        ZERO < nets, sentence("save ", at.money, (net, "#,##0"), " more than they pay."),
        sentence("pay ", at.money, (net, "#,##0"), " more than they save."),
    ))  # fmt: skip
    then = text(model, f"{name}.then", f"{label}: public budgets' net, in words",
                choose_text(nil < net, sentence((way, "@")), "save as much as they pay."))  # fmt: skip
    together = sentence("In that year all public budgets together ", (then, "@"))
    return first, text(model, f"{name}.together", f"{label}: all public budgets then",
                       choose_text(ZERO < followed, together, "So nothing follows."))  # fmt: skip


def _whose(at: Partners, payer: PayerLines, followed: Line) -> tuple[Line, ...]:
    """Whose cash cost rises in that year."""
    key, who = payer.sector.sector.id, at.said(payer.sector.sector)
    least = at.model[f"financial.{key}.stops.nil"]
    by_id = {lines.sector.id: lines.sector for lines in at.result.declared.sectors}
    listed = []
    for sector, row in payer.cost_changes:
        if sector not in _paying(at):
            continue
        label = f"{who}, the year after: {at.said(by_id[sector])}: rise, or nil"
        rises = f"financial.{key}.rises.{sector}"
        change = at.model.line(rises, label, POUNDS, sum_over_years(row), style="money")
        listed.append(at.listed(by_id[sector], least < change))
    name, label = f"financial.{key}.whose", f"{who}, the year after: whose cash cost rises"
    known = names(at.model, f"{name}.known", f"{label}, where there is one", listed, ["Whose cash cost rises"],
                  ["Nobody's cash cost rises."], "sectors")  # fmt: skip
    unknown = "There is nothing to show below."
    return tuple(
        text(at.model, f"{name}.{n}", f"{label}, {n}", choose_text(ZERO < followed, sentence((line, "@")), unknown))
        for n, line in enumerate(known, start=1)
    )
