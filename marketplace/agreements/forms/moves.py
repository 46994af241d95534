"""The small forms of what is done with a version."""

from flask_babel import lazy_gettext as _l

from marketplace.agreements import sights
from marketplace.ui.fields import text_area
from marketplace.ui.forms import VersionedForm


class NewVersionForm(VersionedForm):
    read_by = sights.REASONS

    reason = text_area(
        _l("Hva må endres, og hvorfor?"),
        required=_l("Skriv hvorfor dere trenger en ny versjon. Den andre parten skal ta stilling."),
        length=3000,
    )


class SendBackForm(VersionedForm):
    read_by = sights.REASONS

    reason = text_area(
        _l("Hva må endres?"),
        required=_l("Skriv hva som må endres, så den andre parten forstår hvorfor."),
        length=3000,
    )


class WithdrawForm(VersionedForm):
    read_by = sights.REASONS

    reason = text_area(
        _l("Hvorfor trekkes versjonen?"),
        required=_l("Skriv en grunn. Den andre parten har brukt tid på dette."),
        length=3000,
    )
