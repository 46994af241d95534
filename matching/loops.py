"""The door to numba: loads it without what the compiled loops do not need."""

from __future__ import annotations

import sys
import threading
from importlib.abc import MetaPathFinder


class _Spared(MetaPathFinder):
    """Refuses linear algebra to the thread that loads numba, which does without it then.

    It takes as long to load as all the rest, and is for matrix products in compiled code.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "scipy.linalg" and threading.get_ident() == self._thread:
            raise ImportError(fullname)


_spared = _Spared()
sys.meta_path.insert(0, _spared)
try:
    import numba.np.arraymath
finally:
    sys.meta_path.remove(_spared)

njit = numba.njit
