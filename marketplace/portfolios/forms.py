"""What a coordinator decides before the best set of pairings is chosen."""

from flask_babel import lazy_gettext as _l

from marketplace.portfolios import sights
from marketplace.portfolios.models import MOST_TESTS_PER_NEED, MOST_TOLERANCE
from marketplace.portfolios.states import WishKind
from marketplace.ui.fields import choice, text_area, whole_number
from marketplace.ui.forms import BaseForm, MaybeNewForm

MOST_LIMIT = 100
REASON = _l("Skriv hvorfor, så andre koordinatorer forstår det.")


class PlanForm(MaybeNewForm):
    """Its version is 0 while the defaults stand."""

    tests_per_need = whole_number(
        _l("Hvor mange utprøvinger kan ett behov høyst få?"),
        hint=_l("Koblinger som er foreslått eller godkjent fra før, teller med."),
        required=_l("Skriv et tall, for eksempel 1."),
        least=1,
        most=MOST_TESTS_PER_NEED,
    )
    tolerance_percent = whole_number(
        _l("Hvor mye kan helheten tape for at det dårligst stilte behovet skal få mer, i prosent?"),
        hint=_l("Med 0 går helheten alltid først. Med 1 kan den tape én av hundre."),
        required=_l("Skriv et tall, for eksempel 1. Skriv 0 hvis helheten ikke skal tape noe."),
        most=MOST_TOLERANCE,
    )


class LimitForm(BaseForm):
    read_by = sights.LIMIT

    most = whole_number(
        _l("Hvor mange nye utprøvinger kan det høyst bli?"),
        hint=_l("Skriv 0 for å holde den helt utenfor."),
        required=_l("Skriv et tall, eller 0."),
        most=MOST_LIMIT,
    )
    reason = text_area(_l("Hvorfor?"), required=REASON, length=1000, rows=3)


class PairForm(BaseForm):
    read_by = sights.PAIR

    kind = choice(
        _l("Hva har du bestemt?"),
        WishKind,
        required=_l("Velg om koblingen skal være med eller ikke."),
        radio=True,
    )
    reason = text_area(
        _l("Hvorfor?"),
        required=REASON,
        length=1000,
        rows=3,
    )
