"""The reference engine: the model's mechanics told as a story, in SimPy."""

from sim.engines.reference.run import run

__all__ = ["run"]
