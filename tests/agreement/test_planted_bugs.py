"""Faults that are planted on purpose are caught: in an engine's own code because the other engine
tells another story, inside a rule, which both engines share, by the tests of the rules, and what
the zoo does not play by the tests of completeness.

A plant is a line in a list: the fault in words, the file in `sim`, the source that is replaced and
what replaces it, and what catches it. It grows in a copy of the program, which is not compiled.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
SIM = ROOT / "sim"


class Plant(NamedTuple):
    """One fault."""

    fault: str
    file: str
    old: str
    new: str
    caught_by: str
    """A scenario of the zoo on which the engines part, or the tests that fail."""


ACD, CENTRE = "engines/reference/acd.py", "engines/reference/centre.py"
LIFE, PEOPLE = "engines/reference/life.py", "engines/reference/people.py"

IN_AN_ENGINE = [
    Plant(
        "an abandonment timer goes off though its caller was answered",
        ACD,
        "            cancel(timer)\n",
        "            cancel(timer) if outcome != HANDLED else None\n",
        "erlang-a",
    ),
    Plant(
        "who leaves the line takes the next one along",
        CENTRE,
        "        del self._legs[bisect_left(self._legs, (leg.joined, leg.order))]\n",
        "        at = bisect_left(self._legs, (leg.joined, leg.order))\n"
        "        del self._legs[at : at + 2]\n",
        "overload",
    ),
    Plant(
        "patience that ends with a talk of the same instant ends first",
        ACD,
        "rank(ABANDONMENT, identity, attempt, number, 0)",
        "rank(STAFFING, identity, attempt, number, 0)",
        "erlang-a",
    ),
    Plant(
        "attempt and leg are transposed in the draw of patience",
        LIFE,
        "u = self._people.draw(issue, PATIENCE, leg.contact.attempt, leg.number)",
        "u = self._people.draw(issue, PATIENCE, leg.number, leg.contact.attempt)",
        "redials",
    ),
    Plant(
        "two draws of a contact are taken for each other",
        LIFE,
        "draw(issue, CALLS_BACK_AFTER, attempt))",
        "draw(issue, REOPENING, attempt))",
        "redials",
    ),
    Plant(
        "overtime is counted once the agent is free",
        ACD,
        "        team.count_overtime(self._calendar.now)\n        team.busy -= 1\n",
        "        team.busy -= 1\n        team.count_overtime(self._calendar.now)\n",
        "staffing",
    ),
    Plant(
        "a redial counts the attempt to come as made",
        LIFE,
        "            attempt,\n            self._tables.most_contacts,\n",
        "            attempt + 1,\n            self._tables.most_contacts,\n",
        "crowd",
    ),
    Plant(
        "a route's wait is reckoned from the arrival, not from joining",
        ACD,
        "opens_at(now, after, self._grain)",
        "opens_at(leg.contact.arrived, after, self._grain)",
        "crowd",
    ),
    Plant(
        "the wait on an earlier leg is forgotten",
        LIFE,
        "contact.waited += wait",
        "contact.waited = wait",
        "transfers",
    ),
    Plant(
        "idle agents do not go first when the floor shrinks",
        ACD,
        "leaving = leaving_at_once(surplus, int(self._idle[team.index]))",
        "leaving = leaving_at_once(surplus, 0)",
        "staffing",
    ),
    Plant(
        "a rise brings agents and leaves what was owed",
        ACD,
        "        team.owed -= staying\n",
        "",
        "owed",
    ),
    Plant(
        "nobody stays after closing for those who wait",
        ACD,
        "            if not line.open\n",
        "            if line.open\n",
        "closing-serve",
    ),
    Plant(
        "agents who are kept after closing work overtime since they were last busy",
        ACD,
        "        team.count_overtime(self._calendar.now)\n        line.remove(leg)\n",
        "        line.remove(leg)\n",
        "held",
    ),
    Plant(
        "a queue that opens again keeps its agents",
        ACD,
        "                line.open = True\n                self._settle()\n",
        "                line.open = True\n",
        "held",
    ),
    Plant(
        "who left during a call calls again",
        LIFE,
        "            if self._people.has_left(issue.customer):\n",
        "            if self._people.has_left(issue.customer) and issue.contacts > 20:\n",
        "lapses",
    ),
    Plant(
        "the last of the lines is never given",
        LIFE,
        "if 0 <= lines <= self._lines_taken:",
        "if 0 <= lines <= self._lines_taken + 1:",
        "lines",
    ),
    Plant(
        "a memory decays from when the issue arose",
        PEOPLE,
        "(memory, self._calendar.now)",
        "(memory, issue.arose)",
        "loyalty",
    ),
    Plant(
        "issues of a customer who has left go on",
        PEOPLE,
        "            cancel(other.next_step)\n",
        "            continue\n",
        "churn",
    ),
]

IN_A_RULE = [
    Plant(
        "the chance to call again falls with the first attempt",
        "rules/caller.py",
        "float(attempt - 1)",
        "float(attempt)",
        "test_caller.py",
    ),
    Plant(
        "one contact more than the cap",
        "rules/caller.py",
        "attempt >= most_contacts",
        "attempt > most_contacts",
        "test_caller.py",
    ),
    Plant(
        "half an agent is rounded to the even number",
        "rules/agent.py",
        "math.floor(present + 0.5)",
        "float(round(present))",
        "test_agent.py",
    ),
    Plant(
        "the first contact counts as a repeat",
        "rules/loyalty.py",
        "max(0, reached - 1)",
        "max(0, reached)",
        "test_loyalty.py",
    ),
    Plant(
        "a half-life leaves a share of 1 / e",
        "rules/loyalty.py",
        "math.exp(-_LN_2 * elapsed",
        "math.exp(-elapsed",
        "test_loyalty.py",
    ),
    Plant(
        "a contact is misrouted on any leg",
        "rules/outcome.py",
        "if leg == 1 and misrouted:",
        "if misrouted:",
        "test_outcome.py",
    ),
    Plant(
        "the first message goes out at once",
        "rules/outreach.py",
        "(place + 1)",
        "place",
        "test_outreach.py",
    ),
    Plant(
        "a route opens one contact too early",
        "rules/routing.py",
        "waiting > longer_than",
        "waiting >= longer_than",
        "test_routing.py",
    ),
    Plant(
        "the earlier of two origins goes last",
        "rules/order.py",
        "<< ORIGIN_BITS) | origin)",
        "<< ORIGIN_BITS) | (MOST_ORIGINS - 1 - origin))",
        "test_order.py",
    ),
    Plant(
        "the law's other tail",
        "rules/distributions.py",
        "return -first * math.log1p(-u)",
        "return -first * math.log(u)",
        "test_distributions.py",
    ),
    Plant(
        "nine rounds of Philox",
        "rules/draws.py",
        "_ROUNDS = 10",
        "_ROUNDS = 9",
        "test_draws.py",
    ),
]

UNPLAYED = [
    Plant(
        "a rule that nothing calls: apologises",
        "rules/outreach.py",
        "@rule\ndef sent_at(",
        "@rule\ndef apologises(minutes: float) -> bool:\n    return minutes > 45.0\n\n\n"
        "@rule\ndef sent_at(",
        "test_every_rule_is_called_in_the_zoo",
    ),
    Plant(
        "a kind of event that never happens: fire drill",
        "codes.py",
        '    "issue arises",\n',
        '    "issue arises",\n    "fire drill",\n',
        "test_every_kind_of_event_happens_in_the_zoo",
    ),
    Plant(
        "a closing that no issue has: forgotten",
        "codes.py",
        '    "open",\n',
        '    "open",\n    "forgotten",\n',
        "test_every_word_of_the_logs_is_said_in_the_zoo",
    ),
    Plant(
        "a field that no scenario says: temper",
        "scenario/people.py",
        "class Segment(Noun):\n",
        "class Segment(Noun):\n    temper: float = 1.0\n",
        "test_every_field_of_a_noun_is_said_by_a_scenario",
    ),
]


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


@pytest.mark.parametrize("plant", faults(IN_AN_ENGINE, 6))
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
