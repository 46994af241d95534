"""The forms of lessons: a side's own words, the end of a case, and the search of everyone."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from marketplace.accounts.states import Language, ServiceArea
from marketplace.core.errors import InvalidField
from marketplace.core.personal_data import find_personal_data
from marketplace.lessons import sights
from marketplace.lessons.models import Lesson
from marketplace.lessons.queries import LessonFilter
from marketplace.lessons.services import Words
from marketplace.lessons.states import LessonRefusal, Outcome
from marketplace.pairings.models import Pairing
from marketplace.pairings.sights import TEXTS as CASE_TEXTS
from marketplace.pairings.states import Side
from marketplace.ui.fields import choice, one_of, text_area, text_line
from marketplace.ui.filtering import searched_words
from marketplace.ui.forms import BaseForm, MaybeNewForm, VersionedForm
from marketplace.ui.labels import refusal_text

LENGTH = 4000
WORDS = ("worked", "did_not_work", "do_differently")


class LessonForm(MaybeNewForm):
    """Three questions, the same for both sides."""

    read_by = sights.LESSON

    worked = text_area(
        _l("Hva virket?"),
        hint=_l("Skriv det slik at noen som ikke kjenner saken, kan bruke det."),
        required=_l("Skriv hva som virket, eller at ingenting gjorde det."),
        length=LENGTH,
        rows=6,
    )
    did_not_work = text_area(
        _l("Hva virket ikke?"),
        hint=_l("Si det som det er. Andre slipper å gjøre det samme."),
        required=_l("Skriv hva som ikke virket, eller at alt virket."),
        length=LENGTH,
        rows=6,
    )
    do_differently = text_area(
        _l("Hva ville dere gjort annerledes?"),
        hint=_l("Tenk på oppstart, samarbeid, tid, penger og hvem som måtte være med."),
        required=_l("Skriv hva dere ville gjort annerledes neste gang."),
        length=LENGTH,
        rows=6,
    )
    language = choice(
        _l("Språket dere har skrevet på"), Language, required=_l("Velg hvilket språk det er.")
    )

    @property
    def said(self) -> Words:
        texts = {name: self[name].data or "" for name in WORDS}
        return Words(**texts, language=self.language.data)

    @classmethod
    def of(cls, lesson: Lesson | None, pairing: Pairing, side: Side) -> "LessonForm":
        """What the side has written before; else the language that it wrote in last."""
        if lesson is None:
            part = pairing.need if side is Side.UNIT else pairing.concept
            return cls(data={"version": 0, "language": part.language})
        form = cls(obj=lesson)
        form.stored_language = lesson.language.value
        return form

    def _without_personal_data(self, field: Field) -> None:
        found = next(find_personal_data(field.data or ""), None)
        if found is not None:
            values = {"what": found.what, "words": found.words}
            refused = InvalidField(field.name, LessonRefusal.PERSONAL_DATA, **values)
            raise ValidationError(refusal_text(refused))

    validate_worked = _without_personal_data
    validate_did_not_work = _without_personal_data
    validate_do_differently = _without_personal_data


class CloseForm(VersionedForm):
    read_by = CASE_TEXTS

    reason = text_area(
        _l("Hvorfor avsluttes saken nå?"),
        hint=_l("Det blir ikke publisert."),
        required=_l("Skriv en grunn. Begge parter får se den."),
        length=3000,
    )


class FilterForm(BaseForm):
    """What stands in the address of the list; what cannot be read is left out."""

    class Meta:
        csrf = False

    q = text_line(_l("Søk i læringspunktene"))
    area = one_of(_l("Område"), list(ServiceArea), _l("Alle områder"))
    outcome = one_of(_l("Hvordan det gikk"), list(Outcome), _l("Alle"))
    language = one_of(_l("Skrevet på"), list(Language), _l("Alle språk"))

    def wanted(self) -> LessonFilter:
        return LessonFilter(
            words=searched_words("q"),
            area=self.area.data,
            outcome=self.outcome.data,
            language=self.language.data,
        )
