"""The Innovation case: how strong the evidence is: its stage, what benefits and costs rest on, what grades do (§ 4).

The stage is the case's own word, on Nesta's Standards of Evidence: Ruth Puttick and Joe Ludlow, *Standards of Evidence
for Impact Investing*, Nesta, October 2012. The stages' names are those of Nesta's summary of it; what each asks for is
said in our words, after that summary and after Nesta's page of evaluations so graded (nesta.org.uk/node/32263).
"""

from __future__ import annotations

from sroi.model import Case
from sroi.projection.basis import STATUSES, WORDS, Shares, share_line
from sroi.reports.evidence import MEANING
from sroi.reports.grid import Cell, Fixed, Formula, Grid, Live
from sroi.sheet import PURE, TEXT, Line, Model, sentence
from sroi.sheet import Cell as Input

SOURCE = (
    "Nesta, Standards of Evidence (R. Puttick and J. Ludlow, Standards of Evidence for Impact Investing, 2012), which "
    "calls a stage a level. The names are Nesta's; what each asks for is in our words."
)
STAGES = (
    (
        "Account of impact",
        "It can be said clearly and convincingly why this should work, and better than what is there.",
    ),
    (
        "Correlation",
        "Figures show a change for the better in those served; that the programme brought it is not shown.",
    ),
    ("Causation", "A control or comparison group, or as sound a method, shows that the programme brought the change."),
    ("Independent replication", "An independent evaluation has confirmed the claims, and the cost is reasonable."),
    ("Scaled", "Others have run it, elsewhere and on a large scale, and it still does good."),
)
"""Each stage's name, and what it asks for."""
SEEN, COMPARED = 2, 3
"""The first stage that asks for a change that was seen, and the first that asks for a comparison group."""
HERE, ELSEWHERE = "This case", "–"
UNSEEN = "No: no benefit rests on a change that was seen."
UNCOMPARED = "No: no benefit rests on a comparison group."
FIT = "Nothing here contradicts the stage, where one is stated."
STATED = " of 5. That is the case's own word."
UNSTATED = "The case does not state its stage of evidence."


def stage_table(case: Case, sheet: str, at: str, first_row: int, shares_row: int, now: Shares) -> Grid:
    """The stages, with that of the case, and whether what the benefits rest on bears it out.

    `at` is the cell that states the stage. The shares of the benefits stand below, in column C from `shares_row` on, in
    the order of the statuses, and are `now` these: none of them a number where there is nothing to share.
    """
    grid = Grid(sheet, first_row, ("How strong the evidence is: its stage", "What each stage asks for", "Claimed",
                                   *[""] * 4), words=2)  # fmt: skip
    held = case.about.evidence_stage
    told = f'=IF(ISNUMBER({at}),"Stage "&TEXT({at},"0")&"{STATED}","{UNSTATED}")'
    grid.rows.append(("Stage of this case", Formula(told, UNSTATED if held is None else f"Stage {held}{STATED}")))
    for number, (name, asks) in enumerate(STAGES, start=1):
        row = first_row + 1 + number
        mark = Formula(f'=IF({at}=$A{row},"{HERE}","{ELSEWHERE}")', HERE if held == number else ELSEWHERE)
        grid.rows.append((Fixed(float(number), "stage"), f"{name}. {asks}", mark))
    for title, stage, needed, unfit in (
        ("Was a change seen, as from stage 2?", SEEN, ("observed", "attributed"), UNSEEN),
        ("Was it compared, as from stage 3?", COMPARED, ("attributed",), UNCOMPARED),
    ):
        cells = [f"$C${shares_row + list(STATUSES).index(name)}<=0" for name in needed]
        lacking = ",".join((f"ISNUMBER({at})", f"{at}>=$A${first_row + 1 + stage}", *cells))
        lacks = held is not None and held >= stage and all(_nil(now[name]) for name in needed)
        grid.rows.append((title, Formula(f'=IF(AND({lacking}),"{unfit}","{FIT}")', unfit if lacks else FIT)))
    grid.rows.append(("Source", SOURCE))
    return grid


ROWS = len(STAGES) + 4
"""How many rows that table has."""


def _nil(share: float | None) -> bool:
    return share is not None and share <= 0


def shares(model: Model) -> tuple[tuple[Cell, ...], ...]:
    """How much of the present value of benefits and of costs rests on each status: the lines of Basis."""
    return tuple(
        (WORDS[name].capitalize(), said,
         *(Live(model[share_line(side, name)], "share", "result") for side in ("benefits", "costs")))
        for name, said in MEANING.items()
    )  # fmt: skip


def grades(case: Case, model: Model) -> tuple[tuple[Cell, ...], ...]:
    """What a grade adds to a cost and takes off a benefit, where a row states no optimism of its own."""
    rows: list[tuple[Cell, ...]] = []
    for grade in case.grades:
        rates = []
        for field, what in (("cost_optimism", "adds to a cost"), ("benefit_optimism", "takes off a benefit")):
            cell = Input(grade.at(field), getattr(grade, field), PURE)
            name, label = f"innovation.grade-{grade.grade}.{field}", f"Grade {grade.grade}: {what}"
            rates.append(model.line(name, label, PURE, cell, style="share"))
        rows.append((f"Grade {grade.grade}", Live(_does(model, grade.grade, *rates), "text", in_place=True),
                     *(Live(rate, "share") for rate in rates)))  # fmt: skip
    return tuple(rows)


def _does(model: Model, grade: int, cost: Line, benefit: Line) -> Line:
    said = sentence("Costs: ", (cost, "0%"), " more. Benefits: ", (benefit, "0%"), " less; harms by as much more.")
    return model.line(
        f"innovation.grade-{grade}.does", f"Grade {grade}: what it does, in words", TEXT, said, style="text"
    )


NO_GRADES = (
    "The case has no table of grades: nothing is added or taken off for weak evidence but what a row states itself as "
    "its optimism."
)
