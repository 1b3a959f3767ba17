"""run.py on a machine without the libraries, or with an old Python."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import run

ROOT = Path(run.__file__).parent


def test_it_knows_every_library_that_the_program_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [re.split(r"[<>=]", line)[0] for line in project["dependencies"]]
    assert list(run.NEEDED) == sorted(needed)


def test_every_way_to_set_up_is_told_if_the_libraries_are_missing():
    done = subprocess.run(
        [sys.executable, "-S", ROOT / "run.py", "compare", "scenarios/do-over"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "not installed here: click, matplotlib, numba" in done.stderr
    for way in ("make run", "python3 -m venv .venv", "py -m venv .venv", "uv run "):
        assert way in done.stderr


def test_it_can_be_read_by_an_old_python():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 5))
