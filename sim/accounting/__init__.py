"""Counting and pricing, from the logs alone: intervals, measures and the bill."""
