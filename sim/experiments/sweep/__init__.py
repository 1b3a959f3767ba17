"""Curves over values of a scenario: which points, how they are run, and where the bottom is."""
