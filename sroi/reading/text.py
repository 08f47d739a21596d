"""YAML as a tree of cells, each with its line: `no-wrong-door.yaml:31`.

Only the composer of PyYAML is used: nodes with marks, nothing executed. A plain scalar stays the text that was
typed (an id `no` is the word, `2015/16` no sum), since every field parses text; only blanks and numbers in powers
of ten are taken as YAML means them. Where YAML takes a bare word for something that is written otherwise (`1.0` is 1,
`true` is yes), its cell says so, and a field of words refuses it (`sroi.reading.rows`): the same case as a dict would
have another hash. Repeated keys, aliases and tags are refused: each can make a file say something else than it seems
to.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from sroi.errors import CaseError, Problem
from sroi.model.parsing import text as words
from sroi.reading.raw import Cell, Raw
from sroi.reading.tree import tables

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_POWERS = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d{1,3}")
_DEEPEST = 20


def read_text(path: Path) -> Raw:
    """The tables of a YAML file; `CaseError` where it is not YAML, or uses what is refused."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError([Problem(path.name, "The file must be text in UTF-8", "", "Save it as UTF-8.")]) from None
    try:
        refused = _refused(text, path.name)
        node = None if refused else yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise CaseError([_syntax(error, path.name)]) from None
    except yaml.YAMLError:
        rule = "The file holds a character that text cannot"
        raise CaseError([Problem(path.name, rule, "", "Save it as plain text in UTF-8.")]) from None
    if refused:
        raise CaseError(refused)
    if node is None:
        raise CaseError([Problem(path.name, "The file is empty", "", "A case needs about, settings and sectors.")])
    problems: list[Problem] = []
    root = _cell(node, path.name, problems)
    if problems:
        raise CaseError(problems)
    return tables(root, path.name)


def _place(mark: Any, name: str) -> str:
    return name if mark is None else f"{name}:{mark.line + 1}"


def _syntax(error: yaml.MarkedYAMLError, name: str) -> Problem:
    """A fault of YAML itself, in as plain words as the parser has."""
    mark = error.problem_mark or error.context_mark
    found = (error.problem or error.context or "").strip()
    if "tab" in found or "'\\t'" in found:
        return Problem(_place(mark, name), "YAML is indented by spaces", "a tab", "Use spaces.")
    if "single document" in str(error):
        return Problem(_place(mark, name), "A file holds one case", "a second document", "Take out the line ---.")
    return Problem(_place(mark, name), f"This is not YAML: {found}", "", "Look at this line and the one above.")


def _refused(text: str, name: str) -> list[Problem]:
    """Aliases, tags and bottomless nesting, found before anything is built."""
    found: list[Problem] = []
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        place = _place(event.start_mark, name)
        if isinstance(event, yaml.AliasEvent):
            found.append(Problem(place, "Aliases are not read", f"*{event.anchor}", "Write the value out."))
        elif getattr(event, "tag", None) not in (None, "!"):
            found.append(Problem(place, "Tags are not read", str(event.tag), "Take the tag out."))  # type: ignore[attr-defined]
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return [
                    *found,
                    Problem(place, "A case is not nested so deep", "", "Look for a bracket too many."),
                ]
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return found


def _cell(node: yaml.Node, name: str, problems: list[Problem]) -> Cell:
    """A node as a cell; repeated keys are added to the problems."""
    place = _place(node.start_mark, name)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Cell] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problems.append(
                    Problem(_place(key.start_mark, name), "A field's name must be a word", "a list or mapping")
                )
                continue
            if key.value in found:
                rule = f'"{key.value}" is there twice'
                problems.append(Problem(_place(key.start_mark, name), rule, "", "Take one out."))
            found[key.value] = _at(_cell(value, name, problems), _place(key.start_mark, name), value)
        return Cell(found, place)
    if isinstance(node, yaml.SequenceNode):
        return Cell([_cell(item, name, problems) for item in node.value], place)
    value = _scalar(node)
    return Cell(value, place, "" if _as_typed(node, value) else node.value)


def _at(cell: Cell, place: str, node: yaml.Node) -> Cell:
    """A table or row on the lines below its name is placed at its name."""
    return Cell(cell.value, place) if isinstance(node, yaml.CollectionNode) else cell


def _scalar(node: Any) -> Any:
    if node.style is not None:
        return node.value
    if node.value in _NULLS:
        return None
    return float(node.value) if _POWERS.fullmatch(node.value) else node.value


_TAKEN = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("bool", "float", "int", "timestamp"))


def _as_typed(node: Any, value: Any) -> bool:
    """Whether a scalar as words is what was typed, also to a program that reads it as YAML means it."""
    if node.style is not None or value is None:
        return True
    if isinstance(value, str) and node.tag in _TAKEN:
        try:
            value = SafeConstructor().construct_object(node)
        except ValueError:  # a date that is none, which YAML itself refuses
            return True
    return words(value) == str(node.value)
