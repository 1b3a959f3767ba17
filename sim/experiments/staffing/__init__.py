"""Agents by interval: from the load that is simulated to a verified staffing, and to shifts.

`load` measures what the team is asked for, `start` makes a first plan of it by formula, `search`
improves it by simulation under common random numbers, `verify` tells what it achieves on fresh
replications, beside what interval-by-interval formulas achieve (`baseline`), and `roster` covers it
with shifts.
"""
