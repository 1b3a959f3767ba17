"""A small centre, and the command line called as a user calls it."""

import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.report import charts

CENTRE = """\
title = "A small centre"
horizon = "1 day"
reasons.call = { volume = { per_hour = 12.0 }, talk = { exponential = "4 min" } }
callers.patience = { exponential = "3 min" }
centre.opening = { all = "09:00-13:00" }
teams.agents = { agents = 2, pay = { per_hour = 20.0 } }
"""


@pytest.fixture(autouse=True)
def plain_charts(monkeypatch):
    """Charts that take no time."""

    def draw_all(_, folder, tell):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bill.png").write_text("a chart", encoding="utf-8")
        return (folder / "bill.png",)

    monkeypatch.setattr(charts, "draw_all", draw_all)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder in which commands run, with a base and a leaner alternative."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)  # tests that run side by side have a width set
    study = tmp_path / "study"
    study.mkdir()
    (study / "base.toml").write_text(CENTRE, encoding="utf-8")
    (study / "lean.toml").write_text(
        'extends = "base.toml"\ntitle = "One agent fewer"\nteams.agents.agents = 1\n',
        encoding="utf-8",
    )
    return tmp_path


@pytest.fixture
def call(folder):
    """Call a command; the result has `exit_code`, `stdout` and `stderr`."""

    def called(*words, **options):
        return CliRunner().invoke(cli, [str(word) for word in words], **options)

    return called


@pytest.fixture
def simulate(call):
    """Call a command that simulates a little, by the engine that needs not be compiled."""

    def simulated(command, *words, **options):
        how = ("-n", "3", "--workers", "1", "--engine", "reference")
        return call(command, *how, *words, **options)

    return simulated
