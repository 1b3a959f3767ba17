"""Words for time into numbers: "3m30s" → 210.0 seconds, "08:00-20:00" → a stretch of a day.

Every function raises ValueError with a sentence for a planner: what was found, what is allowed,
and the cure.
"""

import datetime
import re

from sim.errors import meant, quoted

MINUTE = 60.0
HOUR = 3600.0
DAY = 86_400.0
MONTH = 365 / 12 * DAY
"""A month without a date, seconds (MODEL.md section 4)."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_GROUPS = {"weekday": range(5), "weekend": range(5, 7), "all": range(7)}

_AMOUNT = r"\d{1,9}(?:\.\d{1,6})?"
_UNIT = r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|years?)"
_LENGTH = re.compile(rf"(?:{_AMOUNT}\s*{_UNIT}\s*)+", re.ASCII)
_MONTHS = re.compile(rf"({_AMOUNT})\s*months?", re.ASCII)
_NUMBER = re.compile(rf"\s*({_AMOUNT})\s*", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
_STRETCH = re.compile(r"\s*(\S+?)\s*[-–]\s*(\S+?)\s*")


def duration(value: object) -> float:
    """A length of time in seconds, from text with its unit.

    Units are s, min (or m), h, d, w and y (365 days), short or in full, the largest first; months
    stand alone and have 365/12 days. A number without a unit is refused.

    >>> duration("3m30s"), duration("1.5 h"), duration("28 days"), duration("12 months") / DAY
    (210.0, 5400.0, 2419200.0, 365.0)
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"found {quoted(value)}; {_ALLOWED_LENGTH}")
    bare = _NUMBER.fullmatch(str(value))
    if bare:
        raise ValueError(
            f'found {quoted(value)} without a unit; write "{bare[1]} s" if seconds are meant'
        )
    text = str(value).strip()
    if text.startswith("-"):
        raise ValueError(f"found {quoted(value)}; a length of time cannot be negative")
    months = _MONTHS.fullmatch(text)
    if months:
        return float(months[1]) * MONTH
    # pytimeparse2 alone would take "1.2.3 s" for 0, "1:30" for 90 s, "2 mo" for 60 days.
    seconds = _parsed(text) if _LENGTH.fullmatch(text) else None
    if seconds is None:
        raise ValueError(f"found {quoted(value)}; {_ALLOWED_LENGTH}")
    return seconds


UNITS = {"s": 1.0, "min": MINUTE, "h": HOUR, "d": DAY}
"""Short units of time, and how many seconds each has."""


def unit_of(seconds: float) -> str:
    """The largest of the short units that goes into a length of time.

    >>> unit_of(30.0), unit_of(90.0), unit_of(86400.0)
    ('s', 'min', 'd')
    """
    return [unit for unit, size in UNITS.items() if size <= max(seconds, 1.0)][-1]


_ALLOWED_LENGTH = (
    "a length of time is a number and its unit in quotes, the largest unit first, "
    'such as "90 s", "3m30s", "2 h" or "28 days"'
)


def _parsed(text: str) -> float | None:
    from pytimeparse2 import parse

    seconds = parse(text)
    return None if seconds is None else float(seconds)


def time_of_day(value: object) -> float:
    """A time of day, "00:00" to "24:00", in seconds after midnight.

    >>> time_of_day("08:30"), time_of_day("24:00")
    (30600.0, 86400.0)
    """
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    seconds = int(match[1]) * HOUR + int(match[2]) * MINUTE if match else DAY + 1
    if seconds > DAY:
        raise ValueError(
            f"found {quoted(value)}; a time of day is written in quotes as HH:MM, "
            'from "00:00" to "24:00"'
        )
    return seconds


def opening(value: object) -> tuple[float, float]:
    """Opening hours of a day, as the seconds after midnight of opening and closing.

    >>> opening("08:00-20:00")
    (28800.0, 72000.0)
    """
    match = _STRETCH.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise ValueError(
            f'found {quoted(value)}; opening hours are written in quotes as "08:00-20:00"'
        )
    opens, closes = time_of_day(match[1]), time_of_day(match[2])
    if closes <= opens:
        raise ValueError(
            f"found {quoted(value)}, which ends before it begins; the end must be later on the "
            'same day, at most "24:00", and hours after midnight belong to the next day'
            if closes < opens
            else f"found {quoted(value)}, which is never open; leave the day out if it is closed"
        )
    return opens, closes


def date(value: object) -> datetime.date:
    """A date, from text or as TOML has it.

    >>> date("2026-03-02").isoformat()
    '2026-03-02'
    """
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        try:
            return datetime.date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"found {quoted(value)}; there is no such day") from None
    raise ValueError(
        f'found {quoted(value)}; a date is written as year-month-day, such as "2026-03-02"'
    )


def weekdays(value: object) -> tuple[int, ...]:
    """The days that a name stands for, Monday 0: a day, a stretch of days, or a group.

    >>> weekdays("sat"), weekdays("mon-wed"), weekdays("weekend")
    ((5,), (0, 1, 2), (5, 6))
    """
    name = value if isinstance(value, str) else ""
    if name in _GROUPS:
        return tuple(_GROUPS[name])
    ends = name.split("-")
    if len(ends) <= 2 and all(end in WEEKDAYS for end in ends):
        first, last = WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[-1])
        if first < last or len(ends) == 1:
            return tuple(range(first, last + 1))
        raise ValueError(f"found {quoted(value)}; a week goes from mon to sun, so write two groups")
    guess = meant(name, [*WEEKDAYS, *_GROUPS]) or (name[:3].lower() if name else "")
    hint = f'; did you mean "{guess}"?' if guess in {*WEEKDAYS, *_GROUPS} else ""
    raise ValueError(
        f"found {quoted(value)}{hint}; days are {', '.join(WEEKDAYS)}, "
        "a stretch such as mon-fri, weekday (mon-fri), weekend or all"
    )
