"""In plain words: what happens at the centre, and to its customers, apart from any contact."""

from sim.codes import FALSE_ALARM, JOINED
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.phrases import percent


def hours(chronicle: Chronicle, queue: int, time: float) -> str:
    """A queue opens or closes."""
    queues, name = chronicle.tables.queues, chronicle.names.queues[queue]
    if time in queues.opens[queue]:
        return f"queue {name} opens"
    does = "served" if queues.serve_at_closing[queue] else "dropped"
    return f"queue {name} closes; who waits is {does}"


def floor(chronicle: Chronicle, row: int, _: float) -> str:
    """Another number of agents on a team's floor."""
    staffing = chronicle.logs.floor[row]
    agents, absence = int(staffing["floor"]), float(staffing["absence"])
    absent = f" ({percent(absence)} absent)" if absence > 0.0 and agents else ""
    return f"team {chronicle.names.teams[staffing['team']]}: {agents} on the floor{absent}"


def incident(chronicle: Chronicle, index: int, _: float) -> str:
    """Something breaks."""
    return f"incident {list(chronicle.scenario.incidents)[index]}"


def moves(chronicle: Chronicle, row: int, _: float) -> str:
    """A customer joins, or leaves over no issue."""
    rows = chronicle.logs.customers
    joins = rows["what"][row] == JOINED
    does = "becomes a customer" if joins else "leaves for reasons of its own"
    return f"{chronicle.customer(rows, row)}: {does}"


def outreach(chronicle: Chronicle, row: int, _: float) -> str:
    """A message is sent."""
    rows = chronicle.logs.outreach
    mistaken = ", who was not hit" if rows["kind"][row] == FALSE_ALARM else ""
    notice = chronicle.names.notices[rows["programme"][row]]
    return f"{chronicle.customer(rows, row)}{mistaken}: is sent the message of notice {notice}"
