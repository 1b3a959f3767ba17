"""Commands as a user calls them, each in a folder of its own, so that nothing is kept."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
CURVE = ("--vary", "teams.frontline.scale=0.7:1.3:13", "-n", "30")
TARGET = ("--target", "service level=80% by interval")
WEEKS: dict[str, tuple[str, ...]] = {
    "starter": (str(HOME / "scenarios" / "starter.toml"),),
    "flagship": (
        str(HOME / "scenarios" / "do-over" / "base.toml"),
        *("--team", "frontline", "--set", "horizon=7 days"),
        *("--set", "incidents.outage.hits={consumer=0.0, business=0.0}"),
    ),
}


def sweep(workers: int) -> float:
    """Seconds for the cost curve of the flagship on so many workers."""
    return _seconds("sweep", str(HOME / "scenarios" / "do-over"), *CURVE, "--workers", str(workers))


def staff(runs: int) -> Iterator[tuple[str, list[float]]]:
    """Seconds for each week, run by run."""
    for name, words in WEEKS.items():
        yield name, [_seconds("staff", *words, *TARGET) for _ in range(runs)]


def _seconds(*words: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        command = [sys.executable, str(HOME / "run.py"), *words, "-q", "--out", f"{folder}/out"]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
        return time.perf_counter() - begin
