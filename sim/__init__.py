"""Waitworth: a call-center queue simulator that compares strategies on what they cost and lose.

The public names are loaded when they are first asked for, so that importing the package is quick.
"""

from importlib import import_module

_MODULES: dict[str, str] = {}

__all__ = sorted(_MODULES)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
