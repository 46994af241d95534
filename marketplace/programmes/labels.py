"""The words for the code words of programmes."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.programmes.states import (
    ProgrammeEvent,
    ProgrammeRefusal,
    ProgrammeStanding,
)
from marketplace.ui.changes import Told, amount, day, money
from marketplace.ui.labels import LabelTables, Wording

STANDINGS: dict[StrEnum, Wording] = {
    ProgrammeStanding.NOT_STARTED: _l("Ikke startet"),
    ProgrammeStanding.ON_PLAN: _l("I rute"),
    ProgrammeStanding.BEHIND: _l("Forsinket"),
    ProgrammeStanding.REACHED: _l("Målet er nådd"),
    ProgrammeStanding.OVER: _l("Flere enn avtalt"),
}

EVENTS: dict[StrEnum, Wording] = {
    ProgrammeEvent.CREATED: _l("Programmet ble opprettet"),
    ProgrammeEvent.CHANGED: _l("Programmet ble endret"),
    ProgrammeEvent.FUNDS_USED: _l("Bruk av midler ble ført"),
}


REFUSALS: dict[StrEnum, Wording] = {
    ProgrammeRefusal.COORDINATORS_ONLY: _l(
        "Bare en koordinator i kommunen kan lage og endre programmet og føre bruk av midler."
    ),
    ProgrammeRefusal.NAME_MISSING: _l("Skriv et navn på programmet."),
    ProgrammeRefusal.PARTNER_MISSING: _l(
        "Velg en partner fra lista. En administrator kan registrere flere partnere."
    ),
    ProgrammeRefusal.NUMBER_TOO_SMALL: _l("Tallet er for lite. Skriv et større tall."),
    ProgrammeRefusal.MAXIMUM_BELOW_MINIMUM: _l(
        "Det høyeste antallet kan ikke være lavere enn det laveste. Skriv samme tall eller høyere."
    ),
    ProgrammeRefusal.ENDS_BEFORE_START: _l(
        "Programmet må slutte etter at det starter. Velg en senere dag."
    ),
    ProgrammeRefusal.FUNDS_BELOW_USED: _l(
        "Det er alt brukt %(used)s kroner. Midlene kan ikke være lavere enn det."
    ),
    ProgrammeRefusal.AMOUNT_MISSING: _l(
        "Skriv hvor mye som er brukt. Skal noe føres tilbake, skriver du minus foran."
    ),
    ProgrammeRefusal.MORE_THAN_FUNDS: _l(
        "Det er %(left)s kroner igjen, og dette er mer. Er det kommet flere midler, endrer du"
        " programmet først."
    ),
    ProgrammeRefusal.MORE_THAN_USED: _l(
        "Det er brukt %(used)s kroner, og mer enn det kan ikke føres tilbake."
    ),
    ProgrammeRefusal.DAY_AHEAD: _l("Velg en dag som har vært. Bare det som er brukt, føres."),
    ProgrammeRefusal.DAY_BEFORE_START: _l(
        "Programmet begynte %(day)s. Velg den dagen eller en senere."
    ),
    ProgrammeRefusal.TEXT_MISSING: _l("Skriv hva midlene er brukt til."),
}

CHANGES: Mapping[str, Told] = {
    "name": Told(_l("Navn")),
    "starts_on": day(_l("Første dag")),
    "ends_on": day(_l("Siste dag")),
    "minimum": amount(_l("Minst så mange utprøvinger")),
    "maximum": amount(_l("Høyst så mange utprøvinger")),
    "funds": money(_l("Midler")),
}

LABELS: LabelTables = (STANDINGS, EVENTS, REFUSALS)
