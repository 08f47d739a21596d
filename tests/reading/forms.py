"""The same case written in each form, for tests: a dict as YAML text and as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sroi.model import MODELS, SINGLE, columns, header
from sroi.reading.raw import is_year


def as_yaml(case: dict[str, Any], path: Path) -> Path:
    """The case as YAML."""
    path.write_text(yaml.safe_dump(case, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def cell(value: Any) -> Any:
    """A value as one would type it in a cell."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return ("yes" if value else "no") if isinstance(value, bool) else value


def as_book(case: dict[str, Any]) -> Workbook:
    """The case as a workbook: a title in A1, headings in row 3, a blank row after the first row."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table, rows in case.items():
        sheet: Worksheet = book.create_sheet(header(table))
        sheet["A1"] = f"{header(table)} of the case"
        if table in SINGLE:
            sheet.append([])
            sheet.append(["Field", "Value", "Meaning"])
            for field, value in rows.items():
                sheet.append([header(field), cell(value), "not read"])
            continue
        names = [c.name for c in columns(MODELS[table]) if any(c.name in row for row in rows)]
        names += sorted({name for row in rows for name in row if is_year(name)})
        sheet.append([])
        sheet.append([name if is_year(name) else header(name) for name in names])
        for number, row in enumerate(rows):
            sheet.append([cell(row.get(name)) for name in names])
            if number == 0:
                sheet.append([])
    return book


def as_workbook(case: dict[str, Any], path: Path) -> Path:
    """The case as a workbook in a file."""
    as_book(case).save(path)
    return path
