"""The studies that come with the program: each is carried out, on days that are few."""

from pathlib import Path

import pytest

from sim.experiments.points import Lot
from sim.experiments.study.study import carried_out, prepared
from sim.report.finding import page
from sim.scenario.load import load
from sim.scenario.study import STUDY, study

SCENARIOS = Path(__file__).parents[2] / "scenarios"
STUDIES = sorted(file.parent.name for file in SCENARIOS.glob(f"*/{STUDY}"))
BRIEF = ("horizon=1 day", "warm_up=0 days", "segments.consumer.customers=8000")
FROM_SECTION_13 = {
    "outsourcing",
    "handle-time",
    "authority",
    "failure-demand",
    "incidents",
    "silence",
    "recovery",
    "resolution",
    "runaround",
    "word-of-mouth",
    "sales",
}


def test_every_claim_of_the_essays_has_its_study():
    """All rows of the model's list but the one on attrition and learning."""
    assert set(STUDIES) >= FROM_SECTION_13


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_is_carried_out_and_told_on_one_page(name):
    found = study(SCENARIOS / name)
    overrides = [one for one in BRIEF if "segments" not in one or _has_segments(found)]
    loaded = [load(file, overrides) for file in found.scenarios]
    ready = prepared(found, loaded, 1, overrides)
    told = page(carried_out(ready, Lot(2, 1, "kernel", 1)))
    for heading in ("**The claim.**", "## What came out", "## Where it is wrong"):
        assert heading in told or name == "bank"
    for claim in found.plan.claims:
        assert claim.says.split("_")[0][:20] in told
    assert len(told.splitlines()) < 200


def _has_segments(found):
    return bool(load(found.scenarios[0]).scenario.segments)
