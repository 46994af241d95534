"""Whom something is for: the form, and what it says in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from marketplace.core.target_groups import YEARS, Group, TargetGroup
from marketplace.ui.fields import several, whole_number
from marketplace.ui.forms import VersionedForm
from marketplace.ui.labels import LabelTables, label

LABELS: LabelTables = (
    {
        Group.CHILDREN: _l("Barn"),
        Group.YOUTH: _l("Ungdom"),
        Group.OLDER_PEOPLE: _l("Eldre"),
        Group.PUPILS: _l("Elever"),
        Group.STUDENTS: _l("Studenter"),
        Group.PARENTS: _l("Foreldre"),
        Group.FAMILIES: _l("Familier"),
        Group.CARERS: _l("Pårørende"),
        Group.EMPLOYEES: _l("Ansatte"),
        Group.VOLUNTEERS: _l("Frivillige"),
        Group.BUSINESSES: _l("Virksomheter"),
        Group.IMMIGRANTS_REFUGEES: _l("Innvandrere og flyktninger"),
        Group.PEOPLE_WITH_DISABILITIES: _l("Personer med funksjonsnedsettelse"),
        Group.PEOPLE_WITH_DEMENTIA: _l("Personer med demens"),
        Group.PEOPLE_WITH_MENTAL_ILLNESS: _l("Personer med psykiske vansker"),
        Group.PEOPLE_WITH_SUBSTANCE_USE: _l("Personer med rusproblemer"),
        Group.PATIENTS: _l("Pasienter"),
        Group.UNEMPLOYED: _l("Arbeidsledige"),
        Group.LOW_INCOME: _l("Personer med lav inntekt"),
        Group.INMATES: _l("Innsatte"),
        Group.PREGNANT: _l("Gravide"),
        Group.EVERYONE: _l("Alle innbyggere"),
    },
)


class TargetGroupForm(VersionedForm):
    age_from = whole_number(
        _l("Fra hvilken alder?"), hint=_l("La feltet stå tomt hvis det ikke er noen grense."),
        most=YEARS,
    )  # fmt: skip
    age_to = whole_number(_l("Til og med hvilken alder?"), most=YEARS)
    groups = several(
        _l("Hvem er det for?"),
        list(Group),
        hint=_l("Kryss av for dem det er laget for, ikke for alle som kan ha nytte av det."),
    )

    def validate_age_to(self, field: Field) -> None:
        low = self.age_from.data
        if field.data is not None and low is not None and low > field.data:
            raise ValidationError(
                _("Den høyeste alderen må være minst %(low)d, som er den laveste.", low=low)
            )

    @property
    def target(self) -> TargetGroup:
        groups = frozenset(map(Group, self.groups.data or ()))
        return TargetGroup(self.age_from.data, self.age_to.data, groups)


def in_words(target: TargetGroup) -> str:
    """«13–16 år · elever, ungdom»; nothing where it says nothing."""
    groups = ", ".join(sorted(label(group).lower() for group in target.groups))
    return " · ".join(part for part in (_ages(target.age_from, target.age_to), groups) if part)


def _ages(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return _("%(low)d år og eldre", low=low)
    if low is None:
        return _("til og med %(high)d år", high=high)
    return _("%(low)d år", low=low) if low == high else _("%(low)d–%(high)d år", low=low, high=high)
