"""Words for time become numbers, and nothing ambiguous passes."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.units import DAY, date, duration, opening, time_of_day, weekdays


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3m30s", 210),
        ("5 min", 300),
        ("5 mins", 300),
        ("28 days", 28 * 86_400),
        ("90 s", 90),
        ("90 sec", 90),
        ("3 m", 180),
        ("1h 30m", 5400),
        ("1.5 h", 5400),
        ("0 s", 0),
        ("0.5 s", 0.5),
        ("1 day 2 hours 3 minutes 4 seconds", 93_784),
        ("1w", 7 * 86_400),
        ("2 years", 730 * 86_400),
        ("36 months", 3 * 365 * 86_400),
        ("  5 min ", 300),
    ],
)
def test_a_length_of_time_is_its_seconds(text: str, seconds: float) -> None:
    found = duration(text)
    assert found == seconds
    assert isinstance(found, float)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "soon",
        "5",
        "5.5",
        90,
        90.0,
        0,
        True,
        None,
        math.nan,
        math.inf,
        "nan s",
        "inf s",
        "-3 s",
        -3,
        "+5 s",
        "1:30",
        "08:30",
        "1,5 h",
        "1e3 s",
        "1.2.3 s",
        "1.2.3 h",
        "5. s",
        ".5 h",
        "3 M",
        "2 mo",
        "2 mos",
        "1 mos2 h",
        "1 yr5 s",
        "1 month 2 days",
        "5m30",
        "30 s 3 min",
        "1 min 1 min",
        "30 ms",
        "٣ min",
        "½ h",
        "9999999999 h",
        "9" * 500 + " months",
        "999999999 years",
        [],
        {"mean": "90 s"},
        datetime.date(2026, 3, 2),
    ],
)
def test_what_is_not_plainly_a_length_of_time_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="found"):
        duration(wrong)


@pytest.mark.parametrize("bare", [90, "90", " 90 "])
def test_a_number_without_a_unit_is_told_its_cure(bare: object) -> None:
    with pytest.raises(ValueError, match='without a unit; write "90 s"'):
        duration(bare)


def test_a_negative_length_is_told_as_such() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        duration("-3 min")
    with pytest.raises(ValueError, match="cannot be negative"):
        duration(-3)


@given(st.text(max_size=20))
def test_any_text_is_a_finite_length_or_is_refused(text: str) -> None:
    try:
        found = duration(text)
    except ValueError:
        return
    assert 0 <= found < math.inf


@pytest.mark.parametrize(
    ("text", "seconds"), [("00:00", 0), ("08:30", 30_600), ("8:30", 30_600), ("24:00", DAY)]
)
def test_a_time_of_day_is_its_seconds_after_midnight(text: str, seconds: float) -> None:
    assert time_of_day(text) == seconds


@pytest.mark.parametrize("wrong", ["24:01", "25:00", "8", "08:60", "08.30", "8 am", "", 510, None])
def test_what_is_not_a_time_of_day_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="HH:MM"):
        time_of_day(wrong)


def test_opening_hours_are_a_stretch_of_a_day() -> None:
    assert opening("08:00-20:00") == (28_800, 72_000)
    assert opening("08:00 – 20:00") == (28_800, 72_000)
    assert opening("00:00-24:00") == (0, DAY)


def test_opening_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        opening("20:00-08:00")
    with pytest.raises(ValueError, match="never open"):
        opening("08:00-08:00")


@pytest.mark.parametrize("wrong", ["08:00", "8-20", "08:00-20:00-22:00", "", None, 8])
def test_what_are_not_opening_hours_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="found"):
        opening(wrong)


def test_a_date_is_a_day_of_the_calendar() -> None:
    assert date("2026-03-02") == datetime.date(2026, 3, 2)
    assert date(datetime.date(2026, 3, 2)) == datetime.date(2026, 3, 2)


@pytest.mark.parametrize(
    "wrong", ["2026-02-30", "02.03.2026", "2026-3-2", "20260302", "", 2026, datetime.datetime.min]
)
def test_what_is_not_a_date_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="found"):
        date(wrong)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("mon", (0,)),
        ("sun", (6,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("fri-sat", (4, 5)),
        ("weekday", (0, 1, 2, 3, 4)),
        ("weekend", (5, 6)),
        ("all", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_a_name_stands_for_days_of_the_week(name: str, days: tuple[int, ...]) -> None:
    assert weekdays(name) == days


@pytest.mark.parametrize("wrong", ["sat-mon", "mon-mon", "mon-tue-wed", "mon,tue", "", "-", 1])
def test_what_does_not_name_days_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="found"):
        weekdays(wrong)


@pytest.mark.parametrize(("wrong", "cure"), [("Monday", "mon"), ("weekdays", "weekday")])
def test_a_misspelt_day_is_told_its_cure(wrong: str, cure: str) -> None:
    with pytest.raises(ValueError, match=f'did you mean "{cure}"'):
        weekdays(wrong)
