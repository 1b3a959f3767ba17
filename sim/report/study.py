"""A study's folder: its comparison, curves and frontier, and the finding on one page."""

import json
from collections.abc import Sequence
from pathlib import Path

from sim.experiments.study.study import Studied, candidates_of
from sim.report import frontier as frontiers
from sim.report import sweep as sweeps
from sim.report.export import RESULTS, Tell, all_or_nothing, export, write_table, write_text
from sim.report.finding import COMPARISON, FRONTIER, curve_folder, page, turn_folder
from sim.report.provenance import provenance
from sim.report.turning import write_breakeven

FINDING = "finding.md"


def write(found: Studied, overrides: Sequence[str], folder: Path, tell: Tell) -> None:
    """Write all files of a study into a folder that does not exist yet, or is empty.

    Raises OSError if they cannot be written; then nothing is left of them.
    """
    document = found.comparison
    origin = provenance(document, found.ready.loaded, overrides, document.replications, {})
    with all_or_nothing(folder) as made:
        export(document, origin, made / COMPARISON, tell)
        for nth, (curve, plan) in enumerate(zip(found.curves, found.ready.curves, strict=True)):
            sweeps.write(curve, plan.base, overrides, made / curve_folder(nth), tell)
        for nth, (turns, asked) in enumerate(zip(found.turns, found.ready.turns, strict=True)):
            folder_of = made / turn_folder(nth)
            write_breakeven(turns, asked.pair, overrides, folder_of, tell)
        if found.frontier is not None:
            candidates = candidates_of(found.ready)
            frontiers.write(found.frontier, candidates, overrides, made / FRONTIER, tell)
        write_text(made / RESULTS, as_json(found))
        head = ["says", "less", "than", "measure", "unit", "mean", "low", "high", "verdict"]
        write_table(
            made / "claims.csv",
            head,
            ([getattr(one, name) for name in head] for one in found.claims),
        )
        write_text(made / FINDING, page(found))


def as_json(found: Studied) -> str:
    """All of a study as JSON, in ASCII."""
    parts = {
        "kind": "study",
        "comparison": found.comparison.model_dump(mode="json"),
        "sweeps": [one.model_dump(mode="json") for one in found.curves],
        "breakevens": [one.model_dump(mode="json") for one in found.turns],
        "frontier": found.frontier.model_dump(mode="json") if found.frontier else None,
        "claims": [one.model_dump(mode="json") for one in found.claims],
    }
    return json.dumps(parts, allow_nan=False, separators=(",", ":"))
