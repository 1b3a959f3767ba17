"""Faults that are planted on purpose: a line of a list for each. To add one is to add a line."""

from typing import NamedTuple


class Plant(NamedTuple):
    """One fault: what it is in words, the file in `sim` where it is planted, the source that it
    replaces there (found once) and what by, and what catches it."""

    fault: str
    file: str
    old: str
    new: str
    caught_by: str
    """A scenario of the zoo on which the engines part, or the tests that fail."""


ACD, CENTRE = "engines/reference/acd.py", "engines/reference/centre.py"
LIFE, PEOPLE = "engines/reference/life.py", "engines/reference/people.py"
LOOP, LINES = "engines/kernel/loop.py", "engines/kernel/lines.py"

IN_THE_REFERENCE_ENGINE = [
    Plant(
        "an abandonment timer goes off though its caller was answered",
        ACD,
        "            cancel(timer)\n",
        "            cancel(timer) if outcome != HANDLED else None\n",
        "erlang-a",
    ),
    Plant(
        "who leaves the line takes the next one along",
        CENTRE,
        "        del self._legs[bisect_left(self._legs, (leg.joined, leg.order))]\n",
        "        at = bisect_left(self._legs, (leg.joined, leg.order))\n"
        "        del self._legs[at : at + 2]\n",
        "overload",
    ),
    Plant(
        "patience that ends with a talk of the same instant ends first",
        ACD,
        "rank(ABANDONMENT, identity, attempt, number, 0)",
        "rank(STAFFING, identity, attempt, number, 0)",
        "erlang-a",
    ),
    Plant(
        "attempt and leg are transposed in the draw of patience",
        LIFE,
        "u = self._people.draw(issue, PATIENCE, leg.contact.attempt, leg.number)",
        "u = self._people.draw(issue, PATIENCE, leg.number, leg.contact.attempt)",
        "redials",
    ),
    Plant(
        "a sale is drawn anew at every attempt",
        LIFE,
        "happens(issue, SELLS, float(reasons.sells[issue.reason]))",
        "happens(issue, SELLS, float(reasons.sells[issue.reason]), attempt)",
        "prices",
    ),
    Plant(
        "two draws of a contact are taken for each other",
        LIFE,
        "draw(issue, CALLS_BACK_AFTER, attempt))",
        "draw(issue, REOPENING, attempt))",
        "redials",
    ),
    Plant(
        "overtime is counted once the agent is free",
        ACD,
        "        team.count_overtime(self._calendar.now)\n        team.busy -= 1\n",
        "        team.busy -= 1\n        team.count_overtime(self._calendar.now)\n",
        "staffing",
    ),
    Plant(
        "a redial counts the attempt to come as made",
        LIFE,
        "            attempt,\n            self._tables.most_contacts,\n",
        "            attempt + 1,\n            self._tables.most_contacts,\n",
        "crowd",
    ),
    Plant(
        "a route's wait is reckoned from the arrival, not from joining",
        ACD,
        "opens_at(now, after, self._grain)",
        "opens_at(leg.contact.arrived, after, self._grain)",
        "crowd",
    ),
    Plant(
        "the wait on an earlier leg is forgotten",
        LIFE,
        "contact.waited += wait",
        "contact.waited = wait",
        "transfers",
    ),
    Plant(
        "idle agents do not go first when the floor shrinks",
        ACD,
        "leaving = leaving_at_once(surplus, int(self._idle[team.index]))",
        "leaving = leaving_at_once(surplus, 0)",
        "staffing",
    ),
    Plant(
        "a rise brings agents and leaves what was owed",
        ACD,
        "        team.owed -= staying\n",
        "",
        "owed",
    ),
    Plant(
        "nobody stays after closing for those who wait",
        ACD,
        "            if not line.open\n",
        "            if line.open\n",
        "closing-serve",
    ),
    Plant(
        "agents who are kept after closing work overtime since they were last busy",
        ACD,
        "        team.count_overtime(self._calendar.now)\n        line.remove(leg)\n",
        "        line.remove(leg)\n",
        "held",
    ),
    Plant(
        "a queue that opens again keeps its agents",
        ACD,
        "                line.open = True\n                self._settle()\n",
        "                line.open = True\n",
        "held",
    ),
    Plant(
        "who left during a call calls again",
        LIFE,
        "            if self._people.has_left(issue.customer):\n",
        "            if self._people.has_left(issue.customer) and issue.contacts > 20:\n",
        "lapses",
    ),
    Plant(
        "the last of the lines is never given",
        LIFE,
        "if 0 <= lines <= self._lines_taken:",
        "if 0 <= lines <= self._lines_taken + 1:",
        "lines",
    ),
    Plant(
        "a memory decays from when the issue arose",
        PEOPLE,
        "(memory, self._calendar.now)",
        "(memory, issue.arose)",
        "loyalty",
    ),
    Plant(
        "issues of a customer who has left go on",
        PEOPLE,
        "            cancel(other.next_step)\n",
        "            continue\n",
        "churn",
    ),
]

