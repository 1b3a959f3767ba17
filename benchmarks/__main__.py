"""`python -m benchmarks`: the table; `w1`, `w2`, `reference`, `horizon`, `size`: one part of it."""

import argparse
import json
import shlex
import statistics
import subprocess
from collections.abc import Callable
from typing import Any

from benchmarks.workload import nanoseconds_a_call, run

Runner = Callable[[], dict[str, Any]]


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    what = ("all", "w1", "w2", "reference", "horizon", "size")
    parser.add_argument("what", nargs="?", choices=what, default="all")
    parser.add_argument("--runs", type=int, default=5, help="interleaved runs a line (all)")
    parser.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="COMMAND",
        help="a program that prints a JSON line with `w`, `calls` and `sim_s`, run in turn (all)",
    )
    given = parser.parse_args()
    if given.what in ("w1", "w2"):
        print(json.dumps(run(given.what)))
    elif given.what == "reference":
        result = _erlang_a_day()
        print(json.dumps({**result, "contacts_per_s": round(result["calls"] / result["sim_s"])}))
    elif given.what == "all":
        _table(given.runs, given.against)
    else:
        _curve(given.what)


def _erlang_a_day() -> dict[str, Any]:
    return run("w1", engine="reference", overrides=("horizon=1 day",))


def _table(runs: int, against: list[str]) -> None:
    """Medians of interleaved runs, and how often the kernel fits into each."""
    runners: list[Runner] = [
        lambda: run("w1"),
        lambda: run("w2"),
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
    print(f"{'':4}{'engine':24}{'ns a call':>12}{'of the kernel':>15}   medians of {runs} runs")
    for (workload, peer), median in sorted(medians.items()):
        ratio = median / medians[workload, "waitworth-kernel"]
        print(f"{workload:4}{peer:24}{median:12,.0f}{ratio:15.2f}")


def _command(line: str) -> Runner:
    def runner() -> dict[str, Any]:
        told = subprocess.run(shlex.split(line), check=True, capture_output=True, text=True)
        result: dict[str, Any] = json.loads(told.stdout)
        return result

    return runner


def _curve(what: str) -> None:
    from benchmarks import curves

    print(f"{'':16}{'calls':>12}{'ns a call':>12}{'peak MB':>10}")
    for label, calls, cost, peak in {"horizon": curves.horizon, "size": curves.size}[what]():
        print(f"{label:16}{calls:12,}{cost:12,.0f}{peak:10,.0f}", flush=True)


if __name__ == "__main__":
    main()
