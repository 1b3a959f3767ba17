"""In plain words: a contact from dialling to hanging up, and what follows on it."""

from sim.codes import (
    ABANDONED,
    BLOCKED,
    CLOSED,
    FAILED,
    GAVE_UP,
    HANDLED,
    HUNG_UP_IN_MENU,
    INCIDENT,
    LAPSED,
    MESSAGE,
    OPEN,
    SOLVED,
    TRANSFERRED,
    TURNED_DOWN,
    WAITING,
    WHYS,
)
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.clock import Clock
from sim.report.trace.phrases import lasting, place_in_line


def calls(chronicle: Chronicle, row: int, time: float) -> str:
    """Somebody dials, and is turned away at once or hears the menu."""
    leg = chronicle.legs[row]
    queue, outcome = int(leg["queue"]), leg["outcome"]
    text = f"{_caller(chronicle, row)}: {_dials(chronicle, row)}"
    if outcome == BLOCKED:
        return f"{text}: all lines are taken{_and_then(chronicle, row, time)}"
    if outcome == CLOSED and not chronicle.was_open[row]:
        name = chronicle.names.queues[queue]
        return f"{text}: queue {name} is closed{_and_then(chronicle, row, time)}"
    return f"{text} and hears the menu"


def turned_away(chronicle: Chronicle, row: int, time: float) -> str:
    """The menu ends without a queue."""
    leg = chronicle.legs[row]
    does = f"finds queue {chronicle.names.queues[leg['queue']]} closed"
    if leg["outcome"] == HUNG_UP_IN_MENU:
        does = "hangs up in the menu"
    return f"{_caller(chronicle, row)}: {does}{_and_then(chronicle, row, time)}"


def joins(chronicle: Chronicle, row: int, time: float) -> str:
    """A contact joins a queue, and is answered, or stands somewhere in line while others are
    busy."""
    leg = chronicle.legs[row]
    queue = int(leg["queue"])
    text = f"joins {chronicle.names.queues[queue]}"
    if leg["leg"] == 1 and leg["arrived"] == leg["joined"]:
        text = f"{_dials(chronicle, row)} and {text}"
    if leg["end_wait"] == time and leg["outcome"] == HANDLED:
        text += f", answered at once by {chronicle.names.teams[leg['team']]}"
    else:
        text += f", {place_in_line(int(chronicle.place_in_line[row]))}"
        text += f"; busy: {_busy(chronicle, queue, time)}"
    return f"{_caller(chronicle, row)}: {text}"


def answered(chronicle: Chronicle, row: int, _: float) -> str:
    """An agent takes the contact that has waited."""
    leg = chronicle.legs[row]
    after = lasting(float(leg["end_wait"] - leg["joined"]))
    return (
        f"{_caller(chronicle, row)}: answered by {chronicle.names.teams[leg['team']]} after {after}"
    )


def leaves_line(chronicle: Chronicle, row: int, time: float) -> str:
    """The caller hangs up, or the closing of the queue ends the wait."""
    leg = chronicle.legs[row]
    after = f"after {lasting(float(leg['end_wait'] - leg['joined']))}"
    queue = chronicle.names.queues[leg["queue"]]
    does = f"is dropped {after}, for queue {queue} has closed"
    if leg["outcome"] == ABANDONED:
        does = f"hangs up in {queue} {after}"
    return f"{_caller(chronicle, row)}: {does}{_and_then(chronicle, row, time)}"


def talk_ends(chronicle: Chronicle, row: int, time: float) -> str:
    """The customer's part ends: with what result, and when the agent is free."""
    leg = chronicle.legs[row]
    text = f"talk ends after {lasting(float(leg['end_talk'] - leg['end_wait']))}: "
    if leg["result"] == TRANSFERRED:
        following = chronicle.legs[chronicle.next_leg[row]]
        text += f"transferred to {chronicle.names.queues[following['queue']]}"
    else:
        results = {SOLVED: "resolved", TURNED_DOWN: "refused"}
        text += results.get(int(leg["result"]), "not resolved")
        text += _and_then(chronicle, row, time)
    work = float(leg["end_work"] - leg["end_talk"])
    if work > 0.0:
        text += f" (the agent is free {lasting(work)} later)"
    return f"{_caller(chronicle, row)}: {text}"


def at_horizon(chronicle: Chronicle, row: int, time: float) -> str:
    """A contact that the end of the run finds under way."""
    leg = chronicle.legs[row]
    does = "is still in the menu"
    if leg["outcome"] == WAITING:
        does = f"still waits in {chronicle.names.queues[leg['queue']]}"
        does += f", since {lasting(time - float(leg['joined']))},"
    elif leg["outcome"] == HANDLED:
        does = f"still talks with {chronicle.names.teams[leg['team']]}"
    return f"{_caller(chronicle, row)}: {does} at the end of the run"


def _caller(chronicle: Chronicle, row: int) -> str:
    return chronicle.who(int(chronicle.issue_of_leg[row]))


def _dials(chronicle: Chronicle, row: int) -> str:
    """How a contact begins, up to the verb."""
    leg = chronicle.legs[row]
    attempt, why = int(leg["attempt"]), int(leg["why"])
    if attempt > 1:
        return f"calls again ({WHYS[why]}), attempt {attempt}"
    issue = chronicle.issues[chronicle.issue_of_leg[row]]
    before = "self-service does not help; " if issue["self_service"] == FAILED else ""
    after = {INCIDENT: " about the incident", MESSAGE: " because of the message"}
    return f"{before}calls{after.get(why, '')}"


def _busy(chronicle: Chronicle, queue: int, time: float) -> str:
    """How many agents of the teams that may serve a queue are busy, of how many there are."""
    teams = dict.fromkeys(chronicle.tables.queues.teams_of(queue).tolist())
    return ", ".join(
        f"{chronicle.names.teams[team]} {chronicle.busy_at(team, time)} of "
        f"{chronicle.floor_at(team, time)}"
        for team in teams
    )


def _and_then(chronicle: Chronicle, row: int, time: float) -> str:
    """What follows on a contact that has ended."""
    following = int(chronicle.next_leg[row])
    if following >= 0:
        then = float(chronicle.legs["arrived"][following])
        return f"; will call again {when(chronicle.clock, time, then)}"
    closing = chronicle.issues["closing"][chronicle.issue_of_leg[row]]
    if chronicle.legs["result"][row] == SOLVED or closing == LAPSED:
        return ""
    if closing == OPEN:
        return "; will call again after the end of the run"
    return "; gives up" if closing == GAVE_UP else "; leaves it at that"


def when(clock: Clock, now: float, then: float) -> str:
    """A later moment: "at 09:14", "tomorrow at 09:14" or "on Wed at 09:14"."""
    days = clock.day_of(then) - clock.day_of(now)
    at = f"at {clock.time(then)[:-3]}"
    if days == 0:
        return at
    return f"tomorrow {at}" if days == 1 else f"on {clock.days[clock.day_of(then)]} {at}"
