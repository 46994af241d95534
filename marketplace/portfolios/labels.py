"""The words for the code words of portfolios."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.matches.states import WhyNone
from marketplace.portfolios.states import PortfolioEvent, PortfolioRefusal, Resting, WishKind
from marketplace.ui.labels import LabelTables, Wording

KINDS: dict[StrEnum, Wording] = {
    WishKind.FORCED: _l("Lås: koblingen skal være med"),
    WishKind.BLOCKED: _l("Sperr: koblingen skal ikke være med"),
}

STANDING: dict[WishKind, Wording] = {
    WishKind.FORCED: _l("Låst"),
    WishKind.BLOCKED: _l("Sperret"),
}

RESTING: dict[StrEnum, Wording] = {
    Resting.NOT_PUBLISHED: _l("Teller ikke nå: behovet eller konseptet er ikke publisert lenger."),
    Resting.ALREADY_PROPOSED: _l("Teller ikke nå: koblingen er allerede foreslått eller godkjent."),
}

EVENTS: dict[StrEnum, Wording] = {
    PortfolioEvent.PLAN_CHANGED: _l("Rammene for porteføljen ble endret"),
    PortfolioEvent.CAPACITY_LIMITED: _l("En grense for kapasitet ble satt"),
    PortfolioEvent.LIMIT_UNDONE: _l("En grense for kapasitet ble fjernet"),
    PortfolioEvent.PAIR_FORCED: _l("En kobling ble låst"),
    PortfolioEvent.PAIR_BLOCKED: _l("En kobling ble sperret"),
    PortfolioEvent.PAIR_UNDONE: _l("En låst eller sperret kobling ble frigitt"),
}

REFUSALS: dict[StrEnum, Wording] = {
    PortfolioRefusal.COORDINATORS_ONLY: _l(
        "Bare en koordinator i kommunen kan bestemme hva porteføljen skal bygge på."
    ),
    PortfolioRefusal.TESTS_PER_NEED_OUTSIDE: _l("Skriv et tall fra 1 til 10."),
    PortfolioRefusal.TOLERANCE_OUTSIDE: _l("Skriv et tall fra 0 til 50."),
    PortfolioRefusal.LIMIT_NEGATIVE: _l("Skriv 0 eller et større tall."),
    PortfolioRefusal.LIMIT_ABOVE_FREE: _l(
        "Grensen kan ikke være høyere enn det som er ledig nå. Skriv et tall fra 0 til %(free)s."
    ),
    PortfolioRefusal.CONCEPT_NOT_PUBLISHED: _l(
        "Konseptet er trukket tilbake av dem som eier det. Det er ikke med i porteføljen nå."
    ),
    PortfolioRefusal.NEED_NOT_PUBLISHED: _l(
        "Behovet er ikke publisert. Bare publiserte behov er med i porteføljen."
    ),
    PortfolioRefusal.KIND_MISSING: _l("Velg om koblingen skal være med eller ikke."),
    PortfolioRefusal.TEXT_MISSING: _l("Skriv hvorfor, så andre koordinatorer forstår det."),
    PortfolioRefusal.ALREADY_FORCED: _l(
        "Koblingen er allerede låst. Fjern låsen på siden for porteføljen hvis den skal sperres."
    ),
    PortfolioRefusal.ALREADY_BLOCKED: _l(
        "Koblingen er allerede sperret. Fjern sperren på siden for porteføljen hvis den skal låses."
    ),
    PortfolioRefusal.ALREADY_PROPOSED: _l(
        "Koblingen er allerede foreslått eller godkjent. Du finner den under Koblinger."
    ),
    PortfolioRefusal.DISMISSED_OR_DECLINED: _l(
        "Enheten har sagt at konseptet ikke passer, eller en koordinator har avslått koblingen før."
        " Snakk med enheten først. Når enheten har angret vurderingen, kan du låse koblingen."
    ),
    PortfolioRefusal.ALREADY_UNDONE: _l("Den er allerede fjernet. Last siden på nytt."),
}

WHAT_TO_DO: dict[WhyNone, Wording] = {
    WhyNone.NO_MATCH: _l(
        "Be flere entreprenører om interesse, eller be enheten skrive tydeligere hva de trenger."
    ),
    WhyNone.NEED_FULL: _l("Skal behovet prøves ut med flere konsepter, endrer du rammene."),
    WhyNone.UNIT_FULL: _l(
        "Vent til en utprøving er ferdig, eller avtal med enhetslederen å øke kapasiteten."
    ),
    WhyNone.UNIT_USED: _l("Avtal med enhetslederen å øke kapasiteten, eller lås den viktigste."),
    WhyNone.CONCEPTS_FULL: _l(
        "Spør entreprenøren om de kan ta flere utprøvinger, eller fjern grensen dere har satt."
    ),
    WhyNone.CONCEPTS_USED: _l(
        "Spør entreprenøren om de kan ta flere utprøvinger, eller lås koblingen til dette behovet."
    ),
    WhyNone.ALL_BLOCKED: _l("Fjern en sperre, eller be flere entreprenører om interesse."),
}

LABELS: LabelTables = (KINDS, RESTING, EVENTS, REFUSALS)
