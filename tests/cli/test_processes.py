"""The program as its own process: pipes, encodings, Ctrl-C, and what it loads."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.report.export import RESULTS, as_json
from tests.report.handmade import study

PROGRAM = Path(__file__).parents[2] / "run.py"
HEAVY = ("matplotlib", "numba", "numpy", "polars", "pydantic", "rich", "scipy", "simpy", "tomlkit")
LONG_ENOUGH = 600
"""Seconds: the first run on a machine compiles."""


def a_comparison():
    """A document with little to draw."""
    whole = study(2)
    bare = [
        one.model_copy(
            update={
                "measures": tuple(m for m in one.measures if m.measure in whole.headline[:4]),
                "bill": (),
            }
        )
        for one in whole.strategies
    ]
    return as_json(whole.model_copy(update={"strategies": tuple(bare)}))


@pytest.fixture
def finished(folder):
    """The folder of a comparison that is finished."""
    place = folder / "finished"
    place.mkdir()
    (place / RESULTS).write_text(a_comparison(), encoding="utf-8")
    return place.name


@pytest.fixture
def start():
    """Start the program; text in and out as UTF-8."""
    started = []

    def starting(*words):
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield starting
    for process in started:
        with process:
            process.kill()


def done(*words, **environment):
    """Exit code, stdout and stderr of the program."""
    process = subprocess.run(
        [sys.executable, str(PROGRAM), *words],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **environment},
        timeout=LONG_ENOUGH,
    )
    return process.returncode, process.stdout, process.stderr


def test_help_loads_nothing_that_computes():
    code = f"""\
import runpy, sys
sys.path.insert(0, {str(PROGRAM.parent)!r})
sys.argv = ["run.py", "--help"]
try:
    runpy.run_path({str(PROGRAM)!r}, run_name="__main__")
except SystemExit:
    print(sorted(set(sys.modules) & set({HEAVY!r})))
"""
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert found.stdout.splitlines()[0].startswith("Usage: run.py")
    assert found.stdout.splitlines()[-1] == "[]"


def test_show_loads_nothing_that_simulates(finished):
    code = f"""\
import runpy, sys
sys.path.insert(0, {str(PROGRAM.parent)!r})
sys.argv = ["run.py", "show", {finished!r}, "--json"]
try:
    runpy.run_path({str(PROGRAM)!r}, run_name="__main__")
except SystemExit:
    print(sorted(set(sys.modules) & {{"numba", "scipy", "simpy"}}), file=sys.stderr)
