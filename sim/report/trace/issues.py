"""In plain words: issues that nobody calls about, how issues close, and who leaves over them."""

import math

from sim.codes import (
    CAUSES,
    CLOSINGS,
    CONTAINED,
    FALSELY_CONTAINED,
    IN_WINDOW,
    LAPSED,
    LATE,
    NOT_REACHED,
    PENDING,
    PREEMPTED,
    SILENT,
)
from sim.logs import Rows
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.phrases import percent


def arises(chronicle: Chronicle, row: int, _: float) -> str:
    """An issue about which nobody calls."""
    return f"{chronicle.who(row)}: {_in_silence(chronicle.issues[row])}"


def _in_silence(issue: Rows) -> str:
    by_closing = {SILENT: "says nothing", PREEMPTED: "a message settles it before any call"}
    by_self_service = {
        CONTAINED: "self-service settles it",
        FALSELY_CONTAINED: "self-service ends it without a call, and has not settled it",
    }
    does = by_closing.get(int(issue["closing"]), "nobody has called yet")
    return f"arises; {by_self_service.get(int(issue['self_service']), does)}"


def closes(chronicle: Chronicle, row: int, _: float) -> str:
    """A closing after which the customer decides later, or not at all."""
    issue = chronicle.issues[row]
    if issue["closing"] == LAPSED:
        return f"{chronicle.who(row)}: lapses, for the customer has left"
    undecided = "; the customer has not decided by the end" if issue["recovery"] == PENDING else ""
    return f"{chronicle.who(row)}: closes {_closing(issue)}{undecided}"


def decides(chronicle: Chronicle, row: int, _: float) -> str:
    """The customer stays or leaves: with which probability, and what raised it."""
    issue = chronicle.issues[row]
    p, p0 = float(issue["p"]), float(issue["p0"])
    does = "the customer stays"
    if issue["left"]:
        anyway = ", and would have left in any case" if issue["unavoidable"] else ""
        does = f"the customer LEAVES{anyway}"
    before = f"closes {_closing(issue)}"
    if issue["decided"] == issue["arose"]:
        before = _in_silence(issue)
    elif issue["decided"] > issue["closed"]:
        before = {
            IN_WINDOW: "contacted in time",
            LATE: "contacted late",
            NOT_REACHED: "not contacted",
        }.get(int(issue["recovery"]), "has waited")
    odds = f"probability of leaving {percent(p)}"
    if p != p0:
        odds += f", {percent(p0)} if settled at once"
    return f"{chronicle.who(row)}: {before}; {does} ({odds}{_blamed(issue)})"


def _closing(issue: Rows) -> str:
    return CLOSINGS[int(issue["closing"])].replace("_", " ")


def _blamed(issue: Rows) -> str:
    """What raised the probability, the strongest first, as odds ratios."""
    terms = {cause: float(issue[f"{cause}_term"]) for cause in CAUSES}
    raising = sorted((cause for cause in CAUSES if terms[cause] > 0.01), key=lambda c: -terms[c])
    if not raising or not issue["p"] > issue["p0"]:
        return ""
    told = [f"{cause.replace('_', '-')} ×{math.exp(terms[cause]):.3g}" for cause in raising]
    return f"; odds: {', '.join(told)}"
