"""What issues and customers are called where they are told one by one.

A name is that of the reason (or of the incident, or of the notice that opened it by mistake), the
day (0 is the first counted one) and a number: "invoice 0-17"; the number of what an incident does
is the customer's. An issue has the same name in every strategy, since these meet the same issues.
Issues of different segments may share a name.
"""

from collections.abc import Sequence

from sim.demand.incidents import CUSTOMER_BITS

_MANY = " bcdefgh"


def issue_names(days: Sequence[int], origins: Sequence[str], ordinals: Sequence[int]) -> list[str]:
    """The names of issues; origins are names such as "reason:invoice@homes"."""
    return [
        issue_name(day, origin, ordinal)
        for day, origin, ordinal in zip(days, origins, ordinals, strict=True)
    ]


def issue_name(day: int, origin: str, ordinal: int) -> str:
    """The name of an issue.

    >>> issue_name(0, "reason:invoice@homes", 16), issue_name(-3, "reason:call", 0)
    ('invoice 0-17', 'call -3-1')
    >>> issue_name(8, "incident:outage@homes", (1 << CUSTOMER_BITS) + 4210)
    'outage 8b-4211'
    """
    kind, _, name = origin.partition(":")
    name = name.rpartition("@")[0] or name
    if kind == "reason":
        return f"{name} {day}-{ordinal + 1}"
    occurrence = _MANY[ordinal >> CUSTOMER_BITS].strip()
    return f"{name} {day}{occurrence}-{ordinal % (1 << CUSTOMER_BITS) + 1}"


def customer_name(customer: int, segment: str) -> str:
    """A customer by number, from 1, and segment.

    >>> customer_name(4210, "consumer")
    'customer 4,211, consumer'
    """
    return f"customer {customer + 1:,}, {segment}"
