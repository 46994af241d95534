"""The wording of interests."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.interests.models import Interest
from marketplace.interests.states import (
    InterestEvent,
    InterestMove,
    InterestRefusal,
    InterestState,
    InterestWork,
)
from marketplace.needs.awaited import takes_answers
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.ui.filters import norwegian_date
from marketplace.ui.labels import LabelTables, label

LABELS: LabelTables = (
    {
        InterestState.REGISTERED: _l("Meldt"),
        InterestState.WITHDRAWN: _l("Trukket"),
        InterestState.DECLINED: _l("Enheten sa nei"),
    },
    {
        InterestMove.CHANGE: _l("Endre"),
        InterestMove.WITHDRAW: _l("Trekk interessen"),
        InterestMove.DECLINE: _l("Si nei til interessen"),
    },
    {
        InterestEvent.REGISTERED: _l("Interessen ble meldt"),
        InterestEvent.CHANGED: _l("Svaret ble endret"),
        InterestEvent.WITHDRAWN: _l("Interessen ble trukket"),
        InterestEvent.DECLINED: _l("Enheten sa nei til interessen"),
    },
    {
        InterestRefusal.OWNERS_ONLY: _l(
            "Bare entreprenørene i organisasjonen som eier konseptet, kan gjøre dette."
        ),
        InterestRefusal.NEED_NOT_OPEN: _l(
            "Behovet er ikke åpent for interesser nå. Se etter andre behov som passer til"
            " konseptet."
        ),
        InterestRefusal.DEADLINE_PASSED: _l(
            "Fristen for å melde interesse er gått ut. Se etter andre behov som passer til"
            " konseptet."
        ),
        InterestRefusal.CONCEPT_NOT_PUBLISHED: _l(
            "Konseptet må være publisert før dere kan melde interesse med det. Publiser det først."
        ),
        InterestRefusal.ALREADY_REGISTERED: _l(
            "Dere har allerede meldt interesse med dette konseptet. Endre den i «Mine interesser»."
        ),
        InterestRefusal.POINT_MISSING: _l("Svar på dette punktet også."),
        InterestRefusal.UNIT_MEMBERS_ONLY: _l(
            "Bare de som arbeider i %(unit)s, kan si nei til interessen. Ta kontakt med enheten."
        ),
        InterestRefusal.NEED_CLOSED: _l(
            "Behovet er avsluttet, og de som svarte, har fått vite hvordan det gikk."
        ),
        InterestRefusal.IN_OPEN_PAIRING: _l(
            "Interessen er grunnlaget for en åpen kobling. Trekk koblingen først, eller vent til"
            " den er avgjort."
        ),
    },
    {
        InterestWork.DEADLINE_PASSED: _l("Fristen for å melde interesse er ute"),
    },
)


def next_step(interest: Interest) -> str:
    """What the entrepreneur can expect now."""
    need = interest.need
    last_day = norwegian_date(need.interests_close_on)
    if interest.state is InterestState.DECLINED:
        return f"{_who_said_no(interest)} {_after_a_no(need, last_day)}"
    if need.state is NeedState.CLOSED:
        return _ended(need)
    if interest.state is InterestState.WITHDRAWN:
        if takes_answers(need):
            return _("Dere kan melde interesse på nytt til og med %(day)s.", day=last_day)
        return _("Ingenting mer skjer med denne interessen.")
    if takes_answers(need):
        return _("Enheten leser svaret. Dere kan endre det til og med %(day)s.", day=last_day)
    return _("Fristen er gått ut. Enheten vurderer svarene og kan foreslå en kobling.")


def _ended(need: Need) -> str:
    said = {
        "unit": need.unit.name,
        "day": norwegian_date(need.closed_at),
        "outcome": label(need.outcome),
        "reason": need.closing_reason,
    }
    return _("%(unit)s avsluttet behovet %(day)s: %(outcome)s. %(reason)s", **said)


def _who_said_no(interest: Interest) -> str:
    said = {
        "unit": interest.need.unit.name,
        "day": norwegian_date(interest.declined_at),
        "reason": interest.decline_reason,
    }
    return _("%(unit)s sa nei %(day)s: %(reason)s", **said)


def _after_a_no(need: Need, last_day: str) -> str:
    if takes_answers(need):
        return _(
            "Er noe nytt, kan dere svare på nytt til og med %(day)s.",
            day=last_day,
        )
    return _("Se etter andre behov som passer til konseptet.")
