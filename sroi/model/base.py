"""The frozen base of every row, and the description of its columns.

`Row` fixes the habits of all tables: frozen, unknown fields forbidden, and the sentence under a field *is*
its documentation. `columns(model)` turns a table's model into what readers, templates and the workbook need
to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, ConfigDict

from sroi.model.types import Kind, Live, Shown

EVIDENCE = frozenset({"source", "status", "grade", "population", "owner", "date"})
"""Fields that say where a row comes from rather than what it is: the last columns of a sheet."""


class Row(BaseModel):
    """One row of one table. `key` is its name in a ref (`costs.<key>.amount`)."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )
    table: ClassVar[str] = ""

    @property
    def key(self) -> str:
        """The row's name within its table; empty for the one-row tables `about` and `settings`."""
        return str(getattr(self, "id", "")) if self.table != "about" else ""

    def at(self, field: str = "") -> str:
        """The address of a field of this row, or of the row itself: `costs.hub.amount`, `costs.hub`."""
        return ".".join(part for part in (self.table, self.key, field) if part)


@dataclass(frozen=True)
class Column:
    """One field of one table, as a sheet shows it."""

    name: str
    """The field's name in files (`from`)."""
    attribute: str
    """The field's name in Python (`from_`)."""
    header: str
    """The heading in a sheet (`Price year`)."""
    required: bool
    default: Any
    kind: Kind
    """How the value is shown: a share, money, a year ..."""
    live: bool
    """Whether a change in the results workbook recalculates it; otherwise the engine must run again."""
    choices: tuple[str, ...]
    low: float | None
    high: float | None
    low_open: bool
    """True when `low` itself is not allowed."""
    doc: str
    evidence: bool

    @property
    def is_number(self) -> bool:
        """Whether the field holds a number that is neither a year nor a word."""
        return self.kind in ("share", "money", "number", "whole")


def _flatten(annotation: Any, metadata: tuple[Any, ...]) -> tuple[list[Any], tuple[str, ...]]:
    """All metadata and literal choices anywhere inside an annotation such as `Annotated[float, ...] |
    None`."""
    found: list[Any] = list(metadata)
    choices: tuple[str, ...] = ()
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return found, tuple(str(a) for a in args)
    if hasattr(annotation, "__metadata__"):
        inner, choices = _flatten(annotation.__origin__, ())
        return [*found, *annotation.__metadata__, *inner], choices
    if origin in (Union, UnionType):
        for arg in args:
            inner, inner_choices = _flatten(arg, ())
            found += inner
            choices = choices or inner_choices
    return found, choices


def _unpacked(items: list[Any]) -> list[Any]:
    """Metadata with the constraints that pydantic's `Field(ge=...)` keeps inside taken out."""
    return [part for item in items for part in (getattr(item, "metadata", None) or [item])]


def header(name: str) -> str:
    """`price_year` as a sheet writes it.

    >>> header("price_year")
    'Price year'
    """
    return name.replace("_", " ").capitalize()


@cache
def columns(model: type[Row]) -> tuple[Column, ...]:
    """The columns of a table in the order of a sheet: essentials first, evidence last.

    >>> from sroi.model.sectors import Sector
    >>> [c.header for c in columns(Sector)]
    ['Id', 'Name', 'Ledger', 'Part of', 'Library']
    """
    result = []
    for attribute, field in model.model_fields.items():
        raw, choices = _flatten(field.annotation, tuple(field.metadata))
        metadata = _unpacked(raw)
        name = field.alias or attribute
        shown = next((m for m in reversed(metadata) if isinstance(m, Shown)), Shown("text"))
        live = next((m.live for m in reversed(metadata) if isinstance(m, Live)), False)
        low = next((m.ge if isinstance(m, Ge) else m.gt for m in metadata if isinstance(m, Ge | Gt)), None)
        high = next((m.le if isinstance(m, Le) else m.lt for m in metadata if isinstance(m, Le | Lt)), None)
        required = field.is_required()
        result.append(
            Column(
                name=name,
                attribute=attribute,
                header=header(name),
                required=required,
                default=None if required else field.get_default(call_default_factory=False),
                kind=shown.kind,
                live=live,
                choices=choices,
                low=None if low is None else float(str(low)),
                high=None if high is None else float(str(high)),
                low_open=any(isinstance(m, Gt) for m in metadata),
                doc=" ".join((field.description or "").split()),
                evidence=name in EVIDENCE,
            )
        )
    return tuple(result)


@cache
def attributes(model: type[Row]) -> Mapping[str, str]:
    """From a field's name in files, or in Python, to its name in Python."""
    names = {c.name: c.attribute for c in columns(model)}
    return MappingProxyType(names | {a: a for a in names.values()})
