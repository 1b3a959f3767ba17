"""Columns of tables from the rows of logs: words for codes, days and times for seconds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.accounting.intervals import labels
from sim.logs import Rows
from sim.report.export import safe
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.selection import slots_of
from sim.tables.tables import Floats
from sim.terms import DAY, Calendar

if TYPE_CHECKING:
    import polars


class Columns:
    """Makes columns of a chronicle's rows; what does not apply is null."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._chronicle = chronicle
        self._calendar: Calendar = chronicle.tables.terms.calendar

    def is_counted(self, moments: Floats) -> npt.NDArray[np.bool_]:
        """Whether moments lie in the counted days."""
        first, horizon = self._calendar.first_counted, self._calendar.horizon
        counted: npt.NDArray[np.bool_] = (moments >= first) & (moments < horizon)
        return counted

    def issue(self, rows: Rows) -> dict[str, "polars.Series"]:
        """Which issue, whose, and about what."""
        names, known = self._chronicle.names, rows["customer"] >= 0
        return {
            "issue": self.text(self._chronicle.names_of(rows)),
            "customer": self.number(np.where(known, rows["customer"] + 1, -1)),
            "segment": self.word(rows["segment"], names.segments),
            "reason": self.word(rows["reason"], names.reasons),
        }

    def word(self, numbers: npt.ArrayLike, words: Sequence[str]) -> "polars.Series":
        """The words with these numbers."""
        import polars

        numbers = np.asarray(numbers)
        known = polars.Series(np.maximum(numbers, 0).astype(np.uint32))
        told = polars.Series([str(safe(word)) for word in words] or [""], dtype=polars.String)
        return told.gather(known).set(polars.Series(numbers < 0), None)

    def yes_no(self, truths: npt.ArrayLike) -> "polars.Series":
        """Yes for 1, no for 0."""
        return self.word(np.asarray(truths, dtype=np.int64), ("no", "yes"))

    def number(self, numbers: npt.ArrayLike) -> "polars.Series":
        """Whole numbers from 0."""
        import polars

        values = np.asarray(numbers, dtype=np.int64)
        return polars.Series(values).set(polars.Series(values < 0), None)

    def length(self, values: npt.ArrayLike) -> "polars.Series":
        """Numbers; NaN where there is none."""
        import polars

        return polars.Series(np.asarray(values, dtype=np.float64)).fill_nan(None)

    def text(self, texts: Sequence[str]) -> "polars.Series":
        """Texts as they are."""
        import polars

        return polars.Series([safe(text) or None for text in texts], dtype=polars.String)

    def interval(self, moments: Floats) -> "polars.Series":
        """The interval in which moments are counted, as the tables by interval call it."""
        return self.word(slots_of(moments, self._calendar), labels(self._calendar))

    def stamp(self, moments: Floats) -> "polars.Series":
        """Day and time, to the second that has begun."""
        import polars

        known = ~np.isnan(moments)
        whole = np.where(known, moments, 0.0)
        days = np.minimum(whole // DAY, self._calendar.days - 1).astype(np.int64)
        seconds = (whole - days * DAY).astype(np.int64)
        parts = [seconds // 3600, seconds % 3600 // 60, seconds % 60]
        hours, minutes, rest = (
            polars.Series(part).cast(polars.String).str.zfill(2) for part in parts
        )
        day = self.word(np.where(known, days, -1), self._chronicle.clock.days)
        return day + " " + hours + ":" + minutes + ":" + rest
