"""Whatever stands in a scenario file, it is a scenario or a ScenarioError, never a traceback."""

import json
import re
import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from sim.errors import ScenarioError
from sim.scenario.load import Loaded, load
from sim.scenario.scenario import Scenario

WHOLE = """\
title = "A centre"
start = "2026-03-02"
horizon = "28 days"
service_level = { within = "20 s", share = 0.8, rule = "met" }
busyness = { cv = 0.1 }
[segments.consumer]
customers = 1000
yearly_margin = 180.0
base_churn = 0.12
[loyalty]
base = { resolved = 0.1, unresolved = 0.2, gave_up = 0.2, refused = 0.2, silent = 0.1, \
preempted = 0.1 }
odds = { per_repeat = 1.9, tolerance = "2 min" }
memory = { half_life = "90 days" }
[profiles.week]
interval = "60 min"
days = { mon-fri = 1, sat = 0.5 }
shapes = { all = { start = "08:00", weights = [1, 2, 3] } }
[reasons.invoice]
volume = { per_customer_year = { consumer = 2 } }
profile = "week"
queue = "general"
talk = { lognormal = { mean = "290 s", cv = 1.1 } }
after_call = "30 s"
authority = 0.8
beyond = { transferred = 0.5, to = "general" }
[reasons.order]
volume = { table = "calls.csv", counts = "first_calls", issues_per_call = 1.1 }
queue = "general"
talk = { mixture = { share = 0.2, one = "30 s", other = { exponential = "3 min" } } }
[incidents.outage]
reason = "invoice"
hits = { consumer = 0.01 }
lag = { exponential = { mean = "90 min" } }
at = [{ day = 3, time = "10:00" }]
[callers.patience]
empirical = { file = "patience.csv", rest = "never" }
[centre]
opening = { mon-fri = "08:00-20:00", sat = "09:00-15:00" }
[queues.general]
routes = [{ team = "front" }, { team = "vendor", after = "2 min" }]
[teams.front]
pay = { per_hour = 21.0, on_cost = 0.3 }
factors = { handle = 1.1, fcr = { invoice = 0.9 } }
[teams.front.staffing]
interval = "60 min"
days.weekday = { start = "08:00", agents = [14, 20, 24] }
[teams.vendor]
agents = 5
contract = { per_minute = 0.75, transition = { once = 1000, over = "36 months" } }
"""
CSV = "weekday,start,calls\nmon,08:00,12\ntue,08:30,3.5\n"
PATIENCE = "at_seconds,survival\n10,0.9\n60,0.4\n"

PIECES = re.findall(
    r"\S+",
    "nan -inf 1e999 99999999999999999999 -1 0 0.5 70 true false 2026-03-02 08:30:00 "
    """"" "x" "90s" "-3s" "=1+1" "../../etc" "all" "mon" "2026-02-30" "25:00" "20:00-08:00" """
    """[] {} [[]] [{}] {x=1} {constant=1} [1,[2]] extends mean [teams] [[queues]] # ] } = " ''' """,
)


def tried(files: dict[str, str | bytes], *overrides: str) -> Loaded[Scenario] | None:
    """The scenario, if it is one; a problem must tell where it is, and what."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (Path(folder) / name).write_bytes(data)
        try:
            loaded = load(Path(folder) / "a.toml", overrides)
        except ScenarioError as error:
            well_told(error)
            return None
    json.dumps(loaded.resolved, allow_nan=False)
    Scenario.model_validate(loaded.resolved)
    return loaded


def well_told(error: ScenarioError) -> None:
    assert error.problems
    assert all(problem.file and problem.message for problem in error.problems)
    assert all(line.isprintable() for line in str(error).split("\n"))


DATA: dict[str, str | bytes] = {"calls.csv": CSV, "patience.csv": PATIENCE}


def test_the_scenario_that_is_spoilt_below_is_right() -> None:
    assert tried({**DATA, "a.toml": WHOLE}) is not None


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@example(b"\xef\xbb\xbf")
@example(b"a\r= 1")
def test_any_bytes_are_a_scenario_or_a_problem(content: bytes) -> None:
    tried({"a.toml": content})
    tried({**DATA, "a.toml": WHOLE, "calls.csv": content, "patience.csv": content})


@given(st.data())
def test_a_scenario_with_a_word_changed_is_a_scenario_or_a_problem(data: st.DataObject) -> None:
    words = re.split(r'(\[[^\[\]]*\]|"[^"]*"|[\w.-]+)', WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        word = 2 * data.draw(st.integers(0, len(words) // 2 - 1)) + 1
        words[word] = data.draw(st.sampled_from([*PIECES, *words[1::2]]) | st.text(max_size=3))
    tried({**DATA, "a.toml": "".join(words)})


@given(st.data())
def test_a_scenario_with_a_value_changed_is_a_scenario_or_a_problem(data: st.DataObject) -> None:
    loaded = tried({**DATA, "a.toml": WHOLE})
    assert loaded is not None
    keys = []
    value = loaded.resolved
    while isinstance(value, dict) and value and data.draw(st.integers(0, 5)):
        keys.append(data.draw(st.sampled_from(sorted(value))))
        value = value[keys[-1]]
    keys += data.draw(st.lists(st.sampled_from(["x", "mean", "", "a.b", '"="']), max_size=2))
    option = ".".join(keys) + "=" + data.draw(st.sampled_from(PIECES) | st.text(max_size=8))
    tried({**DATA, "a.toml": WHOLE}, option)


@given(st.lists(st.sampled_from(["a", "b", "c", ".", "", "../x", "x\\u0000"]), max_size=3))
def test_any_chain_of_bases_is_a_scenario_or_a_problem(bases: list[str]) -> None:
    files: dict[str, str | bytes] = {"c.toml": "title = 'c'"}
    for name, base in zip("abc", bases, strict=False):
        files[f"{name}.toml"] = f'extends = "{base}{".toml" if base.isalpha() else ""}"\n'
    tried({"a.toml": "", **files})
