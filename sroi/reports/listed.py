"""The method's own numbers for rates of return: at which rates a workbook lists net value, and when a rate fits.

They stand on the sheet Constants, each in a cell, and formulas refer to them (workbook, rule 4).
"""

from __future__ import annotations

from collections.abc import Mapping

from sroi.projection.irr import HIGHEST_RATE, LOWEST_RATE

FITS = "rates.fits"
RATES = (
    *(LOWEST_RATE, -0.94, -0.92, -0.90, -0.88, -0.85, -0.80, -0.75, -0.70, -0.65, -0.60, -0.55, -0.50, -0.45, -0.40),
    *(-0.35, -0.30, -0.25, -0.20, -0.15, -0.10, -0.05, 0.0, 0.02, 0.05, 0.10, 0.15, 0.20, 0.30, 0.50, 0.75),
    *(1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, HIGHEST_RATE),
)
"""From end to end of the range in which the method seeks (§ 6), nearest together below nil.

`IRR()` of a spreadsheet takes at most 20 of Newton's steps, and far below nil each is short: from the listed rate below
the crossing it arrives in all but about one in a thousand of random programmes of up to 100 years, and never elsewhere.
"""
RATE_CONSTANTS: Mapping[str, tuple[str, float]] = {
    # a rate right to a ten-millionth, which is all that spreadsheets promise of IRR(), leaves less than this
    FITS: ("A rate of return fits if the net value it leaves is at most this share of the gains", 1e-5),
    **{f"rates.listed.{n}": (f"Listed rate {n}", rate) for n, rate in enumerate(RATES, start=1)},
}
"""By ref, what the cell is and what it holds."""
