"""The filters of the queue and of the numbers."""

from collections.abc import Sequence
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from marketplace.accounts.models import Unit
from marketplace.dashboards.queries import QueueFilter, queued_kinds
from marketplace.dashboards.ways import FlowFilter
from marketplace.needs.states import ServiceCategory
from marketplace.ui.fields import date_line, one_of
from marketplace.ui.filtering import row_number
from marketplace.ui.forms import BaseForm
from marketplace.ui.labels import label


def _kind(value: object) -> StrEnum | None:
    return next((kind for kind in queued_kinds() if kind == value), None)


class QueueFilterForm(BaseForm):
    """What stands in the address of the queue; what cannot be read filters nothing."""

    class Meta:
        csrf = False

    kind = SelectField(_l("Hva som venter"), choices=[], coerce=_kind, validators=[Optional()])
    unit = SelectField(_l("Enhet"), choices=[], coerce=row_number, validators=[Optional()])

    def offer(self, units: Sequence[Unit]) -> None:
        self.kind.choices = [("", _("Alt")), *((k.value, label(k)) for k in queued_kinds())]
        self.unit.choices = [("", _("Alle enheter")), *((str(u.id), u.name) for u in units)]

    def wanted(self) -> QueueFilter:
        return QueueFilter(kind=self.kind.data, unit_id=self.unit.data)


class FlowFilterForm(BaseForm):
    """What stands in the address of the numbers; a day that cannot be read limits nothing."""

    class Meta:
        csrf = False

    first = date_line(_l("Publisert fra og med"))
    last = date_line(_l("Til og med"))
    unit = SelectField(_l("Enhet"), choices=[], coerce=row_number, validators=[Optional()])
    category = one_of(_l("Tjeneste"), list(ServiceCategory), _l("Alle tjenester"))

    def offer(self, units: Sequence[Unit]) -> None:
        self.unit.choices = [("", _("Alle enheter")), *((str(u.id), u.name) for u in units)]

    def wanted(self) -> FlowFilter:
        return FlowFilter(
            first=self.first.data,
            last=self.last.data,
            unit_id=self.unit.data,
            category=self.category.data,
        )
