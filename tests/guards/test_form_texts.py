"""Every field of every form, found by itself, takes any text: cleaned, and refused once."""

import importlib
import pkgutil
import unicodedata
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.form import BaseForm as AnyForm

import marketplace
from marketplace.core.cleaning import clean_line, clean_text

HOSTILE = (
    "1️⃣ Oppstart",
    "Møte\x0bmed\x0cen\x85leverandør\u2028i\rdag\r\n\ti morgen\x00\x1b",
    "\u202eabc\u2066\u200f\u061c",
    "\u200b\u2060\ufeff",
    "Ka\u030are \u20e3\u0315",
    "a" + "\u0323\u0301" * 5000,
    "👩\u200d👩\u200d👧 \U000e0041 \ud800 \uffff",
    "中" * 10_000,
    "a@" * 60_000,
    "9" * 100_000,
    "91 " * 50_000,
    "\n" * 100_000 + "x",
)


def every_form() -> list[type[Form]]:
    for info in pkgutil.walk_packages(marketplace.__path__, "marketplace."):
        if not info.name.endswith("__main__"):
            importlib.import_module(info.name)
    return sorted(set(_below(Form)), key=lambda form: form.__module__ + form.__qualname__)


def _below(form: type[Form]) -> Iterator[type[Form]]:
    for own in form.__subclasses__():
        if own.__module__.startswith("marketplace."):
            yield own
        yield from _below(own)


FORMS = [pytest.param(form, id=f"{form.__module__}.{form.__name__}") for form in every_form()]


def sent(form: type[Form], text: str) -> Form:
    named = (name for name in dir(form) if hasattr(getattr(form, name), "field_class"))
    filled = form(MultiDict(dict.fromkeys(named, text)), meta={"csrf": False})
    for field in filled:
        if isinstance(field, SelectField):
            field.choices = field.choices or []  # A handler puts them in.
    return filled


def texts_of(form: Form) -> list[Field]:
    """What a person types: not what the page puts in, and not passwords."""
    hidden = (HiddenField, PasswordField)
    return [f for f in form if isinstance(f, StringField) and not isinstance(f, hidden)]


def is_typed(field: Field) -> bool:
    """Numbers and days are read from text, and hold none."""
    return type(field) in {StringField, TextAreaField}


@pytest.fixture(autouse=True)
def _request(whole_app: Flask) -> Iterator[None]:
    with whole_app.test_request_context(method="POST"):
        yield


@pytest.mark.parametrize("form", FORMS)
def test_every_text_is_cleaned_as_it_comes_in(form: type[Form]) -> None:
    for text in HOSTILE:
        line, several = clean_line(text), clean_text(text)
        for field in filter(is_typed, texts_of(sent(form, text))):
            expect_clean(field, several if isinstance(field, TextAreaField) else line)


def expect_clean(field: Field, cleaned: str) -> None:
    signs = set(field.data) - {"\u200d"}
    assert field.data == cleaned, field.name
    assert not set(map(unicodedata.category, signs)) & {"Cf", "Cs", "Zl", "Zp"}
    assert not signs & set("\n\t\r\x0b") or isinstance(field, TextAreaField)


@pytest.mark.parametrize("form", FORMS)
def test_every_text_is_judged_and_no_field_is_refused_twice(form: type[Form]) -> None:
    for text in HOSTILE:
        filled = sent(form, text)
        filled.validate()
        assert [field.name for field in texts_of(filled) if len(field.errors) > 1] == []


@pytest.mark.parametrize("form", FORMS)
def test_no_rule_reads_what_has_been_refused(form: type[Form]) -> None:
    def never(_form: AnyForm, field: Field) -> None:
        raise AssertionError(field.name)

    filled = sent(form, "x" * 200_000)
    for field in texts_of(filled):
        field.validate(filled, [never])
        assert field.errors, field.name


@pytest.mark.parametrize("form", FORMS)
def test_json_fills_in_nothing(form: type[Form], whole_app: Flask) -> None:
    typed = {name: {"a": "\ud800"} for name in dir(form)}
    with whole_app.test_request_context(method="POST", json=typed):
        filled = form(meta={"csrf": False})
        assert [field.name for field in texts_of(filled) if field.data] == []


def test_forms_are_found() -> None:
    assert len(FORMS) > 60
