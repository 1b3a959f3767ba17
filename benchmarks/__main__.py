"""`python -m benchmarks`: the table; `w1`, `w2`, `year`, `reference`: one workload, as a JSON line;
`horizon`, `size`, `replications`: how cost and memory grow; `threads`: what a second one gives;
`sweep`: the cost curve of the flagship, and `staff`: a week of half hours, as a user calls them."""

import argparse
import json
import shlex
import statistics
import subprocess
from collections.abc import Callable
from typing import Any

from benchmarks import commands
from benchmarks.workload import REPLICATIONS, nanoseconds_a_call, run, seconds_by_workers

Runner = Callable[[], dict[str, Any]]
CURVES = ("horizon", "size", "replications")


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    what = ("all", *REPLICATIONS, "reference", *CURVES, "threads", "sweep", "staff")
    parser.add_argument("what", nargs="?", choices=what, default="all")
    parser.add_argument("--runs", type=int, default=5, help="interleaved runs a line")
    parser.add_argument("--replications", type=int, default=0, help="of a workload")
    parser.add_argument("--set", action="append", default=[], help="KEY=VALUE, of a workload")
    parser.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="COMMAND",
        help="a program that prints a JSON line with `w`, `calls` and `sim_s`, run in turn (all)",
    )
    given = parser.parse_args()
    if given.what in REPLICATIONS:
        result = run(given.what, replications=given.replications, overrides=given.set)
        print(json.dumps(result))
    elif given.what == "reference":
        result = _erlang_a_day()
        print(json.dumps({**result, "contacts_per_s": round(result["calls"] / result["sim_s"])}))
    elif given.what == "all":
        _table(given.runs, given.against)
    elif given.what == "threads":
        _threads(given.runs)
    elif given.what == "sweep":
        _sweep(given.runs)
    elif given.what == "staff":
        _staff(given.runs)
    else:
        _curve(given.what)


def _erlang_a_day() -> dict[str, Any]:
    return run("w1", engine="reference", overrides=("horizon=1 day",))


def _table(runs: int, against: list[str]) -> None:
    """Medians of interleaved runs, and how often the kernel fits into each."""
    runners: list[Runner] = [
        lambda: run("w1"),
        lambda: run("w2"),
        lambda: run("year"),
        _erlang_a_day,
        lambda: run("w2", engine="reference", replications=1),
        *(_command(line) for line in against),
    ]
    seen: dict[tuple[str, str], list[float]] = {}
    for _ in range(runs):
        for runner in runners:
            result = runner()
            key = (str(result["w"]), str(result["peer"]))
            seen.setdefault(key, []).append(nanoseconds_a_call(result))
    medians = {key: statistics.median(times) for key, times in seen.items()}
    print(f"{'':6}{'engine':24}{'ns a call':>12}{'of the kernel':>15}   medians of {runs} runs")
    for (workload, peer), median in sorted(medians.items()):
        ratio = median / medians[workload, "waitworth-kernel"]
        print(f"{workload:6}{peer:24}{median:12,.0f}{ratio:15.2f}")


def _command(line: str) -> Runner:
    def runner() -> dict[str, Any]:
        told = subprocess.run(shlex.split(line), check=True, capture_output=True, text=True)
        result: dict[str, Any] = json.loads(told.stdout)
        return result

    return runner


def _threads(runs: int) -> None:
    """W2 on one thread and on two, in turn."""
    ratios = [seconds_by_workers("w2", 1) / seconds_by_workers("w2", 2) for _ in range(runs)]
    print(f"two threads are {statistics.median(ratios):.2f} times as fast as one", end="")
    print(f" ({min(ratios):.2f} to {max(ratios):.2f} in {runs} runs)")


def _sweep(runs: int) -> None:
    """A 13-point curve of 30 replications a point, on one worker and on two, in turn."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(runs):
        for workers, times in seconds.items():
            times.append(commands.sweep(workers))
    ratios = [two / one for one, two in zip(seconds[1], seconds[2], strict=True)]
    print(f"two workers take {statistics.median(ratios):.2f} of the time of one", end="")
    print(f" ({min(ratios):.2f} to {max(ratios):.2f} in {runs} runs);", end=" ")
    print(f"{statistics.median(seconds[2]):.0f} s here")


def _staff(runs: int) -> None:
    """Median seconds of staffing a week of half hours."""
    for name, seconds in commands.staff(runs):
        print(f"{name:10}{statistics.median(seconds):8.0f} s here", flush=True)


def _curve(what: str) -> None:
    from benchmarks import curves

    print(f"{'':20}{'calls':>12}{'ns a call':>12}{'peak MB':>10}")
    for label, calls, cost, peak in getattr(curves, what)():
        print(f"{label:20}{calls:12,}{cost:12,.0f}{peak:10,.0f}", flush=True)


if __name__ == "__main__":
    main()
