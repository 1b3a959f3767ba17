"""How far a simulation is: on stderr, from two seconds on, with the time that is left."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

Tell = Callable[[int, int], None]

PATIENCE = 2.0
"""Seconds for which nothing is said."""
_EVERY = 10.0
"""Seconds between two lines where there is no terminal."""


@contextmanager
def progress(quiet: bool, things: str = "simulations") -> Iterator[Tell]:
    """Yield what is to be told how many simulations, or other things, are done, and of how many."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    clock = _Clock(things)
    if quiet:
        yield lambda done, of: None
    elif not console.is_terminal:
        yield _Lines(clock).tell
    else:
        from rich.live import Live

        def render() -> "RenderableType":
            return clock.sentence() if clock.elapsed() > PATIENCE else ""

        with Live(
            get_renderable=render,
            console=console,
            refresh_per_second=2,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        ):
            yield clock.tell


class _Clock:
    """What is known about the time that is left."""

    def __init__(self, things: str) -> None:
        self._things = things
        self._began = time.monotonic()
        self._done, self._of = 0, 0
        self._first: tuple[int, float] | None = None
        self._last = 0.0

    def tell(self, done: int, of: int) -> None:
        """Note that so many are done, just now."""
        self._done, self._of, self._last = done, of, self.elapsed()
        if self._first is None:
            self._first = done, self._last

    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began

    def sentence(self) -> str:
        """How far it is. The first simulation, which also sets up, tells nothing of the pace."""
        if self._first is None:
            return f"simulating, {in_words(self.elapsed())} so far"
        sentence = f"{self._done:,} of {self._of:,} {self._things}"
        first, then = self._first
        if self._done <= first:
            return sentence
        pace = (self._last - then) / (self._done - first)
        left = max(0.0, pace * (self._of - self._done) - (self.elapsed() - self._last))
        return f"{sentence}, about {in_words(left)} left"


class _Lines:
    """A line every now and then."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock
        self._last = PATIENCE - _EVERY

    def tell(self, done: int, of: int) -> None:
        """Note it, and say it if it is time."""
        self._clock.tell(done, of)
        if done < of and self._clock.elapsed() >= self._last + _EVERY:
            self._last = self._clock.elapsed()
            click.echo(self._clock.sentence(), err=True)


def in_words(seconds: float) -> str:
    """A length of time as one says it.

    >>> in_words(41.7), in_words(200.0), in_words(8000.0)
    ('42 s', '3 min', '2 h 13 min')
    """
    if seconds < 90.0:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60.0)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
