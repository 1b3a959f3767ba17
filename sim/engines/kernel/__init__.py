"""The kernel: the model's mechanics told as one compiled loop over arrays."""

from sim.engines.kernel.run import run

__all__ = ["run"]
