"""What every test shares: tools that some tests need, and how hard Hypothesis looks.

LibreOffice and pdftoppm are not on every desk: where one is missing, the tests that need it are skipped and
say so. In CI (the variable `CI` is set) the same test fails, so that a green run has run everything.
"""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

IN_CI = bool(os.environ.get("CI"))

TOOLS = {
    "libreoffice": (("soffice", "libreoffice"), "LibreOffice", "libreoffice-calc-nogui"),
    "poppler": (("pdftoppm",), "pdftoppm", "poppler-utils"),
}
"""Marker: the program's names, what people call it, the Debian package that brings it."""

# No deadline: the machines are shared, and a slow example is not a wrong one.
settings.register_profile("dev", deadline=None, print_blob=True, max_examples=50)
settings.register_profile(
    "ci", deadline=None, print_blob=True, max_examples=200, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if IN_CI else "dev")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose tool is missing, or fail it in CI."""
    for marker, (programs, name, package) in TOOLS.items():
        if item.get_closest_marker(marker) is None or any(shutil.which(program) for program in programs):
            continue
        reason = f"{name} is not installed (Debian: apt-get install {package})"
        if IN_CI:
            pytest.fail(f"{reason}; CI must run every test.", pytrace=False)
        pytest.skip(reason)
