"""Compiled rules: never an old number, whatever was edited, and on any machine.

What numba keeps between processes can only be seen from new processes, so most tests run some, in a
package of three small files beside a copy of the real sim/jit.py.
"""

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim import jit

VOCABULARY = "FACTOR = 2.0\n"
RULES = """\
from sim.codes import FACTOR
from sim.jit import rule

@rule
def rate(x):
    return x * FACTOR
"""
ENGINE = """\
from sim.engine.rules import rate
from sim.jit import rule

@rule
def run(x):
    return rate(x) + 1.0
"""
RUN = """\
from sim.jit import cache_folder, first_use
from sim.engine.loop import run
first = first_use(run)
print(run(3.0), first, first_use(run), cache_folder())
"""


class House:
    """A package of two rules and a constant, run in processes with a home of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        (folder / "sim" / "engine").mkdir(parents=True)
        shutil.copy(Path(jit.__file__), folder / "sim" / "jit.py")
        self.write("__init__.py", "")
        self.write("engine/__init__.py", "")
        self.write("codes.py", VOCABULARY)
        self.write("engine/rules.py", RULES)
        self.write("engine/loop.py", ENGINE)

    def write(self, name: str, text: str) -> None:
        (self.folder / "sim" / name).write_text(text, encoding="utf-8")

    def run(self, program: str = RUN, **environment: str) -> list[str]:
        """The words that a program prints in a new process."""
        places = ("NUMBA_", "XDG_CACHE_HOME", "PYTHON", "COV")
        kept = {name: text for name, text in os.environ.items() if not name.startswith(places)}
        home = dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA"), str(self.home))
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary))
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=self.folder,
            # An edit within the second in which the source was last read would be overlooked by
            # Python itself, which goes by its own compiled files.
            env=kept | home | temporary | {"PYTHONDONTWRITEBYTECODE": "1"} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_an_edited_rule_counts_at_once_though_its_caller_stands_in_another_file(house: House):
    assert house.run()[0] == "7.0"
    house.write("engine/rules.py", RULES.replace("x * FACTOR", "x - FACTOR"))
    assert house.run()[0] == "2.0"


def test_an_edited_code_counts_at_once(house: House):
    assert house.run()[0] == "7.0"
    house.write("codes.py", "FACTOR = 9.0\n")
    assert house.run()[0] == "28.0"


def test_a_second_process_compiles_nothing(house: House):
    _, before, after, folder = house.run()
    assert (before, after) == ("True", "False")
    assert Path(folder).is_relative_to(house.home)
    seen = house.run(RUN + "print(sum(run.stats.cache_hits.values()), run.stats.cache_misses)")
    assert seen[:4] == ["7.0", "False", "False", folder]
    assert seen[4:] == ["1", "Counter()"]


def test_without_a_home_to_write_to_compiled_rules_are_kept_in_the_temporary_directory(
    house: House,
):
    house.home.rmdir()
    house.home.write_text("a file where the home should be", encoding="utf-8")
    total, _, _, folder = house.run()
    assert total == "7.0"
    assert Path(folder).is_relative_to(house.temporary)
    assert house.run()[1] == "False"


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root writes anywhere")
def test_a_read_only_home_does_no_harm(house: House):
    house.home.chmod(0o500)
    assert house.run()[0] == "7.0"


def test_with_jit_off_a_rule_is_the_plain_function_and_says_the_same(house: House):
    plain = "import types; print(isinstance(run, types.FunctionType))"
    seen = house.run(RUN + plain, NUMBA_DISABLE_JIT="1")
    assert (seen[0], seen[4]) == ("7.0", "True")
    assert seen[1:3] == ["False", "False"], "nothing is left to compile"


def test_two_processes_never_write_two_forms_of_a_rule_to_one_file(house: House):
    house.run("from sim.engine.rules import rate; rate(3.0)")
    for index in house.home.rglob("*.nbi"):
        index.unlink()  # as seen by a process that began before the other had written it
    house.run("from sim.engine.rules import rate; rate(3)")
    assert len(list(house.home.rglob("rules.rate-*.nbc"))) == 2


def test_a_rule_has_one_form_for_integers_of_all_widths_and_for_each_constant(house: House):
    house.write(
        "engine/loop.py",
        """\
