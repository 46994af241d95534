"""A municipality with three needs, and concepts of which each answers one of them or two."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.needs.models import Need
from marketplace.pairings import hooks as pairing_hooks
from marketplace.portfolios import services
from marketplace.portfolios.models import CapacityLimit, PairWish
from marketplace.portfolios.reckoning import Reckoning, reckon
from marketplace.portfolios.states import WishKind
from tests.domain.pairing_cast import Cast, make_cast
from tests.factories import make_concept, make_need

NEEDS: dict[str, dict[str, Any]] = {
    "weekends": {
        "title": "Ensomme eldre i helgene",
        "problem": "Eldre som bor alene, er ensomme i helgene når dagsenteret er stengt.",
        "target_group": "Eldre som bor alene",
        "wanted_effect": "Færre eldre er ensomme i helgene.",
    },
    "evenings": {
        "title": "Ensomme eldre om kvelden",
        "problem": "Eldre som bor alene, er ensomme om kvelden etter middag.",
        "target_group": "Eldre som bor alene",
        "wanted_effect": "Færre eldre er ensomme om kvelden.",
    },
    "water": {
        "title": "Overvann i gatene",
        "problem": "Vann fra asfalterte plasser renner ned i kjellere når det regner mye.",
        "target_group": "Gater med overvann",
        "wanted_effect": "Mindre overvann i kjellere.",
    },
}
CONCEPTS: dict[str, dict[str, Any]] = {
    "dinner": {
        "title": "Bordfellesskap",
        "description": "Vi lager middag for ensomme eldre i helgene og om kvelden, så eldre som bor"
        " alene, får selskap.",
        "target_group": "Eldre som bor alene",
    },
    "rain": {
        "title": "Regnbed",
        "description": "Vi bygger regnbed som tar unna overvann fra asfalterte plasser.",
        "target_group": "Gater med overvann",
    },
    "sewing": {
        "title": "Systue",
        "description": "Vi lærer bort søm og reparasjon av klær på verksted.",
        "target_group": "Voksne",
    },
}


@dataclass
class Town:
    cast: Cast
    needs: dict[str, Need]
    concepts: dict[str, Concept]

    @property
    def session(self) -> Session:
        return self.cast.session

    def reckon(self) -> Reckoning:
        self.session.flush()
        return reckon(self.session, self.cast.municipality.id)

    def chosen(self) -> set[tuple[str, str]]:
        """The chosen pairs, by the names of need and concept."""
        found = self.reckon().proposal
        assert found is not None
        needs = {need.id: name for name, need in self.needs.items()}
        concepts = {concept.id: name for name, concept in self.concepts.items()}
        return {
            (needs[each.need_id], concepts[each.concept_id])
            for candidates in found.chosen.values()
            for each in candidates
        }

    def decide(self, need: str, concept: str, kind: WishKind | None, **values: Any) -> PairWish:
        by = values.pop("by", "coordinator")
        given: dict[str, Any] = {"reason": "Vedtatt i ledermøtet."}
        return services.decide_pair(
            self.session,
            self.cast.actor(by),
            need=self.needs[need],
            concept=self.concepts[concept],
            kind=kind,
            **(given | values),
        )

    def plan(self, tests_per_need: int = 1, tolerance_percent: int = 1, **values: Any) -> None:
        by = values.pop("by", "coordinator")
        given: dict[str, Any] = {
            "municipality_id": self.cast.municipality.id,
            "version": 0,
            "tests_per_need": tests_per_need,
            "tolerance_percent": tolerance_percent,
        }
        services.change_plan(self.session, self.cast.actor(by), **(given | values))

    def limit_unit(
        self, most: int, by: str = "coordinator", reason: str = "Ferie."
    ) -> CapacityLimit:
        actor = self.cast.actor(by)
        return services.limit_unit(
            self.session, actor, unit=self.cast.unit, most=most, reason=reason
        )

    def limit_concept(self, concept: str, most: int, by: str = "coordinator") -> CapacityLimit:
        return services.limit_concept(
            self.session,
            self.cast.actor(by),
            municipality_id=self.cast.municipality.id,
            concept=self.concepts[concept],
            most=most,
            reason="Vi vil prøve én først.",
        )


def make_town(session: Session) -> Town:
    """The unit has room for three tests, each concept for two; nobody asks for the sewing room."""
    pairing_hooks.register()  # as the application does
    cast = make_cast(session)
    cast.unit.capacity = 3
    people: dict[str, Any] = {"author": cast.person("member"), "leader": cast.person("leader")}
    for name, value in NEEDS["weekends"].items():
        setattr(cast.need, name, value)
    needs = {
        name: cast.need if name == "weekends" else make_need(session, cast.unit, **text, **people)
        for name, text in NEEDS.items()
    }
    for name, value in CONCEPTS["dinner"].items():
        setattr(cast.concept, name, value)
    concepts = {
        name: cast.concept if name == "dinner" else make_concept(session, **text)
        for name, text in CONCEPTS.items()
    }
    session.flush()
    return Town(cast, needs, concepts)
