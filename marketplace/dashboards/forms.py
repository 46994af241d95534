"""The filter of the queue."""

from collections.abc import Sequence
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from marketplace.accounts.models import Unit
from marketplace.dashboards.queries import QueueFilter, queued_kinds
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