import numpy as np
from sim.engine.rules import rate
from sim.jit import rule

@rule
def run(x):
    return rate(1) + rate(2) + rate(np.int32(x)) + rate(np.int8(x)) + rate(x)
""",
    )
    counted = "from sim.engine.loop import rate, run; print(run(3), len(rate.overloads))"
    assert house.run(counted) == ["24.0", "1"]


def test_a_rule_that_gives_back_an_array_without_saying_so_is_refused(house: House):
    """Nobody would count who refers to it."""
    gives = "from sim.jit import rule\n\n@rule{}\ndef part(x):\n    return 1, x[1:]\n"
    house.write("engine/loop.py", gives.format(""))
    call = """\
import numpy as np
from sim.engine.loop import part
try:
    print(part(np.arange(3.0))[1].sum())
except TypeError as error:
    print(error)
"""
    assert "makes_arrays" in "".join(house.run(call))
    house.write("engine/loop.py", gives.format("(makes_arrays=True)"))
    assert house.run(call) == ["3.0"]


def test_no_rule_calls_one_that_makes_arrays_without_saying_so():
    """The arrays' memory would be lost."""
    rules = [
        (node, ast.unparse(decorator))
        for path in Path(jit.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).startswith("rule")
    ]
    makers = {node.name for node, decorator in rules if "makes_arrays" in decorator}
    assert makers
    for node, decorator in rules:
        used = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
        assert "makes_arrays" in decorator or not used & makers, node.name


def test_old_folders_are_forgotten_but_the_latest_five_and_those_of_the_last_day(tmp_path: Path):
    now = time.time()
    for name, days in {"a": 0, "b": 0.1, "c": 0.2, "d": 0.3, "e": 0.4, "f": 0.5, "g": 2}.items():
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (now - days * 86_400, now - days * 86_400))
    jit._forget_old(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c", "d", "e", "f"]


def test_each_system_keeps_its_caches_where_it_is_used_to(monkeypatch: pytest.MonkeyPatch):
    home = Path.home()
    for name in ("LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert jit._user_cache("linux") == home / ".cache"
    assert jit._user_cache("darwin") == home / "Library" / "Caches"
    assert jit._user_cache("win32") == home / "AppData" / "Local"
    monkeypatch.setenv("LOCALAPPDATA", "there")
    monkeypatch.setenv("XDG_CACHE_HOME", "elsewhere")
    assert jit._user_cache("win32") == Path("there")
    assert jit._user_cache("linux") == Path("elsewhere")


def test_intel_s_vector_functions_are_switched_off(house: House):
    asked = "import sim.jit, numba; print(numba.config.DISABLE_INTEL_SVML)"
    assert house.run(asked) == ["1"]


def test_every_constant_that_a_rule_can_read_stands_in_a_compiled_source():
    """A constant of another file would be frozen into the compiled code and outlive its edit."""
    package = Path(jit.__file__).parent
    sources = jit.compiled_sources()
    outside = []
    for path in sources:
        if b"@rule" not in path.read_bytes():
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("sim"):
                continue
            parts = str(node.module).split(".")[1:]
            for name in (alias.name for alias in node.names):
                if _is_module(package.joinpath(*parts, name)):
                    origin = package.joinpath(*parts, f"{name}.py")
                else:
                    origin = package.joinpath(*parts).with_suffix(".py")
                if (name.isupper() or origin.stem == name) and origin not in sources:
                    outside.append(f"{path.relative_to(package)} imports {name} of {origin.name}")
    assert not outside


def _is_module(path: Path) -> bool:
    return path.with_suffix(".py").exists()
