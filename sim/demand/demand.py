"""What one replication's customers bring: the same for every strategy."""

from dataclasses import dataclass

from sim.demand.arising import issues_by_themselves
from sim.demand.busyness import busyness_of
from sim.demand.customers import Customers, customers_of
from sim.demand.incidents import incidents_of
from sim.demand.order import in_order, in_order_of_day, joined, within
from sim.logs import Rows
from sim.tables.tables import Floats, Tables


@dataclass(frozen=True)
class Demand:
    """What one replication's customers bring."""

    tables: Tables
    seed: int
    replication: int
    customers: Customers
    busyness: Floats
    """The factor on the volumes of each simulated day."""
    incident_issues: Rows
    """Of the whole run (`logs.ARISING`), in the order of time and identity."""
    messages: Rows
    """Of the whole run (`logs.SENDING`), in the order of time and identity."""

    def issues_of(self, day: int) -> Rows:
        """The issues that arise on a simulated day (`logs.ARISING`), in the order of time and
        identity."""
        own = issues_by_themselves(
            self.tables,
            self.customers,
            float(self.busyness[day]),
            self.seed,
            self.replication,
            day,
        )
        more = within(self.incident_issues, day)
        return in_order_of_day(joined([own, more]) if len(more) else own, day)

    def messages_of(self, day: int) -> Rows:
        """The messages due on a simulated day (`logs.SENDING`), in the order of sending."""
        return within(self.messages, day)


def demand_of(tables: Tables, seed: int, replication: int) -> Demand:
    """Everything about one replication's customers that does not depend on what is done."""
    customers = customers_of(tables, seed, replication)
    issues, messages = incidents_of(tables, seed, replication, customers)
    return Demand(
        tables=tables,
        seed=seed,
        replication=replication,
        customers=customers,
        busyness=busyness_of(tables, seed, replication),
        incident_issues=in_order(issues),
        messages=in_order(messages),
    )
