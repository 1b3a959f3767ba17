"""What `--set path.to.value=x` says: one more document, on top of the files."""

import tomllib
from functools import reduce
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.errors import Problem, ScenarioError, meant, quoted
from sim.scenario import shape
from sim.scenario.misfits import DEEPEST, everything, misfits
from sim.scenario.source import Document, Given, dotted

WAY = "write it as --set path.to.value=x, such as --set teams.frontline.scale=0.9"


def option(text: str, scenario: Given, noun: type[BaseModel]) -> Document:
    """An option laid over `scenario`, which should be a `noun`; raises ScenarioError.

    The value is read as TOML, and as text if it is none: `--set title=Lean` needs no quotes. An
    entry of a table of names must exist, unless it is given whole, as a table.
    """
    name = f"--set {_printable(text)}"
    keys, raw = keys_of(text.partition("=")[0].strip()), text.partition("=")[2].strip()
    if "=" not in text or not all(keys):
        raise _refused(name, (), WAY)
    if keys[0] == "extends":
        raise _refused(name, (), "`extends` belongs in the file; name another scenario instead")
    value = _value(raw)
    table = reduce(lambda inner, key: {key: inner}, reversed(keys), value)
    if any(len(path) > DEEPEST for path, _ in everything(table)):
        raise _refused(name, (), f"nested more than {DEEPEST} deep")
    document = Document(name, Path(), table)
    problems = [*misfits(document).values(), *_astray(name, keys, scenario, noun)]
    if problems:
        raise ScenarioError(problems)
    return document


def _refused(name: str, path: tuple[str, ...], message: str) -> ScenarioError:
    return ScenarioError([Problem(name, None, dotted(path), message)])


def _printable(text: str) -> str:
    return quoted(text)[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def keys_of(text: str) -> list[str]:
    """The parts of a dotted key; names with spaces may stand without quotes."""
    try:
        table: Any = tomllib.loads(f"{text} = 0")
    except (ValueError, RecursionError):
        return [key.strip() for key in text.split(".")]
    keys = []
    while isinstance(table, dict) and len(table) == 1:
        key, table = next(iter(table.items()))
        keys.append(key)
    return keys if table == 0 else []


def _value(text: str) -> Any:
    try:
        table = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return table["value"] if len(table) == 1 else text


def _astray(name: str, keys: list[str], scenario: Given, noun: type[BaseModel]) -> list[Problem]:
    """The first name on the way that the scenario does not know."""
    kinds: list[Any] = [noun]
    value = scenario.value
    for depth, key in enumerate(keys[:-1], start=1):
        known = value if isinstance(value, dict) else {}
        if key not in known and any(map(shape.is_named, kinds)):
            return [Problem(name, None, dotted(tuple(keys[:depth])), _unknown(key, known))]
        value = known[key].value if key in known else None
        kinds = shape.under(kinds, key)
    return []


def _unknown(key: str, known: dict[str, Given]) -> str:
    guess = meant(key, known)
    if guess:
        return f"there is no {quoted(key)} here; did you mean {quoted(guess)}?"
    names = ", ".join(map(quoted, known)) or "none"
    return f"there is no {quoted(key)} here (there are: {names}); a new one is given as a table"
