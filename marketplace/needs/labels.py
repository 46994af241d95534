"""The wording of needs."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.needs.queries import NeedSort
from marketplace.needs.states import (
    BudgetStatus,
    NeedDate,
    NeedEvent,
    NeedMove,
    NeedOutcome,
    NeedRefusal,
    NeedState,
    NeedTask,
    ParticipationEvent,
    ParticipationMove,
    ParticipationRefusal,
    ParticipationState,
    ProcurementRoute,
    PublishRequirement,
    RaisedBy,
    SentBack,
    ServiceCategory,
)
from marketplace.ui.changes import Told, amount, day, money, word
from marketplace.ui.labels import LabelTables, Wording
from marketplace.ui.tasks import Task, Tasks

_NEED_STATE: dict[StrEnum, Wording] = {
    NeedState.DRAFT: _l("Utkast"),
    NeedState.IN_REVIEW: _l("Til vurdering"),
    NeedState.NEEDS_CHANGES: _l("Må endres"),
    NeedState.PUBLISHED: _l("Publisert"),
    NeedState.CLOSED: _l("Avsluttet"),
}

_NEED_MOVE: dict[StrEnum, Wording] = {
    NeedMove.SUBMIT: _l("Send til vurdering"),
    NeedMove.ASK_FOR_CHANGES: _l("Be om endringer"),
    NeedMove.REFUSE: _l("Si nei til behovet"),
    NeedMove.TAKE_BACK: _l("Ta behovet tilbake"),
    NeedMove.PUBLISH: _l("Publiser"),
    NeedMove.CLOSE: _l("Avslutt"),
}

_SENT_BACK: dict[StrEnum, Wording] = {
    SentBack.COORDINATOR: _l("Koordinatoren ba om dette"),
    SentBack.LEADER: _l("Enhetslederen sa nei"),
    SentBack.UNIT: _l("Enheten tok behovet tilbake"),
}

_NEED_SORT: dict[StrEnum, Wording] = {
    NeedSort.RELEVANCE: _l("Best treff først"),
    NeedSort.NEWEST: _l("Nyeste først"),
    NeedSort.DEADLINE: _l("Kortest frist først"),
}

_NEED_OUTCOME: dict[StrEnum, Wording] = {
    NeedOutcome.MET: _l("Behovet er dekket"),
    NeedOutcome.WITHDRAWN: _l("Behovet er trukket tilbake"),
    NeedOutcome.NO_MATCH: _l("Vi fant ingen som passet"),
}

_BUDGET_STATUS: dict[StrEnum, Wording] = {
    BudgetStatus.FUNDED: _l("Pengene er på plass"),
    BudgetStatus.APPLIED: _l("Vi har søkt om penger"),
    BudgetStatus.UNFUNDED: _l("Ikke finansiert ennå"),
}

_SERVICE_CATEGORY: dict[StrEnum, Wording] = {
    ServiceCategory.HEALTH_SOCIAL: _l("Helse- og sosialtjeneste"),
    ServiceCategory.SPECIAL: _l("Annen særlig tjeneste, for eksempel undervisning eller kultur"),
    ServiceCategory.OTHER: _l("Annen tjeneste eller vare"),
}

_PROCUREMENT_ROUTE: dict[StrEnum, Wording] = {
    ProcurementRoute.DIRECT_PURCHASE: _l("Kjøpe direkte"),
    ProcurementRoute.MINI_COMPETITION: _l("Be noen få om pris og tilbud"),
    ProcurementRoute.OPEN_TENDER: _l("Åpen konkurranse"),
    ProcurementRoute.LIMITED_TENDER: _l("Begrenset konkurranse"),
    ProcurementRoute.INNOVATION_PARTNERSHIP: _l("Innovasjonspartnerskap"),
    ProcurementRoute.RESEARCH_DEVELOPMENT: _l("Forskning og utvikling"),
    ProcurementRoute.NOTICE_OF_INTENT: _l(
        "Kunngjøre at vi vil kjøpe direkte (intensjonskunngjøring)"
    ),
    ProcurementRoute.UNDECIDED: _l("Ikke avgjort ennå"),
}

_RAISED_BY: dict[StrEnum, Wording] = {
    RaisedBy.USER: _l("En bruker"),
    RaisedBy.RELATIVE: _l("En pårørende"),
    RaisedBy.EMPLOYEE: _l("En ansatt"),
    RaisedBy.LEADER: _l("Enhetens leder"),
    RaisedBy.LEADERSHIP: _l("Ledelsen i kommunen"),
    RaisedBy.OTHER: _l("Andre"),
}

_PUBLISH_REQUIREMENT: dict[StrEnum, Wording] = {
    PublishRequirement.TITLE: _l("Gi behovet en tittel"),
    PublishRequirement.PROBLEM: _l("Beskriv problemet"),
    PublishRequirement.TARGET_GROUP: _l("Skriv hvem det gjelder"),
    PublishRequirement.TARGET_COUNT: _l("Skriv hvor mange det gjelder"),
    PublishRequirement.TRIED: _l("Skriv hva dere har prøvd"),
    PublishRequirement.WANTED_EFFECT: _l("Skriv hva dere vil oppnå"),
    PublishRequirement.EFFECT_MEASURE: _l("Skriv hvordan dere vil måle det"),
    PublishRequirement.CONTRIBUTION_HOURS: _l("Skriv hvor mange timer enheten bidrar med"),
    PublishRequirement.CONTRIBUTION: _l("Skriv hva enheten bidrar med"),
    PublishRequirement.CONTACT: _l("Velg kontaktperson"),
    PublishRequirement.DECISION_MAKER: _l("Velg hvem som bestemmer etter utprøvingen"),
    PublishRequirement.BUDGET_STATUS: _l("Si hvordan det står til med pengene"),
    PublishRequirement.ESTIMATED_VALUE: _l("Anslå hva det kan koste"),
    PublishRequirement.SERVICE_CATEGORY: _l("Velg type tjeneste"),
    PublishRequirement.INTENDED_ROUTE: _l("Velg hva dere vil gjøre hvis utprøvingen lykkes"),
    PublishRequirement.QUESTIONS_CLOSE_ON: _l("Sett frist for spørsmål"),
    PublishRequirement.INTERESTS_CLOSE_ON: _l("Sett frist for å melde interesse"),
    PublishRequirement.DATES_IN_ORDER: _l("La fristen for spørsmål komme før den for interesse"),
    PublishRequirement.DATES_AHEAD: _l("Sett fristene fram i tid, høyst to år"),
    PublishRequirement.RAISED_BY: _l("Velg hvem som meldte behovet"),
    PublishRequirement.NO_PERSONAL_DATA: _l(
        "Hold fødselsnumre, telefonnumre og e-postadresser utenfor teksten"
    ),
    PublishRequirement.ENDORSEMENT: _l("Få behovet godkjent av enhetsleder"),
}

_NEED_EVENT: dict[StrEnum, Wording] = {
    NeedEvent.CREATED: _l("Utkastet ble opprettet"),
    NeedEvent.CHANGED: _l("Teksten ble endret"),
    NeedEvent.TARGET_GROUP_CONFIRMED: _l("Det ble sagt hvem behovet er for"),
    NeedEvent.SUBMITTED: _l("Behovet ble sendt til vurdering"),
    NeedEvent.ENDORSED: _l("Enhetsleder godkjente behovet"),
    NeedEvent.ENDORSEMENT_LAPSED: _l("Godkjenningen falt bort fordi teksten ble endret"),
    NeedEvent.CHANGES_ASKED: _l("Koordinator ba om endringer"),
    NeedEvent.REFUSED: _l("Enhetsleder sa nei til behovet"),
    NeedEvent.TAKEN_BACK: _l("Enheten tok behovet tilbake fra vurdering"),
    NeedEvent.PUBLISHED: _l("Behovet ble publisert"),
    NeedEvent.ADDENDUM_ADDED: _l("Enheten la til opplysninger"),
    NeedEvent.INTERESTS_CLOSED: _l("Fristen for å melde interesse gikk ut"),
    NeedEvent.PERSON_REPLACED: _l("Noen tok over for en annen"),
    NeedEvent.CLOSED: _l("Behovet ble avsluttet"),
}

_PARTICIPATION_STATE: dict[StrEnum, Wording] = {
    ParticipationState.ASKED: _l("Venter på enhetsleder"),
    ParticipationState.ENDORSED: _l("Med i behovet"),
    ParticipationState.WITHDRAWN: _l("Trukket"),
}

_PARTICIPATION_MOVE: dict[StrEnum, Wording] = {
    ParticipationMove.ENDORSE: _l("Godkjenn for enheten"),
    ParticipationMove.WITHDRAW: _l("Trekk enheten"),
}

_PARTICIPATION_EVENT: dict[StrEnum, Wording] = {
    ParticipationEvent.ASKED: _l("Enheten ble meldt på"),
    ParticipationEvent.ENDORSED: _l("Enhetsleder godkjente at enheten er med"),
    ParticipationEvent.WITHDRAWN: _l("Enheten trakk seg"),
}


_PARTICIPATION_REFUSAL: dict[StrEnum, Wording] = {
    ParticipationRefusal.UNIT_MEMBERS_ONLY: _l(
        "Bare de som arbeider i %(unit)s, kan melde på enheten. Ta kontakt med den."
    ),
    ParticipationRefusal.UNIT_LEADERS_ONLY: _l(
        "Bare lederen av %(unit)s kan godkjenne at enheten er med. Be lederen logge inn og gjøre"
        " det."
    ),
    ParticipationRefusal.OWN_UNIT_OR_COORDINATORS: _l(
        "Bare de som arbeider i %(unit)s, eller en koordinator i kommunen kan trekke enheten."
    ),
    ParticipationRefusal.LEADERS_AND_COORDINATORS_ONLY: _l(
        "Bare lederen av %(unit)s eller en koordinator i kommunen kan trekke enheten."
    ),
    ParticipationRefusal.NOT_JOINABLE: _l(
        "Andre enheter kan bli med når behovet er til vurdering eller publisert. Nå har det status"
        " «%(state)s»."
    ),
    ParticipationRefusal.OWN_NEED: _l("%(unit)s eier behovet og er med allerede."),
    ParticipationRefusal.OTHER_MUNICIPALITY: _l(
        "Bare enheter i samme kommune kan bli med. Velg en annen enhet."
    ),
    ParticipationRefusal.ALREADY_JOINED: _l(
        "%(unit)s er med allerede, eller venter på at lederen godkjenner det."
    ),
    ParticipationRefusal.CONTACT_OUTSIDE_UNIT: _l("Velg en kontaktperson som arbeider i %(unit)s."),
    ParticipationRefusal.TEXT_MISSING: _l("Skriv noe i feltet."),
    ParticipationRefusal.NUMBER_OUTSIDE: _l("Skriv et tall fra %(least)s til %(most)s."),
}


_NEED_REFUSAL: dict[StrEnum, Wording] = {
    NeedRefusal.UNIT_MEMBERS_ONLY: _l(
        "Bare de som arbeider i %(unit)s, kan gjøre dette. Ta kontakt med enheten."
    ),
    NeedRefusal.UNIT_LEADERS_ONLY: _l(
        "Bare lederen av %(unit)s kan godkjenne behovet eller si nei til det. Be lederen logge inn"
        " og gjøre det."
    ),
    NeedRefusal.COORDINATORS_ONLY: _l("Bare en koordinator i kommunen kan gjøre dette."),
    NeedRefusal.LEADERS_AND_COORDINATORS_ONLY: _l(
        "Bare lederen av %(unit)s eller en koordinator i kommunen kan avslutte behovet."
    ),
    NeedRefusal.OWN_NEED: _l(
        "Du har skrevet behovet selv. Be en annen koordinator i kommunen publisere det."
    ),
    NeedRefusal.LOCKED_IN_REVIEW: _l(
        "Behovet er til vurdering, så teksten er låst. Vil du endre noe, må du først ta behovet"
        " tilbake."
    ),
    NeedRefusal.LOCKED_PUBLISHED: _l(
        "Behovet er publisert, så teksten er låst. Er noe nytt, kan du legge til opplysninger."
    ),
    NeedRefusal.LOCKED_CLOSED: _l(
        "Behovet er avsluttet, så teksten er låst. Er problemet der fortsatt, kan du skrive et"
        " nytt behov."
    ),
    NeedRefusal.NOT_FOR_REVIEW: _l(
        "Behovet kan ikke sendes til vurdering ennå. Dette må dere rette:"
    ),
    NeedRefusal.NOT_READY: _l("Behovet kan ikke publiseres ennå. Dette mangler:"),
    NeedRefusal.ALREADY_ENDORSED: _l("En enhetsleder har allerede godkjent behovet."),
    NeedRefusal.NOT_ENDORSABLE: _l(
        "Behovet kan ikke godkjennes nå, fordi det har status «%(state)s»."
    ),
    NeedRefusal.PERSON_OUTSIDE_MUNICIPALITY: _l(
        "Velg en person som arbeider i kommunen. Mangler noen, kan administratoren legge dem til."
    ),
    NeedRefusal.OUTCOME_MISSING: _l("Velg hvordan det gikk med behovet."),
    NeedRefusal.TEXT_MISSING: _l("Skriv det dere vil legge til."),
    NeedRefusal.PERSONAL_DATA: _l(
        "«%(words)s» ser ut som %(what)s. Ta det bort: alle kan lese teksten når behovet er"
        " publisert."
    ),
    NeedRefusal.NOT_PUBLISHED: _l(
        "Du kan legge til opplysninger når behovet er publisert. Nå har det status «%(state)s»."
    ),
}

DATES: dict[StrEnum, Wording] = {
    NeedDate.QUESTIONS_CLOSE: _l("Siste dag for spørsmål"),
    NeedDate.INTERESTS_CLOSE: _l("Siste dag for interesse"),
}

CHANGES: Mapping[str, Told] = {
    "target_count": amount(_l("Hvor mange det gjelder")),
    "contribution_hours": amount(_l("Timer fra enheten")),
    "budget_status": word(_l("Budsjett"), BudgetStatus),
    "estimated_value": money(_l("Anslått verdi")),
    "service_category": word(_l("Slags tjeneste"), ServiceCategory),
    "intended_route": word(_l("Vei videre"), ProcurementRoute),
    "questions_close_on": day(_l("Frist for spørsmål")),
    "interests_close_on": day(_l("Frist for interesse")),
}
"""What the history tells of a change; the texts of a draft are its unit's alone."""

