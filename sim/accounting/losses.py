"""What bad service loses: customers, and prospects whom they put off (MODEL.md section 6).

Only leaving beyond p0 is booked: the sum of p - p0 over decisions, with its sign.
"""

import numpy as np

from sim.accounting.charge import CUSTOMERS, WITHIN_YEAR, WORD_OF_MOUTH, Charge, Monthly
from sim.accounting.fold import Counts
from sim.terms import Floats, Terms, WordOfMouth


def loss_charges(terms: Terms) -> list[Charge]:
    """What each segment loses within a year, for good, and among prospects; nothing where leaving
    is switched off."""
    people = terms.population
    if people.base_leaving <= 0.0:
        return []
    charges = [
        Charge(WITHIN_YEAR, "margin lost", name, "customers lost", float(price), _lost(segment))
        for segment, (name, price) in enumerate(
            zip(terms.names.segments, people.margin_within_year, strict=True)
        )
    ]
    charges += [
        Charge(CUSTOMERS, "customers lost", name, "customers lost", float(price), _lost(segment))
        for segment, (name, price) in enumerate(
            zip(terms.names.segments, people.value, strict=True)
        )
    ]
    told = terms.tariff.word_of_mouth
    if told is None:
        return charges
    worth = np.maximum(0.0, people.value - told.acquisition_cost)
    charges += [
        Charge(
            WORD_OF_MOUTH,
            "prospects put off",
            name,
            "prospects",
            float(worth[segment]),
            _put_off(terms, told, segment),
            how=(
                f"customers lost × {told.told:g} told × {told.prospects:g} prospects × "
                f"{told.put_off:g} put off, in all at most {told.pool_per_year:g} a year; "
                "each worth a customer's value less the cost of acquisition, not below 0"
            ),
        )
        for segment, name in enumerate(terms.names.segments)
    ]
    return charges


def prospects_put_off(counts: Counts, terms: Terms) -> Floats:
    """Prospects put off by month and segment: as many as leavers tell, all together cut to the
    pool of the counted days, and none if service kept more customers than it lost."""
    told = terms.tariff.word_of_mouth
    lost = counts.issues.lost
    if told is None:
        return np.zeros_like(lost)
    wanted = lost * (told.told * told.prospects * told.put_off)
    total = wanted.sum()
    if total <= 0.0:
        return np.zeros_like(lost)
    return np.asarray(wanted * min(1.0, told.pool_per_year * terms.calendar.years / total))


def pool_is_the_limit(counts: Counts, terms: Terms) -> bool:
    """Whether leavers would put off more prospects than there are."""
    told = terms.tariff.word_of_mouth
    if told is None:
        return False
    wanted = counts.issues.lost.sum() * told.told * told.prospects * told.put_off
    return bool(wanted > told.pool_per_year * terms.calendar.years)


def _lost(segment: int) -> Monthly:
    return lambda counts: counts.issues.lost[:, segment]


def _put_off(terms: Terms, told: WordOfMouth, segment: int) -> Monthly:
    return lambda counts: prospects_put_off(counts, terms)[:, segment]
