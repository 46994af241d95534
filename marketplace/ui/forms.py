"""The base form: CSRF, a mark used once, row version, refusals where they belong."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    SelectField,
)
from wtforms.form import BaseForm as AnyForm
from wtforms.meta import DefaultMeta
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Optional,
    StopValidation,
    ValidationError,
)

from marketplace.core.errors import InvalidField, Refused
from marketplace.core.personal_data import expect_no_personal_data
from marketplace.core.sight import Sight
from marketplace.ui.again import (
    BackToForm,
    SentForm,
    find_sent,
    lead_back,
    path_of,
    this_page,
    was_refused,
)
from marketplace.ui.context import db_session
from marketplace.ui.filtering import row_number
from marketplace.ui.filters import norwegian_date
from marketplace.ui.filters import number as spaced
from marketplace.ui.labels import missing_points, refusal_text
from marketplace.ui.marks import MARK_FIELD, new_mark
from marketplace.ui.promises import promise
from marketplace.ui.security import note_refusal
from marketplace.ui.sent import sent_fields

HIDDEN = frozenset({"CSRFTokenField", "FormMark", "HiddenField"})
PRESENCE = (DataRequired, InputRequired, Optional)
"""The rules that come first: they forgive what could not be read where nothing was written."""


class StrictMeta(DefaultMeta):
    """Every field is refused once: after a refusal, no later rule reads it.

    So a text that is too long is searched for nothing else, and what is no number is not said to
    be too small as well.
    """

    def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
        field = super().bind_field(form, unbound_field, options)
        first = [rule for rule in field.validators if isinstance(rule, PRESENCE)]
        others = [rule for rule in field.validators if not isinstance(rule, PRESENCE)]
        field.validators = [*first, _expect_unrefused, *map(_last_word, others)]
        return field

    def wrap_formdata(self, form: Any, formdata: Any) -> Any:
        """Only what a page sends: JSON may hold what is no text."""
        return None if request.is_json else super().wrap_formdata(form, formdata)


def _expect_unrefused(_form: AnyForm, field: Field) -> None:
    if field.errors:
        raise StopValidation


def _last_word(rule: Callable[[AnyForm, Field], None]) -> Callable[[AnyForm, Field], None]:
    def judge(form: AnyForm, field: Field) -> None:
        try:
            rule(form, field)
        except StopValidation:
            raise
        except ValidationError as refused:
            raise StopValidation(*refused.args) from None

    return judge


class PartForm(Form):
    """A part of another form, such as a row."""

    class Meta(StrictMeta):
        pass


class FormMark(HiddenField):
    """What makes this showing of the form unlike all others, so that it is used once.

    A form that was refused is shown with the mark it had: it is still the same form.
    """

    refused: str = ""

    def _value(self) -> str:
        return self.refused or new_mark()


class BaseForm(FlaskForm):
    """A form whose refusals from a service are shown like its own errors.

    `read_by` is who sees what is typed in it; `fields_read_by` where a field has other readers.
    """

    read_by: ClassVar[Sight | None] = None
    fields_read_by: ClassVar[Mapping[str, Sight]] = {}
    overtaken = False
    half_stored = False
    """Whether a part of what was sent is stored, so that the sender's version is not the newest."""
    stored_language: str | None = None
    """Of what is stored, where it is another than that of the page."""
    again: SentForm | None = None
    """What was sent and refused, where this is the form that it led back to."""

    class Meta(StrictMeta, FlaskForm.Meta):
        pass

    # Firefox would put the mark of an older showing back when the page is loaded again.
    form_mark = FormMark(render_kw={"autocomplete": "off"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own = bool(args) or "formdata" in kwargs
        super().__init__(*args, **kwargs if own else kwargs | {"formdata": self._sent()})
        if self.again is not None:
            self._show_again(self.again)
        elif not own and was_refused() and find_sent() is None:
            self.form_errors = [_("Det du skrev, er ikke her lenger. Skriv det på nytt.")]
        for name, sight in self.fields_read_by.items():
            hint = self[name].description
            self[name].description = " ".join(filter(None, (str(hint), promise(sight))))

    @property
    def promise(self) -> str:
        """What stands at the top of a form of which all is read by the same people."""
        return promise(self.read_by) if self.read_by is not None else ""

    @property
    def shown_fields(self) -> list[Field]:
        return [field for field in self if field.type not in HIDDEN]

    def _sent(self) -> MultiDict[str, Any] | None:
        """Texts for the fields of texts, and files for those of files; JSON is no form."""
        if request.method != "POST":
            return self._sent_before()
        fields = self._unbound_fields or ()
        files = {name for name, field in fields if issubclass(field.field_class, FileField)}
        texts = [(n, v) for n, v in request.form.items(multi=True) if n not in files]
        return MultiDict(
            [*texts, *((n, v) for n, v in request.files.items(multi=True) if n in files)]
        )

    # ---------------------------------------------------------------- shown again

    def lead_back(self, page: str | None = None, *, to_look_at: bool = False) -> BackToForm:
        """Answer a refusal: back to the page of the form, which has it as it was sent.

        `to_look_at`: nothing was refused, but it counts only when it has been seen once more.
        """
        page = page or this_page()
        left = {f.name for f in _all_fields(self) if isinstance(f, (PasswordField, FileField))}
        left |= {"version"} if self.overtaken or self.half_stored else set()
        told = {f.id: _own_errors(f) for f in _all_fields(self)}
        sent = SentForm(
            form=_name_of(self),
            path=path_of(page),
            mark=request.form.get(MARK_FIELD, ""),
            fields=[(name, value) for name, value in sent_fields() if name not in left],
            errors={at: texts for at, texts in told.items() if texts},
            form_errors=[str(error) for error in self.form_errors],
            overtaken=self.overtaken,
            looked_at=to_look_at,
        )
        return lead_back(sent, page)

    def begin_with(self, values: Mapping[str, str], page: str) -> BackToForm:
        """Answer with a form that begins with what was found, too long for an address."""
        sent = SentForm(
            form=_name_of(self), path=path_of(page), mark=new_mark(), fields=list(values.items()),
            errors={}, form_errors=[], overtaken=False,
        )  # fmt: skip
        return lead_back(sent, page)

    def _sent_before(self) -> MultiDict[str, Any] | None:
        sent = find_sent() if was_refused() else None
        if sent is None or (sent.form, sent.path) != (_name_of(self), request.path):
            return None
        self.again = sent
        return sent.values

    def _show_again(self, sent: SentForm) -> None:
        """The words are those of the refusal: what would be said now may be something else."""
        self.form_mark.refused = sent.mark
        self.form_errors = list(sent.form_errors)
        for field in _all_fields(self):
            if texts := sent.errors.get(field.id):
                field.errors = list(texts)
            if isinstance(field, FileField):
                field.errors = [*field.errors, _("Velg filen på nytt.")]

    @property
    def stored_now(self) -> list[tuple[str, str]]:
        """(label, text) of what somebody else stored meanwhile, to be seen beside the typed."""
        if self.again is None or not self.again.overtaken:
            return []
        typed = (f for f in self.shown_fields if not isinstance(f, FieldList))
        known = [f for f in typed if f.object_data not in (None, "")]
        stored = [f for f in known if str(f.object_data) != str(f.data)]
        return [(str(f.label.text), _shown(f, f.object_data)) for f in stored]

    @property
    def written(self) -> list[tuple[str, str]]:
        """(label, text) of what is typed and chosen, for whoever looks at it once more."""
        filled = (f for f in self.shown_fields if f.data not in (None, "", []))
        return [(str(f.label.text), _shown(f, f.data)) for f in filled]

    # ---------------------------------------------------------------- refused

    def overtake(self) -> None:
        """Somebody else was first: with the newest version, the sender may decide anew."""
        self.overtaken = True
        self.form_errors = [
            _(
                "Noen andre endret dette mens du skrev. Det du skrev, står i skjemaet, og er ikke"
                " lagret. Se hva som er nytt, og send på nytt hvis det fortsatt gjelder."
            )
        ]

    def attempt(self, action: Callable[[], object]) -> bool:
        """Run a service; where it refuses, keep what was typed and show why."""
        try:
            action()
        except Refused as refused:
            db_session().rollback()
            note_refusal(refused)
            self.show(refused)
            return False
        return True

    def show(self, refused: Refused) -> None:
        text = refusal_text(refused)
        field = self._fields.get(refused.field) if isinstance(refused, InvalidField) else None
        if field is not None:
            field.errors = (*field.errors, text)
        else:
            self.form_errors = [*self.form_errors, text, *missing_points(refused)]

    def point_out_personal_data(self, names: Iterable[str], code: StrEnum) -> bool:
        """Show at each of the fields what may not stay there; say whether there was any."""
        clean = [self._fields[n] for n in names if n in self._fields and not self[n].errors]
        for field in clean:
            try:
                expect_no_personal_data(field.name, field.data or "", code)
            except InvalidField as refused:
                self.show(refused)
        return any(field.errors for field in clean)

    @property
    def error_list(self) -> list[tuple[str | None, str]]:
        """All errors as (field id, text), for the summary at the top."""
        whole = [(None, str(error)) for error in self.form_errors]
        return [*whole, *((f.id, text) for f in _all_fields(self) for text in _own_errors(f))]

    @property
    def named_errors(self) -> list[tuple[str | None, str]]:
        """The same, with the field's name before words that several fields share."""
        found = self.error_list
        times = Counter(text for _id, text in found)
        named = {field.id: str(field.label.text) for field in _all_fields(self)}
        return [
            (at, _with_name(named[at], text) if times[text] > 1 and at in named else text)
            for at, text in found
        ]


def _with_name(name: str, text: str) -> str:
    return f"{name} {text}" if name.endswith("?") else f"{name}: {text}"


def _name_of(form: BaseForm) -> str:
    return f"{type(form).__module__}.{type(form).__qualname__}"


def _all_fields(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields of a form, and those of its rows."""
    for field in fields:
        if isinstance(field, FormField):
            yield from _all_fields(field.form)
            continue
        yield field
        if isinstance(field, FieldList):
            yield from _all_fields(field.entries)


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if isinstance(field, SelectField):
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        return ", ".join(str(o.label.text) for o in field if str(o.data) in chosen)
    if isinstance(value, date):
        return norwegian_date(value)
    return spaced(value) if isinstance(value, int) else str(value)


def _own_errors(field: Field) -> list[str]:
    """Without those of the rows in a list, which they also have themselves."""
    errors: Iterable[object] = field.errors
    return [str(error) for error in errors if not isinstance(error, dict | list | tuple)]


class VersionedForm(BaseForm):
    """A form about one row: carries the version that the person saw."""

    version = HiddenField(validators=[InputRequired()])

    def validate_version(self, field: Field) -> None:
        if row_number(field.data) is None:
            raise ValidationError(_("Last siden på nytt og prøv igjen."))

    @property
    def row_version(self) -> int:
        """What was seen; one that cannot be read was never stored, and so it is stale."""
        return row_number(self.version.data) or 0


class MaybeNewForm(VersionedForm):
    """A form about a row that may not be there yet: then its version is 0."""

    def validate_version(self, field: Field) -> None:
        if field.data != "0":
            super().validate_version(field)