LABELS: LabelTables = (
    DATES,
    _NEED_STATE,
    _NEED_MOVE,
    _SENT_BACK,
    _NEED_SORT,
    _NEED_OUTCOME,
    _BUDGET_STATUS,
    _SERVICE_CATEGORY,
    _PROCUREMENT_ROUTE,
    _RAISED_BY,
    _PUBLISH_REQUIREMENT,
    _NEED_EVENT,
    _NEED_REFUSAL,
    _PARTICIPATION_STATE,
    _PARTICIPATION_MOVE,
    _PARTICIPATION_EVENT,
    _PARTICIPATION_REFUSAL,
)
"""One table an enum: members of two enums with the same value are equal, and would be one key."""


TASKS: Tasks = {
    NeedTask.DRAFT: Task(
        page=("needs.show", "need_id"),
        label=_l("Utkast til behov"),
        to_do=_l("Skriv behovet ferdig, og send det til vurdering."),
    ),
    NeedTask.CHANGES: Task(
        page=("needs.show", "need_id"),
        label=_l("Behov som må endres"),
        to_do=_l("Les hvorfor det kom tilbake, endre det som må endres, og send behovet på nytt."),
    ),
    NeedTask.ENDORSEMENT: Task(
        page=("needs.show", "need_id"),
        label=_l("Behov uten enhetsleders godkjenning"),
        to_do=_l("Les behovet. Godkjenn det hvis enheten står bak det, eller si nei med en grunn."),
    ),
    NeedTask.JOINING: Task(
        page=("needs.show", "need_id"),
        label=_l("Enhet som er meldt på et behov"),
        to_do=_l("Enheten din er meldt på behovet. Godkjenn det, eller trekk enheten."),
    ),
    NeedTask.REVIEW: Task(
        page=("needs.show", "need_id"),
        label=_l("Behov til vurdering"),
        to_do=_l("Les behovet. Publiser det, eller be om endringer."),
        others_do=_l("Du har skrevet behovet selv. Det venter på en annen koordinator."),
        desk=("needs.review", "need_id"),
    ),
}
"""How what waits is shown."""
