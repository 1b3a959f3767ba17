"""Small centres to staff, written as files and read as a user's."""

from sim.scenario.load import load

ERLANG_A = """\
horizon = "1 day"
warm_up = "0 days"
reasons.call = { volume = { per_hour = 60.0 }, talk = { exponential = "5 min" } }
callers.patience = { exponential = "3 min" }
teams.agents = { agents = 6, pay = { per_hour = 20.0 } }
"""
"""Stationary but for its first minutes: 5 erlangs, whose callers wait 3 minutes."""

PEAK = """\
horizon = "1 day"
warm_up = "0 days"
interval = "30 min"
reasons.call = { volume = { per_week = 420.0 }, profile = "day", talk = { exponential = "20 min" } }
callers.patience = { exponential = "10 min" }
[profiles.day]
interval = "30 min"
days.all = 1
shapes.all = { start = "09:00", weights = [30, 70, 120, 90, 45, 20, 15, 10] }
[centre]
opening = { all = "09:00-13:00" }
[teams.agents]
pay = { per_hour = 20.0 }
[teams.agents.staffing]
interval = "30 min"
days.all = { start = "09:00", agents = [3, 6, 9, 9, 7, 5, 3, 2] }
"""
"""Calls come in a wave, and their work long after it."""


def centre(folder, text, name="centre"):
    """Write a scenario and read it."""
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)
