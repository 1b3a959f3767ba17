"""Numbers as a reader of a chart sees them."""

import math
from collections.abc import Sequence

from sim.report.charts.lettering import shown

MINUS = "\N{MINUS SIGN}"
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


def number(value: float) -> str:
    """A figure rounded to three significant digits, in thousands by commas.

    >>> number(2134.4), number(0.0123), number(-7.0), number(0.0), number(99.96)
    ('2,130', '0.0123', '−7', '0', '100')
    """
    text = _rounded(value, 3)
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(value: float) -> str:
    """How many: whole from ten on, and rounded to three significant digits.

    >>> count(2134.4), count(36.3), count(8.24), count(-0.5)
    ('2,130', '36', '8.2', '−0.5')
    """
    return number(float(round(value))) if abs(value) >= 9.95 else number(round(value, 1))


def money(amount: float, currency: str) -> str:
    """An amount to three significant digits, in millions from a million on.

    >>> money(412_345, "USD"), money(-4_203_000, "EUR"), money(1.24e9, "GBP"), money(12, "SEK")
    ('$412,000', '−€4.20 m', '£1,240 m', 'SEK 12.0')
    """
    if round(abs(amount)) >= 999_500:
        text = f"{_rounded(abs(amount) / 1e6, 3)} m"
    else:
        text = _rounded(abs(amount), 3)
    return f"{MINUS if amount < 0 else ''}{symbol(currency)}{text}"


def _rounded(value: float, digits: int) -> str:
    """A figure to so many significant digits, zeros at the end included."""
    if value == 0.0:
        return "0"
    rounded = round(value, digits - 1 - math.floor(math.log10(abs(value))))
    places = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    return f"{rounded:,.{places}f}".replace("-", MINUS)


def symbol(currency: str) -> str:
    """What stands before an amount.

    >>> symbol("USD"), symbol("SEK")
    ('$', 'SEK ')
    """
    return _SYMBOLS.get(currency, f"{shown(currency, longest=12)} ")


def percent(share: float) -> str:
    """A share as a percentage, to a tenth, or to a hundredth below 1 %.

    >>> percent(0.0823), percent(0.00417), percent(1.0), percent(0.0)
    ('8.2 %', '0.42 %', '100 %', '0 %')
    """
    return f"{_points(share)} %"


def points(difference: float) -> str:
    """The size of a difference between two shares.

    >>> points(-0.032), points(0.01)
    ('3.2 points', '1 point')
    """
    text = _points(abs(difference))
    return f"{text} point{'' if text == '1' else 's'}"


def _points(share: float) -> str:
    value = 100.0 * share
    text = f"{abs(value):.{2 if abs(value) < 0.995 else 1}f}".rstrip("0").rstrip(".")
    return f"{MINUS if value < 0.0 and text != '0' else ''}{text}"


def durations(seconds: Sequence[float]) -> list[str]:
    """Lengths of time, all in seconds, minutes or hours, as suits the longest.

    >>> durations([83.4]), durations([83.4, 204.0]), durations([0.0, 9000.0])
    (['83 s'], ['1.4 min', '3.4 min'], ['0 h', '2.5 h'])
    """
    size, unit = clock(seconds)
    return [f"{_rounded(value / size, 2)} {unit}" for value in seconds]


def clock(seconds: Sequence[float]) -> tuple[float, str]:
    """The unit that suits the longest of some lengths of time, and its seconds.

    >>> clock([119.0]), clock([119.0, 120.0])
    ((1.0, 's'), (60.0, 'min'))
    """
    longest = max(map(abs, seconds), default=0.0)
    for size, unit in ((3600.0, "h"), (60.0, "min")):
        if longest >= 2.0 * size:
            return size, unit
    return 1.0, "s"


def told(values: Sequence[float], unit: str, currency: str) -> list[str]:
    """Figures of one unit, as measures name units.

    >>> told([0.25], "share", "USD"), told([4.6], "USD", "USD"), told([131_420], "issues", "USD")
    (['25 %'], ['$4.60'], ['131,000'])
    """
    if unit == "share":
        return [percent(value) for value in values]
    if unit == "s":
        return durations(values)
    if unit == currency:
        return [money(value, currency) for value in values]
    return [count(value) for value in values]


def money_ticks(values: Sequence[float], currency: str) -> list[str]:
    """Amounts along an axis, all to the same place.

    >>> money_ticks([0.0, 500_000.0, 1e6], "USD"), money_ticks([-2e6, 2.5e6], "SEK")
    (['$0', '$500,000', '$1,000,000'], ['−SEK 2.0 m', 'SEK 2.5 m'])
    """
    millions = max(map(abs, values), default=0.0) >= 2e6
    texts = _even([abs(value) / (1e6 if millions else 1.0) for value in values])
    return [
        f"{MINUS if value < 0.0 else ''}{symbol(currency)}"
        f"{'0' if value == 0.0 else text}{' m' if millions and value else ''}"
        for value, text in zip(values, texts, strict=True)
    ]


def percent_ticks(values: Sequence[float]) -> list[str]:
    """Shares along an axis, all to the same place.

    >>> percent_ticks([0.05, 0.075])
    ['5.0 %', '7.5 %']
    """
    return [f"{text} %" for text in _even([100.0 * value for value in values])]


def number_ticks(values: Sequence[float]) -> list[str]:
    """Figures along an axis, all to the same place.

    >>> number_ticks([-500.0, 0.0, 1500.0])
    ['−500', '0', '1,500']
    """
    return _even(values)


def _even(values: Sequence[float]) -> list[str]:
    """All figures with as many decimals as the one that needs most, three at the most."""
    largest = max(map(abs, values), default=0.0)
    places = next(
        (
            places
            for places in range(3)
            if all(abs(round(value, places) - value) <= 1e-6 * largest for value in values)
        ),
        3,
    )
    return [f"{value:,.{places}f}".replace("-", MINUS) for value in values]
