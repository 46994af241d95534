"""The words for the code words of decisions."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.decisions.states import (
    DecisionDate,
    DecisionEvent,
    DecisionMove,
    DecisionRefusal,
    DecisionState,
    DecisionTask,
    Reminder,
)
from marketplace.ui.labels import LabelTables, Wording
from marketplace.ui.tasks import Task, Tasks

STATES: dict[StrEnum, Wording] = {
    DecisionState.AWAITED: _l("Venter på beslutning"),
    DecisionState.BUY: _l("Kommunen vil kjøpe"),
    DecisionState.EXTEND: _l("Utprøvingen forlenges"),
    DecisionState.STOP: _l("Kommunen kjøper ikke"),
}

MOVES: dict[StrEnum, Wording] = {
    DecisionMove.BUY: _l("Kjøpe. En anskaffelse blir åpnet."),
    DecisionMove.EXTEND: _l(
        "Forlenge utprøvingen. Det går bare én gang, og begge parter må signere nye datoer."
    ),
    DecisionMove.STOP: _l("Stoppe. Utprøvingen fører ikke til kjøp."),
}

REMINDERS: dict[StrEnum, Wording] = {
    Reminder.BEFORE: _l("14 dager før fristen"),
    Reminder.ON_THE_DAY: _l("på fristen"),
    Reminder.LATE: _l("7 dager etter fristen"),
    Reminder.VERY_LATE: _l("28 dager etter fristen"),
}

EVENTS: dict[StrEnum, Wording] = {
    DecisionEvent.AWAITED: _l("Utprøvingen var ferdig. Saken venter på beslutningen"),
    DecisionEvent.BOUGHT: _l("Beslutning: kommunen vil kjøpe"),
    DecisionEvent.EXTENDED: _l("Beslutning: utprøvingen forlenges"),
    DecisionEvent.STOPPED: _l("Beslutning: kommunen kjøper ikke"),
    DecisionEvent.REMINDED: _l("Påminnelse om beslutningen ble sendt"),
}


REFUSALS: dict[StrEnum, Wording] = {
    DecisionRefusal.DECISION_MAKER_ONLY: _l(
        "Bare den som har rollen «%(role)s» i saken, eller vara for den, kan ta beslutningen."
    ),
    DecisionRefusal.SPEAKS_FOR_ENTREPRENEUR: _l(
        "Du hører også til entreprenøren i saken, og kan ikke ta beslutningen. Be koordinatoren"
        " eller lederen i enheten om å gi rollen «%(role)s» til en annen."
    ),
    DecisionRefusal.EXTENDED_BEFORE: _l(
        "Utprøvingen er forlenget én gang før. Nå må dere velge å kjøpe eller å stoppe."
    ),
    DecisionRefusal.DATE_MISSING: _l(
        "Skriv når beslutningen skal tas etter forlengelsen, for eksempel 31.12.2026."
    ),
    DecisionRefusal.DATE_NOT_LATER: _l(
        "Den nye datoen må være senere enn fristen dere har avtalt nå."
    ),
    DecisionRefusal.DATE_PASSED: _l("Den nye datoen må ligge fram i tid."),
    DecisionRefusal.NOT_AWAITED: _l(
        "Det er ingen beslutning å ta ennå. Den kommer når enheten har fullført utprøvingen."
    ),
    DecisionRefusal.PILOT_STOPPED: _l(
        "Utprøvingen ble stoppet før den var ferdig, så det er ingen beslutning å ta. Nå skriver"
        " begge sider hva de lærte."
    ),
    DecisionRefusal.AGREEMENT_MISSING: _l(
        "Saken mangler en signert avtale med beslutningsdato. Enheten og entreprenøren må signere"
        " den først."
    ),
}

DATES: dict[StrEnum, Wording] = {
    DecisionDate.AWAITED: _l("Frist for beslutning"),
    DecisionDate.AGREED: _l("Avtalt beslutningsdato"),
}

LABELS: LabelTables = (DATES, STATES, MOVES, REMINDERS, EVENTS, REFUSALS)


TASKS: Tasks = {
    DecisionTask.DECIDE: Task(
        page=("decisions.show", "pairing_id"),
        label=_l("Utprøving som venter på beslutning"),
        to_do=_l("Utprøvingen er ferdig. Kjøp, forleng én gang eller stopp."),
        others_do=_l("Utprøvingen er ferdig. Kommunens beslutter har ikke svart ennå."),
    ),
}
"""How what waits is shown."""
