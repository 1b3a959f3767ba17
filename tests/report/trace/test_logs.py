"""The logs that a trace writes, summed by hand, are the figures that the run shows for that
replication."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import polars
import pytest

from sim.experiments.replay import replay
from sim.experiments.results import Strategy
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.files import write_trace
from sim.report.trace.selection import Selection
from sim.scenario.load import load

ZOO = Path(__file__).parents[2] / "zoo"
MILLISECOND = 0.0005
OFFERED = ("handled", "abandoned", "dropped", "waiting")
REPLICATION = 4
"""In which someone in `transfers` waits for a second agent at the end."""


@pytest.fixture(scope="module", params=["crowd", "bill", "prices", "volumes", "transfers"])
def followed(request, tmp_path_factory):
    """A replication of a scenario of the zoo: its figures, and the folder of its logs."""
    name = request.param
    played = replay(load(ZOO / f"{name}.toml"), REPLICATION, engine="reference")
    folder = tmp_path_factory.mktemp(name)
    chronicle = Chronicle(played.scenario, played.demand, played.logs)
    write_trace(chronicle, Selection(), folder)
    return played.document.strategies[0], folder / "logs", chronicle


def rows(logs, name):
    with (logs / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counted(logs, name, column="counted"):
    return [row for row in rows(logs, name) if row[column] == "yes"]


def mean(values):
    values = [float(value) for value in values if value]
    return sum(values) / len(values) if values else None


def share(rows, of):
    return len(rows) / len(of) if of else None


def same(strategy: Strategy, measure: str, value, kind="total", row="total", exactly=True):
    """Whether a figure of the run is this sum over its logs."""
    shown = strategy.measure(measure, kind, row).mean
    if shown is None or value is None:
        assert shown is value, measure
    else:
        tolerance = 1e-9 if exactly else MILLISECOND
        assert shown == pytest.approx(value, rel=tolerance, abs=tolerance), measure


def test_contacts_of_the_whole_centre(followed):
    strategy, logs, _ = followed
    legs = counted(logs, "contacts")
    contacts = [row for row in legs if row["counts_as"]]
    offered = [row for row in contacts if row["counts_as"] in OFFERED]
    gone = [row for row in offered if row["counts_as"] in ("abandoned", "dropped")]
    handled = [row for row in offered if row["counts_as"] == "handled"]
    firsts = [row for row in legs if row["leg"] == "1"]
    in_time = [row for row in firsts if row["outcome"] == "handled" and row["in_time"] == "yes"]
    same(strategy, "contacts", len(contacts))
    same(strategy, "offered", len(offered))
    same(strategy, "handled", len(handled))
    same(strategy, "abandoned", len(gone))
    for measure, outcome in (
        ("dropped", "dropped"),
        ("blocked", "blocked"),
        ("closed", "closed"),
        ("menu hang-ups", "hung_up_in_menu"),
        ("still waiting", "waiting"),
    ):
        same(strategy, measure, sum(row["counts_as"] == outcome for row in contacts))
    same(strategy, "abandonment", share(gone, offered))
    same(strategy, "service level, counted", share(in_time, firsts))
    waits = [row["contact_waited_s"] for row in offered]
    same(strategy, "mean wait", mean(waits), exactly=False)
    waits = [row["contact_waited_s"] for row in handled]
    same(strategy, "ASA", mean(waits), exactly=False)


def test_legs_of_each_queue_and_team(followed):
    strategy, logs, chronicle = followed
    legs = [row for row in counted(logs, "contacts") if row["leg"] != "0"]
    for queue in chronicle.names.queues:
        offered = [row for row in legs if row["queue"] == queue]
        gone = [row for row in offered if row["outcome"] in ("abandoned", "dropped")]
        same(strategy, "offered", len(offered), "queue", queue)
        same(strategy, "abandonment", share(gone, offered), "queue", queue)
        waits = [row["waited_s"] for row in offered]
        same(strategy, "mean wait", mean(waits), "queue", queue, exactly=False)
    for team in chronicle.names.teams:
        handled = [row for row in legs if row["team"] == team]
        same(strategy, "handled", len(handled), "team", team)


def test_contacts_of_each_interval(followed):
    strategy, logs, _ = followed
    offered, gone = defaultdict(int), defaultdict(int)
    for row in counted(logs, "contacts"):
        for label in (row["interval"], row["interval"].rpartition(" ")[0]):
            offered[label] += row["counts_as"] in OFFERED
            gone[label] += row["counts_as"] in ("abandoned", "dropped")
    shown = [one for one in strategy.measures if one.interval and one.row_kind == "total"]
    told = {one.interval: one.mean for one in shown if one.measure == "offered"}
    assert {label: number for label, number in told.items() if number} == {
        label: number for label, number in offered.items() if number
    }
    for one in shown:
        if one.measure == "abandonment":
            assert one.mean == pytest.approx(gone[one.interval] / offered[one.interval], rel=1e-12)


def test_issues_and_the_customers_lost_over_them(followed):
    strategy, logs, _ = followed
    closed = counted(logs, "issues", "counted_closed")
    called = [row for row in closed if int(row["contacts"])]
    answered = [row for row in closed if row["resolved_at_first"]]
    decided = counted(logs, "issues", "counted_decided")
    same(strategy, "issues arose", len(counted(logs, "issues", "counted_arose")))
    same(strategy, "issues closed", len(closed))
    same(strategy, "issues resolved", sum(row["closing"] == "resolved" for row in closed))
    same(strategy, "contacts per issue", mean(row["contacts"] for row in called))
    same(strategy, "transfers per issue", mean(row["transfers"] for row in called))
    same(strategy, "time waited per issue", mean(r["waited_s"] for r in called), exactly=False)
    at_first = [row for row in answered if row["resolved_at_first"] == "yes"]
    same(strategy, "FCR", share(at_first, answered))
    lost = sum(float(row["lost_expected"]) for row in decided)
    same(strategy, "customers lost, expected", lost, exactly=False)
    left = [row for row in decided if row["left"] == "yes"]
    same(strategy, "unavoidable leavers", sum(row["would_have_left"] == "yes" for row in left))
    same(strategy, "customers lost, drawn", sum(row["would_have_left"] == "no" for row in left))


def test_customers_who_come_and_go_and_messages_to_them(followed):
    strategy, logs, _ = followed
    moves = [row["what"] for row in counted(logs, "customers")]
    same(strategy, "joiners", moves.count("joined"))
    same(strategy, "base leavers", moves.count("left for other reasons"))
    same(strategy, "customers lost, drawn", moves.count("left because of service"))
    kinds = [row["kind"] for row in counted(logs, "outreach")]
    same(strategy, "messages", kinds.count("message") + kinds.count("false_alarm"))
    same(strategy, "false alarms", kinds.count("false_alarm"))
    same(strategy, "customers reached", kinds.count("recovery"))


def test_items_of_the_bill_are_hours_and_counts_of_the_logs(followed):
    strategy, logs, chronicle = followed
    billed = defaultdict(float)
    for item in strategy.bill:
        billed[item.what, item.who] += item.quantity
    floor, issues = rows(logs, "floor"), counted(logs, "issues", "counted_closed")
    found = {}
    for team in chronicle.names.teams:
        own = [row for row in floor if row["team"] == team]
        found["pay", team] = sum(float(row["paid_h"]) for row in own)
        found["overtime", team] = sum(float(row["overtime_h"]) for row in own)
    for reason in chronicle.names.reasons:
        settled = [row for row in issues if row["reason"] == reason and row["resolved_by"]]
        found["settlements", reason] = len(settled)
        arose = counted(logs, "issues", "counted_arose")
        tried = [row for row in arose if row["reason"] == reason]
        found["self-service", reason] = sum(r["self_service"] != "not_tried" for r in tried)
    for notice in chronicle.names.notices:
        sent = [row for row in counted(logs, "outreach") if row["notice"] == notice]
        found["messages", notice] = len(sent)
    kinds = [row["kind"] for row in counted(logs, "outreach")]
    found["recovery", ""] = found["gestures", ""] = kinds.count("recovery")
    for segment in chronicle.names.segments:
        decided = counted(logs, "issues", "counted_decided")
        own = [float(row["lost_expected"]) for row in decided if row["segment"] == segment]
        found["customers lost", segment] = sum(own)
    compared = billed.keys() & found.keys()
    assert len(compared) >= {"bill": 6, "prices": 4}.get(strategy.name, 0)
    for key in compared:
        assert billed[key] == pytest.approx(found[key], rel=1e-6, abs=1e-6), key


def test_parquet_files_hold_the_same_rows_unrounded(followed):
    strategy, logs, _ = followed
    for name in ("contacts", "issues", "floor", "customers", "outreach", "memory"):
        frame = polars.read_parquet(logs / f"{name}.parquet")
        assert frame.columns == (logs / f"{name}.csv").read_text("utf-8-sig").split("\n")[0].split(
            ","
        )
        assert len(frame) == len(rows(logs, name))
    legs = polars.read_parquet(logs / "contacts.parquet").filter(polars.col("counted") == "yes")
    offered = legs.filter(polars.col("counts_as").is_in(OFFERED))
    same(strategy, "mean wait", offered["contact_waited_s"].mean())


def test_a_spreadsheet_opens_the_files_as_they_are(followed):
    _, logs, _ = followed
    data = (logs / "contacts.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    row = rows(logs, "contacts")[0]
    day, time = row["arrived"].rsplit(" ", 1)
    assert time.count(":") == 2
    assert day
    assert {row["counted"] for row in rows(logs, "contacts")} <= {"yes", "no"}


@cache
def engines_frames(engine):
    from sim.report.trace.frames import frames

    played = replay(load(ZOO / "redials.toml"), 1, engine=engine)
    return frames(Chronicle(played.scenario, played.demand, played.logs))


def test_both_engines_write_the_same_logs():
    reference, kernel = engines_frames("reference"), engines_frames("kernel")
    assert all(reference[name].equals(kernel[name]) for name in reference)
