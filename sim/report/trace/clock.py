"""Instants of a run as a planner names them: "2026-03-02 09:14:03" or "Mon 09:14:03"."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property

from sim.errors import quoted
from sim.tables.calendar import weekday_of
from sim.terms import DAY, Calendar

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_NUMBERED = re.compile(r"day (-?\d{1,5})", re.ASCII)


@dataclass(frozen=True)
class Clock:
    """The days of a run with their labels, which are those of the tables by interval."""

    calendar: Calendar

    @cached_property
    def days(self) -> tuple[str, ...]:
        """The label of each simulated day: its date; without dates "Mon" or "week 2 Mon", and
        "day -3 Fri" in the warm-up (`day` 0 is the first counted one)."""
        calendar = self.calendar
        numbers = range(-calendar.warm_days, calendar.counted_days)
        if calendar.start is not None:
            first = datetime.date.fromisoformat(calendar.start)
            return tuple(
                (first + datetime.timedelta(days=number)).isoformat() for number in numbers
            )
        weeks = calendar.counted_days > 7
        return tuple(self._label(number, weeks) for number in numbers)

    def _label(self, number: int, weeks: bool) -> str:
        weekday = self.weekday(number + self.calendar.warm_days)
        if number < 0:
            return f"day {number} {weekday}"
        return f"week {1 + number // 7} {weekday}" if weeks else weekday

    def weekday(self, day: int) -> str:
        """The weekday of a simulated day."""
        return _WEEKDAYS[weekday_of(self.calendar, day)]

    def day_of(self, moment: float) -> int:
        """The simulated day of a moment; the horizon belongs to the last one."""
        return min(int(moment // DAY), self.calendar.days - 1)

    def stamp(self, moment: float) -> str:
        """Day and time of a moment, to the second that has begun."""
        day = self.day_of(moment)
        return f"{self.days[day]} {self.time(moment)}"

    def time(self, moment: float) -> str:
        """The time of day of a moment."""
        seconds = int(moment - self.day_of(moment) * DAY)
        return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"

    def moment(self, text: str) -> float:
        """The moment that a user means by a stamp; a day alone is its first instant.

        Raises ValueError with a sentence.
        """
        day, _, time = " ".join(text.split()).rpartition(" ")
        found = _TIME.fullmatch(time)
        seconds = 0
        if found:
            seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
        else:
            day = f"{day} {time}".strip()
        index = self._index(day)
        if index is None or seconds > DAY:
            raise ValueError(
                f"found {quoted(text)}; a moment is a day of the run and a time, such as "
                f'"{self.stamp(self.calendar.first_counted + 9 * 3600.0)[:-3]}"'
            )
        return index * DAY + seconds

    def _index(self, day: str) -> int | None:
        numbered = _NUMBERED.fullmatch(day)
        if numbered:
            index = int(numbered[1]) + self.calendar.warm_days
            return index if 0 <= index < self.calendar.days else None
        labels = [label.lower() for label in self.days]
        return labels.index(day.lower()) if day.lower() in labels else None
