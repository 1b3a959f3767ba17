"""The logs of a replication as tables, in words: what is summed over their rows is what the run
shows for that replication.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim import codes
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.columns import Columns

if TYPE_CHECKING:
    import polars

    Frame = Mapping[str, "polars.Series"]

_HOUR = 3600.0


def frames(chronicle: Chronicle) -> "dict[str, polars.DataFrame]":
    """The tables by name; times in seconds are unrounded."""
    import polars

    made = Columns(chronicle)
    tables = {
        "contacts": _contacts(chronicle, made),
        "issues": _issues(chronicle, made),
        "floor": _floor(chronicle, made),
        "customers": _customers(chronicle, made),
        "outreach": _outreach(chronicle, made),
        "memory": _memory(chronicle, made),
    }
    return {name: polars.DataFrame(columns) for name, columns in tables.items()}


def _contacts(chronicle: Chronicle, made: Columns) -> "Frame":
    """A row for each leg; `counts_as` stands on the row that speaks for the whole contact."""
    legs = chronicle.legs[np.lexsort((chronicle.legs["leg"], chronicle.legs["arrived"]))]
    wait = legs["end_wait"] - legs["joined"]
    last, fate = legs["last"] == 1, legs["outcome"].copy()
    fate[(legs["answered_before"] == 1) & (fate == codes.WAITING)] = codes.HANDLED
    within = chronicle.tables.terms.targets.within[np.maximum(legs["queue"], 0)]
    in_time = np.where(np.isnan(wait), -1, wait <= within)
    return {
        "counted": made.yes_no(made.is_counted(legs["arrived"])),
        "interval": made.interval(legs["arrived"]),
        **made.issue(legs),
        "attempt": made.number(legs["attempt"]),
        "why": made.word(legs["why"], codes.WHYS),
        "leg": made.number(legs["leg"]),
        "queue": made.word(legs["queue"], chronicle.names.queues),
        "team": made.word(legs["team"], chronicle.names.teams),
        "outcome": made.word(legs["outcome"], codes.OUTCOMES),
        "in_time": made.yes_no(in_time),
        "result": made.word(np.where(legs["result"] > 0, legs["result"], -1), codes.RESULTS),
        "arrived": made.stamp(legs["arrived"]),
        "joined": made.stamp(legs["joined"]),
        "wait_ended": made.stamp(legs["end_wait"]),
        "talk_ended": made.stamp(legs["end_talk"]),
        "work_ended": made.stamp(legs["end_work"]),
        "waited_s": made.length(wait),
        "talked_s": made.length(legs["end_talk"] - legs["end_wait"]),
        "worked_after_s": made.length(legs["end_work"] - legs["end_talk"]),
        "counts_as": made.word(np.where(last, fate, -1), codes.OUTCOMES),
        "contact_waited_s": made.length(np.where(last, legs["waited_before"] + wait, np.nan)),
    }


def _issues(chronicle: Chronicle, made: Columns) -> "Frame":
    """A row for each issue."""
    issues = chronicle.issues[np.argsort(chronicle.issues["arose"], kind="stable")]
    handled = issues["first_handled_resolved"]
    decided = ~np.isnan(issues["p"])
    terms = {
        f"log_odds_{cause}": made.length(np.where(decided, issues[f"{cause}_term"], np.nan))
        for cause in codes.CAUSES
    }
    return {
        "counted_arose": made.yes_no(made.is_counted(issues["arose"])),
        "counted_closed": made.yes_no(made.is_counted(issues["closed"])),
        "counted_decided": made.yes_no(decided & made.is_counted(issues["decided"])),
        **made.issue(issues),
        "why": made.word(issues["why"], codes.WHYS),
        "arose": made.stamp(issues["arose"]),
        "closed": made.stamp(issues["closed"]),
        "decided": made.stamp(np.where(decided, issues["decided"], np.nan)),
        "closing": made.word(issues["closing"], codes.CLOSINGS),
        "self_service": made.word(issues["self_service"], codes.SELF_SERVICE),
        "contacts": made.number(issues["contacts"]),
        "legs_handled": made.number(issues["legs_handled"]),
        "transfers": made.number(issues["transfers"]),
        "waited_s": made.length(issues["waited"]),
        "abandoned_once": made.yes_no(issues["abandoned"]),
        "resolved_at_first": made.yes_no(handled),
        "resolved_by": made.word(issues["resolving_team"], chronicle.names.teams),
        "sold": made.yes_no(np.where(issues["resolving_team"] >= 0, issues["sold"], -1)),
        "recovery": made.word(issues["recovery"], codes.RECOVERIES),
        "left": made.yes_no(np.where(decided, issues["left"], -1)),
        "would_have_left": made.yes_no(np.where(issues["left"] == 1, issues["unavoidable"], -1)),
        "p": made.length(issues["p"]),
        "p0": made.length(issues["p0"]),
        "lost_expected": made.length(issues["p"] - issues["p0"]),
        **terms,
    }


def _floor(chronicle: Chronicle, made: Columns) -> "Frame":
    """A row for each stretch of staffing; hours are those in the counted days."""
    floor = chronicle.logs.floor[
        np.lexsort((chronicle.logs.floor["team"], chronicle.logs.floor["start"]))
    ]
    calendar = chronicle.tables.terms.calendar
    begin = np.maximum(floor["start"], calendar.first_counted)
    hours = np.maximum(0.0, np.minimum(floor["end"], calendar.horizon) - begin) / _HOUR
    return {
        "team": made.word(floor["team"], chronicle.names.teams),
        "start": made.stamp(floor["start"]),
        "end": made.stamp(floor["end"]),
        "planned": made.length(floor["planned"]),
        "absent": made.length(floor["absence"]),
        "on_floor": made.length(floor["floor"]),
        "paid": made.length(floor["paid"]),
        "counted_h": made.length(hours),
        "floor_h": made.length(floor["floor"] * hours),
        "paid_h": made.length(floor["paid"] * hours),
        "overtime_h": made.length(np.where(hours > 0.0, floor["overtime"], 0.0) / _HOUR),
    }


def _customers(chronicle: Chronicle, made: Columns) -> "Frame":
    """A row for each customer who joins or leaves."""
    rows = chronicle.logs.customers[np.argsort(chronicle.logs.customers["time"], kind="stable")]
    return {
        "counted": made.yes_no(made.is_counted(rows["time"])),
        "time": made.stamp(rows["time"]),
        "customer": made.number(rows["customer"] + 1),
        "segment": made.word(rows["segment"], chronicle.names.segments),
        "what": made.word(rows["what"], _MOVES),
        "issue": made.text(chronicle.names_of(rows)),
    }


_MOVES = ("joined", "left for other reasons", "left because of service", "left in any case")
"""What `codes.DEPARTURES` mean."""


def _outreach(chronicle: Chronicle, made: Columns) -> "Frame":
    """A row for each message sent and each customer contacted."""
    rows = chronicle.logs.outreach[np.argsort(chronicle.logs.outreach["time"], kind="stable")]
    return {
        "counted": made.yes_no(made.is_counted(rows["time"])),
        "time": made.stamp(rows["time"]),
        "kind": made.word(rows["kind"], codes.OUTREACH),
        "notice": made.word(rows["programme"], chronicle.names.notices),
        **made.issue(rows),
    }


def _memory(chronicle: Chronicle, made: Columns) -> "Frame":
    """A row for each customer who remembers something at the end of the run."""
    rows = chronicle.logs.memory
    return {
        "customer": made.number(rows["customer"] + 1),
        "segment": made.word(rows["segment"], chronicle.names.segments),
        "log_odds": made.length(rows["memory"]),
    }
