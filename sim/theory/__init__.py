"""Closed formulas of queueing: for sizing, and as the oracle of the tests."""
