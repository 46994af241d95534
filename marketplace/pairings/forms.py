"""The forms of a pairing: small, one for each thing that needs words or ticks."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from marketplace.pairings import sights
from marketplace.pairings.labels import CHECKLIST
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import ApprovalPoint, DeclineReason
from marketplace.programmes.models import Programme
from marketplace.ui.fields import choice, text_area
from marketplace.ui.filtering import row_number
from marketplace.ui.forms import BaseForm, VersionedForm

LENGTH = 3000


class ProposeForm(BaseForm):
    read_by = sights.TEXTS

    motivation = text_area(
        _l("Hvorfor bør dette prøves ut?"),
        hint=_l("Skriv hva i behovet konseptet kan løse."),
        required=_l("Skriv hvorfor dere vil prøve ut konseptet. Den andre parten svarer på det."),
        length=LENGTH,
        rows=6,
    )


class ProposeAgainForm(VersionedForm):
    read_by = sights.TEXTS

    motivation = text_area(
        _l("Hvorfor bør dette prøves ut?"),
        hint=_l("Endre teksten slik at den svarer på det dere ble bedt om."),
        required=_l("Skriv hvorfor dere vil prøve ut konseptet. Den andre parten svarer på det."),
        length=LENGTH,
        rows=6,
    )


class ChangesForm(VersionedForm):
    read_by = sights.TEXTS

    reason = text_area(
        _l("Hva må endres?"),
        required=_l("Skriv hva som må endres, så de vet hva de skal gjøre."),
        length=LENGTH,
    )


class WithdrawForm(VersionedForm):
    read_by = sights.TEXTS

    reason = text_area(
        _l("Hvorfor?"),
        required=_l("Skriv en grunn. Den andre parten har brukt tid på dette."),
        length=LENGTH,
    )


class DeclineForm(VersionedForm):
    read_by = sights.TEXTS

    decline_reason = choice(
        _l("Grunn"),
        DeclineReason,
        required=_l("Velg en grunn. Begge parter får se den."),
        radio=True,
    )
    reason = text_area(
        _l("Begrunnelse"),
        hint=_l("Si det som det er."),
        required=_l("Skriv en begrunnelse. Begge parter får se den."),
        length=LENGTH,
    )


class ConflictForm(BaseForm):
    read_by = sights.CONFLICT

    reason = text_area(
        _l("Hva gjør deg inhabil?"),
        required=_l("Skriv kort hva som gjør deg inhabil, for eksempel at du kjenner en part."),
        length=1000,
    )


def _tick(point: ApprovalPoint) -> BooleanField:
    return BooleanField(CHECKLIST[point])


class ApproveForm(VersionedForm):
    """The checklist: one box for each point, named by the point's code word."""

    need_still_stands = _tick(ApprovalPoint.NEED_STILL_STANDS)
    parties_know = _tick(ApprovalPoint.PARTIES_KNOW)
    procurement_considered = _tick(ApprovalPoint.PROCUREMENT_CONSIDERED)
    others_treated_equally = _tick(ApprovalPoint.OTHERS_TREATED_EQUALLY)
    privacy_considered = _tick(ApprovalPoint.PRIVACY_CONSIDERED)
    no_conflict = BooleanField(
        _l("Jeg er ikke inhabil: jeg har ingen bånd til partene og ingen egne interesser i saken.")
    )

    @property
    def ticked(self) -> Collection[ApprovalPoint]:
        return {point for point in ApprovalPoint if self[point.value].data}


class ProgrammeForm(VersionedForm):
    programme_id = SelectField(
        _l("Program"),
        description=_l("Saken teller med i programmet, og partneren ser hvor langt den er kommet."),
        validate_choice=False,  # the service knows which fit, and says so
    )

    @classmethod
    def for_case(cls, pairing: Pairing, offered: Sequence[Programme]) -> "ProgrammeForm":
        chosen = str(pairing.programme_id or "")
        form = cls(data={"version": pairing.version, "programme_id": chosen})
        named = [(str(programme.id), programme.name) for programme in offered]
        form.programme_id.choices = [("", str(_l("Ikke med i noe program"))), *named]
        return form

    @property
    def chosen_id(self) -> int | None:
        """None for no programme; 0 for what is none."""
        chosen = self.programme_id.data
        return (row_number(chosen) or 0) if chosen else None
