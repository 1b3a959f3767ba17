"""Laws of patience and of service times, as the formulas need them.

A law of a time X says how much of it survives, P(X > t), and how long it lasts within t,
E[min(X, t)], which is the integral of what survives. Both take arrays of times of 0 or more. Times
are in seconds or any other unit. The formulas are textbook calculus; nothing here is shared with
what draws the times of a simulation.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Law(Protocol):
    """The law of a time that may be endless.

    mean: infinite if a share never ends. second_moment: E[X^2]. bends: the times at which what
    survives jumps or bends; 0 is taken for one in any case.
    """

    @property
    def mean(self) -> float: ...
    @property
    def second_moment(self) -> float: ...
    @property
    def bends(self) -> tuple[float, ...]: ...

    def surviving(self, t: "Floats") -> "Floats": ...
    def within(self, t: "Floats") -> "Floats": ...


@dataclass(frozen=True)
class Constant:
    """Always the same; who is patient for t is gone at t."""

    value: float

    @property
    def mean(self) -> float:
        return self.value

    @property
    def second_moment(self) -> float:
        return self.value**2

    @property
    def bends(self) -> tuple[float, ...]:
        return (self.value,)

    def surviving(self, t: "Floats") -> "Floats":
        return (t < self.value).astype(float)

    def within(self, t: "Floats") -> "Floats":
        return t.clip(max=self.value)


@dataclass(frozen=True)
class Uniform:
    """Evenly between two times."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2.0

    @property
    def second_moment(self) -> float:
        return (self.low**2 + self.low * self.high + self.high**2) / 3.0

    @property
    def bends(self) -> tuple[float, ...]:
        return self.low, self.high

    def surviving(self, t: "Floats") -> "Floats":
        return ((self.high - t) / (self.high - self.low)).clip(0.0, 1.0)

    def within(self, t: "Floats") -> "Floats":
        beyond = (self.high - t.clip(self.low, self.high)) ** 2 / (self.high - self.low) / 2.0
        return t.clip(max=self.low) + (self.high - self.low) / 2.0 - beyond


@dataclass(frozen=True)
class Gamma:
    """Gamma by mean and shape; its coefficient of variation is shape ** -0.5. The exponential law
    has shape 1."""

    mean: float
    shape: float = 1.0

    @property
    def second_moment(self) -> float:
        return self.mean**2 * (1.0 + 1.0 / self.shape)

    @property
    def bends(self) -> tuple[float, ...]:
        return ()

    def surviving(self, t: "Floats") -> "Floats":
        from scipy.special import gammaincc

        survives: Floats = gammaincc(self.shape, t * self.shape / self.mean)
        return survives

    def within(self, t: "Floats") -> "Floats":
        from scipy.special import gammainc

        x = t * self.shape / self.mean
        lasts: Floats = self.mean * gammainc(self.shape + 1.0, x) + t * self.surviving(t)
        return lasts


@dataclass(frozen=True)
class Weibull:
    """Weibull by mean and shape: P(X > t) = exp(-(t / scale)^shape)."""

    mean: float
    shape: float

    @property
    def scale(self) -> float:
        return self.mean / math.gamma(1.0 + 1.0 / self.shape)

    @property
    def second_moment(self) -> float:
        return self.scale**2 * math.gamma(1.0 + 2.0 / self.shape)

    @property
    def bends(self) -> tuple[float, ...]:
        return ()

    def surviving(self, t: "Floats") -> "Floats":
        import numpy as np

        return np.exp(-((t / self.scale) ** self.shape))

    def within(self, t: "Floats") -> "Floats":
        from scipy.special import gammainc

        lasts: Floats = self.mean * gammainc(1.0 / self.shape, (t / self.scale) ** self.shape)
        return lasts


