"""The chain of adjustments from people to outcomes, every adjuster its own row (method § 4)."""

from __future__ import annotations

from sroi.model.groups import Group
from sroi.model.outcomes import Outcome
from sroi.projection import actuals
from sroi.projection.cohorts import in_force, leaving, without_dust
from sroi.projection.declaring import PEOPLE, YEARS, Declaring
from sroi.projection.grades import optimism
from sroi.sheet import ONE, PURE, ZERO, Line, Unit, at, choose, one, power

SHEET = "Outcome workings"


def declare(to: Declaring) -> None:
    """Declares every outcome's lines (method § 4), by year but for what is kept.

    `<outcome>.gross`      units per person: `baseline × effect`, or `effect` where it is absolute
    `<outcome>.net`        `gross × (1-deadweight) × (1-attribution) × (1-displacement) × (1-leakage)`
    `<outcome>.corrected`  `net × (1-optimism) × (1-regression_to_mean)`, of a harm `net × (1+optimism)`
    `<outcome>.exposed`    people: `(engaged, or referred) × at_risk`
    `<outcome>.kept`       a share, one number: `(1-drop_off) × (1-exit_rate)`
    `<outcome>.entering`   people: `exposed[t-lag] × (1-exit_rate)^lag`
    `<outcome>.in_force`   people, by the recursion of `sroi.projection.cohorts`
    `<outcome>.quantity`   units of the outcome: `in_force × corrected`

    Several groups are followed each by itself, in lines such as `<outcome>.entering.<group>`, and their people in force
    are then added.
    """
    to.model.sheet(SHEET)
    for outcome in to.case.outcomes:
        _outcome(to, outcome)


def _outcome(to: Declaring, outcome: Outcome) -> None:
    said = to.said(outcome)
    to.model.heading(said)
    corrected = _change_per_person(to, outcome, said)
    reached = _in_force(to, outcome, said)
    to.model.line(
        f"{outcome.id}.quantity",
        f"{said}: quantity",
        Unit.of(outcome.unit),
        without_dust(to, reached) * corrected,
        method="§ 4",
        total=True,
    )


def _change_per_person(to: Declaring, outcome: Outcome, said: str) -> Line:
    """gross, net and corrected: the change per exposed person per year."""
    model, key, per_person = to.model, outcome.id, Unit.of(outcome.unit) / PEOPLE
    if outcome.basis == "proportional":
        baseline = to.number(outcome, "baseline", f"{said}: baseline", per_person)
        effect = to.profiled(outcome, "effect", f"{said}: effect, share of the baseline", PURE, style="share")
    else:
        effect = to.profiled(outcome, "effect", f"{said}: effect", per_person)
    past = actuals.known(to, outcome, said, effect)
    effect = actuals.used(to, outcome, said, effect, past)
    formula = baseline * effect if outcome.basis == "proportional" else effect
    gross = model.line(f"{key}.gross", f"{said}: change per person, gross", per_person, formula, method="§ 4")
    deadweight = to.share(outcome, "deadweight", f"{said}: deadweight")
    attribution = to.share(outcome, "attribution", f"{said}: attribution, the share due to others")
    displacement = to.share(outcome, "displacement", f"{said}: displacement")
    leakage = to.share(outcome, "leakage", f"{said}: leakage")
    net = model.line(
        f"{key}.net",
        f"{said}: change per person, net",
        per_person,
        gross * (ONE - deadweight) * (ONE - attribution) * (ONE - displacement) * (ONE - leakage),
        method="§ 4",
    )
    bias = actuals.believed(to, outcome, said, optimism(to, outcome, "benefit_optimism", said), past)
    regression = to.share(outcome, "regression_to_mean", f"{said}: regression to the mean")
    return model.line(
        f"{key}.corrected",
        f"{said}: change per person, corrected",
        per_person,
        choose(ZERO <= gross, net * (ONE - bias) * (ONE - regression), net * (ONE + bias)),
        method="§ 4",
    )


def _in_force(to: Declaring, outcome: Outcome, said: str) -> Line:
    """People in whom the effect is in force, followed by group and then added."""
    at_risk = to.share(outcome, "at_risk", f"{said}: share at risk", blank=ONE)
    lag = to.number(outcome, "lag", f"{said}: lag", YEARS, style="whole")
    duration = to.number(outcome, "duration", f"{said}: duration", YEARS, blank=one(YEARS), style="whole")
    drop_off = to.share(outcome, "drop_off", f"{said}: drop-off")
    counts = to.flag(outcome, "counts", f"{said}: counts", blank=True)
    inputs = (at_risk, lag, duration, drop_off, counts)
    groups = to.case.groups_of(outcome)
    if len(groups) == 1:
        return _of_group(to, outcome, groups[0], said, "", inputs)
    parts = []
    for group in groups:
        label = f"{said}, {to.said(group)}"
        parts.append(_of_group(to, outcome, group, label, f".{group.id}", inputs))
    return to.model.sum(
        f"{outcome.id}.in_force",
        f"{said}: people in whom it is in force",
        PEOPLE,
        parts,
        method="§ 4",
        total=True,
    )


def _of_group(
    to: Declaring,
    outcome: Outcome,
    group: Group,
    said: str,
    suffix: str,
    inputs: tuple[Line, Line, Line, Line, Line],
) -> Line:
    """exposed, entering and in force (method § 4): a cohort counts `kept^a` at age `a`, for `0 ≤ a < duration`."""
    model, key = to.model, outcome.id
    at_risk, lag, duration, drop_off, counts = inputs
    people = to[f"{group.id}.{'referrals' if outcome.of == 'referred' else 'engaged'}"]
    stays = to[f"{group.id}.stays"]
    exposed = model.line(
        f"{key}.exposed{suffix}",
        f"{said}: people exposed",
        PEOPLE,
        people * at_risk * counts,
        method="§ 4",
        total=True,
    )
    kept = model.line(
        f"{key}.kept{suffix}",
        f"{said}: share kept from year to year",
        PURE,
        (ONE - drop_off) * stays,
        style="share",
        method="§ 4",
    )
    entering = model.line(
        f"{key}.entering{suffix}",
        f"{said}: people entering",
        PEOPLE,
        at(exposed, lag) * power(stays, lag),
        method="§ 4",
        total=True,
    )
    return model.line(
        f"{key}.in_force{suffix}",
        f"{said}: people in whom it is in force",
        PEOPLE,
        in_force(entering, kept, leaving(entering, kept, duration)),
        method="§ 4",
        total=True,
    )
