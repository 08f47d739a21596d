"""Other words that people use for what the library holds: they find it, and change nothing of it.

A word is listed beside a unit value's id, or an event's name and so all of its parts, where someone would type it and
no word of the row says it. It means the same thing, or what the row is a part of; what is only akin is left out, so
that *employment* finds a move into work and not a qualification.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

OTHER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "jsa-to-work": ("employment", "employed", "unemployment", "unemployed", "jobseeker", "worklessness"),
    "esa-to-work": ("employment", "employed", "unemployment", "unemployed", "worklessness", "incapacity"),
    "neet-16-17": ("unemployment", "unemployed"),
    "domestic-violence": ("abuse",),
    "prison-year": ("place", "custody", "jail"),
    "prisoner-year-2022": ("place", "custody", "jail"),
    "yoi-15-21-year": ("place", "custody"),
    "yoi-15-17-year": ("place", "custody"),
    "exclusion": ("school", "excluded"),
    "truancy": ("school", "absence"),
    "rough-sleeper-year": ("sleeping", "homelessness"),
    "hostel-week": ("homelessness", "temporary", "accommodation"),
    "simple-repossession": ("eviction",),
    "child-in-care-year": ("looked-after",),
    "child-in-care-low-year": ("looked-after",),
    "child-in-care-medium-year": ("looked-after",),
    "child-in-care-high-year": ("looked-after",),
    "child-in-care-very-high-year": ("looked-after",),
    "childrens-home-year-2023": ("residential-care",),
    "wellby": ("wellbeing",),
})  # fmt: skip
"""By id or event, the words that find it beside its own."""
