"""The words of a scenario, each with its index: the one place where names become numbers."""

from dataclasses import dataclass

from sim.scenario.scenario import Scenario
from sim.terms import Names

ONLY_QUEUE = "calls"
"""The queue of a scenario that names none."""


@dataclass(frozen=True)
class Words:
    """Names in the order of their indices."""

    segments: tuple[str, ...]
    reasons: tuple[str, ...]
    queues: tuple[str, ...]
    teams: tuple[str, ...]
    incidents: tuple[str, ...]
    notices: tuple[str, ...]
    fixes: tuple[str, ...]
    origins: tuple[str, ...]

    def names(self, currency: str) -> Names:
        """The words that accounting needs."""
        return Names(
            origins=self.origins,
            segments=self.segments,
            reasons=self.reasons,
            queues=self.queues,
            teams=self.teams,
            notices=self.notices,
            fixes=self.fixes,
            currency=currency,
        )


def stream_name(reason: str, segment: str | None) -> str:
    """The origin of issues that arise by themselves."""
    return f"reason:{reason}" if segment is None else f"reason:{reason}@{segment}"


def incident_name(incident: str, segment: str) -> str:
    """The origin of issues that an incident causes."""
    return f"incident:{incident}@{segment}"


def false_alarm_name(notice: str, segment: str) -> str:
    """The origin of issues that a notice's false alarms open."""
    return f"message:{notice}@{segment}"


def segments_of_reason(scenario: Scenario, reason: str) -> tuple[str | None, ...]:
    """The segments that have issues with this reason; (None,) in a scenario without segments."""
    if not scenario.segments:
        return (None,)
    chosen = scenario.reasons[reason].segments
    return tuple(scenario.segments if chosen is None else chosen)


def words_of(scenario: Scenario) -> Words:
    """All names of a scenario. Origins stand in the order of their names, so that a new one
    leaves the order of the others as it was."""
    origins = {
        stream_name(reason, segment)
        for reason in scenario.reasons
        for segment in segments_of_reason(scenario, reason)
    }
    for segment in scenario.segments:
        origins |= {incident_name(name, segment) for name in scenario.incidents}
        origins |= {false_alarm_name(name, segment) for name in scenario.notices}
    return Words(
        segments=tuple(scenario.segments),
        reasons=tuple(scenario.reasons),
        queues=tuple(scenario.queues) or (ONLY_QUEUE,),
        teams=tuple(scenario.teams),
        incidents=tuple(scenario.incidents),
        notices=tuple(scenario.notices),
        fixes=tuple(scenario.fixes),
        origins=tuple(sorted(origins)),
    )
