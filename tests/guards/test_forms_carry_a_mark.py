"""Every form that changes something carries the mark by which it is used once."""

import re
from pathlib import Path

import pytest
from flask import Flask

import marketplace
from marketplace.ui.marks import repeats

TEMPLATES = sorted(Path(marketplace.__path__[0]).rglob("templates/**/*.html"))
POST_FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
KEPT_WITH_ITS_FORM = "kept.fields"
SEND_BLOCK = re.compile(r"\{% block send %\}(?!\{% endblock)(.+?)\{% endblock %\}", re.DOTALL)
GIVES_A_MARK = ("form_mark()", "hidden_tag()", "submit(form", "fields_again(")


def forms() -> list[tuple[str, str]]:
    return [
        (str(path), found)
        for path in TEMPLATES
        for found in POST_FORM.findall(path.read_text(encoding="utf-8"))
    ]


def test_every_form_in_a_template_has_a_mark() -> None:
    found = forms()
    assert len(found) > 10
    without = [(n, form) for n, form in found if not any(part in form for part in GIVES_A_MARK)]
    assert [n for n, form in without if KEPT_WITH_ITS_FORM not in form] == []


def test_every_block_that_sends_a_form_has_a_mark() -> None:
    texts = {str(path): path.read_text(encoding="utf-8") for path in TEMPLATES}
    blocks = [(n, found) for n, text in texts.items() for found in SEND_BLOCK.findall(text)]
    assert blocks
    assert [n for n, block in blocks if not any(part in block for part in GIVES_A_MARK)] == []


def test_no_other_way_of_posting_is_unseen() -> None:
    """The pattern above would miss a form that is written in another way."""
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES]
    assert sum(len(re.findall(r"(?i)method=.?post", text)) for text in texts) == len(forms())


@pytest.mark.parametrize("sent", [{}, {"form_mark": "tull"}])
def test_every_endpoint_refuses_a_form_without_one(
    whole_app: Flask, sent: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked directly, past who may: the mark is asked for before the handler is called."""
    monkeypatch.setitem(whole_app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setitem(whole_app.before_request_funcs, None, [])
    for endpoint, path in posted_to(whole_app):
        monkeypatch.setitem(whole_app.view_functions, endpoint, never_called)
        answer = whole_app.test_client().post(path, data=sent)
        assert (endpoint, answer.status_code) == (endpoint, 400)


def posted_to(app: Flask) -> list[tuple[str, str]]:
    """The endpoints whose forms are used once, with an address of each."""
    return [
        (rule.endpoint, re.sub(r"<[^>]*>", "x", re.sub(r"<int:[^>]*>", "1", rule.rule)))
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set()) and not repeats(app.view_functions[rule.endpoint])
    ]


def never_called(**_values: object) -> str:
    raise AssertionError("the handler was called although the form has no mark")
