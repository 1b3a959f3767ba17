"""How far a longer work is: on stderr, from two seconds on, with the time that is left."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

Tell = Callable[[float, int], None]

PATIENCE = 2.0
"""Seconds for which nothing is said."""
_EVERY = 10.0
"""Seconds between two lines where there is no terminal."""
_STEADY = 0.5
"""Seconds for which the pace is observed before anything is said of it."""


_DOING = {"simulations": "simulating", "simulated days": "simulating", "charts": "drawing"}
"""How one says that things are being done, of which none is yet."""


@contextmanager
def progress(quiet: bool, things: str = "simulations", *, compiles: bool = False) -> Iterator[Tell]:
    """Yield what is to be told how many things are done, in parts too, and of how many.

    compiles: whether the first of them does, so that it takes longer than the others.
    """
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    clock = _Clock(things, compiles)
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

    def __init__(self, things: str, compiles: bool) -> None:
        self._things, self._compiles = things, compiles
        self._began = time.monotonic()
        self._done, self._of, self._roughly = 0.0, 0, False
        self._first: tuple[float, float] | None = None
        self._last = 0.0

    def tell(self, done: float, of: int) -> None:
        """Note that so many are done, just now. (Those under way are not always told.) Of how many
        may become known, or change, as they are done; 0 is not known."""
        self._roughly |= of != self._of and self._done > 0.0
        self._of = of
        if done > self._done:
            self._done, self._last = done, self.elapsed()
        warm = not self._compiles or done >= 1.0 or of == 1
        if self._first is None and warm:
            self._first = self._done, self.elapsed()

    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began

    def sentence(self) -> str:
        """How far it is, in words."""
        left = self.left()
        if left is None:
            doing = _DOING.get(self._things, "working")
            if self._compiles and not self._done:
                doing = "compiling"
            return f"{doing}, {in_words(self.elapsed())} so far"
        if not self._of:
            done = f"{math.floor(self._done):,} {self._things}"
            return f"{done}, {in_words(self.elapsed())} so far"
        about = "about " if self._roughly else ""
        done = f"{math.floor(self._done):,} of {about}{self._of:,} {self._things}"
        if self._of == 1:
            done = f"{math.floor(100.0 * self._done)} % of the {self._things.removesuffix('s')}"
        return f"{done}, about {in_words(left)} left"

    def left(self) -> float | None:
        """About how many seconds it still takes; None as long as nobody can tell. What comes before
        the first step, to set up and to compile, tells nothing of the pace."""
        if self._first is None or self._last < self._first[1] + _STEADY:
            return None
        first, then = self._first
        pace = (self._last - then) / (self._done - first)
        return max(1.0, pace * (self._of - self._done) - (self.elapsed() - self._last))


class _Lines:
    """A line every now and then."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock
        self._last = PATIENCE - _EVERY

    def tell(self, done: float, of: int) -> None:
        """Note it, and say it if it is time."""
        self._clock.tell(done, of)
        if (done < of or not of) and self._clock.elapsed() >= self._last + _EVERY:
            if self._clock.left() is None:
                return
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