IN_THE_KERNEL = [
    Plant(
        "an abandonment timer goes off for the leg that has its slot now",
        LOOP,
        'return bool(links[timer["slot"]]["timer"] == timer["rank"])',
        'return bool(links[timer["slot"]]["timer"] >= 0)',
        "erlang-a",
    ),
    Plant(
        "a route forgets those behind the first who leaves the line",
        LINES,
        "unopened[route] = after",
        "unopened[route] = -1",
        "routes",
    ),
    Plant(
        "of two who join at one instant the later issue goes first",
        LINES,
        'if links[before]["order"] < link["order"]:',
        'if links[before]["order"] > link["order"]:',
        "overload",
    ),
    Plant(
        "after-call work of no length ends before the talks that end with it",
        LOOP,
        "if at_once >= 0 and is_next(talks, now, at_once_order):",
        "if at_once >= 0:",
        "crowd",
    ),
    Plant(
        "the uniforms of talk and after-call work are transposed",
        LOOP,
        'link["talk"] = u_talk\n                link["work"] = u_work\n',
        'link["talk"] = u_work\n                link["work"] = u_talk\n',
        "returns",
    ),
    Plant(
        "who joins behind others brings nobody else to an agent whose route opens then",
        LOOP,
        "                    or opening[0] <= now\n",
        "",
        "transfers",
    ),
    Plant(
        "a route does not open to who joined a line before another of the same instant",
        LOOP,
        'unopened[where, route] == link["next"]',
        "unopened[where, route] < 0",
        "longer",
    ),
    Plant(
        "a queue that grows brings nobody to an agent",
        LOOP,
        '                    or queues[queue]["by_length"] == 1\n',
        "",
        "longer",
    ),
    Plant(
        "all contacts of a queue are of the first class",
        LOOP,
        "                    where += class_of(cuts[queue], u_route)\n",
        "                    where += 0\n",
        "shares",
    ),
    Plant(
        "overtime is counted once the agent is free",
        LOOP,
        '            count_overtime(crew, now)\n            crew["busy"] -= 1\n',
        '            crew["busy"] -= 1\n            count_overtime(crew, now)\n',
        "staffing",
    ),
    Plant(
        "a redial counts the attempt to come as made",
        LOOP,
        '            attempt,\n                            world["most_contacts"],\n',
        '            attempt + 1,\n                            world["most_contacts"],\n',
        "crowd",
    ),
    Plant(
        "a customer who leaves keeps the issues that lie ahead",
        LOOP,
        "                leaves(n, free_issues, issues, rows, states, people, customer, now)\n"
        "                without_asking = 0\n",
        "                people[customer]['lost'] = 1\n",
        "lapses",
    ),
]

IN_A_RULE = [
    Plant(
        "the chance to call again falls with the first attempt",
        "rules/caller.py",
        "float(attempt - 1)",
        "float(attempt)",
        "test_caller.py",
    ),
    Plant(
        "one contact more than the cap",
        "rules/caller.py",
        "attempt >= most_contacts",
        "attempt > most_contacts",
        "test_caller.py",
    ),
    Plant(
        "half an agent is rounded to the even number",
        "rules/agent.py",
        "math.floor(present + 0.5)",
        "float(round(present))",
        "test_agent.py",
    ),
    Plant(
        "the first contact counts as a repeat",
        "rules/loyalty.py",
        "max(0, reached - 1)",
        "max(0, reached)",
        "test_loyalty.py",
    ),
    Plant(
        "a half-life leaves a share of 1 / e",
        "rules/loyalty.py",
        "math.exp(-_LN_2 * elapsed",
        "math.exp(-elapsed",
        "test_loyalty.py",
    ),
    Plant(
        "a contact is misrouted on any leg",
        "rules/outcome.py",
        "if leg == 1 and misrouted:",
        "if misrouted:",
        "test_outcome.py",
    ),
    Plant(
        "the first message goes out at once",
        "rules/outreach.py",
        "(place + 1)",
        "place",
        "test_outreach.py",
    ),
    Plant(
        "a route opens one contact too early",
        "rules/routing.py",
        "waiting > longer_than",
        "waiting >= longer_than",
        "test_routing.py",
    ),
    Plant(
        "the earlier of two origins goes last",
        "rules/order.py",
        "<< ORIGIN_BITS) | origin)",
        "<< ORIGIN_BITS) | (MOST_ORIGINS - 1 - origin))",
        "test_order.py",
    ),
    Plant(
        "the law's other tail",
        "rules/distributions.py",
        "return -first * math.log1p(-u)",
        "return -first * math.log(u)",
        "test_distributions.py",
    ),
    Plant(
        "nine rounds of Philox",
        "rules/draws.py",
        "_ROUNDS = 10",
        "_ROUNDS = 9",
        "test_draws.py",
    ),
]

UNPLAYED = [
    Plant(
        "a rule that nothing calls: apologises",
        "rules/outreach.py",
        "@rule\ndef sent_at(",
        "@rule\ndef apologises(minutes: float) -> bool:\n    return minutes > 45.0\n\n\n"
        "@rule\ndef sent_at(",
        "test_every_rule_is_called_in_the_zoo",
    ),
    Plant(
        "a kind of event that never happens: fire drill",
        "codes.py",
        '    "issue arises",\n',
        '    "issue arises",\n    "fire drill",\n',
        "test_every_kind_of_event_happens_in_the_zoo",
    ),
    Plant(
        "a closing that no issue has: forgotten",
        "codes.py",
        '    "open",\n',
        '    "open",\n    "forgotten",\n',
        "test_every_word_of_the_logs_is_said_in_the_zoo",
    ),
    Plant(
        "a field that no scenario says: temper",
        "scenario/people.py",
        "class Segment(Noun):\n",
        "class Segment(Noun):\n    temper: float = 1.0\n",
        "test_every_field_of_a_noun_is_said_by_a_scenario",
    ),
]
