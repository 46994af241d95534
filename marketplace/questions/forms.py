"""The forms of questions and answers."""

from flask_babel import lazy_gettext as _l

from marketplace.ui.forms import BaseForm, VersionedForm, text_area

QUESTION_LENGTH = 2000


class AskForm(BaseForm):
    text = text_area(
        _l("Hva lurer du på?"),
        required=_l("Skriv hva du lurer på."),
        hint=_l(
            "Still ett spørsmål om gangen. Ikke skriv navn, e-postadresser eller telefonnumre."
        ),
        length=QUESTION_LENGTH,
    )


class AnswerForm(VersionedForm):
    answer = text_area(
        _l("Svaret fra enheten"),
        required=_l("Skriv et svar."),
        hint=_l(
            "Alle kan lese svaret. Ikke skriv navn på brukere, e-postadresser eller telefonnumre."
        ),
    )


class AdditionForm(VersionedForm):
    text = text_area(
        _l("Det dere vil legge til eller rette"),
        required=_l("Skriv det dere vil legge til."),
        hint=_l("Svaret blir stående. Det du skriver her, vises under det med dagens dato."),
    )


class TurnDownForm(VersionedForm):
    reason = text_area(
        _l("Hvorfor avvises spørsmålet?"),
        required=_l("Skriv en begrunnelse. Den som spurte, får se den."),
        hint=_l("Den som spurte, får begrunnelsen og kan stille spørsmålet på en annen måte."),
    )