@dataclass(frozen=True)
class Lognormal:
    """Lognormal by mean and coefficient of variation (standard deviation / mean)."""

    mean: float
    cv: float

    @property
    def second_moment(self) -> float:
        return self.mean**2 * (1.0 + self.cv**2)

    @property
    def bends(self) -> tuple[float, ...]:
        return ()

    def surviving(self, t: "Floats") -> "Floats":
        from scipy.special import ndtr

        survives: Floats = ndtr(-self._score(t))
        return survives

    def within(self, t: "Floats") -> "Floats":
        from scipy.special import ndtr

        lasts: Floats = self.mean * ndtr(self._score(t) - self._spread) + t * self.surviving(t)
        return lasts

    @property
    def _spread(self) -> float:
        """Standard deviation of the log."""
        return math.sqrt(math.log1p(self.cv**2))

    def _score(self, t: "Floats") -> "Floats":
        import numpy as np

        with np.errstate(divide="ignore"):
            score: Floats = (np.log(t / self.mean) + self._spread**2 / 2.0) / self._spread
        return score


@dataclass(frozen=True)
class Measured:
    """What survives at given times, straight lines in between, from 1 at time 0.

    at: rising times above 0. survival: falling shares. endless: whether those who survive the last
    time never end; otherwise they end with it.
    """

    at: tuple[float, ...]
    survival: tuple[float, ...]
    endless: bool = False

    @property
    def mean(self) -> float:
        import numpy as np

        return math.inf if self._endless_share else float(self.within(np.array([self.at[-1]]))[0])

    @property
    def second_moment(self) -> float:
        """Twice the integral of t P(X > t), by Simpson's rule, exact for straight lines."""
        import numpy as np

        if self._endless_share:
            return math.inf
        t, s = self._points()
        middle = (t[1:] + t[:-1]) * (s[1:] + s[:-1])
        return float(np.sum(np.diff(t) * (t[:-1] * s[:-1] + middle + t[1:] * s[1:])) / 3.0)

    @property
    def bends(self) -> tuple[float, ...]:
        return self.at

    def surviving(self, t: "Floats") -> "Floats":
        import numpy as np

        times, shares = self._points()
        between: Floats = np.interp(t, times, shares)
        return np.where(t < self.at[-1], between, self._endless_share)

    def within(self, t: "Floats") -> "Floats":
        import numpy as np

        times, shares = self._points()
        until = np.append(0.0, np.cumsum(np.diff(times) * (shares[1:] + shares[:-1]) / 2.0))
        last = t.clip(max=self.at[-1])
        piece = np.searchsorted(times, last, side="right").clip(max=len(times) - 1) - 1
        since = last - times[piece]
        height = shares[piece] + np.interp(last, times, shares)
        lasts: Floats = until[piece] + since * height / 2.0 + (t - last) * self._endless_share
        return lasts

    @property
    def _endless_share(self) -> float:
        return self.survival[-1] if self.endless else 0.0

    def _points(self) -> "tuple[Floats, Floats]":
        import numpy as np

        return np.array([0.0, *self.at]), np.array([1.0, *self.survival])


@dataclass(frozen=True)
class Mixture:
    """A share of each of several laws; the shares add up to 1 or, where some are endless, less.

    Whoever belongs to none of the parts never ends. A share that is over at once has the part
    `Constant(0.0)`.
    """

    parts: tuple[tuple[float, Law], ...]

    @property
    def mean(self) -> float:
        return math.inf if self._endless_share else sum(s * law.mean for s, law in self.parts)

    @property
    def second_moment(self) -> float:
        if self._endless_share:
            return math.inf
        return sum(share * law.second_moment for share, law in self.parts)

    @property
    def bends(self) -> tuple[float, ...]:
        return tuple(bend for _, law in self.parts for bend in law.bends)

    def surviving(self, t: "Floats") -> "Floats":
        import numpy as np

        parts = [share * law.surviving(t) for share, law in self.parts]
        survives: Floats = np.sum(parts, axis=0) + self._endless_share
        return survives

    def within(self, t: "Floats") -> "Floats":
        import numpy as np

        parts = [share * law.within(t) for share, law in self.parts]
        lasts: Floats = np.sum(parts, axis=0) + self._endless_share * t
        return lasts

    @property
    def _endless_share(self) -> float:
        left = 1.0 - math.fsum(share for share, _ in self.parts)
        return left if left > _ROUNDING else 0.0


_ROUNDING = 1e-12
