"""The Financial case: the page that a place's partners sit round (method § 6; workbook, *Reading order*).

In the order in which they ask: who puts in and who gains, how much of it is cash, when each payer has its money back,
what fair side payments would be, revenue and capital, outturn prices, and what happens when a payer stops. Everything
is live: numbers stand in the workings, and the sentence above each block is chosen by them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sroi.model import Case
from sroi.model.currency import symbol
from sroi.projection import Result
from sroi.projection.budgets import OUTTURN_LINE
from sroi.projection.declaring import POUNDS
from sroi.projection.financial import no_index
from sroi.projection.payers import PayerLines
from sroi.projection.views import VIEWS
from sroi.reports import financial_after, financial_years, output
from sroi.reports.book import Book
from sroi.reports.partners import SHEET, WORKINGS, Partners
from sroi.reports.phrases import amount, names, payback, text
from sroi.reports.placed import Cell, Page, number, said, short, words
from sroi.sheet import (
    PURE,
    ZERO,
    Evaluation,
    Layout,
    Line,
    Model,
    absolute,
    all_of,
    choose,
    choose_text,
    largest,
    sentence,
    sum_over_years,
)

HEADLINE_ROW = 4
BESIDE = {"align": "left", "indent": 1}
NOT_A_BUDGET = "not a public budget"
CAPACITY = (
    "Capacity freed is time, beds and places that can serve others. No budget falls by it unless somebody takes it "
    "out: do not count on it to pay for anything."
)
PEAK = (
    "The most to fund is the most by which the cash it has paid is ever ahead of the cash released to it. Payers reach "
    "it at different dates: these do not add. Money back counts each payer's own cash costs, and what its own budget "
    "saves; years run from its first cost."
)
BETWEEN = (
    "A side payment moves money between budgets and changes no sum. Each that gains pays by its share of all gains. "
    "Capacity freed cannot be paid over: only what is right in cash can be settled in cash."
)


def declare(result: Result, model: Model) -> Page:
    """Declares the words and the few numbers of the page that are not elsewhere already, and arranges it."""
    model.sheet(WORKINGS)
    at = Partners.of(result, model, HEADLINE_ROW)
    at.page.put([said(_headline(at), "big")])
    _basis(at)
    financial_years.matrix(at)
    _cash(at)
    _money_back(at)
    _side_payments(at)
    financial_years.parts(at)
    financial_years.outturn(at)
    financial_after.declare(at)
    return at.page


def write(
    book: Book, case: Case, page: Page, layout: Layout, evaluation: Evaluation, seen: tuple[str, str] | None = None
) -> None:
    """Writes the page. `seen` is a formula for the option and the scenario in use, and its words."""
    sheet = output.page(book, case, SHEET, f"{case.about.title}: financial case")
    if seen is not None:
        book.formula(sheet, HEADLINE_ROW - 2, 0, *seen, "strong", "@", text_wrap=False)
    page.write(book, sheet, layout, evaluation)


def _headline(at: Partners) -> Line:
    """What public budgets pay and save, and how much of that is cash; each by its own direction."""

    def words_of(view: str, side: str, what: str, more: tuple[str, str], less: tuple[str, str], nil: str) -> Line:
        sum_, least = at.model[f"{view}.{side}"], at.model[f"{view}.nil"]
        name, label = f"financial.{what}", f"What public budgets do, in words: {what}"
        size = amount(at.model, f"{name}.amount", f"{label}, amount", sum_, at.money)
        away = amount(at.model, f"{name}.opposite", f"{label}, amount the other way", -sum_, at.money)
        other = text(
            at.model, f"{name}.other", f"{label}, where it is not more than nil",
            choose_text(sum_ < -least, sentence(less[0], (away, "@"), less[1]), nil),
        )  # fmt: skip
        shown = choose_text(least < sum_, sentence(more[0], (size, "@"), more[1]), sentence((other, "@")))
        return text(at.model, name, label, shown)

    pays = words_of("budget", "pv_costs", "pay", ("pay ", ""), ("are relieved of ", " more than they pay"),
                    "pay nothing")  # fmt: skip
    saves = words_of("budget", "pv_benefits", "save", ("save ", ""), ("lose ", " besides"), "save nothing")
    cash = words_of("cashable", "pv_benefits", "cash", ("", " comes back as cash"), ("", " more in cash is spent"),
                    "no cash comes back")  # fmt: skip
    return text(
        at.model, "financial.headline", "Financial case: headline",
        sentence("Public budgets ", (pays, "@"), " and ", (saves, "@"), " in present value; ", (cash, "@"), "."),
    )  # fmt: skip


def _basis(at: Partners) -> None:
    """What is in these numbers, and what is not."""
    model, case, page = at.model, at.case, at.page
    prices = sentence(
        "Sums by year are in prices of ", (model["settings.price_base"], "@"),
        ", undiscounted, unless they say otherwise; present values are discounted. The case runs ", (at.within, "@"),
        ".",
    )  # fmt: skip
    page.sentence(text(model, "financial.prices", "Financial case: prices, in words", prices), "label")
    page.prose("Cash costs of public budgets, and what they save, whether or not it can be taken out. Each row is a "
               "sector's own flows alone: nothing is in two rows.")  # fmt: skip
    for sector in case.sectors:
        parts = [at.said(part) for part in case.sectors if part.part_of == sector.id]
        if parts:
            page.prose(
                f"{at.said(sector)} is shown without its parts, which have rows of their own: {', '.join(parts)}."
            )
    for line in _left_out(at):
        page.sentence(line, "label")
    if not at.public:
        page.prose("No sector of this case is a public budget.", "result")


def _left_out(at: Partners) -> Iterator[Line]:
    """Costs in kind, transfers and old services: where they are."""

    def told(name: str, label: str, rows: list[Line], first: str, rest: str, nil: str, sign: int = 1) -> Line:
        together = at.model.sum(f"financial.{name}_yearly", f"{label}, discounted", POUNDS, rows, style="money",
                                total=True, yearly=True)  # fmt: skip
        whole = sum_over_years(together) if sign > 0 else -sum_over_years(together)
        sum_ = at.model.line(f"financial.{name}_worth", f"{label}: present value", POUNDS, whole, style="money")
        worth = amount(at.model, f"financial.{name}_amount", f"{label}: present value, in words", sum_, at.money)
        some = text(
            at.model, f"financial.{name}_some", f"{label}, where there is some", sentence(first, (worth, "@"), rest)
        )
        choice = choose_text(at.model["public_value.nil"] < absolute(sum_), sentence((some, "@")), nil)
        return text(at.model, f"financial.{name}", f"{label}, in words", choice)

    lines = at.result.declared.sectors
    in_kind = [s.costs_in_kind.discounted for s in lines if s.costs_in_kind is not None]
    if in_kind:
        yield told("in_kind", "Costs in kind", in_kind, "Not on this page: costs in kind, such as time given, worth ",
                   " in present value. The economic case has them.", "No costs in kind count.")  # fmt: skip
    public = [s for s in lines if s.sector.ledger == "public"]
    moved = [s.transfers.discounted for s in public if s.transfers is not None]
    if moved:
        rest = " in present value. Between two public budgets they cancel in the sum."
        yield told("moved", "Transfers to public budgets", moved, "What is saved includes transfers, such as benefits "
                   "no longer paid: ", rest, "Nothing of what is saved is a transfer.")  # fmt: skip
    old = [
        c for c in at.case.costs if c.old_service and c.treatment == "cash" and c.payer in {b.key for b in at.public}
    ]
    if old:
        released = at.case.settings.released_costs == "benefits"
        where = "count as saved, and as cash." if released else "are taken off what is paid, and are in no saving."
        rows = [at.model[f"{cost.id}.present_cost"] for cost in old]
        yield told("old", "Old services of public budgets", rows, "Old services no longer paid, ",
                   f" in present value, {where}", "No old service is released.", -1)  # fmt: skip


# ---------------------------------------------------------------- How much of it is cash


def _cash(at: Partners) -> None:
    page, all_of_them = at.page, at.result.declared.capacity[0]
    page.title("How much of what is saved is cash")
    page.sentence(_cash_said(at))
    page.prose(CAPACITY)
    page.header((f"Present value, {symbol(at.code)}", "Pays", "Saves", "of which cash", "Capacity freed",
                 "Cash, of what is saved", "Saves less pays", "Cash less pays"))  # fmt: skip
    for own, lines in zip(at.public, at.result.declared.capacity[1], strict=True):
        nets = (at.model[f"{own.key}.budget_net"], at.model[f"{own.key}.cashable_net"])
        sums = (lines.pays, lines.saves, lines.cash, lines.freed)
        share = _share(at, own.key, own.said, lines.saves, lines.cash)
        page.put([at.row(own.sector), *map(number, sums), short(share), *map(number, nets)])
    sums = (all_of_them.pays, all_of_them.saves, all_of_them.cash, all_of_them.freed)
    share = _share(at, "all", "Public budgets", all_of_them.saves, all_of_them.cash)
    nets = (at.model["budget.npv"], at.model["cashable.npv"])
    page.put([words("All public budgets", "strong"), *(number(line, "result") for line in sums),
              short(share, "result"), *(number(line, "result") for line in nets)])  # fmt: skip
    if at.case.settings.negative_benefits == "costs":
        page.prose("Harms count as costs here: what is paid includes them, and what is paid in cash those alone that "
                   "cost cash, so that the last column is not always the difference of those before it.")  # fmt: skip


def _cash_said(at: Partners) -> Line:
    """How much of what is saved is cash, where both are as one would expect; else that they do not compare."""
    model, name, label = at.model, "financial.cash_share", "How much of what is saved is cash"
    saves, cash, freed = model["budget.pv_benefits"], model["cashable.pv_benefits"], model["budget.pv_freed"]
    least = model["budget.nil"]
    share = model.line(f"{name}.all", f"{label}: share", PURE, choose(least < saves, cash / saves, ZERO), style="share")
    saved, released, rest = (
        amount(model, f"{name}.{key}", f"{label}: {key}, in words", line, at.money)
        for key, line in (("saved", saves), ("released", cash), ("freed", freed))
    )
    usual = text(model, f"{name}.usual", f"{label}, where it is some", sentence(
        "Of ", (saved, "@"), " saved, ", (released, "@"), " (", (share, "0%"), ") is cash that can be taken out of "
        "budgets; ", (rest, "@"), " is capacity freed.",
    ))  # fmt: skip
    odd = text(model, f"{name}.odd", f"{label}, where the two do not compare", sentence(
        "What is saved comes to ", (saved, "@"), " and the cash released to ", (released, "@"), ": neither is a share "
        "of the other.",
    ))  # fmt: skip
    most = model.line(f"{name}.most", f"{label}: the larger of the two", POUNDS,
                      largest(absolute(saves), absolute(cash)), style="money")  # fmt: skip
    none = text(model, f"{name}.none", f"{label}, where nothing is saved", choose_text(
        most <= least, "Public budgets save nothing, so that there is no cash to release.", sentence((odd, "@")),
    ))  # fmt: skip
    beyond = model.line(f"{name}.beyond", f"{label}: by how much one is no part of the other", POUNDS,
                        largest(-cash, -freed), style="money")  # fmt: skip
    fits = all_of(least < saves, beyond <= least)
    return text(model, name, f"{label}, in words", choose_text(fits, sentence((usual, "@")), sentence((none, "@"))))


def _share(at: Partners, key: str, who: str, saves: Line, cash: Line) -> Line:
    """The share of what a budget saves that is cash, in words, or that it saves nothing."""
    least, label = at.model["budget.nil"], f"{who}: cash, of what is saved"
    share = at.model.line(f"financial.{key}.cash_share", f"{label}, as a number", PURE,
                          choose(least < saves, cash / saves, ZERO), style="share")  # fmt: skip
    shown = choose_text(least < saves, sentence((share, "0%")), "none saved")
    return text(at.model, f"financial.{key}.cash_share_said", label, shown)


# ---------------------------------------------------------------- When each has its money back


def _money_back(at: Partners) -> None:
    page, payers = at.page, at.result.declared.payers
    page.title("When each payer has its money back, and the most it must fund")
    if not payers:
        page.prose("Nobody pays cash for a new service in this case: there is no money to have back.", "result")
        return
    for key, lead, none in (
        ("funding", "Have their money back in cash within ", "Nobody has its money back in cash within "),
        ("in_budget", "Have their money back, counting all that they save, within ",
         "Counting all that is saved, cash or not, no public payer has its money back within "),
    ):  # fmt: skip
        page.sentences(_back(at, key, lead, none, payers))
    page.header((f"Payer (sums in {symbol(at.code)})", "Last payment", "Most to fund, real", "Most to fund, outturn",
                 " Money back in cash", "", "", " Money back, all it saves"), left=(0, 4, 5, 6, 7))  # fmt: skip
    for payer in payers:
        key, who = payer.sector.sector.id, at.said(payer.sector.sector)
        in_cash = _paid_back(at, payer, f"{key}.funding", f"{who}, in cash")
        all_saved: Cell = words(NOT_A_BUDGET, "formula", **BESIDE)
        if payer.payback is not None:
            all_saved = _beside(_paid_back(at, payer, f"{key}.in_budget", f"{who}, all that it saves"), "formula")
        priced = words("none", "formula", align="right") if payer.peak_outturn is None else number(payer.peak_outturn)
        last = short(financial_after.last_payment(at, payer))
        page.put([at.row(payer.sector.sector), last, number(payer.peak), priced, _beside(in_cash, "formula"), None,
                  None, all_saved])  # fmt: skip
    together = (_beside(at.model[f"summary.{view}.payback"], "result") for view in ("cashable", "budget"))
    page.put([words("All public budgets", "strong"), None, None, None, next(together), None, None, next(together)])
    page.prose(PEAK)
    if OUTTURN_LINE not in at.model.lines:
        page.prose(f"No outturn prices: {no_index(at.case)}.")


def _beside(line: Line, cell: str) -> Cell:
    """Live words that stand left, after a number."""
    return Cell(line, cell, "text", BESIDE)


def _back(at: Partners, key: str, lead: str, none: str, payers: tuple[PayerLines, ...]) -> tuple[Line, ...]:
    """Which payers have their money back."""
    model = at.model
    listed = [
        at.listed(p.sector.sector, all_of(ZERO < model[f"{p.sector.sector.id}.{key}.pays_back"], ZERO < p.last_paid))
        for p in payers
        if key == "funding" or p.payback is not None
    ]
    within = (at.within, "@")
    label = f"Who has its money back: {key.replace('_', ' ')}"
    return names(model, f"financial.{key}_back", label, listed, [lead, within], [none, within, "."], "payers")


def _paid_back(at: Partners, payer: PayerLines, view: str, who: str) -> Line:
    """When it has its money back, in words; a payer that never pays has none to have back."""
    name = f"financial.{view}"
    when = payback(at.model, f"{name}.payback", view, who, at.within)
    label = f"{who}: money back"
    return text(
        at.model, f"{name}.back", label, choose_text(ZERO < payer.last_paid, sentence((when, "@")), "never pays")
    )


# ---------------------------------------------------------------- Side payments


def _side_payments(at: Partners) -> None:
    page, model = at.page, at.model
    page.title("What fair side payments would be")
    for view, start in (("budget", "Counting all that is saved, cash or not, "), ("cashable", "In cash alone, ")):
        page.sentence(_settled(at, view, start))
        listed = [at.listed(own.sector, ZERO < model[f"{own.key}.{view}_loses"]) for own in at.public]
        label = f"{VIEWS[view]}: who loses"
        page.sentences(names(model, f"financial.{view}.losers", label, listed,
                             ["Left out of pocket without side payments"], ["No side payment is needed."],
                             "public budgets"), "label")  # fmt: skip
    page.header((f"Present value, {symbol(at.code)}", "All saved: net", "All saved: would pay",
                 "All saved: is paid", "All saved: net after", "Cash: net", "Cash: would pay", "Cash: is paid",
                 "Cash: net after"))  # fmt: skip
    for own in at.public:
        cells: list[Cell | None] = [at.row(own.sector)]
        for view in ("budget", "cashable"):
            net, pays, gets = (model[f"{own.key}.{view}_{what}"] for what in ("net", "pays", "receives"))
            after = model.line(f"financial.{own.key}.{view}_after", f"{own.said}, {VIEWS[view]}: net after payments",
                               POUNDS, net - pays + gets, style="money")  # fmt: skip
            cells += [number(net), number(pays), number(gets), number(after)]
        page.put(cells)
    total: list[Cell | None] = [words("All public budgets", "strong")]
    for view in ("budget", "cashable"):
        net, pays, gets = (model[f"{view}.all_{what}"] for what in ("nets", "paid", "received"))
        after = model.line(f"financial.{view}_after", f"{VIEWS[view]}: all nets after side payments", POUNDS,
                           net - pays + gets, style="money")  # fmt: skip
        total += [number(net, "result"), number(pays, "result"), number(gets, "result"),
                  number(after, "result")]  # fmt: skip
    page.put(total)
    page.prose(BETWEEN)


def _settled(at: Partners, view: str, start: str) -> Line:
    """Whether those who gain could make good those who lose, or how much is short."""
    model, name, label = at.model, f"financial.{view}.side", f"{VIEWS[view]}: side payments, in a sentence"
    gap, lacking = model[f"{view}.gap"], model[f"{view}.short"]
    able = sentence(f"{start}those who gain could make good the {at.money}", (gap, "#,##0"), " that others lose.")
    unable = sentence(
        f"{start}those who gain cannot make good those who lose: {at.money}", (lacking, "#,##0"), " short."
    )
    shared = text(model, f"{name}.able", f"{label}, if they suffice", able)
    short_by = text(model, f"{name}.unable", f"{label}, if they do not", unable)
    either = choose_text(ZERO < model[f"{view}.shared"], sentence((shared, "@")), sentence((short_by, "@")))
    some = text(model, f"{name}.some", f"{label}, where some lose", either)
    nobody = text(model, f"{name}.nobody", f"{label}, where nobody does", sentence(f"{start}no public budget loses."))
    return text(model, name, label,
                choose_text(model[f"{view}.nil"] < gap, sentence((some, "@")), sentence((nobody, "@"))))  # fmt: skip
