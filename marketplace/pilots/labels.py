"""The words for the code words of pilots."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.pilots.states import (
    CapLevel,
    CheckpointAnswer,
    CheckpointReminder,
    CheckpointStatus,
    Ending,
    PilotDate,
    PilotEvent,
    PilotMove,
    PilotRefusal,
    PilotState,
    PilotTask,
    Reached,
    StopReason,
)
from marketplace.ui.labels import LabelTables, Wording
from marketplace.ui.tasks import Task, Tasks

STATES: dict[StrEnum, Wording] = {
    PilotState.PLANNED: _l("Planlagt"),
    PilotState.RUNNING: _l("I gang"),
    PilotState.ENDED: _l("Avsluttet"),
}

MOVES: dict[StrEnum, Wording] = {
    PilotMove.START: _l("Start utprøvingen"),
    PilotMove.COMPLETE: _l("Fullfør utprøvingen"),
    PilotMove.STOP: _l("Stopp utprøvingen"),
    PilotMove.RESUME: _l("Fortsett utprøvingen"),
}

ENDINGS: dict[StrEnum, Wording] = {
    Ending.COMPLETED: _l("Fullført"),
    Ending.STOPPED: _l("Stoppet"),
}

STOP_REASONS: dict[StrEnum, Wording] = {
    StopReason.NO_EFFECT: _l("Vi ser ikke den virkningen vi håpet på"),
    StopReason.TOO_FEW_PARTICIPANTS: _l("For få deltakere"),
    StopReason.NOT_ENOUGH_TIME: _l("For lite tid"),
    StopReason.STAFF_CHANGED: _l("Nøkkelpersoner har sluttet eller byttet jobb"),
    StopReason.TOO_EXPENSIVE: _l("Det ble for dyrt"),
    StopReason.DATA_PROTECTION: _l("Personvernet lot seg ikke løse"),
    StopReason.NEED_CHANGED: _l("Behovet har endret seg"),
    StopReason.COOPERATION: _l("Samarbeidet fungerte ikke"),
    StopReason.NOT_READY: _l("Konseptet eller enheten var ikke klar"),
    StopReason.OTHER: _l("Annen grunn"),
}

CHECKPOINT_STATUSES: dict[StrEnum, Wording] = {
    CheckpointStatus.ON_TRACK: _l("Går som planlagt"),
    CheckpointStatus.SOME_TROUBLE: _l("Noe går tregere enn planlagt"),
    CheckpointStatus.OFF_TRACK: _l("Går ikke som planlagt"),
}

CHECKPOINT_ANSWERS: dict[StrEnum, Wording] = {
    CheckpointAnswer.CONFIRM: _l("Avtalen gjelder fortsatt slik den er"),
    CheckpointAnswer.RENEGOTIATE: _l("Vi må forhandle om avtalen på nytt"),
}

REMINDERS: dict[StrEnum, Wording] = {
    CheckpointReminder.NEAR: _l("Påminnelse før et sjekkpunkt"),
    CheckpointReminder.OVERDUE: _l("Påminnelse til den som ikke har rapportert"),
    CheckpointReminder.LONG_OVERDUE: _l("Beskjed til koordinator om at rapporten mangler"),
}

CAP_LEVELS: dict[StrEnum, Wording] = {
    CapLevel.BELOW: _l("Innenfor kostnadstaket"),
    CapLevel.NEAR: _l("Nær kostnadstaket"),
    CapLevel.OVER: _l("Over kostnadstaket"),
}

REACHED: dict[StrEnum, Wording] = {
    Reached.FULLY: _l("Nådd"),
    Reached.PARTLY: _l("Delvis nådd"),
    Reached.NOT: _l("Ikke nådd"),
    Reached.NOT_MEASURED: _l("Ikke målt"),
}

EVENTS: dict[StrEnum, Wording] = {
    PilotEvent.PLANNED: _l("Utprøvingen ble planlagt etter avtalen"),
    PilotEvent.STARTED: _l("Utprøvingen startet"),
    PilotEvent.REPORTED: _l("Rapporterte ved et sjekkpunkt"),
    PilotEvent.RENEGOTIATION_ASKED: _l("Ba om å forhandle om avtalen på nytt"),
    PilotEvent.EFFORT_RECORDED: _l("Førte timer eller penger"),
    PilotEvent.MEASURED: _l("Skrev resultatet for et suksesskriterium"),
    PilotEvent.COMPLETED: _l("Utprøvingen ble fullført"),
    PilotEvent.STOPPED: _l("Utprøvingen ble stoppet"),
    PilotEvent.STOP_REASON_GIVEN: _l("Den andre siden ga sin grunn til stansen"),
    PilotEvent.RESUMED: _l("Utprøvingen fortsatte etter en forlengelse"),
    PilotEvent.CHECKPOINTS_CHANGED: _l("Sjekkpunktene ble endret etter ny versjon av avtalen"),
    PilotEvent.CAP_EXCEEDED: _l("Kostnadstaket ble overskredet"),
    PilotEvent.REMINDED: _l("Minnet om et sjekkpunkt"),
}


REFUSALS: dict[StrEnum, Wording] = {
    PilotRefusal.UNIT_ONLY: _l(
        "Bare en leder eller medarbeider i enheten bak behovet kan gjøre dette."
    ),
    PilotRefusal.SPEAKS_FOR_ENTREPRENEUR: _l(
        "Du hører også til entreprenøren, og kan ikke måle eller fullføre utprøvingen. Det må en"
        " annen i enheten gjøre."
    ),
    PilotRefusal.PARTIES_ONLY: _l(
        "Bare tjenesteenheten og entreprenøren kan gjøre dette. Ta kontakt med en av dem."
    ),
    PilotRefusal.AGREEMENT_MISSING: _l(
        "Ingen avtale gjelder for utprøvingen. Begge sider må signere avtalen først."
    ),
    PilotRefusal.DECISION_DATE_PASSED: _l(
        "Beslutningsdatoen i avtalen (%(day)s) ligger ikke fram i tid. Avtal en ny dato i en ny"
        " versjon av avtalen først. Det kan enheten og entreprenøren gjøre."
    ),
    PilotRefusal.STARTS_LATER: _l(
        "Etter avtalen kan utprøvingen tidligst starte %(day)s. Vent til da, eller avtal en ny"
        " startdato i en ny versjon av avtalen."
    ),
    PilotRefusal.ALREADY_REPORTED: _l(
        "Din side har alt rapportert på dette sjekkpunktet. Skal timer eller penger rettes, kan du"
        " føre en retting under Timer og penger."
    ),
    PilotRefusal.REPORTED_FOR_OTHER_SIDE: _l(
        "Du har rapportert for den andre siden på dette sjekkpunktet. En annen person må rapportere"
        " for denne siden."
    ),
    PilotRefusal.CHECKPOINT_LATER: _l("Du kan rapportere på dette sjekkpunktet fra %(day)s."),
    PilotRefusal.CHECKPOINT_DROPPED: _l(
        "Sjekkpunktet gjelder ikke lenger, fordi avtalen har fått en ny versjon. Rapporter på det"
        " neste sjekkpunktet."
    ),
    PilotRefusal.STATUS_MISSING: _l("Velg hvordan det går."),
    PilotRefusal.ANSWER_MISSING: _l("Velg om avtalen fortsatt gjelder, eller må endres."),
    PilotRefusal.RENEGOTIATION_REASON_MISSING: _l(
        "Skriv hva i avtalen som må endres. Begge sider ser det."
    ),
    PilotRefusal.NOT_RUNNING: _l(
        "Utprøvingen er ikke i gang. Dette kan bare gjøres mens den er i gang."
    ),
    PilotRefusal.CASE_OVER: _l("Saken er avsluttet, og ingenting kan endres i utprøvingen."),
    PilotRefusal.CRITERIA_UNMEASURED: _l(
        "Disse suksesskriteriene er ikke målt ennå: %(criteria)s. Mål dem, eller velg «Ikke målt»"
        " og skriv hvorfor."
    ),
    PilotRefusal.CRITERION_NOT_AGREED: _l(
        "Avtalen har fått en ny versjon med andre suksesskriterier. Gå til utprøvingen og mål"
        " kriteriene som gjelder nå."
    ),
    PilotRefusal.SITE_NOT_AGREED: _l(
        "Avtalen har fått en ny versjon med andre steder. Gå til utprøvingen og mål på stedene som"
        " gjelder nå."
    ),
    PilotRefusal.REACHED_MISSING: _l("Velg om kriteriet er nådd."),
    PilotRefusal.VALUE_MISSING: _l("Skriv hva dere målte, for eksempel «31 av 40 deltakere»."),
    PilotRefusal.WHY_NOT_MEASURED: _l("Skriv hvorfor kriteriet ikke er målt."),
    PilotRefusal.STOP_REASON_MISSING: _l("Velg en grunn. Begge sider får se den."),
    PilotRefusal.ALREADY_GAVE_REASON: _l(
        "Din side har alt gitt sin grunn til at utprøvingen ble stoppet. Mer kan dere skrive i"
        " læringspunktene."
    ),
    PilotRefusal.SPOKE_FOR_OTHER_SIDE: _l(
        "Du har gitt grunnen for den andre siden. En annen person må svare for denne siden."
    ),
    PilotRefusal.NOT_STOPPED: _l("Utprøvingen er ikke stoppet, så det trengs ingen grunn."),
    PilotRefusal.NUMBER_OUT_OF_RANGE: _l("Skriv et tall fra %(least)s til %(most)s."),
    PilotRefusal.NOTHING_USED: _l("Skriv timer eller penger. Begge deler kan ikke være 0."),
    PilotRefusal.BELOW_NOTHING: _l(
        "Rettingen tar bort mer enn dere har ført. Til sammen er det ført %(used)s."
    ),
    PilotRefusal.DATE_AHEAD: _l("Datoen ligger fram i tid. Før det dere har brukt til nå."),
    PilotRefusal.DATE_BEFORE_AGREEMENT: _l(
        "Første dag dere kan føre på, er %(first)s. Før det gjaldt ingen avtale om utprøvingen."
    ),
    PilotRefusal.TEXT_MISSING: _l("Skriv noen ord her. De andre i saken trenger dem."),
    PilotRefusal.PERSONAL_DATA: _l(
        "«%(words)s» ser ut som %(what)s. Ta det bort: alle i saken kan lese rapporten."
    ),
}

DATES: dict[StrEnum, Wording] = {
    PilotDate.CHECKPOINT: _l("Sjekkpunkt"),
}

LABELS: LabelTables = (
    DATES,
    STATES,
    MOVES,
    ENDINGS,
    STOP_REASONS,
    CHECKPOINT_STATUSES,
    CHECKPOINT_ANSWERS,
    REMINDERS,
    CAP_LEVELS,
    REACHED,
    EVENTS,
    REFUSALS,
)
"""One mapping an enum: members of two enums with the same value are equal as keys."""


TASKS: Tasks = {
    PilotTask.START: Task(
        page=("pilots.show", "pairing_id"),
        label=_l("Utprøving som skal starte"),
        to_do=_l("Avtalt startdag er kommet. Start utprøvingen."),
    ),
    PilotTask.END: Task(
        page=("pilots.show", "pairing_id"),
        label=_l("Utprøving som skal avsluttes"),
        to_do=_l("Siste dag er passert. Skriv inn resultatene, og avslutt utprøvingen."),
    ),
    PilotTask.CHECKPOINT_UNIT: Task(
        page=("pilots.show", "pairing_id"),
        label=_l("Sjekkpunkt uten enhetens rapport"),
        to_do=_l("Fortell hvordan det går, og bekreft avtalen eller be om endringer."),
    ),
    PilotTask.CHECKPOINT_ENTREPRENEUR: Task(
        page=("pilots.show", "pairing_id"),
        label=_l("Sjekkpunkt uten entreprenørens rapport"),
        to_do=_l("Fortell hvordan det går, og bekreft avtalen eller be om endringer."),
    ),
    PilotTask.STOP_REASON_UNIT: Task(
        page=("pilots.show", "pairing_id"),
        label=_l("Stanset utprøving uten enhetens grunn"),
        to_do=_l("Utprøvingen er stanset. Si hvorfor, sett fra enheten."),
    ),
    PilotTask.STOP_REASON_ENTREPRENEUR: Task(
        page=("pilots.show", "pairing_id"),
        label=_l("Stanset utprøving uten entreprenørens grunn"),
        to_do=_l("Utprøvingen er stanset. Si hvorfor, sett fra dere."),
    ),
}
"""How what waits is shown."""
