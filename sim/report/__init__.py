"""Results for a reader: tables, charts and files."""

import logging

# It speaks of its fonts, and of a home without a place for its settings: neither helps a planner.
logging.getLogger("matplotlib").setLevel(logging.ERROR)
