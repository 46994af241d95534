"""The forms of questions and answers."""

from flask_babel import lazy_gettext as _l

from marketplace.questions import sights
from marketplace.ui.fields import text_area
from marketplace.ui.forms import BaseForm, VersionedForm

QUESTION_LENGTH = 2000


class AskForm(BaseForm):
    read_by = sights.TEXT

    text = text_area(
        _l("Hva lurer du på?"),
        required=_l("Skriv hva du lurer på."),
        hint=_l(
            "Still ett spørsmål om gangen. Ikke skriv navn, e-postadresser eller telefonnumre."
        ),
        length=QUESTION_LENGTH,
    )


class AnswerForm(VersionedForm):
    read_by = sights.ANSWER

    answer = text_area(
        _l("Svaret fra enheten"),
        required=_l("Skriv et svar."),
        hint=_l("Ikke skriv navn på brukere, e-postadresser eller telefonnumre."),
    )


class AdditionForm(VersionedForm):
    read_by = sights.ADDITION

    text = text_area(
        _l("Det dere vil legge til eller rette"),
        required=_l("Skriv det dere vil legge til."),
        hint=_l("Svaret blir stående. Det du skriver her, vises under det med dagens dato."),
    )


class TurnDownForm(VersionedForm):
    read_by = sights.TURNING_DOWN

    reason = text_area(
        _l("Hvorfor avvises spørsmålet?"),
        required=_l("Skriv en begrunnelse. Den som spurte, får se den."),
        hint=_l("Den som spurte, får begrunnelsen og kan stille spørsmålet på en annen måte."),
        rows=3,
    )