"""
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert found.stderr.splitlines()[-1] == "[]"


def test_a_whole_run_leaves_charts_and_a_folder_that_can_be_shown(folder):
    code, out, err = done("run", "study/base.toml", "-n", "2")
    assert (code, "Traceback" in err) == (0, False), err
    place = out.splitlines()[-1].removeprefix("Files: ")
    charts = {path.suffix for path in (folder / place / "charts").iterdir()}
    assert charts == {".png", ".svg"}
    assert done("show", place)[:2] == (0, out.partition("\nFiles:")[0].strip("\n") + "\n")


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "utf-8"])
def test_a_console_of_any_encoding_gets_its_tables(folder, finished, encoding):
    hostile = a_comparison().replace("lean", "größer € 電話")
    (folder / finished / RESULTS).write_text(hostile, encoding="utf-8")
    code, out, err = done("show", finished, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (code, err.count("Traceback")) == (0, 0), err
    assert "Operating cost" in out


def test_a_pipe_that_closes_early_is_no_accident(start, finished):
    process = start("show", finished, "--json")
    assert process.stdout.read(1) == "{"
    process.stdout.close()
    assert process.stderr.read() == ""


def test_a_table_for_which_nobody_waits_is_no_accident(start, finished):
    process = start("show", finished, "--strategy", "lean", "--quiet")
    process.stdout.close()
    assert process.stderr.read() == ""


def test_tables_in_a_pipe_are_plain_text(finished):
    assert "\x1b" not in done("show", finished)[1]


def test_no_color_means_no_color(finished):
    colours = ("\x1b[31m", "\x1b[32m")
    assert any(one in done("show", finished, FORCE_COLOR="1", NO_COLOR="")[1] for one in colours)
    assert not any(
        one in done("show", finished, FORCE_COLOR="1", NO_COLOR="1")[1] for one in colours
    )


# --------------------------------------------------------------------------- progress and Ctrl-C

no_windows = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGINT for another process, and no pty"
)
MANY = ("run", "study/base.toml", "-n", "20000")
ONE_LONG = ("run", "study/base.toml", "-n", "1", "--set", "horizon=3000 days")


def done_of(line):
    """How many simulations are done, if the line tells it."""
    found = re.search(r"([\d,]+) of [\d,]+ simulations, about", line)
    return int(found[1].replace(",", "")) if found else 0


def waits_for(process, told):
    """Read stderr up to a line about which `told` is true."""
    said = process.stderr.readline()
    while not told(said):
        assert process.poll() is None, said
        said = process.stderr.readline()


def kept(folder):
    """How many replications a stopped run has kept, by what it has written."""
    (made,) = folder.glob("outputs/*/*")
    origin = json.loads((made / "run.json").read_text(encoding="utf-8"))
    assert 1 <= origin["replications"] < origin["replications_asked_for"] == 20_000
    return origin["replications"]


@no_windows
@pytest.mark.parametrize(("engine", "workers"), [("kernel", 2), ("reference", 1)])
def test_ctrl_c_keeps_what_is_finished(start, folder, engine, workers):
    process = start(*MANY, "--workers", str(workers), "--engine", engine)
    # Two workers may end the second replication first; of ten, the first is among them.
    waits_for(process, lambda line: done_of(line) >= 10)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=LONG_ENOUGH)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert f"Interrupted: {kept(folder):,} of 20,000 replications are kept." in err
    assert f"{kept(folder):,} replication" in out


@no_windows
def test_a_single_long_simulation_tells_how_far_it_is_and_can_be_stopped(start, folder):
    process = start(*ONE_LONG, "--engine", "reference")
    waits_for(process, lambda line: re.match(r"\d+ % of the simulation, about .* left", line))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=LONG_ENOUGH)
    assert (process.returncode, out) == (130, "")
    assert "Interrupted; nothing was written." in err
    assert not (folder / "outputs").exists()


class Screen:
    """The program on a terminal of its own."""

    def __init__(self, *words):
        import pty

        self.shown = ""
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.execv(sys.executable, [sys.executable, str(PROGRAM), *words])

    def wait_for(self, pattern):
        """Read what is shown until the pattern is."""
        while not re.search(pattern, self.shown):
            assert self._read(), self.shown

    def press_ctrl_c(self):
        os.write(self._terminal, b"\x03")

    def end(self):
        """Read to the end; the exit code."""
        while self._read():
            pass
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _read(self):
        try:
            more = os.read(self._terminal, 65_536).decode(errors="replace")
        except OSError:  # Linux says so that the program has ended
            more = ""
        self.shown += more
        return more


@no_windows
@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_on_a_terminal_progress_is_shown_and_ctrl_c_reaches_all_processes(folder, engine):
    screen = Screen(*MANY, "--workers", "2", "--engine", engine)
    screen.wait_for(r"\d\d of 20,000 simulations, about .* left")
    screen.press_ctrl_c()
    assert screen.end() == 130
    assert "Traceback" not in screen.shown
    assert f"Interrupted: {kept(folder):,} of 20,000 replications are kept." in screen.shown


@no_windows
def test_ctrl_c_while_processes_begin_is_no_accident(folder):
    screen = Screen(*MANY, "--workers", "2", "--engine", "reference")
    screen.wait_for("simulating, 2 s so far|of 20,000 simulations")
    screen.press_ctrl_c()
    assert screen.end() == 130
    assert "Traceback" not in screen.shown
