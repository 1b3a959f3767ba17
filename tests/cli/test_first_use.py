"""The first use on a machine: an install of its own, whose compiled code is nowhere yet.

What the quick tests run is a rule that calls one of another file; the slow ones run the program.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.report.export import RESULTS

ROOT = Path(__file__).parents[2]
RULE = """\
from sim.rules.routing import opens_at
at = opens_at(1000.0, 30.0, 60.0)  # 1,030 s, on a clock that ticks every minute
stats = opens_at.stats
print(at, sum(stats.cache_misses.values()), "compiled", sum(stats.cache_hits.values()), "loaded")
"""
COMPILED, LOADED = "1080.0 1 compiled 0 loaded\n", "1080.0 0 compiled 1 loaded\n"
PLACES = ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
SAYS_SO = "Compiling the model, once"
LONG_ENOUGH = 600


class Install:
    """A copy of the program, a home, and folders for what is temporary and for results."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "program"
        self.program.mkdir()
        without = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "sim", self.program / "sim", ignore=without)
        for name in ("run.py", "scenarios/starter.toml"):
            shutil.copy(ROOT / name, self.program)
        self.home, self.temporary, self.work = (
            folder / name for name in ("home", "temporary", "work")
        )
        for place in (self.home, self.temporary, self.work):
            place.mkdir()

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start Python in the folder for results, bound by the permissions of files."""
        ours = ("NUMBA_", "MPLCONFIGDIR", "PYTHON", "COV", *PLACES)
        kept = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
        home = dict.fromkeys(PLACES[:3], str(self.home))
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary))
        return subprocess.Popen(
            [*BOUND, sys.executable, *words],
            cwd=self.work,
            env=kept | home | temporary | {"PYTHONPATH": str(self.program)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def rule(self) -> str:
        """What the rule gives, and which of its forms were compiled or loaded."""
        return ended(self.start("-c", RULE))[0]

    def simulate(self, name: str, *options: str, **environment: str) -> subprocess.Popen[str]:
        """Start a simulation whose files go to a folder of this name."""
        how = ("-n", "2", "--workers", "1", "--out", name, *options)
        scenario = str(self.program / "starter.toml")
        return self.start(str(self.program / "run.py"), "run", scenario, *how, **environment)

    def results(self, name: str) -> str:
        return (self.work / name / RESULTS).read_text(encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a source file, in which the old text stands once."""
        path = self.program / "sim" / file
        source = path.read_text(encoding="utf-8")
        assert source.count(old) == 1
        path.write_text(source.replace(old, new), encoding="utf-8")

    def write_protect(self, folder: Path) -> None:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555)


SUPERUSER = hasattr(os, "getuid") and os.getuid() == 0
GIVE_UP_RIGHTS = """\
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # the right to write where permissions forbid it
os.execv(sys.argv[1], sys.argv[1:])
"""
BOUND = [sys.executable, "-c", GIVE_UP_RIGHTS] if SUPERUSER and sys.platform == "linux" else []
permissions = pytest.mark.skipif(
    sys.platform == "win32" or (SUPERUSER and not BOUND),
    reason="permissions of folders bind nobody here",
)


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a process has said on stdout and stderr, once it has ended well."""
    out, err = process.communicate(timeout=LONG_ENOUGH)
    assert process.returncode == 0, err
    return out, err


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    made = Install(tmp_path)
    yield made
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o755)


def test_an_edited_rule_gives_new_numbers_at_once_though_its_caller_is_compiled(install):
    assert [install.rule(), install.rule()] == [COMPILED, LOADED]
    install.edit("rules/order.py", "math.ceil(time / grain)", "math.floor(time / grain)")
    assert install.rule() == "1020.0 1 compiled 0 loaded\n"


@permissions
def test_a_program_that_nobody_may_write_to_compiles_once(install):
    install.write_protect(install.program)
    assert [install.rule(), install.rule()] == [COMPILED, LOADED]


@permissions
def test_without_a_home_it_compiles_once(install):
    install.home.rmdir()
    install.write_protect(install.home.parent)
    install.temporary.chmod(0o755)
    assert [install.rule(), install.rule()] == [COMPILED, LOADED]


def test_several_processes_that_compile_at_once_do_each_other_no_harm(install):
    said = [ended(process) for process in [install.start("-c", RULE) for _ in range(4)]]
    assert set(said) <= {(COMPILED, ""), (LOADED, "")}
    assert install.rule() == LOADED


@pytest.mark.slow
def test_the_first_run_says_that_it_compiles_and_no_later_one(install):
    assert ended(install.simulate("first"))[1].count(SAYS_SO) == 1
    assert SAYS_SO not in ended(install.simulate("second"))[1]
    assert install.results("first") == install.results("second")


@pytest.mark.slow
@permissions
def test_two_first_runs_at_once_of_a_program_that_nobody_may_write_to_without_a_home(install):
    install.write_protect(install.program)
    install.home.rmdir()
    install.home.write_text("a file where the home should be", encoding="utf-8")
    runs = [install.simulate(name, "--quiet") for name in ("one", "other")]
    assert {ended(run)[1] for run in runs} == {""}
    assert install.results("one") == install.results("other")
    asked = "from sim.experiments.replication import must_compile; print(must_compile('kernel'))"
    assert ended(install.start("-c", asked))[0] == "False\n"


@pytest.mark.slow
def test_an_edited_rule_gives_the_results_that_it_gives_without_compiling(install):
    ended(install.simulate("before"))
    install.edit("rules/outcome.py", "return drawn * handle * pace", "return 2.0 * drawn")
    ended(install.simulate("after"))
    ended(install.simulate("plain", NUMBA_DISABLE_JIT="1"))
    assert install.results("after") == install.results("plain") != install.results("before")
