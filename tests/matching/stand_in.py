"""A small stand-in for the language model."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import numpy.typing as npt

from matching.text import words

SAME = {"ensom": "alene", "eldre": "gamle", "einsemd": "alene", "lonely": "alene"}
"""Words that the stand-in takes for one."""


class StandIn:
    """Gives each word a direction of its own, but words of `SAME` that of their twin."""

    dimensions = 32

    def __init__(self, version: str = "stand-in 1") -> None:
        self.version = version
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.read += texts
        return np.array([self._vector(text) for text in texts], dtype=np.float32)

    def _vector(self, text: str) -> npt.NDArray[np.float64]:
        total = np.full(self.dimensions, 0.3)
        for word in words(text):
            chance = Random(SAME.get(word, word))  # noqa: S311 - numbers that look random, no secrets
            total += np.array(chance.choices([-1, 1], k=self.dimensions))
        vector: npt.NDArray[np.float64] = total / np.linalg.norm(total)
        return vector
