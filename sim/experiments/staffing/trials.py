"""Plans tried out: each on the same numbered replications as every other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sim.experiments.replicate import Progress, in_silence, replicate
from sim.experiments.staffing.pattern import Pattern
from sim.experiments.staffing.reading import Reader, Reading
from sim.scenario.scenario import Scenario
from sim.tables.tables import Ints

_AT_ONCE = 160
"""Simulations whose figures are held at once."""


@dataclass(frozen=True)
class Luck:
    """Which replications: so many from a number on."""

    first: int
    replications: int


@dataclass
class Trials:
    """Tries out plans and counts how many simulations that took."""

    reader: Reader
    seed: int
    engine: str
    workers: int
    progress: Progress = in_silence
    done: int = field(default=0, init=False)

    def of_plans(self, pattern: Pattern, plans: Sequence[Ints], luck: Luck) -> list[Reading]:
        """What each plan achieves. Raises Stopped on Ctrl-C."""
        return self.of([pattern.staffed(plan) for plan in plans], luck)

    def of(self, scenarios: Sequence[Scenario], luck: Luck) -> list[Reading]:
        """What each scenario achieves; they differ in the team's staffing alone."""
        readings: list[Reading] = []
        together = max(1, _AT_ONCE // luck.replications)
        for begin in range(0, len(scenarios), together):
            some = scenarios[begin : begin + together]
            figures = replicate(
                some,
                replications=luck.replications,
                seed=self.seed,
                engine=self.engine,
                workers=self.workers,
                progress=self._from(self.done),
                first=luck.first,
            )
            readings += [self.reader.read(own) for own in figures]
            self.done += len(some) * luck.replications
        return readings

    def _from(self, before: int) -> Callable[[float, int], None]:
        return lambda done, _: self.progress(before + done, 0)
