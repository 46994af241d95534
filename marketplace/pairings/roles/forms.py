"""The forms that choose who has a role, who stands in, and who takes over."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import SelectField
from wtforms.validators import InputRequired

from marketplace.accounts.models import Person
from marketplace.core.errors import InvalidField
from marketplace.pairings.roles.posts import AnyPost
from marketplace.pairings.states import PairingRefusal
from marketplace.ui.filtering import row_number
from marketplace.ui.forms import BaseForm
from marketplace.ui.labels import label


class _PersonForm(BaseForm):
    person_id: SelectField

    @classmethod
    def for_people(cls, people: Iterable[Person]) -> Self:
        form = cls()
        named = [(str(person.id), person.name) for person in people]
        form.person_id.choices = [("", str(_l("Velg"))), *named]
        return form

    @property
    def chosen_id(self) -> int:
        return row_number(self.person_id.data) or 0


def _person(wording: LazyString) -> SelectField:
    return SelectField(
        wording,
        validators=[InputRequired(_l("Velg en person fra lista."))],
        validate_choice=False,  # the service knows who fits, and says so
    )


class AssignForm(_PersonForm):
    person_id = _person(_l("Person"))


class DeputyForm(_PersonForm):
    person_id = _person(_l("Vara"))


# ---------------------------------------------------------------- somebody leaves

NOBODY = "0"


class SuccessionForm(BaseForm):
    for_all = SelectField(
        _l("Hvem tar over?"),
        description=_l("Gjelder alle rollene under, der du ikke velger en annen."),
        validate_choice=False,  # an empty choice is fine where each role has its own
    )

    posts: Sequence[AnyPost] = ()

    def chosen(self) -> dict[str, int | None]:
        """The successor of each post by its key; what nobody was chosen for is left out."""
        given = {post.key: self[post.key].data or self.for_all.data for post in self.posts}
        return {
            key: None if value == NOBODY else row_number(value) or 0
            for key, value in given.items()
            if value
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that nobody was chosen for, or the wrong one, is told at once."""
        fine, chosen = bool(super().validate(extra_validators)), self.chosen()
        for post in self.posts:
            refusal = _refusal(post, chosen)
            if refusal is not None:
                self.show(InvalidField(post.key, refusal, **_values(post)))
                fine = False
        return fine


def _refusal(post: AnyPost, chosen: dict[str, int | None]) -> PairingRefusal | None:
    if post.key not in chosen:
        return PairingRefusal.SUCCESSOR_MISSING
    without = post.deputises and chosen[post.key] is None
    fits = without or post.candidate(chosen[post.key]) is not None
    return None if fits else PairingRefusal.SUCCESSOR_DOES_NOT_FIT


def _values(post: AnyPost) -> dict[str, Any]:
    return {"role": post.role, "title": post.title}


def succession_form(posts: Sequence[AnyPost]) -> SuccessionForm:
    """A form with a choice for each post that can be handed over."""
    fields = {post.key: _field_of(post) for post in posts}
    form: SuccessionForm = type("PostsForm", (SuccessionForm,), fields)()
    form.posts = posts
    for post in posts:
        getattr(form, post.key).choices = _choices_for(post)
    people = {person.id: person for post in posts for person in post.candidates}
    by_name = sorted(people.values(), key=lambda person: (person.name, person.id))
    form.for_all.choices = [("", _("Velg for hver rolle")), *_options(by_name)]
    return form


def _field_of(post: AnyPost) -> SelectField:
    role = label(post.role)
    name = _("%(role)s, vara", role=role) if post.deputises else role
    return SelectField(name, validate_choice=False)  # the form and the service know who fits


def _choices_for(post: AnyPost) -> list[tuple[str, str]]:
    nobody = [(NOBODY, _("Ingen vara"))] if post.deputises else []
    return [("", _("Den som tar over alle")), *nobody, *_options(post.candidates)]


def _options(people: Sequence[Person]) -> list[tuple[str, str]]:
    return [(str(person.id), person.name) for person in people]
