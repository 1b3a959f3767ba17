"""The zoo has what it is kept for: each mechanism really happens, and every word of the logs."""

import numpy as np
import pytest

from sim import codes
from tests.zoo import zoo

WORDS = {
    ("contacts", "why"): codes.WHYS,
    ("contacts", "outcome"): codes.OUTCOMES,
    ("contacts", "result"): codes.RESULTS,
    ("issues", "closing"): codes.CLOSINGS,
    ("issues", "self_service"): codes.SELF_SERVICE,
    ("issues", "recovery"): codes.RECOVERIES,
    ("customers", "what"): codes.DEPARTURES,
    ("outreach", "kind"): codes.OUTREACH,
}
KEPT_FOR = {
    "authority": "result:refused why:retry closing:refused",
    "bill": "kind:message kind:recovery recovery:within_window what:service",
    "churn": "what:joined what:base closing:lapsed",
    "closing-drop": "outcome:closed outcome:dropped why:redial",
    "closing-serve": "outcome:handled result:transferred",
    "closing-routes": "outcome:handled outcome:dropped result:transferred",
    "crowd": "outcome:blocked outcome:dropped closing:lapsed closing:preempted recovery:pending",
    "erlang-a": "outcome:handled outcome:abandoned outcome:waiting",
    "held": "outcome:handled outcome:abandoned outcome:closed",
    "lapses": "closing:lapsed result:transferred outcome:hung_up_in_menu recovery:late",
    "laws": "outcome:abandoned why:redial why:repeat",
    "lines": "outcome:blocked outcome:hung_up_in_menu outcome:in_menu",
    "longer": "outcome:handled outcome:abandoned result:transferred",
    "loyalty": "what:service what:unavoidable closing:lapsed self_service:failed",
    "notices": "kind:message kind:false_alarm closing:preempted why:incident why:message",
    "owed": "outcome:handled outcome:abandoned",
    "overload": "outcome:waiting outcome:in_menu closing:open",
    "prices": "outcome:dropped result:refused why:transfer what:service",
    "priorities": "outcome:handled outcome:abandoned",
    "recovery": "recovery:within_window recovery:late recovery:not_reached kind:recovery",
    "redials": "why:redial closing:gave_up",
    "returns": "why:repeat closing:unresolved",
    "routes": "outcome:handled outcome:abandoned",
    "self-service": "self_service:contained self_service:falsely_contained closing:silent",
    "shares": "outcome:handled outcome:abandoned why:redial result:transferred",
    "staffing": "outcome:handled outcome:abandoned",
    "stranded": "outcome:dropped outcome:handled",
    "teams": "result:unresolved what:service",
    "transfers": "why:transfer result:transferred result:refused",
    "volumes": "why:first what:joined",
}


def words_in(name):
    """The words that a scenario's logs hold, as "field:word"."""
    logs = zoo.logs(name)
    return {
        f"{field}:{words[code]}"
        for (log, field), words in WORDS.items()
        for code in np.unique(getattr(logs, log)[field]).tolist()
    }


@pytest.mark.parametrize("name", zoo.NAMES)
def test_each_scenario_shows_the_mechanism_that_it_is_kept_for(name):
    assert set(KEPT_FOR[name].split()) <= words_in(name)


def test_every_word_of_the_logs_occurs_somewhere():
    every = {f"{field}:{word}" for (_, field), words in WORDS.items() for word in words}
    assert set().union(*map(words_in, zoo.NAMES)) == every


def test_teams_come_and_go_above_the_floor():
    for name in ("staffing", "owed", "stranded", "closing-serve", "held"):
        assert zoo.logs(name).floor["overtime"].sum() > 3600


NOT_FIRST = ["routes", "transfers", "closing-serve", "shares", "longer", "closing-routes"]


@pytest.mark.parametrize("name", NOT_FIRST)
def test_other_routes_than_the_first_are_taken(name):
    contacts, queues = zoo.logs(name).contacts, zoo.tables(name).queues
    handled = contacts[contacts["outcome"] == codes.HANDLED]
    first = np.array([queues.teams_of(queue)[0] for queue in range(len(queues.routes))])
    assert (handled["team"] != first[handled["queue"]]).sum() > 10


def test_of_those_who_wait_in_a_closed_queue_some_are_dropped_before_others_are_served():
    contacts = zoo.logs("closing-routes").contacts
    dropped = contacts[contacts["outcome"] == codes.DROPPED]
    served_later = [
        row
        for row in dropped
        if (
            (contacts["outcome"] == codes.HANDLED)
            & (contacts["queue"] == row["queue"])
            & (contacts["joined"] < row["end_wait"])
            & (contacts["end_wait"] > row["end_wait"])
        ).any()
    ]
    assert len(served_later) > 10


def test_on_a_coarse_clock_events_tie():
    contacts = zoo.logs("crowd", grain=30.0).contacts
    times = np.concatenate([contacts[name] for name in ("arrived", "end_wait", "end_talk")])
    times = times[~np.isnan(times)]
    assert not (times % 30.0).any()
    assert len(np.unique(times)) < len(times) / 2
