"""The palette, number formats and cell formats of every workbook we write (workbook, rules 7 to 9).

Meaning is never by colour alone: inputs are unlocked and say so, structural cells say *run again*, checks say OK or
CHECK. Every pair of colours here has a contrast of at least 4.5 to 1 (AA).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sroi.model.currency import STERLING, before
from sroi.model.types import Kind
from sroi.sheet import Line

FONT = {"font_name": "Arial", "font_size": 10}
INK, BLUE, GREY, WHITE = "#1A1A1A", "#0000C8", "#595959", "#FFFFFF"
NAVY, PALE_YELLOW, PALE_GREY, PALE_BLUE, RULE = "#1F3864", "#FFFBE0", "#EDEDED", "#E8EEF7", "#BFBFBF"
COST, GAIN, TOTAL = "#C55A11", "#2E75B6", "#1F3864"
"""Bars: what is paid, what is gained, what is left."""

FORMATS: Mapping[str, str] = {
    "money": "#,##0;-#,##0;0",
    "pence": "#,##0.00;-#,##0.00;0.00",
    "ratio": '"£"0.00;-"£"0.00',
    "share": "0.0%",
    "number": "#,##0.00;-#,##0.00;0",
    "fine": "#,##0.00##;-#,##0.00##;0",
    "fine share": "0.0##%",
    "whole": "#,##0",
    "factor": "0.0000",
    "year": "0",
    "stage": '"Stage "0',
    "years": "0.0",
    "flag": "0",
    "tick": '0;-0;"–"',
    "rate or none": '0.0%;-0.0%;"–"',
    "text": "@",
    "small": "0.0E+00",
    "general": "General",
}
"""Number formats by the style of a line or cell."""

INPUT_FORMATS: Mapping[Kind, str] = {
    "share": "0.0##%",
    "money": "£#,##0.00",
    "number": "General",
    "whole": "0",
    "year": "0",
    "price year": "@",
    "yes/no": "@",
    "text": "@",
    "id": "@",
    "choice": "@",
    "list": "@",
    "date": "@",
}

CELLS: Mapping[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": NAVY},
    "subtitle": {"font_color": GREY, "italic": True},
    "heading": {"bold": True, "font_size": 11, "font_color": WHITE, "bg_color": NAVY},
    "block": {"bold": True, "font_color": NAVY, "bg_color": PALE_BLUE, "valign": "top"},
    "label": {"font_color": INK, "text_wrap": True, "valign": "top"},
    "beside": {"font_color": INK, "text_wrap": True, "valign": "top", "indent": 1, "align": "left"},
    "unit": {"font_color": GREY, "valign": "top", "indent": 1, "align": "left"},
    "counter": {"font_color": GREY, "valign": "top"},
    "strong": {"bold": True, "font_color": INK, "text_wrap": True, "valign": "top"},
    "note": {"font_color": GREY, "text_wrap": True, "valign": "top"},
    "note_across": {"font_color": GREY, "valign": "top", "indent": 1, "align": "left"},
    "sign": {"font_color": INK, "bottom": 1, "bottom_color": INK},
    "formula": {"font_color": INK, "valign": "top"},
    "result": {"font_color": INK, "bold": True, "valign": "top"},
    "big": {"font_color": NAVY, "bold": True, "font_size": 14, "valign": "top"},
    "link": {"font_color": BLUE, "underline": 1, "valign": "top"},
    "input": {"font_color": BLUE, "bg_color": PALE_YELLOW, "border": 1, "border_color": RULE, "locked": False,
              "valign": "top", "text_wrap": True, "indent": 1},
    "structural": {"font_color": INK, "bg_color": PALE_GREY, "border": 1, "border_color": RULE, "valign": "top",
                   "text_wrap": True, "indent": 1},
}  # fmt: skip
"""Cell formats by what the cell is."""


def in_currency(number: str, code: str) -> str:
    """A number format of pounds as one of the case's currency, in quotes: letters mean something in a format.

    >>> in_currency("£#,##0.00", "SEK")
    '"SEK "#,##0.00'
    """
    return number if code == STERLING else number.replace('"£"', "£").replace("£", f'"{before(code)}"')


def number_format(line: Line) -> str:
    """The number format of a line: money by the unit in pounds and pence, money in total in pounds."""
    if line.style == "money" and line.unit is not None and len(line.unit.powers) > 1:
        return FORMATS["pence"]
    if line.name.startswith("constants.tolerance") or line.name.endswith((".allowed", ".nil")):
        return FORMATS["small"]
    return FORMATS[line.style]
