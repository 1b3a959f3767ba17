"""The decorator of everything that is compiled, and the folder that keeps the compiled code.

numba's own cache watches only the file of the function that it compiled. If another file changes,
a rule that the function calls or a code that it reads, the kept function goes on with the old one
and gives the old numbers without a word. So the folder is named after a hash of every source that
compiled code is made of: any change of one means a new folder, and everything compiles anew.
"""

import hashlib
import os
import platform
import shutil
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast, overload

# Intel's vector functions differ from math.* in the last bit. numba asks once, when imported.
if "numba" not in sys.modules:
    os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"

import numba
import numpy as np
from numba.core import types
from numba.core.caching import IndexDataCacheFile
from numba.core.registry import CPUDispatcher

_CONFIG: Any = numba.config
_TYPES: Any = types  # numba's own hints know neither its types nor its settings
_PACKAGE = Path(__file__).resolve().parent
_KEPT_FOLDERS = 5
_LONG_UNUSED = 86_400.0

if _CONFIG.USING_SVML:
    warnings.warn(
        "numba was imported before sim, with Intel's vector functions: figures can differ in the "
        "last bit from those of other runs; import sim first",
        RuntimeWarning,
        stacklevel=2,
    )


P = ParamSpec("P")
R = TypeVar("R")


@overload
def rule(function: Callable[P, R], /) -> Callable[P, R]: ...
@overload
def rule(
    *, makes_arrays: bool = False, inlined: bool = True
) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def rule(
    function: Callable[P, R] | None = None,
    /,
    *,
    makes_arrays: bool = False,
    inlined: bool = True,
) -> Callable[P, R] | Callable[[Callable[P, R]], Callable[P, R]]:
    """Compile a function to machine code at its first call, and keep it for later processes.

    makes_arrays: whether it makes arrays or lists, gives arrays back, or calls a rule that does.
    A rule that does not is spared the counting of references to its arrays. One that does without
    saying so is refused when it is compiled, or loses its arrays' memory if a rule that it calls
    makes them.

    inlined: whether its code is copied into the compiled rules that call it, for a call costs more
    than most rules do. Not where a rule is long and seldom called.

    With the environment variable NUMBA_DISABLE_JIT=1 the function stays as it is.
    """
    if function is None:
        return lambda function: _compiled(function, makes_arrays, inlined)
    return _compiled(function, makes_arrays, inlined)


def _compiled(function: Callable[P, R], makes_arrays: bool, inlined: bool) -> Callable[P, R]:
    if _CONFIG.DISABLE_JIT:
        return function
    compiled: Any = _Rule(
        function,
        targetoptions={
            "nopython": True,
            "nogil": True,
            "error_model": "python",
            "boundscheck": None,
            "no_cfunc_wrapper": True,
            "_nrt": makes_arrays,
            "forceinline": inlined and not makes_arrays,
        },
    )
    cache_dir = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(cache_folder())
    try:
        compiled.enable_caching()
    finally:
        _CONFIG.CACHE_DIR = cache_dir
    compiled._cache._cache_file.__class__ = _CompiledForms
    return cast(Callable[P, R], compiled)


def first_use(*rules: Callable[..., object]) -> bool:
    """Whether one of these rules has not been compiled yet on this machine, as they stand.

    Without rules: whether none has been. Compiling takes seconds, so a user wants to be told.
    """
    if _CONFIG.DISABLE_JIT:
        return False
    patterns = [f"{rule.__module__.rpartition('.')[2]}.{rule.__qualname__}-*.nbi" for rule in rules]
    return not all(any(cache_folder().rglob(pattern)) for pattern in patterns or ["*.nbi"])


def compiled_sources() -> list[Path]:
    """The files that compiled code is made of: all that hold a rule, those directly in `sim`, and
    the kernel's.

    A constant that a rule reads is frozen into its compiled form, so it must stand in one of them.
    """
    with_rules = {path for path in _PACKAGE.rglob("*.py") if b"@rule" in path.read_bytes()}
    kernel = (_PACKAGE / "engines" / "kernel").glob("*.py")
    return sorted({*with_rules, *kernel, *_PACKAGE.glob("*.py")})


