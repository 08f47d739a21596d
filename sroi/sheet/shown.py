"""A number as text, as Excel's `TEXT` writes it: the few formats that sentences use.

Excel rounds the decimal number it shows, half away from zero; Python's own formatting rounds the binary one to even.

>>> shown(0.125, "0.00"), shown(-1234567.5, "#,##0"), shown(0.0714, "0.0%")
('0.13', '-1,234,568', '7.1%')
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

from sroi.errors import KernelError

FORMATS = {"0": 0, "0.0": 1, "0.00": 2, "#,##0": 0, "0%": 0, "0.0%": 1}
"""Each format and its decimal places."""


def shown(value: float, form: str) -> str:
    """The text of a number in one of `FORMATS`; raises `KernelError` for any other, or a number that is not one."""
    if form not in FORMATS:
        raise KernelError(f"{form!r} is not one of the formats {', '.join(FORMATS)}")
    if not math.isfinite(value):
        raise KernelError("only a finite number can be shown in a sentence")
    number = Decimal(f"{value:.15g}") * (100 if form.endswith("%") else 1)
    rounded = number.quantize(Decimal(1).scaleb(-FORMATS[form]), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if form.startswith("#") else f"{rounded:f}"
    text = text.removeprefix("-") if rounded == 0 else text
    return text + ("%" if form.endswith("%") else "")
