"""A moment as a line: "Mon 09:14:03  invoice 0-17 (customer 4,211, consumer): joins general, …"."""

from collections.abc import Callable

from sim.logs import Rows
from sim.report.trace import centre, contacts, issues, moments
from sim.report.trace.chronicle import Chronicle

_TOLD: dict[int, Callable[[Chronicle, int, float], str]] = {
    moments.HOURS: centre.hours,
    moments.FLOOR: centre.floor,
    moments.INCIDENT: centre.incident,
    moments.MOVES: centre.moves,
    moments.OUTREACH: centre.outreach,
    moments.CALLS: contacts.calls,
    moments.TURNED_AWAY: contacts.turned_away,
    moments.JOINS: contacts.joins,
    moments.LEAVES_LINE: contacts.leaves_line,
    moments.ANSWERED: contacts.answered,
    moments.TALK_ENDS: contacts.talk_ends,
    moments.HORIZON: contacts.at_horizon,
    moments.ARISES: issues.arises,
    moments.CLOSES: issues.closes,
    moments.DECIDES: issues.decides,
}


def line(chronicle: Chronicle, moment: Rows) -> str:
    """One moment (`moments.MOMENT`) in words."""
    time, kind, row = moment.item()
    return f"{chronicle.clock.stamp(time)}  {_TOLD[kind](chronicle, row, time)}"
