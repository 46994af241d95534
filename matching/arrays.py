"""Names for the kinds of arrays used here."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.integer]
UIntArray = npt.NDArray[np.uint64]
FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
ByteArray = npt.NDArray[np.uint8]

Whole = int | np.integer[Any]
"""A whole number in compiled loops, of Python or of numpy."""

_Any = TypeVar("_Any", bound=np.ndarray[Any, Any])


def fixed(array: _Any) -> _Any:
    """Return `array` as one not to be written to, as those of a snapshot are.

    For each kind of array that they are given the loops would be compiled anew.
    """
    view = array.view()
    view.flags.writeable = False
    return view
