"""What messages to the partner of a programme carry."""

from dataclasses import dataclass

from marketplace.core.told import Told


@dataclass(frozen=True, kw_only=True)
class ProgrammeTold(Told):
    title: str

    @property
    def about(self) -> str:
        return self.title


@dataclass(frozen=True, kw_only=True)
class ProgrammeCaseTold(Told):
    """How a case of the programme came out, never why."""

    programme_id: int
    title: str
    need_title: str
    concept_title: str

    def said(self) -> dict[str, object]:
        return {**super().said(), "need": self.need_title, "concept": self.concept_title}

    @property
    def about(self) -> str:
        return case_title(self.concept_title, self.need_title) or self.title


def case_title(concept: str, need: str) -> str:
    """The name of a case: what is tested, and for which need."""
    return " – ".join(filter(None, (concept, need)))
