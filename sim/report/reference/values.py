"""How the value of a field is written, in a planner's words."""

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.report.reference.markdown import anchor
from sim.scenario import shape
from sim.scenario.distributions import Law
from sim.scenario.nouns import Clock, Date, Days, Duration, Interval, Stretch
from sim.scenario.study import Plan
from sim.units import DAY, HOUR, MINUTE, MONTH

WRITTEN: dict[str, tuple[Any, str]] = {
    "length of time": (Duration, '`"90 s"`, `"3m30s"`, `"2 h"`, `"28 days"`: always with its unit'),
    "interval": (Interval, '`"15 min"`, `"30 min"` or `"60 min"`'),
    "time of day": (Clock, '`"08:30"`, from `"00:00"` to `"24:00"`'),
    "opening hours": (Stretch, '`"08:00-20:00"`; the end is later on the same day'),
    "days": (Days, "`mon` … `sun`, a stretch `mon-fri`, or `weekday`, `weekend`, `all`"),
    "date": (Date, '`2026-03-02` or `"2026-03-02"`'),
}
"""Kinds of values that have a form of their own: their types, and how they are written."""


_TITLES: dict[type[BaseModel], str] = {Law: "Distribution", Plan: "Study"}


def title_of(noun: type[BaseModel]) -> str:
    """What a noun is called on the page.

    >>> title_of(Law)
    'Distribution'
    """
    if noun in _TITLES:
        return _TITLES[noun]
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in noun.__name__).strip()
    return words.capitalize()


def value_of(hint: Any) -> str:
    """Which values a field may have, from its type with all its notes."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(inner[0], list(inner[1:]))
    if origin in (Union, UnionType):
        return " or ".join(value_of(one) for one in inner if one is not type(None))
    if origin is Literal:
        return " or ".join(f'`"{word}"`' for word in inner)
    if shape.is_named(hint):
        return f"by {_named_by(inner[0])}: {value_of(inner[1])}"
    entry = shape.entry_of(hint)
    if entry is not None:
        return f"list of {value_of(entry)}"
    if shape.is_noun(hint):
        return f"[{title_of(hint)}](#{anchor(title_of(hint))})"
    return {bool: "`true` or `false`", int: "whole number", float: "number", str: "text"}[hint]


def _named_by(key: Any) -> str:
    return "days" if key == Days else "name"


def _annotated(plain: Any, notes: list[Any]) -> str:
    for name, (kind, _) in WRITTEN.items():
        if kind.__metadata__[0] in notes:
            return name
    words = value_of(plain)
    return _bounded(words, notes) if plain in (int, float) else words


_BOUNDS: dict[type, str] = {Ge: "from", Gt: "above", Le: "to", Lt: "below"}


def _bounded(kind: str, notes: list[Any]) -> str:
    """A kind of number with its limits, of which the narrowest count."""
    limits = [limit for note in notes if isinstance(note, FieldInfo) for limit in note.metadata]
    bounds = [
        (float(getattr(limit, type(limit).__name__.lower())), _BOUNDS[type(limit)])
        for limit in limits
        if type(limit) in _BOUNDS
    ]
    least, above = max(bound for bound in bounds if bound[1] in ("from", "above"))
    upper = [bound for bound in bounds if bound[1] in ("to", "below")]
    if not upper:
        return f"{kind} above {least:g}" if above == "above" else f"{kind}, {least:g} or more"
    most, below = min(upper)
    if (kind, least, most) == ("number", 0.0, 1.0) and above == "from":
        return "share" if below == "to" else "share below 1"
    return f"{kind} {above} {least:,.10g} {below} {most:,.10g}"


def default_of(field: FieldInfo, value: str) -> str:
    """What counts if a field is not given, as it would be written; `value` is from `value_of`."""
    if field.is_required():
        return "**needed**"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, BaseModel) and not default.model_fields_set:
        return "as there"
    if default in (None, "", {}, []):
        return "–"
    return f"`{written(default, value)}`"


def written_default(noun: type[BaseModel], key: str) -> str | None:
    """What counts if a key is not given, as it would be written; None if that is nothing."""
    hint = get_type_hints(noun, include_extras=True)[key]
    told = default_of(noun.model_fields[key], value_of(hint))
    return told.strip("`") if told.startswith("`") else None


def written(value: Any, kind: str) -> str:
    """A value as it stands in a scenario; `kind` is from `value_of`."""
    if isinstance(value, BaseModel):
        hints = get_type_hints(type(value), include_extras=True)
        given = [name for name in hints if name in value.model_fields_set]
        entries = [
            f"{name} = {written(getattr(value, name), value_of(hints[name]))}" for name in given
        ]
        return f"{{ {', '.join(entries)} }}"
    if kind in ("length of time", "interval"):
        return f'"{length(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(written(one, kind) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def length(seconds: float) -> str:
    """A length of time as a planner writes it.

    >>> length(1800.0), length(HOUR), length(7 * DAY), length(36 * MONTH), length(0.0)
    ('30 min', '60 min', '7 days', '36 months', '0 s')
    """
    for unit, name in ((MONTH, "months"), (DAY, "days"), (HOUR, "h"), (MINUTE, "min")):
        if seconds > unit and seconds % unit == 0.0:
            return f"{seconds / unit:g} {name}"
    return f"{seconds:g} s"
