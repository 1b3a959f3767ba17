"""Where a run's files go."""

from datetime import datetime
from pathlib import Path

OUTPUTS = Path("outputs")
_LONGEST = 60
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}


def new_folder(name: str, seed: int, now: datetime) -> Path:
    """outputs/<name>/<time and seed>, which does not exist yet."""
    place = OUTPUTS / safe(name)
    run_id = f"{now:%Y%m%d-%H%M%S}-seed{seed}"
    folder = place / run_id
    again = 2
    while folder.exists():
        folder = place / f"{run_id}-{again}"
        again += 1
    return folder


def safe(name: str) -> str:
    """A name that can be a folder on every system, and leads nowhere else.

    >>> safe("do-over"), safe("../../etc"), safe("=HYPERLINK(x)"), safe("con"), safe("")
    ('do-over', 'etc', 'HYPERLINK_x', 'con_', 'scenario')
    """
    kept = "".join(c if c.isalnum() or c in "-_." else "_" for c in name)
    kept = kept[:_LONGEST].strip("-._ ")
    if kept.split(".")[0].lower() in _DEVICES:
        kept += "_"
    return kept or "scenario"
