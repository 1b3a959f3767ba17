"""What every test runs under."""

import os

from hypothesis import settings

os.environ["MPLBACKEND"] = "Agg"
os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"  # as sim.jit does, should a test import numba first
settings.register_profile("waitworth", deadline=None, derandomize=True)
settings.load_profile("waitworth")
