"""What pydantic found wrong, as sentences for a planner: one for each place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.errors import meant, quoted
from sim.scenario import shape
from sim.scenario.lines import KeyPath

MOST_FIELDS = 12
"""A table with more fields than this is not described by listing them."""


@dataclass(frozen=True)
class _Wrong:
    path: KeyPath
    branches: tuple[tuple[KeyPath, str], ...]
    """For each union on the way: its place, and the member that was tried."""
    error: ErrorDetails


def sentences(
    error: ValidationError, noun: type[BaseModel], table: dict[str, Any]
) -> dict[KeyPath, str]:
    """What is wrong with `table`, which should be a `noun`, by places."""
    found = [_placed(detail, table) for detail in error.errors(include_url=False)]
    by_place: dict[KeyPath, list[_Wrong]] = {}
    for wrong in _without_branches(found, 0):
        by_place.setdefault(wrong.path, []).append(wrong)
    return {path: _sentence(path, wrongs, noun) for path, wrongs in by_place.items()}


def _placed(error: ErrorDetails, table: dict[str, Any]) -> _Wrong:
    """An error at its place in the file: pydantic also counts members of unions as steps."""
    value: Any = table
    path: KeyPath = ()
    branches = []
    for nth, step in enumerate(error["loc"], start=1):
        here = isinstance(value, dict) and step in value
        entry = isinstance(value, list) and isinstance(step, int) and step < len(value)
        if here or entry:
            path, value = (*path, step), value[step]
        elif error["type"] == "missing" and nth == len(error["loc"]):
            path = (*path, step)
        else:
            branches.append((path, str(step)))
    return _Wrong(path, tuple(branches), error)


def _without_branches(found: list[_Wrong], depth: int) -> list[_Wrong]:
    """The errors of the likeliest member of each union; of all, if none fits the kind of value."""
    kept = [wrong for wrong in found if len(wrong.branches) <= depth]
    unions: dict[KeyPath, dict[str, list[_Wrong]]] = {}
    for wrong in found:
        if len(wrong.branches) > depth:
            place, member = wrong.branches[depth]
            unions.setdefault(place, {}).setdefault(member, []).append(wrong)
    for place, members in unions.items():
        likely = [errors for errors in members.values() if _fits(errors, place)]
        deeper = [errors for errors in likely if any(wrong.path != place for wrong in errors)]
        if likely:
            best = min(deeper or likely, key=lambda errors: _strangeness(errors, place))
            kept += _without_branches(best, depth + 1)
        else:
            kept += [wrong for errors in members.values() for wrong in errors]
    return kept


def _fits(errors: list[_Wrong], place: KeyPath) -> bool:
    """Whether a union's member wants this kind of value, whatever else is wrong with it."""
    return not all(wrong.path == place and _needs(wrong.error) for wrong in errors)


def _strangeness(errors: list[_Wrong], place: KeyPath) -> tuple[int, int]:
    """How little a table looks like a member: keys missing or unknown, then errors at all."""
    strange = sum(
        wrong.error["type"] in ("missing", "extra_forbidden") and wrong.path[:-1] == place
        for wrong in errors
    )
    return strange, len(errors)


def _sentence(path: KeyPath, wrongs: list[_Wrong], noun: type[BaseModel]) -> str:
    error = next((wrong.error for wrong in wrongs if not _needs(wrong.error)), None)
    if error is None:
        needs = [need for wrong in wrongs for need in _needs(wrong.error)]
        return _of_kind(path, wrongs[0].error["input"], needs, noun)
    context = error.get("ctx", {})
    value = quoted(error["input"])
    match error["type"]:
        case "extra_forbidden":
            return _unknown(path, noun)
        case "missing":
            return _missing(path, noun)
        case "value_error" | "assertion_error":
            return str(context["error"])
        case "greater_than":
            return f"found {value}; must be above {context['gt']:g}"
        case "greater_than_equal":
            return f"found {value}; must be {context['ge']:g} or more"
        case "less_than":
            return f"found {value}; must be below {context['lt']:g}"
        case "less_than_equal":
            return f"found {value}; must be at most {context['le']:g}" + _percent(error)
        case "too_short":
            return f"found {value}; at least {_entries(context['min_length'])} needed"
        case "too_long":
            return f"found {value}; at most {_entries(context['max_length'])} allowed"
        case "string_too_short":
            return f"found {value}; at least {context['min_length']} characters are needed"
        case "string_too_long":
            return f"found {value}; at most {context['max_length']} characters are allowed"
        case _:
            return f"found {value}; {error['msg'].replace('Input should', 'must')}"


