"""The form of whoever decides."""

from flask_babel import lazy_gettext as _l

from marketplace.decisions import sights
from marketplace.decisions.labels import MOVES
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionMove
from marketplace.ui.fields import choice, date_line, text_area
from marketplace.ui.forms import VersionedForm


class DecideForm(VersionedForm):
    read_by = sights.REASONS

    move = choice(
        _l("Hva blir beslutningen?"),
        DecisionMove,
        required=_l("Velg om kommunen skal kjøpe, forlenge eller stoppe."),
        radio=True,
    )
    extended_to = date_line(
        _l("Ny dato for beslutning"),
        hint=_l("Fylles bare ut når dere forlenger. Datoen må være senere enn fristen nå."),
    )
    reason = text_area(
        _l("Begrunnelse"),
        hint=_l("Si hva som avgjorde."),
        required=_l("Skriv en begrunnelse. Begge parter har brukt tid og krefter på dette."),
        length=3000,
    )

    @classmethod
    def about(cls, decision: Decision) -> "DecideForm":
        """A test that was extended once is not extended again."""
        form = cls(data={"version": decision.version})
        if decision.number > 1:
            del form.extended_to
            open_moves = (DecisionMove.BUY, DecisionMove.STOP)
            form.move.choices = [(move.value, str(MOVES[move])) for move in open_moves]
        return form
