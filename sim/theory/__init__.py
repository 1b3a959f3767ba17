"""Known values: closed formulas, and chains that SciPy solves; for sizing, for `verify`, and as the
oracle of tests. Nothing here knows the simulator."""
