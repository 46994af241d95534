"""The words for the code words of agreements."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.agreements.states import (
    AgreementAwaited,
    AgreementEvent,
    AgreementMove,
    AgreementRefusal,
    AgreementRequirement,
    AgreementState,
    AgreementTask,
    AgreementTrigger,
)
from marketplace.ui.changes import Told, amount, day, money
from marketplace.ui.labels import LabelTables, Wording
from marketplace.ui.tasks import Task, Tasks

STATES: dict[StrEnum, Wording] = {
    AgreementState.DRAFT: _l("Utkast"),
    AgreementState.OFFERED: _l("Til underskrift"),
    AgreementState.SIGNED: _l("Gjelder"),
    AgreementState.SUPERSEDED: _l("Erstattet"),
    AgreementState.WITHDRAWN: _l("Trukket"),
}

MOVES: dict[StrEnum, Wording] = {
    AgreementMove.OFFER: _l("Send til underskrift"),
    AgreementMove.SEND_BACK: _l("Send tilbake til utkast"),
    AgreementMove.SIGN: _l("Skriv under"),
    AgreementMove.SUPERSEDE: _l("Erstatt"),
    AgreementMove.WITHDRAW: _l("Trekk versjonen"),
}

TRIGGERS: dict[StrEnum, Wording] = {
    AgreementTrigger.FIRST: _l("Første versjon"),
    AgreementTrigger.RENEGOTIATION: _l("Partene forhandler på nytt"),
    AgreementTrigger.EXTENSION: _l("Utprøvingen forlenges"),
}

REQUIREMENTS: dict[StrEnum, Wording] = {
    AgreementRequirement.PURPOSE: _l("Formålet med utprøvingen"),
    AgreementRequirement.UNIT_CONTRIBUTION: _l("Hva enheten bidrar med"),
    AgreementRequirement.ENTREPRENEUR_CONTRIBUTION: _l("Hva entreprenøren bidrar med"),
    AgreementRequirement.HOURS: _l("Timer fra begge parter"),
    AgreementRequirement.SITES: _l("Minst ett sted"),
    AgreementRequirement.COST_CAP: _l("Hva utprøvingen høyst kan koste"),
    AgreementRequirement.COST_CAP_COVERS_PAYMENT: _l("Betalingen er innenfor kostnadstaket"),
    AgreementRequirement.CRITERIA: _l("Suksesskriterier, alle med måling og mål"),
    AgreementRequirement.WEIGHTS_ADD_UP: _l("Vektene blir 100 til sammen"),
    AgreementRequirement.TEST_PERIOD: _l("Når utprøvingen starter og slutter"),
    AgreementRequirement.CHECKPOINTS: _l("Minst ett sjekkpunkt"),
    AgreementRequirement.CHECKPOINTS_IN_PERIOD: _l("Sjekkpunktene er i prøveperioden"),
    AgreementRequirement.DECISION_DATE: _l("Dato for beslutning"),
    AgreementRequirement.DECISION_AFTER_TEST: _l("Beslutningen kommer etter utprøvingen"),
    AgreementRequirement.DATES_AHEAD: _l("Slutt og beslutning er fram i tid"),
    AgreementRequirement.ON_YES: _l("Hva som skjer ved ja"),
    AgreementRequirement.ON_NO: _l("Hva som skjer ved nei"),
    AgreementRequirement.DATA_PROTECTION: _l("Personvern"),
    AgreementRequirement.OWNERSHIP: _l("Hvem som eier det som blir laget"),
}

AWAITED: dict[StrEnum, Wording] = {
    AgreementAwaited.START: _l("at tjenesteenheten eller entreprenøren begynner på avtalen"),
    AgreementAwaited.OFFER: _l(
        "at tjenesteenheten eller entreprenøren gjør avtalen ferdig og sender den til underskrift"
    ),
    AgreementAwaited.BOTH_SIGNATURES: _l("at enhetslederen og entreprenøren skriver under"),
    AgreementAwaited.UNIT_SIGNATURE: _l("at enhetslederen skriver under"),
    AgreementAwaited.ENTREPRENEUR_SIGNATURE: _l("at entreprenøren skriver under"),
}

EVENTS: dict[StrEnum, Wording] = {
    AgreementEvent.STARTED: _l("Utkastet ble påbegynt"),
    AgreementEvent.CHANGED: _l("Utkastet ble endret"),
    AgreementEvent.OFFERED: _l("Sendt til underskrift"),
    AgreementEvent.SENT_BACK: _l("Sendt tilbake til utkast"),
    AgreementEvent.UNIT_SIGNED: _l("Tjenesteenheten skrev under"),
    AgreementEvent.ENTREPRENEUR_SIGNED: _l("Entreprenøren skrev under"),
    AgreementEvent.IN_FORCE: _l("Avtalen gjelder"),
    AgreementEvent.SUPERSEDED: _l("Erstattet av en ny versjon"),
    AgreementEvent.WITHDRAWN: _l("Versjonen ble trukket"),
    AgreementEvent.TEMPLATE_CHANGED: _l("Avtalemalen ble endret"),
}


REFUSALS: dict[StrEnum, Wording] = {
    AgreementRefusal.PARTIES_ONLY: _l(
        "Bare tjenesteenheten og entreprenøren kan gjøre dette. Ta kontakt med en av dem."
    ),
    AgreementRefusal.SIGNERS_ONLY: _l(
        "Bare enhetslederen og entreprenøren kan skrive under avtalen."
    ),
    AgreementRefusal.ALREADY_SIGNED: _l(
        "Dere har allerede skrevet under. Nå er det den andre partens tur."
    ),
    AgreementRefusal.SIGNED_FOR_OTHER_SIDE: _l(
        "Du har skrevet under for den ene parten. En annen person må skrive under for den andre."
    ),
    AgreementRefusal.CASE_NOT_APPROVED: _l(
        "Avtalen kan bare endres mens koblingen er godkjent. En koordinator godkjenner koblinger."
    ),
    AgreementRefusal.VERSION_OPEN: _l(
        "Det finnes alt en versjon som ikke er ferdig. Gjør den ferdig, eller trekk den først."
    ),
    AgreementRefusal.NOTHING_IN_FORCE: _l(
        "Begge parter må skrive under den første versjonen før det kan lages en ny."
    ),
    AgreementRefusal.DATE_DECIDED: _l(
        "Beslutteren bestemte denne datoen da utprøvingen ble forlenget. Den kan ikke endres her."
    ),
    AgreementRefusal.TEST_ENDED: _l(
        "Utprøvingen er over, så avtalen kan ikke endres. Beslutteren kan forlenge utprøvingen én"
        " gang."
    ),
    AgreementRefusal.ONLY_RENEGOTIATION_WITHDRAWN: _l(
        "Denne versjonen kan ikke trekkes. Endre den, og send den til underskrift på nytt."
    ),
    AgreementRefusal.NOT_READY: _l("Avtalen kan ikke sendes til underskrift ennå. Dette mangler:"),
    AgreementRefusal.LOCKED: _l(
        "Teksten kan ikke endres nå. Bare et utkast kan endres: Send versjonen tilbake, eller lag"
        " en ny."
    ),
    AgreementRefusal.DATES_PASSED: _l(
        "Datoene i avtalen er passert. Send den tilbake til utkast, og sett nye datoer for slutt"
        " og beslutning."
    ),
    AgreementRefusal.ADMINISTRATORS_ONLY: _l("Bare en administrator kan endre avtalemalene."),
    AgreementRefusal.TEXT_MISSING: _l("Skriv en tekst her. Nye avtaler starter med den."),
    AgreementRefusal.PLACE_UNKNOWN: _l(
        "«%(place)s» byttes ikke ut med noe. Bruk {behov}, {konsept}, {enhet}, {kommune} eller"
        " {entreprenør}, eller ta bort klammene."
    ),
    AgreementRefusal.NUMBER_OUT_OF_RANGE: _l(
        "Tallet er for lite eller for stort. En vekt er fra 1 til 100, andre tall fra 0 og oppover."
    ),
    AgreementRefusal.UNIT_OUTSIDE_MUNICIPALITY: _l("Velg en enhet i kommunen fra lista."),
    AgreementRefusal.ROW_INCOMPLETE: _l("Gi hver rad et navn, eller fjern raden."),
    AgreementRefusal.ROW_TWICE: _l("Den samme raden står to ganger. Fjern den ene."),
}

CHANGES: Mapping[str, Told] = {
    "unit_hours": amount(_l("Timer fra enheten")),
    "unit_money": money(_l("Penger fra enheten")),
    "entrepreneur_hours": amount(_l("Timer fra entreprenøren")),
    "entrepreneur_money": money(_l("Penger fra entreprenøren")),
    "payment": money(_l("Betaling for utprøvingen")),
    "cost_cap": money(_l("Utprøvingen koster høyst")),
    "test_starts_on": day(_l("Utprøvingen starter")),
    "test_ends_on": day(_l("Utprøvingen slutter")),
    "decision_on": day(_l("Beslutning senest")),
}
"""What the history tells of a draft; texts are held side by side between versions."""

LABELS: LabelTables = (
    STATES,
    MOVES,
    TRIGGERS,
    REQUIREMENTS,
    AWAITED,
    EVENTS,
    REFUSALS,
)
"""One mapping an enum: members of two enums with the same value are equal as keys."""


TASKS: Tasks = {
    AgreementTask.MISSING: Task(
        page=("agreements.show", "pairing_id"),
        label=_l("Godkjent kobling uten avtale"),
        to_do=_l("Skriv avtalen om utprøvingen, og send den til den andre parten."),
    ),
    AgreementTask.DRAFT: Task(
        page=("agreements.show", "pairing_id"),
        label=_l("Utkast til avtale"),
        to_do=_l("Skriv avtalen ferdig, og send den til underskrift."),
    ),
    AgreementTask.UNIT_SIGNATURE: Task(
        page=("agreements.show", "pairing_id"),
        label=_l("Avtale uten enhetens underskrift"),
        to_do=_l("Les avtalen. Signer den, eller send den tilbake."),
        others_do=_l("Dere venter på at enhetslederen signerer avtalen."),
    ),
    AgreementTask.ENTREPRENEUR_SIGNATURE: Task(
        page=("agreements.show", "pairing_id"),
        label=_l("Avtale uten entreprenørens underskrift"),
        to_do=_l("Les avtalen. Signer den, eller send den tilbake."),
    ),
}
"""How what waits is shown."""
