"""What becomes of an issue where nobody waits: closings, contacts and time, in closed form.

Every call is answered at once, so what happens to an issue is a chain of independent draws, and
every figure is a finite sum (geometric series, cut off at the most contacts that one may take).
Times are in seconds.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import comb
from typing import NamedTuple


@dataclass(frozen=True)
class Handling:
    """How issues are handled. Shares and probabilities lie between 0 and 1.

    seeks_help: share of issues about which the customer says anything. tried: share of these that
    are tried in self-service; contained: share of the tries that end without a call; falsely: share
    of the contained that are not settled, which nobody sees. authority: share of cases that agents
    may settle; the others are refused, and tried no more. misrouted: share of calls passed on once.
    fcr: probability that a talk settles the issue. returning, per_attempt: probability of another
    call after the first that did not settle it, and the factor on it for each call before.
    most_contacts: cap on the calls of an issue. talk: mean time with each agent. delay: mean time
    until another call.
    """

    seeks_help: float
    tried: float
    contained: float
    falsely: float
    authority: float
    misrouted: float
    fcr: float
    returning: float
    per_attempt: float
    most_contacts: int
    talk: float
    delay: float


class Ending(NamedTuple):
    """How an issue ended: its closing, its calls, how often it was passed on, and whether
    self-service failed before the first call."""

    closing: str
    contacts: int
    transfers: int
    self_service_failed: bool


def endings(handling: Handling) -> dict[Ending, float]:
    """The probability of each way in which an issue can end.

    Source: the tree of draws of the model (docs/explanation/model.md), walked through branch by
    branch.
    """
    shares: defaultdict[Ending, float] = defaultdict(float)
    shares[Ending("silent", 0, 0, False)] += 1.0 - handling.seeks_help
    settled = handling.seeks_help * handling.tried * handling.contained
    shares[Ending("resolved", 0, 0, False)] += settled * (1.0 - handling.falsely)
    shares[Ending("unresolved", 0, 0, False)] += settled * handling.falsely
    for failed, calling in (
        (True, handling.tried * (1.0 - handling.contained)),
        (False, 1.0 - handling.tried),
    ):
        share = handling.seeks_help * calling
        shares[Ending("refused", 1, 0, failed)] += share * (1.0 - handling.authority)
        for closing, contacts, chance in _calls(handling):
            for transfers in range(contacts + 1):
                passed_on = comb(contacts, transfers) * handling.misrouted**transfers
                passed_on *= (1.0 - handling.misrouted) ** (contacts - transfers)
                ending = Ending(closing, contacts, transfers, failed)
                shares[ending] += share * handling.authority * chance * passed_on
    return {ending: share for ending, share in shares.items() if share > 0.0}


def _calls(handling: Handling) -> Iterator[tuple[str, int, float]]:
    """Of an issue within authority the closing and the number of calls, with the probability."""
    reached = 1.0
    for contacts in range(1, handling.most_contacts + 1):
        unsettled = reached * (1.0 - handling.fcr)
        again = handling.returning * handling.per_attempt ** (contacts - 1)
        if contacts == handling.most_contacts:
            again = 0.0
        yield "resolved", contacts, reached * handling.fcr
        yield "unresolved", contacts, unsettled * (1.0 - again)
        reached = unsettled * again


@dataclass(frozen=True)
class IssueFigures:
    """Figures of issues. closings: share of issues by closing. contacts, transfers: per issue that
    calls. fcr: share settled at the first call, of those that call. first_legs, repeat_legs,
    transfer_legs: shares of all talks. time_to_resolution: mean, from arising to closing, of the
    issues settled; those settled in self-service take none."""

    closings: Mapping[str, float]
    contacts: float
    transfers: float
    fcr: float
    first_legs: float
    repeat_legs: float
    transfer_legs: float
    time_to_resolution: float


def figures(handling: Handling) -> IssueFigures:
    """What those endings come to, as means.

    Source: sums over `endings`; the calls of an issue are geometric without cap and factor:
    1 / (1 - returning (1 - fcr)).
    """
    shares = endings(handling)
    closings: defaultdict[str, float] = defaultdict(float)
    calling = contacts = transfers = at_first = seconds = 0.0
    for ending, share in shares.items():
        closings[ending.closing] += share
        if ending.contacts:
            calling += share
            contacts += share * ending.contacts
            transfers += share * ending.transfers
        if ending.closing == "resolved":
            at_first += share * (ending.contacts == 1)
            talks = ending.contacts + ending.transfers
            waits = max(0, ending.contacts - 1)
            seconds += share * (talks * handling.talk + waits * handling.delay)
    legs = contacts + transfers
    return IssueFigures(
        closings=dict(closings),
        contacts=contacts / calling,
        transfers=transfers / calling,
        fcr=at_first / calling,
        first_legs=calling / legs,
        repeat_legs=(contacts - calling) / legs,
        transfer_legs=transfers / legs,
        time_to_resolution=seconds / closings["resolved"],
    )
