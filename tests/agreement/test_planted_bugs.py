"""Faults that are planted on purpose are caught: in an engine's own code because the other engine
tells another story, inside a rule, which both engines share, by the tests of the rules, and what
the zoo does not play by the tests of completeness.

A plant grows in a copy of the program, which is not compiled.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.agreement.plants import (
    IN_A_RULE,
    IN_THE_KERNEL,
    IN_THE_REFERENCE_ENGINE,
    UNPLAYED,
    Plant,
)

ROOT = Path(__file__).parents[2]
LONG_ENOUGH = 300
"""Seconds; a fault with which an engine never ends is no good plant."""


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    """A copy of the program and its tests."""
    for folder in ("sim", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def planted(plant: Plant, ground: Path) -> None:
    """Raises AssertionError if what is to be replaced does not stand in the source just once."""
    file = ground / "sim" / plant.file
    source = file.read_text(encoding="utf-8")
    assert source.count(plant.old) == 1, f"{plant.file} no longer holds once: {plant.old}"
    file.write_text(source.replace(plant.old, plant.new), encoding="utf-8")


def in_the(ground: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python there, with rules that are plain functions."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ground,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=LONG_ENOUGH,
    )


AGREE = """\
import sys
from tests.agreement.difference import first_difference
from tests.engines import ENGINES
from tests.zoo import zoo

for grain in (0.0, 30.0):
    told = first_difference(*(zoo.logs(sys.argv[1], grain=grain, engine=e) for e in ENGINES))
    if told:
        sys.exit(told)
"""


def faults(plants: list[Plant], quick: int) -> list:
    """Parameters of a test; all but the first few are slow."""
    return [
        pytest.param(plant, id=plant.fault, marks=[pytest.mark.slow] if at >= quick else [])
        for at, plant in enumerate(plants)
    ]


def test_where_nothing_is_planted_the_engines_agree(ground: Path) -> None:
    said = in_the(ground, "-c", AGREE, "crowd")
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("plant", [*faults(IN_THE_REFERENCE_ENGINE, 5), *faults(IN_THE_KERNEL, 5)])
def test_a_fault_in_an_engine_makes_the_engines_disagree(ground: Path, plant: Plant) -> None:
    planted(plant, ground)
    said = in_the(ground, "-c", AGREE, plant.caught_by)
    assert said.returncode == 1
    # SimPy itself objects to an event that happens twice.
    assert " differs" in said.stderr or "has already been triggered" in said.stderr


@pytest.mark.parametrize("plant", faults(IN_A_RULE, 4))
def test_a_fault_in_a_rule_is_caught_by_the_tests_of_the_rules(ground: Path, plant: Plant) -> None:
    planted(plant, ground)
    tests = in_the(ground, "-m", "pytest", "-q", "-x", f"tests/unit/rules/{plant.caught_by}")
    assert tests.returncode == pytest.ExitCode.TESTS_FAILED, tests.stdout


@pytest.mark.parametrize("plant", faults(UNPLAYED, 0))
def test_what_no_scenario_plays_is_found(ground: Path, plant: Plant) -> None:
    planted(plant, ground)
    tests = in_the(
        ground, "-m", "pytest", "-q", "-k", plant.caught_by, "tests/agreement/test_completeness.py"
    )
    assert tests.returncode == pytest.ExitCode.TESTS_FAILED, tests.stdout
    assert plant.fault.partition(": ")[2] in tests.stdout
