"""The forms of lessons: a side's own words, the end of a case, and the search of everyone."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, ValidationError

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
from marketplace.ui.filtering import row_number, searched_words
from marketplace.ui.forms import BaseForm, VersionedForm, choice, one_of, text_area, text_line
from marketplace.ui.labels import refusal_text

LENGTH = 4000
WORDS = ("worked", "did_not_work", "do_differently")


class LessonForm(BaseForm):
    """Three questions, the same for both sides; `version` is 0 where nothing was written."""

    read_by = sights.LESSON

    version = HiddenField()
    worked = text_area(
        _l("Hva virket?"),
        hint=_l("Skriv det slik at noen som ikke kjenner saken, kan bruke det."),
        required=_l("Skriv hva som virket, eller at ingenting gjorde det."),
        length=LENGTH,
    )
    did_not_work = text_area(
        _l("Hva virket ikke?"),
        hint=_l("Si det som det er. Andre slipper å gjøre det samme."),
        required=_l("Skriv hva som ikke virket, eller at alt virket."),
        length=LENGTH,
    )
    do_differently = text_area(
        _l("Hva ville dere gjort annerledes?"),
        hint=_l("Tenk på oppstart, samarbeid, tid, penger og hvem som måtte være med."),
        required=_l("Skriv hva dere ville gjort annerledes neste gang."),
        length=LENGTH,
    )
    language = choice(
        _l("Språket dere har skrevet på"), Language, required=_l("Velg hvilket språk det er.")
    )

    @property
    def seen_version(self) -> int:
        return row_number(self.version.data) or 0

    @property
    def said(self) -> Words:
        texts = {name: self[name].data or "" for name in WORDS}
        return Words(**texts, language=self.language.data)

    def prefill(self, lesson: Lesson | None, pairing: Pairing, side: Side) -> None:
        """What the side has written before; else the language that it wrote in last."""
        self.version.data = str(lesson.version) if lesson is not None else "0"
        part = pairing.need if side is Side.UNIT else pairing.concept
        self.language.data = lesson.language if lesson is not None else part.language
        for name in WORDS if lesson is not None else ():
            self[name].data = getattr(lesson, name)

    def stored_differently(self, lesson: Lesson | None) -> list[tuple[str, Any]]:
        """What a colleague has saved meanwhile, to be seen beside what is typed."""
        if lesson is None:
            return []
        stored = ((self[name], getattr(lesson, name)) for name in WORDS)
        return [(field.label.text, text) for field, text in stored if text != field.data]

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
