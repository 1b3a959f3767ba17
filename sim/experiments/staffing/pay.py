"""What an agent hour of a staffing table costs."""

from sim.scenario.centre import Team


def paid_of_one(team: Team) -> float:
    """Paid hours of one hour of the staffing table."""
    return 1.0 if team.counts == "scheduled" else 1.0 / (1.0 - team.shrinkage)


def hourly(team: Team) -> float:
    """The price of one hour of the staffing table; 0 for a team without pay."""
    if team.pay is None:
        return 0.0
    return (team.pay.per_hour * (1.0 + team.pay.on_cost) + team.pay.seat) * paid_of_one(team)
