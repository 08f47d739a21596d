"""The table `sectors`: whose money, or whose life, changes."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from sroi.model.base import Row
from sroi.model.types import Id, Ids, Shown, Text, choice

Ledger = Annotated[Literal["public", "people", "society"], choice, Shown("choice")]


class Sector(Row):
    """Someone who pays or gains."""

    table: ClassVar[str] = "sectors"

    id: Id
    """The sector's name for programs."""
    name: Text
    """The sector's name for people."""
    ledger: Ledger
    """public (a budget), people (those served) or society (everyone else)."""
    part_of: Id | None = None
    """The sector, of the same ledger, of which this one is a part."""
    library: Ids | None = None
    """Sectors of the library that mean this one, separated by commas."""
