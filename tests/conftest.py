"""What every test runs under."""

import os

from hypothesis import settings

os.environ["MPLBACKEND"] = "Agg"
settings.register_profile("waitworth", deadline=None, derandomize=True)
settings.load_profile("waitworth")
