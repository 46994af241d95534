"""What forms are made of: each field cleans what was typed, and says what to write instead."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
)
from wtforms.widgets import CheckboxInput

from marketplace.core.cleaning import clean_line, clean_text
from marketplace.ui.filters import MINUS
from marketplace.ui.filters import number as spaced
from marketplace.ui.labels import Wording, label

SHORT = 200
LONG = 5000
LARGEST_NUMBER = 2_000_000_000
EXAMPLE = 250_000
CURRENCY = re.compile(r"(,-|kr\.?|,-kr\.?)$|^kr\.?", re.IGNORECASE)
DIGITS_READ = 20  # with these alone a number is too large already
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A date outside is a slip of the finger, and next to it there may be no date to reckon with."""


def _cleaned(clean: Callable[[str], str]) -> Callable[[Any], Any]:
    """A filter of a field: what is no text, as where nothing was sent, stays what it is."""
    return lambda value: clean(value) if isinstance(value, str) else value


LINE, TEXT = _cleaned(clean_line), _cleaned(clean_text)


def _text_rules(required: Wording | None, length: int) -> list[Any]:
    too_long = _l("Skriv kortere: det er plass til %(max)d tegn.")
    presence = DataRequired(message=required) if required else Optional()
    return [presence, Length(max=length, message=too_long)]


def text_line(
    wording: Wording, *, required: Wording | None = None, hint: Wording = "", length: int = SHORT
) -> StringField:
    """One line of text. `required` is the message when it is empty: say what to write."""
    return StringField(
        wording, description=hint, filters=[LINE], validators=_text_rules(required, length)
    )


def text_area(
    wording: Wording,
    *,
    required: Wording | None = None,
    hint: Wording = "",
    length: int = LONG,
    rows: int = 5,
) -> TextAreaField:
    return TextAreaField(
        wording,
        description=hint,
        filters=[TEXT],
        validators=_text_rules(required, length),
        render_kw={"rows": rows},
    )


def whole_number(
    wording: Wording,
    *,
    required: Wording | None = None,
    hint: Wording = "",
    least: int = 0,
    most: int = LARGEST_NUMBER,
) -> IntegerField:
    outside = _l(
        "Skriv et tall fra %(min)s til %(max)s, for eksempel %(example)s.",
        min=spaced(least),
        max=spaced(most),
        example=spaced(_example(least, most)),
    )
    presence = InputRequired(message=required) if required else Optional()
    return WholeNumberField(
        wording,
        description=hint,
        validators=[presence, NumberRange(min=least, max=most, message=outside)],
    )


def _example(least: int, most: int) -> int:
    """A number that fits, as round as the limits allow."""
    return next((n for n in (EXAMPLE, 10, 1) if least <= n <= most), least)


def date_line(
    wording: Wording, *, required: Wording | None = None, hint: Wording = ""
) -> DateField:
    presence = InputRequired(message=required) if required else Optional()
    return DayField(wording, description=hint, validators=[presence])


def one_of(wording: Wording, options: Sequence[StrEnum], every: Wording = "") -> SelectField:
    """One of a few code words; `every` is the wording of leaving it open, where one may."""

    def choices() -> list[tuple[str, str]]:
        first = [("", str(every))] if every else []
        return [*first, *((member.value, label(member)) for member in options)]

    def read(value: object) -> StrEnum | None:
        return next((member for member in options if member.value == value), None)

    return SelectField(wording, choices=choices, coerce=read, validators=[Optional()])


def choice(
    wording: Wording,
    options: type[StrEnum],
    *,
    required: Wording | None = None,
    hint: Wording = "",
    radio: bool = False,
    only: Sequence[StrEnum] | None = None,
) -> SelectField:
    """One member of an enum, or of `only`; an empty choice stands first but for radio groups."""
    kind = RadioField if radio else SelectField
    empty = [] if radio else [("", _l("Velg"))]

    def choices() -> list[tuple[str, str]]:
        named = [(member.value, label(member)) for member in only or options]
        return [(value, str(text)) for value, text in empty] + named

    def read(value: object) -> StrEnum | None:
        return options(str(value)) if value and value != "None" else None

    presence = InputRequired(message=required) if required else Optional()
    return kind(wording, description=hint, choices=choices, coerce=read, validators=[presence])


class SeveralField(SelectMultipleField):
    """Boxes to tick; what is no option is refused."""


def several(wording: Wording, options: Sequence[StrEnum], *, hint: Wording = "") -> SeveralField:
    def choices() -> list[tuple[str, str]]:
        return sorted(((member.value, label(member)) for member in options), key=lambda c: c[1])

    return SeveralField(wording, description=hint, choices=choices, option_widget=CheckboxInput())


class WholeNumberField(IntegerField):
    """Reads 1 200 000 as people write it: with any kind of space and minus, and in kroner."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        digits = CURRENCY.sub("", "".join(str(valuelist[0]).split())).replace(MINUS, "-")
        if not digits:
            self.data = None
        elif digits.removeprefix("-").isdecimal():
            self.data = int(digits[:DIGITS_READ])
        else:
            self.data = None
            raise ValueError(_("Skriv bare tall, for eksempel 250 000."))


class DayField(DateField):
    """Reads dd.mm.yyyy as well as what a browser's date picker sends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("format", ["%Y-%m-%d", "%d.%m.%Y"])
        super().__init__(*args, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Skriv datoen slik: 31.12.2026.")) from None
        if self.data is not None and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(
                _("Sjekk året. Det må være fra %(first)d til %(last)d.",
                  first=FIRST_YEAR, last=LAST_YEAR)
            )  # fmt: skip
