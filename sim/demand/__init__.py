"""Who has which issue when: a day at a time, the same for every strategy (MODEL.md sections 2, 11).

Demand knows nothing of what the centre does. Whether a customer is still there when an issue
falls on it is for the engine to see.
"""

from sim.demand.customers import Customers
from sim.demand.demand import Demand, demand_of

__all__ = ["Customers", "Demand", "demand_of"]
