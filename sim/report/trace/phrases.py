"""Small parts of sentences: lengths of time, places in a line, shares."""

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def lasting(seconds: float) -> str:
    """A length of time, its two largest units.

    >>> lasting(0.4), lasting(45.2), lasting(130.0), lasting(3_900.0), lasting(183_600.0)
    ('under 1 s', '45 s', '2 min 10 s', '1 h 5 min', '2 d 3 h')
    """
    whole = int(seconds)
    if whole < 1:
        return "under 1 s" if seconds > 0.0 else "0 s"
    for size, unit, part, smaller in (
        (86_400, "d", 3600, "h"),
        (3600, "h", 60, "min"),
        (60, "min", 1, "s"),
    ):
        if whole >= size:
            rest = whole % size // part
            return f"{whole // size} {unit}" + (f" {rest} {smaller}" if rest else "")
    return f"{whole} s"


def place_in_line(place: int) -> str:
    """A place in a line, from 1.

    >>> place_in_line(3), place_in_line(10), place_in_line(21), place_in_line(112)
    ('third in line', '10th in line', '21st in line', '112th in line')
    """
    if place <= len(_PLACES):
        return f"{_PLACES[place - 1]} in line"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if 10 < place % 100 < 20 else ending} in line"


def percent(share: float) -> str:
    """A probability in percent, two digits of it.

    >>> percent(0.0312), percent(0.5), percent(0.00042), percent(0.0)
    ('3.1 %', '50 %', '0.042 %', '0 %')
    """
    return f"{float(f'{100.0 * share:.2g}'):g} %"
