"""What a message may carry, in the words of a stored row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.core.told import Told


@dataclass(frozen=True, kw_only=True)
class AsStored(Told):
    """As this or another version of the application may have left it."""

    payload: Mapping[str, Any]

    def stored(self) -> dict[str, Any]:
        return dict(self.payload)
