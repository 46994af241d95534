"""What messages about a wish carry."""

from dataclasses import dataclass

from marketplace.core.told import Told


@dataclass(frozen=True, kw_only=True)
class WishTold(Told):
    wish_id: int
    title: str

    @property
    def about(self) -> str:
        return self.title