def sources_hash() -> str:
    """What the compiled code is made of, as 16 hexadecimal digits; the same on every machine."""
    digest = hashlib.sha256()
    for path in compiled_sources():
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path:
    """The folder of this checkout's compiled code, made if it is not there.

    It lies in the user's cache directory; if nothing can be written there, in the temporary one.
    """
    made_with = (numba.__version__, np.__version__, sys.version, platform.machine(), _PACKAGE)
    name = hashlib.sha256(f"{sources_hash()} {made_with}".encode()).hexdigest()[:16]
    for parent in _places():
        folder = parent / name
        if _can_write(folder):
            _forget_old(parent)
            return folder
    return Path(tempfile.mkdtemp(prefix="waitworth-"))


def _places() -> Iterator[Path]:
    """Where compiled code may be kept, the best place first."""
    given = os.environ.get("NUMBA_CACHE_DIR")
    if given:
        yield Path(given) / "waitworth"
    with suppress(RuntimeError):  # a user without a home
        yield _user_cache(sys.platform) / "waitworth"
    if hasattr(os, "getuid"):
        yield Path(tempfile.gettempdir()) / f"waitworth-{os.getuid()}"
    else:
        yield Path(tempfile.gettempdir()) / "waitworth"


def _user_cache(system: str) -> Path:
    """The user's cache directory on an operating system, as `sys.platform` names it."""
    if system == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if system == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _can_write(folder: Path) -> bool:
    """Make a folder if need be and note its use; whether it is ours alone and can be written to.

    What lies in it is run, so it must not be a folder that another user made in the common place.
    """
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "getuid") and folder.parent.stat().st_uid != os.getuid():
            return False
        folder.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            os.utime(folder)
    except OSError:
        return False
    return True


def _forget_old(parent: Path) -> None:
    """Remove the folders of earlier sources, but the latest few and all used within a day.

    A process that still runs on older sources used its folder when it began, so it keeps it.
    """
    try:
        used = sorted(((path.stat().st_mtime, path) for path in parent.iterdir()), reverse=True)
    except OSError:  # another process is removing them just now
        return
    for last_use, folder in used[_KEPT_FOLDERS:]:
        if time.time() - last_use > _LONG_UNUSED:
            shutil.rmtree(folder, ignore_errors=True)


class _Rule(CPUDispatcher):
    """A compiled rule. Its compiled callers share one form of it for all signed integers.

    numba makes a form of its own for each combination of widths, and for each constant that a
    caller writes: ten forms of a rule for ten purposes of a draw.
    """

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Tell a compiled caller which form to call."""
        named = {name: _widened(kind) for name, kind in kws.items()}
        return super().get_call_template(tuple(_widened(kind) for kind in args), named)

    def add_overload(self, form: Any) -> None:
        """Take a form into use. Raises TypeError if it gives back arrays that nobody counts."""
        given = form.signature.return_type
        if not self.targetoptions["_nrt"] and _holds_an_array(given):
            name = f"{self.py_func.__module__}.{self.py_func.__qualname__}"
            raise TypeError(f"{name} gives back {given}: write @rule(makes_arrays=True)")
        super().add_overload(form)


def _widened(kind: Any) -> Any:
    """The type by which a rule takes a value of this numba type."""
    kind = _TYPES.unliteral(kind)
    if isinstance(kind, _TYPES.Integer) and kind.signed:
        return _TYPES.int64
    return kind


def _holds_an_array(kind: Any) -> bool:
    if isinstance(kind, _TYPES.BaseTuple):
        return any(_holds_an_array(part) for part in kind.types)
    return isinstance(kind, (_TYPES.Array, _TYPES.List))


class _CompiledForms(IndexDataCacheFile):
    """The files of one rule's compiled forms, one form for each combination of argument types.

    numba counts the files up. Two processes that compile two forms at the same moment then write
    the same file, and the list can keep the one's types for the other's code. Here no two files
    are ever named alike; the form that drops off the list is compiled again.
    """

    def _data_name(self, number: int) -> str:
        return f"{Path(self._index_name).stem}.{uuid.uuid4().hex}.nbc"
