"""The case that uses everything, with options and scenarios that change each kind of input a workbook follows."""

from __future__ import annotations

from typing import Any

from tests.parity.everything import everything


def with_options() -> dict[str, Any]:
    """A number, a share typed in per cent, whole numbers, years, yes and no, a price year and a year of a profile by
    options; a rate, a grade, the index, timing by scenarios. Blank inputs are filled in by some of them."""
    case = everything()
    case["about"] = case["about"] | {"id": "with-options"}
    case["settings"] = case["settings"] | {"compare_with": "minimum"}
    case["options"] = [
        {"name": "minimum", "title": "Do minimum", "ref": "costs.support.amount", "value": 900},
        {"name": "minimum", "ref": "outcomes.incidents.effect", "value": "12%"},
        {"name": "minimum", "ref": "outcomes.care.duration", "value": 3},
        {"name": "minimum", "ref": "values.stays-pay.growth", "value": 0.01},
        {"name": "stretched", "title": "Stretched", "ref": "profiles.groups.young.referrals.2031", "value": 80},
        {"name": "stretched", "ref": "profiles.outcomes.harm.effect.2029", "value": 0.3},
        {"name": "stretched", "ref": "values.care-society-social.counts", "value": "yes"},
        {"name": "stretched", "ref": "costs.lease.counts", "value": False},
        {"name": "stretched", "ref": "costs.office.to", "value": "2030/31"},
        {"name": "stretched", "ref": "costs.starts.to", "value": 2033},
        {"name": "stretched", "ref": "costs.set-up.grade", "value": 1},
        {"name": "stretched", "ref": "outcomes.harm.lag", "value": 2},
        {"name": "stretched", "ref": "outcomes.stays.at_risk", "value": 0.9},
        {"name": "stretched", "ref": "values.stays-pay.price_year", "value": "2016/17"},
    ]
    case["scenarios"] = [
        {"name": "dear", "title": "Dear times", "ref": "settings.discount", "value": 0.06},
        {"name": "dear", "ref": "grades.2.benefit_optimism", "value": 0.5},
        {"name": "dear", "ref": "settings.benefit_timing", "value": "middle"},
        {"name": "dear", "ref": "settings.tax_deadweight", "value": 0.2},
        {"name": "slow", "ref": "deflators.2016/17.index", "value": 91.0},
        {"name": "slow", "ref": "schedules.green-book-2026-standard@0.rate_percent", "value": 2.5},
        {"name": "slow", "ref": "groups.adults.exit_rate", "value": 0.2},
        {"name": "slow", "ref": "unit_values.wellby.amount", "value": 9000},
        {"name": "slow", "ref": "outcomes.incidents.optimism", "value": 0.2},
    ]
    return case
