"""Waitworth: a call-center queue simulator that compares strategies on what they cost and lose.

>>> import sim
>>> scenario = sim.load("scenarios/verification/erlang-a.toml", ["horizon=1 day", "warm_up=0 d"])
>>> document = sim.run(scenario, replications=2, seed=7)
>>> abandonment = document.strategies[0].measure("abandonment")
>>> 0.0 < abandonment.low < abandonment.mean < abandonment.high < 0.5
True

The public names are loaded when they are first asked for, so that importing the package is quick.
"""

from importlib import import_module

_MODULES = {
    "load": "sim.scenario.load",
    "study": "sim.scenario.study",
    "run": "sim.experiments.simulate",
    "compare": "sim.experiments.compare",
    "sweep": "sim.experiments.sweep.sweep",
    "frontier": "sim.experiments.frontier.frontier",
    "breakeven": "sim.experiments.turning.breakeven",
    "sensitivity": "sim.experiments.sensitivity.sensitivity",
    "verify": "sim.experiments.verify",
    "Document": "sim.experiments.results",
    "ScenarioError": "sim.errors",
}

__all__ = sorted(_MODULES)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
