"""The words for the code words of pairings."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.pairings.states import (
    ApprovalPoint,
    CaseRole,
    DeclineReason,
    Fallen,
    PairingAwaited,
    PairingEvent,
    PairingMove,
    PairingRefusal,
    PairingState,
    PairingTask,
    Side,
)
from marketplace.ui.labels import LabelTables, Wording
from marketplace.ui.tasks import Task, Tasks

STATES: dict[StrEnum, Wording] = {
    PairingState.PROPOSED: _l("Foreslått"),
    PairingState.NEEDS_CHANGES: _l("Må endres"),
    PairingState.ACCEPTED: _l("Begge har sagt ja"),
    PairingState.APPROVED: _l("Godkjent"),
    PairingState.DECLINED: _l("Avslått"),
    PairingState.WITHDRAWN: _l("Trukket, eller nei fra en part"),
    PairingState.CLOSED: _l("Avsluttet"),
}

FALLEN: dict[StrEnum, Wording] = {
    Fallen.DECLINED: _l("Avslått av koordinator"),
    Fallen.UNIT_SAID_NO: _l("Enheten sa nei til koblingen"),
    Fallen.ENTREPRENEUR_SAID_NO: _l("Entreprenøren sa nei til koblingen"),
    Fallen.UNIT_WITHDREW: _l("Trukket av enheten"),
    Fallen.ENTREPRENEUR_WITHDREW: _l("Trukket av entreprenøren"),
    Fallen.COORDINATOR_WITHDREW: _l("Trukket av koordinatoren"),
    Fallen.NEED_CLOSED: _l("Behovet ble avsluttet"),
}

MOVES: dict[StrEnum, Wording] = {
    PairingMove.ACCEPT: _l("Si ja"),
    PairingMove.ASK_FOR_CHANGES: _l("Be om endringer"),
    PairingMove.PROPOSE_AGAIN: _l("Foreslå på nytt"),
    PairingMove.APPROVE: _l("Godkjenn"),
    PairingMove.DECLINE: _l("Avslå"),
    PairingMove.WITHDRAW: _l("Trekk"),
    PairingMove.CLOSE: _l("Avslutt saken"),
}

SIDES: dict[StrEnum, Wording] = {
    Side.UNIT: _l("Tjenesteenheten"),
    Side.ENTREPRENEUR: _l("Entreprenøren"),
    Side.COORDINATOR: _l("Koordinatoren"),
}

CASE_ROLES: dict[StrEnum, Wording] = {
    CaseRole.OWNER: _l("Eier"),
    CaseRole.DECISION_MAKER: _l("Beslutter"),
    CaseRole.PROCUREMENT_ADVISER: _l("Innkjøpsrådgiver"),
    CaseRole.DATA_PROTECTION: _l("Personvernkontakt"),
    CaseRole.UNIT_CONTACT: _l("Kontakt i enheten"),
    CaseRole.ENTREPRENEUR_CONTACT: _l("Kontakt hos entreprenøren"),
}

CHECKLIST: dict[StrEnum, Wording] = {
    ApprovalPoint.NEED_STILL_STANDS: _l("Behovet er fortsatt aktuelt for enheten."),
    ApprovalPoint.PARTIES_KNOW: _l(
        "Begge parter vet hva utprøvingen krever av tid, folk og penger."
    ),
    ApprovalPoint.PROCUREMENT_CONSIDERED: _l(
        "Anskaffelsesreglene er vurdert. Utprøvingen er ingen snarvei rundt dem."
    ),
    ApprovalPoint.OTHERS_TREATED_EQUALLY: _l(
        "Andre som har meldt interesse for behovet, er vurdert på samme måte."
    ),
    ApprovalPoint.PRIVACY_CONSIDERED: _l("Personvernet er vurdert."),
}

NEXT_STEPS: dict[StrEnum, Wording] = {
    PairingAwaited.BOTH_YES: _l("at tjenesteenheten og entreprenøren sier ja eller nei"),
    PairingAwaited.UNIT_YES: _l("at tjenesteenheten sier ja eller nei"),
    PairingAwaited.ENTREPRENEUR_YES: _l("at entreprenøren sier ja eller nei"),
    PairingAwaited.DECISION: _l("at en koordinator godkjenner eller avslår"),
    PairingAwaited.UNIT_CHANGES: _l("at tjenesteenheten endrer forslaget og foreslår på nytt"),
    PairingAwaited.ENTREPRENEUR_CHANGES: _l(
        "at entreprenøren endrer forslaget og foreslår på nytt"
    ),
    PairingAwaited.COORDINATOR_CHANGES: _l("at koordinatoren endrer forslaget og foreslår på nytt"),
}

DECLINE_REASONS: dict[StrEnum, Wording] = {
    DeclineReason.CAPACITY: _l("Kommunen har ikke kapasitet nå"),
    DeclineReason.NOT_PRIORITY: _l("Behovet er ikke prioritert"),
    DeclineReason.WEAK_EVIDENCE: _l("Virkningen er for lite dokumentert"),
    DeclineReason.PROCUREMENT_RISK: _l("Utprøvingen kan komme i strid med anskaffelsesreglene"),
    DeclineReason.CONFLICT_OF_INTEREST: _l("Noen av partene er inhabile"),
    DeclineReason.BETTER_ALTERNATIVE: _l("Et annet konsept passer bedre"),
    DeclineReason.OTHER: _l("Annen grunn"),
}

EVENTS: dict[StrEnum, Wording] = {
    PairingEvent.PROPOSED: _l("Koblingen ble foreslått"),
    PairingEvent.UNIT_ACCEPTED: _l("Tjenesteenheten sa ja"),
    PairingEvent.ENTREPRENEUR_ACCEPTED: _l("Entreprenøren sa ja"),
    PairingEvent.CHANGES_ASKED: _l("Noen ba om endringer"),
    PairingEvent.PROPOSED_AGAIN: _l("Koblingen ble endret og foreslått på nytt"),
    PairingEvent.ROLE_ASSIGNED: _l("En rolle fikk ny person"),
    PairingEvent.CONFLICT_DECLARED: _l("En koordinator meldte seg inhabil"),
    PairingEvent.APPROVED: _l("Koblingen ble godkjent"),
    PairingEvent.DECLINED: _l("Koblingen ble avslått"),
    PairingEvent.WITHDRAWN: _l("Koblingen ble trukket"),
    PairingEvent.DEPUTY_ASSIGNED: _l("En rolle fikk vara"),
    PairingEvent.DEPUTY_REMOVED: _l("En rolle er uten vara"),
    PairingEvent.PERSON_REPLACED: _l("Noen tok over for en annen"),
    PairingEvent.PROGRAMME_CHOSEN: _l("Saken ble med i et program"),
    PairingEvent.PROGRAMME_LEFT: _l("Saken ble tatt ut av programmet"),
    PairingEvent.CLOSED: _l("Saken ble avsluttet"),
}


REFUSALS: dict[StrEnum, Wording] = {
    PairingRefusal.UNIT_ENTREPRENEUR_OR_COORDINATOR: _l(
        "Bare enheten bak behovet, entreprenøren bak konseptet eller en koordinator i kommunen kan"
        " foreslå denne koblingen."
    ),
    PairingRefusal.PARTIES_ONLY: _l(
        "Bare tjenesteenheten og entreprenøren kan gjøre dette. Ta kontakt med en av dem."
    ),
    PairingRefusal.PROPOSER_ONLY: _l("Bare den siden som foreslo koblingen, kan endre forslaget."),
    PairingRefusal.OTHER_PARTY_OR_COORDINATOR: _l(
        "Bare den andre parten eller en koordinator i kommunen kan be om endringer."
    ),
    PairingRefusal.COORDINATORS_ONLY: _l("Bare en koordinator i kommunen kan gjøre dette."),
    PairingRefusal.OWN_PROPOSAL: _l(
        "Du har selv foreslått denne koblingen. En annen koordinator må avgjøre den."
    ),
    PairingRefusal.SPOKE_FOR_A_SIDE: _l(
        "Du har sagt ja på vegne av en av partene. En annen koordinator må avgjøre koblingen."
    ),
    PairingRefusal.CONFLICT_DECLARED: _l(
        "Du har meldt deg inhabil i denne saken. En annen koordinator må ta den."
    ),
    PairingRefusal.NO_CONFLICT_UNDECLARED: _l(
        "Kryss av for at du ikke er inhabil. Er du inhabil, må en annen koordinator ta saken."
    ),
    PairingRefusal.NEED_NOT_PUBLISHED: _l(
        "Behovet er ikke publisert, eller det er lukket. Bare publiserte behov kan kobles."
    ),
    PairingRefusal.CONCEPT_NOT_PUBLISHED: _l(
        "Konseptet er ikke publisert. Entreprenøren må publisere det først."
    ),
    PairingRefusal.INTEREST_MISSING: _l(
        "Meld interesse for behovet først. Da får enheten vite hvordan konseptet møter det."
    ),
    PairingRefusal.ALREADY_OPEN: _l(
        "Behovet og konseptet har alt en kobling som er i gang. Du finner den under Koblinger."
    ),
    PairingRefusal.DECLINED_BEFORE: _l(
        "En koordinator har avslått denne koblingen før. Bare en koordinator kan ta den opp igjen."
    ),
    PairingRefusal.ALREADY_ACCEPTED: _l(
        "Dere har allerede sagt ja. Nå er det den andre partens tur."
    ),
    PairingRefusal.UNIT_AT_CAPACITY: _l(
        "%(unit)s har %(count)s godkjente koblinger og plass til %(capacity)s. Enhetslederen kan"
        " endre hvor mange enheten har plass til."
    ),
    PairingRefusal.JOINED_UNIT_AT_CAPACITY: _l(
        "Behovet prøves ut nå, og %(unit)s har plass til %(capacity)s utprøvinger om gangen."
        " Enheten kan bli med når den har plass, eller lederen kan endre hvor mange den har plass"
        " til."
    ),
    PairingRefusal.CONCEPT_AT_CAPACITY: _l(
        "Konseptet «%(concept)s» har %(count)s godkjente koblinger og plass til %(capacity)s."
        " Entreprenøren kan endre hvor mange de har plass til."
    ),
    PairingRefusal.ROLE_EMPTY: _l("Rollen «%(role)s» er tom. Den kan fylles av %(who)s."),
    PairingRefusal.ROLE_DOES_NOT_FIT: _l("Velg en person fra lista. Bare de har riktig rolle."),
    PairingRefusal.ROLE_WITHOUT_HOLDER: _l(
        "Rollen «%(role)s» er tom. Velg hvem som skal ha den, før du velger vara."
    ),
    PairingRefusal.OWN_DEPUTY: _l(
        "Personen har rollen selv og kan ikke være sin egen vara. Velg en annen."
    ),
    PairingRefusal.DEPUTY_MISSING: _l(
        "Rollen «%(role)s» har ingen vara. Last siden på nytt for å se hva som har skjedd."
    ),
    PairingRefusal.NOTHING_TO_REPLACE: _l(
        "Personen har ingen roller du kan bytte. Last siden på nytt for å se hva som har skjedd."
    ),
    PairingRefusal.SUCCESSOR_MISSING: _l("Velg hvem som tar over: %(role)s i «%(title)s»."),
    PairingRefusal.SUCCESSOR_DOES_NOT_FIT: _l(
        "Den du valgte, kan ikke ta over som %(role)s i «%(title)s». Velg en annen fra lista."
    ),
    PairingRefusal.ROLE_NOT_YOURS: _l("Rollen «%(role)s» kan bare fylles av %(who)s."),
    PairingRefusal.CASE_OVER: _l(
        "Saken er avsluttet, og rollene kan ikke endres. Foreslå en ny kobling om den skal tas opp"
        " igjen."
    ),
    PairingRefusal.NOT_APPROVED: _l(
        "Koblingen må være godkjent først. Det gjør en koordinator i kommunen."
    ),
    PairingRefusal.PROGRAMME_DOES_NOT_FIT: _l(
        "Velg et program fra lista. Bare kommunens egne programmer passer."
    ),
    PairingRefusal.CASE_FELL: _l(
        "Koblingen er avslått eller trukket og kan ikke være med i et program."
    ),
    PairingRefusal.CHECKLIST_INCOMPLETE: _l(
        "Gå gjennom hele sjekklista før du godkjenner. Dette er ikke krysset av:"
    ),
    PairingRefusal.DECLINE_REASON_MISSING: _l("Velg en grunn. Begge parter får se den."),
    PairingRefusal.TEXT_MISSING: _l("Skriv noen ord her. De andre i saken trenger dem."),
    PairingRefusal.MOTIVATION_UNCHANGED: _l(
        "Endre begrunnelsen, slik at de andre ser hva som er nytt."
    ),
}

LABELS: LabelTables = (
    STATES,
    FALLEN,
    MOVES,
    SIDES,
    CASE_ROLES,
    CHECKLIST,
    NEXT_STEPS,
    DECLINE_REASONS,
    EVENTS,
    REFUSALS,
)
"""One mapping an enum: members of two enums with the same value are equal as keys."""


TASKS: Tasks = {
    PairingTask.NEED_WITHOUT: Task(
        page=("needs.show", "need_id"),
        label=_l("Behov uten kobling etter fristen"),
        to_do=_l("Fristen for interesse er ute. Foreslå en kobling, eller avslutt behovet."),
        others_do=_l("Enheten må foreslå en kobling eller avslutte behovet."),
    ),
    PairingTask.INTEREST: Task(
        page=("interests.show", "interest_id"),
        label=_l("Interesse uten svar"),
        to_do=_l("Les svaret fra entreprenøren. Foreslå en kobling hvis det passer."),
        others_do=_l("Dere har meldt interesse. Enheten har ikke svart ennå."),
    ),
    PairingTask.UNIT_YES: Task(
        page=("pairings.show", "pairing_id"),
        label=_l("Kobling uten enhetens ja"),
        to_do=_l("Les forslaget. Si ja for enheten, eller be om endringer."),
    ),
    PairingTask.ENTREPRENEUR_YES: Task(
        page=("pairings.show", "pairing_id"),
        label=_l("Kobling uten entreprenørens ja"),
        to_do=_l("Les forslaget. Si ja for dere, eller be om endringer."),
    ),
    PairingTask.CHANGES: Task(
        page=("pairings.show", "pairing_id"),
        label=_l("Kobling som må endres"),
        to_do=_l("Endre forslaget, og send det på nytt."),
    ),
    PairingTask.DECISION: Task(
        page=("pairings.show", "pairing_id"),
        label=_l("Kobling til avgjørelse"),
        to_do=_l("Begge parter har sagt ja. Godkjenn koblingen, eller avslå den."),
        others_do=_l("Begge parter har sagt ja. Koblingen venter på en koordinator."),
        coordinators_do=_l("Du har hatt en rolle i saken. Den venter på en annen koordinator."),
    ),
    PairingTask.ADVISER: Task(
        page=("pairings.show", "pairing_id"),
        label=_l("Kobling du er innkjøpsrådgiver for"),
        others_do=_l("Les saken. Partene og koordinatoren kan spørre deg til råds."),
    ),
}
"""How what waits is shown."""