def _entries(number: int) -> str:
    return "1 entry is" if number == 1 else f"{number} entries are"


def _percent(error: ErrorDetails) -> str:
    value = error["input"]
    is_percent = error.get("ctx", {}).get("le") == 1 and 1 < value <= 100
    return f" (write {value} % as {value / 100:g})" if is_percent else ""


_KINDS = {
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "string_type": "text in quotes",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "list_type": "a list",
    "tuple_type": "a list",
}


def _needs(error: ErrorDetails) -> list[str]:
    """What kinds of value are needed, if the value is of the wrong kind."""
    if error["type"] == "literal_error":
        return [f'"{word}"' for word in re.findall(r"'([^']*)'", error["ctx"]["expected"])]
    kind = _KINDS.get(error["type"])
    return [kind] if kind else []


def _of_kind(path: KeyPath, value: Any, needs: list[str], noun: type[BaseModel]) -> str:
    needs = list(dict.fromkeys(needs))
    if value is False and "true or false" not in needs:
        return "false removes what a base gives, and no base gives this; leave it out"
    words = [need[1:-1] for need in needs if need.startswith('"')]
    guess = meant(value, words) if isinstance(value, str) else None
    if "a table" in needs:
        needs[needs.index("a table")] += _with_fields(shape.nouns(shape.at(noun, path)))
    allowed = ", ".join(needs[:-1]) + " or " + needs[-1] if len(needs) > 1 else needs[0]
    cure = f'; did you mean "{guess}"?' if guess else _cure(value, needs)
    return f"found {quoted(value)}; allowed: {allowed}{cure}"


def _with_fields(nouns: list[type[BaseModel]]) -> str:
    keys = [key for noun in nouns for key in shape.fields(noun)]
    return f" of {', '.join(keys)}" if 0 < len(keys) <= MOST_FIELDS else ""


_NUMBER = re.compile(r"\s*(-?\d{1,15}(?:[.,]\d{1,15})?)\s*(%?)\s*", re.ASCII)


def _cure(value: Any, needs: list[str]) -> str:
    number = (
        re.fullmatch(r"\s*(-?\d+(?:[.,]\d+)?)\s*(%?)\s*", value) if isinstance(value, str) else None
    )
    if number and {"a number", "a whole number"} & set(needs):
        amount = float(number[1].replace(",", ".")) / (100 if number[2] else 1)
        return f"; write {amount:g} without quotes"
    if "text in quotes" in needs and not isinstance(value, (dict, list)):
        return f'; write "{quoted(value)}"'
    if "a list" in needs and not isinstance(value, (dict, list)):
        return f"; write [{quoted(value)}]"
    return ""


def _unknown(path: KeyPath, noun: type[BaseModel]) -> str:
    nouns = shape.nouns(shape.at(noun, path[:-1]))
    keys = [key for owner in nouns for key in shape.fields(owner)]
    guess = meant(str(path[-1]), keys)
    cure = f"did you mean `{guess}`?" if guess else f"the fields are: {', '.join(keys)}"
    return f"not a field of {_names(nouns)}; {cure}"


def _missing(path: KeyPath, noun: type[BaseModel]) -> str:
    nouns = [
        owner
        for owner in shape.nouns(shape.at(noun, path[:-1]))
        if str(path[-1]) in shape.fields(owner)
    ]
    described = [shape.fields(owner)[str(path[-1])].description or "" for owner in nouns]
    meaning = " ".join("".join(described[:1]).split()).split(". ")[0].rstrip(".")
    return f"missing; {_names(nouns)} needs it" + (f" ({meaning})" if meaning else "")


def _names(nouns: Iterable[type[BaseModel]]) -> str:
    return " or ".join(noun.__name__ for noun in nouns) or "the table"
