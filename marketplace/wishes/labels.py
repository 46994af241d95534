"""The wording of leadership's wishes."""

from flask_babel import lazy_gettext as _l

from marketplace.ui.labels import LabelTables
from marketplace.wishes.states import (
    Voice,
    WishEvent,
    WishMove,
    WishRefusal,
    WishState,
)

LABELS: LabelTables = (
    {
        WishState.OPEN: _l("Venter på en enhet"),
        WishState.TAKEN_ON: _l("Tatt opp av en enhet"),
        WishState.WITHDRAWN: _l("Trukket"),
    },
    {
        WishMove.TAKE_ON: _l("Ta opp ønsket"),
        WishMove.SAY_NO: _l("Si nei for enheten"),
        WishMove.WITHDRAW: _l("Trekk ønsket"),
    },
    {
        WishEvent.RAISED: _l("Ledelsen meldte ønsket"),
        WishEvent.TAKEN_ON: _l("En enhet tok opp ønsket"),
        WishEvent.UNIT_SAID_NO: _l("En enhet sa nei"),
        WishEvent.WITHDRAWN: _l("Ledelsen trakk ønsket"),
        WishEvent.NEED_PUBLISHED: _l("Behovet ble publisert"),
    },
    {
        WishRefusal.LEADERSHIP_ONLY: _l("Bare ledelsen i kommunen kan gjøre dette."),
        WishRefusal.UNIT_MEMBERS_ONLY: _l(
            "Bare de som arbeider i en av kommunens enheter, kan ta opp et ønske, og bare for sin"
            " egen enhet."
        ),
        WishRefusal.UNIT_LEADERS_ONLY: _l(
            "Bare enhetens leder kan si nei på vegne av enheten. Be lederen logge inn og gjøre det."
        ),
        WishRefusal.UNIT_OUTSIDE_MUNICIPALITY: _l("Velg en enhet i kommunen som ønsket gjelder."),
        WishRefusal.ALREADY_SAID_NO: _l(
            "%(unit)s har allerede sagt nei. Har dere ombestemt dere, kan dere ta opp ønsket."
        ),
        WishRefusal.TEXT_MISSING: _l("Skriv noe i feltet."),
    },
    {
        Voice.LEADERSHIP: _l("Ledelsen"),
        Voice.UNITS: _l("Enhetene"),
        Voice.USERS: _l("Brukere og pårørende"),
        Voice.OTHERS: _l("Andre"),
    },
)
