"""The words for the code words of lessons."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.lessons.states import (
    LessonEvent,
    LessonRefusal,
    LessonTask,
    Outcome,
)
from marketplace.ui.labels import LabelTables, Wording
from marketplace.ui.tasks import Task, Tasks

OUTCOMES: dict[StrEnum, Wording] = {
    Outcome.BOUGHT: _l("Førte til kjøp"),
    Outcome.PURCHASE_CANCELLED: _l("Skulle kjøpes, men anskaffelsen ble avlyst"),
    Outcome.NOT_BOUGHT: _l("Prøvd ut, men ikke kjøpt"),
    Outcome.STOPPED: _l("Stoppet underveis"),
    Outcome.EXTENSION_LAPSED: _l("Forlenget, men ikke tatt opp igjen"),
    Outcome.NOT_TESTED: _l("Ble ikke prøvd ut"),
}

EVENTS: dict[StrEnum, Wording] = {
    LessonEvent.WRITTEN: _l("Læringspunktene ble skrevet"),
    LessonEvent.CHANGED: _l("Læringspunktene ble endret"),
    LessonEvent.PUBLISHED: _l("Læringspunktene ble publisert"),
}


REFUSALS: dict[StrEnum, Wording] = {
    LessonRefusal.PARTIES_ONLY: _l(
        "Hver side skriver sine egne læringspunkter. Disse skrives av: %(side)s."
    ),
    LessonRefusal.WROTE_FOR_OTHER_SIDE: _l(
        "Du har skrevet læringspunktene for den andre siden. En annen må skrive for denne."
    ),
    LessonRefusal.CASE_NOT_APPROVED: _l(
        "Læringspunkter skrives i saker som er godkjent. Det gjør en koordinator i kommunen."
    ),
    LessonRefusal.CASE_OVER: _l(
        "Saken er avsluttet, og læringspunktene er publisert. De kan ikke endres."
    ),
    LessonRefusal.PILOT_ONGOING: _l(
        "Utprøvingen er ikke avsluttet. Enheten kan fullføre den, og begge parter kan stoppe den."
    ),
    LessonRefusal.TEXT_MISSING: _l(
        "Skriv noen ord her. Andre som skal prøve noe lignende, trenger dem."
    ),
    LessonRefusal.PERSONAL_DATA: _l(
        "«%(words)s» ser ut som %(what)s. Ta det bort: alle kan lese teksten når saken er"
        " avsluttet."
    ),
    LessonRefusal.LESSON_MISSING: _l(
        "%(side)s har ikke skrevet læringspunkter ennå. De kan skrives av %(who)s."
    ),
    LessonRefusal.DECISION_AWAITED: _l(
        "Beslutningen er ikke tatt. Det gjør den som har rollen «%(role)s» i saken."
    ),
    LessonRefusal.PROCUREMENT_ONGOING: _l(
        "Anskaffelsen er ikke ferdig. Den som har rollen «%(role)s» i saken, registrerer kontrakten"
        " eller avlyser anskaffelsen."
    ),
    LessonRefusal.STOP_REASON_MISSING: _l(
        "%(side)s har ikke sagt hvorfor utprøvingen ble stoppet. Grunnen kan gis av %(who)s."
    ),
    LessonRefusal.LEADER_OWNER_OR_COORDINATOR: _l(
        "Bare enhetslederen, eieren av saken eller en koordinator i kommunen kan avslutte den."
    ),
}

LABELS: LabelTables = (OUTCOMES, EVENTS, REFUSALS)


TASKS: Tasks = {
    LessonTask.UNIT: Task(
        page=("lessons.show", "pairing_id"),
        label=_l("Sak uten enhetens læringspunkter"),
        to_do=_l("Skriv hva enheten lærte. Det hjelper den neste som har samme behov."),
    ),
    LessonTask.ENTREPRENEUR: Task(
        page=("lessons.show", "pairing_id"),
        label=_l("Sak uten entreprenørens læringspunkter"),
        to_do=_l("Skriv hva dere lærte. Det hjelper den neste."),
    ),
    LessonTask.CLOSE: Task(
        page=("lessons.show", "pairing_id"),
        label=_l("Sak som kan avsluttes"),
        to_do=_l("Begge sider har skrevet hva de lærte. Avslutt saken."),
    ),
}
"""How what waits is shown."""
