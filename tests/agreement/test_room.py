"""The kernel tells the same however little room it begins with: it asks for more in time.

Compiled code does not notice when it writes beyond an array, so the tightest cases are played as
plain Python too, where that is an error.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.demand import demand_of
from sim.engines.kernel import state
from sim.engines.kernel.loop import BURST
from tests.agreement.test_engines_agree import first_difference
from tests.engines import played
from tests.zoo import zoo

TIGHT = """
from sim.demand import demand_of
from sim.engines.kernel import state
from tests.engines import played
from tests.zoo import zoo
state.LEGS = state.ISSUES = state.ROWS = {room}
for name in {names!r}:
    played(demand_of(zoo.tables(name, grain=30.0), 1, 0), "kernel")
"""


@pytest.mark.parametrize("name", zoo.NAMES)
def test_the_logs_do_not_depend_on_the_room_at_the_beginning(name, monkeypatch):
    for room in (BURST + 2, 2 * BURST + 7):
        for array in ("LEGS", "ISSUES", "ROWS"):
            monkeypatch.setattr(state, array, room)
        tight = played(demand_of(zoo.tables(name, grain=30.0), 1, 0), "kernel")
        assert first_difference(zoo.logs(name, grain=30.0, engine="kernel"), tight) == ""


def test_nothing_is_written_beyond_the_room_there_is():
    script = TIGHT.format(room=BURST + 2, names=("crowd", "closing-drop", "churn", "overload"))
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
