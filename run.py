"""Waitworth from a checkout: python run.py --help."""

import sys
from importlib.util import find_spec

NEEDED = (
    "click",
    "matplotlib",
    "numba",
    "numpy",
    "polars",
    "pydantic",
    "pytimeparse2",
    "rich",
    "scipy",
    "simpy",
)

SET_UP = """\
Set up and run, with make:

    make run

by hand on Linux or macOS:

    python3 -m venv .venv
    .venv/bin/python -m pip install --require-hashes -r requirements.txt
    .venv/bin/python run.py --help

by hand on Windows:

    py -m venv .venv
    .venv\\Scripts\\python -m pip install --require-hashes -r requirements.txt
    .venv\\Scripts\\python run.py --help

or with uv:

    uv run --no-project --python ">=3.11,<3.14" --with-requirements requirements.txt run.py --help
"""


def what_is_missing() -> str:
    """Say in a sentence what keeps Waitworth from running here, or nothing."""
    if sys.version_info < (3, 11):
        return "Waitworth needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2]
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        return "Waitworth needs libraries that are not installed here: %s." % ", ".join(missing)
    return ""


if __name__ == "__main__":
    obstacle = what_is_missing()
    if obstacle:
        sys.stderr.write("%s\n\n%s" % (obstacle, SET_UP))
        sys.exit(2)
    from sim.cli import main

    main()
