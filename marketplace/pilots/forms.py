"""The forms of a pilot: what a side reports, has used, measures, and why it stops."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from marketplace.pilots import sights
from marketplace.pilots.services.efforts import MOST_HOURS, MOST_MONEY
from marketplace.pilots.states import (
    CheckpointAnswer,
    CheckpointStatus,
    Reached,
    StopReason,
)
from marketplace.ui.fields import choice, date_line, text_area, text_line, whole_number
from marketplace.ui.forms import BaseForm, MaybeNewForm, VersionedForm

LENGTH = 3000


class ReportForm(BaseForm):
    read_by = sights.REPORT

    status = choice(
        _l("Hvordan går det?"), CheckpointStatus, required=_l("Velg hvordan det går."), radio=True
    )
    note = text_area(
        _l("Hva har skjedd siden sist?"),
        hint=_l("Ikke skriv navn på brukere."),
        required=_l("Skriv noen ord om hva som har skjedd siden sist."),
        length=LENGTH,
    )
    hours = whole_number(
        _l("Timer dere har brukt siden sist"),
        hint=_l("Bare timer som ikke er ført før. Skriv 0 hvis det ikke er noen."),
        required=_l("Skriv hvor mange timer dere har brukt, eller 0."),
        most=MOST_HOURS,
    )
    money = whole_number(
        _l("Penger dere har brukt siden sist, i kroner"),
        hint=_l("Bare penger som ikke er ført før. Skriv 0 hvis det ikke er noen."),
        required=_l("Skriv hvor mange kroner dere har brukt, eller 0."),
        most=MOST_MONEY,
    )
    answer = choice(
        _l("Gjelder avtalen fortsatt?"),
        CheckpointAnswer,
        required=_l("Velg om avtalen fortsatt gjelder, eller må endres."),
        radio=True,
    )
    reason = text_area(
        _l("Hva må endres i avtalen?"),
        hint=_l("Bare hvis dere vil forhandle på nytt. Da begynner en ny versjon av avtalen."),
        length=LENGTH,
    )


class EffortForm(BaseForm):
    read_by = sights.EFFORT

    hours = whole_number(_l("Timer"), least=-MOST_HOURS, most=MOST_HOURS)
    money = whole_number(_l("Penger, i kroner"), least=-MOST_MONEY, most=MOST_MONEY)
    used_on = date_line(
        _l("Når ble det brukt?"),
        hint=_l("Dagen, eller siste dag i perioden. Skriv datoen slik: 31.12.2026."),
        required=_l("Skriv datoen da timene eller pengene ble brukt."),
    )
    note = text_line(
        _l("Hva gikk det til?"),
        hint=_l("For eksempel «opplæring av fire ansatte» eller «retting: ført to ganger»."),
        required=_l("Skriv hva timene eller pengene gikk til."),
    )


class MeasureForm(MaybeNewForm):
    """Carries the version of the measurement that the person saw."""

    read_by = sights.MEASUREMENT

    reached = choice(
        _l("Er målet nådd?"), Reached, required=_l("Velg om kriteriet er nådd."), radio=True
    )
    value = text_line(
        _l("Hva målte dere?"), hint=_l("Tallet eller svaret, for eksempel «31 av 40 deltakere».")
    )
    note = text_area(
        _l("Merknad"),
        hint=_l("Hvordan dere målte. Er kriteriet ikke målt, må du skrive hvorfor."),
        length=LENGTH,
    )


class CompleteForm(VersionedForm):
    sure = BooleanField(
        _l("Målingene er riktige. De kan ikke endres etterpå."),
        validators=[InputRequired(_l("Kryss av for at målingene er riktige."))],
    )


class StopForm(VersionedForm):
    read_by = sights.STOP

    stop_reason = choice(
        _l("Grunn"),
        StopReason,
        required=_l("Velg en grunn. Begge sider får se den."),
        radio=True,
    )
    note = text_area(
        _l("Hva skjedde?"),
        required=_l("Skriv hva som skjedde, så andre kan lære av det."),
        length=LENGTH,
    )
