"""A form that was refused stands on its own page again, with what was typed and what was said.

The sender is led back to the page (a GET), so that Back and Reload never ask to send once more.
What was sent is kept in `core/refused_forms`; the address of the page carries the token to it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import cast
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from flask import Response, g, request, session, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.utils import redirect

from marketplace.core.refused_forms import find_refused, keep_refused
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.marks import MARK, new_mark

PARAMETER = "again"
LARGEST = 500_000
BROWSER = "browser"
"""Where a browser's cookie holds what tells it from others while nobody is signed in."""


class BackToForm(Response):
    """An answer after which nothing is done: the mark of the form stays free."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """What was sent, with which form of which page, and what was said to it."""

    form: str
    path: str
    mark: str
    fields: Sequence[tuple[str, str]]
    errors: Mapping[str, Sequence[str]]
    """By the id of the field."""
    form_errors: Sequence[str]
    overtaken: bool
    """Whether somebody else changed meanwhile what the form is about."""
    looked_at: bool = False
    """Whether nothing was refused, and it is shown once more before it counts."""

    @property
    def values(self) -> MultiDict[str, str]:
        return MultiDict([(name, value) for name, value in self.fields])


def this_page() -> str:
    """The address that a form was sent to, where a GET shows the same form."""
    page = url_for(request.endpoint or "", **(request.view_args or {}))
    query = urlencode([(n, v) for n, v in request.args.items(multi=True) if n != PARAMETER])
    return f"{page}?{query}" if query else page


def path_of(page: str) -> str:
    return unquote(urlsplit(page).path)


def lead_back(sent: SentForm, page: str) -> BackToForm:
    """To `page`, whose address then brings back what was sent."""
    if sum(len(name) + len(value) for name, value in sent.fields) > LARGEST:
        told = [*sent.form_errors, _("Det du skrev, er for langt til at vi kan ta vare på det.")]
        sent = replace(sent, fields=(), form_errors=told)
    person_id, browser = current_actor().person_id, ""
    if person_id is None:
        browser = session.setdefault(BROWSER, new_mark())
    token = keep_refused(db_session(), person_id, browser, json.dumps(asdict(sent)))
    parts = urlsplit(page)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), (PARAMETER, token)])
    return cast(BackToForm, redirect(parts._replace(query=query).geturl(), 303, BackToForm))


def was_refused() -> bool:
    """Whether this page is one that a refusal led back to."""
    return request.method != "POST" and PARAMETER in request.args


def find_sent() -> SentForm | None:
    """What the address brings back; None where it is not there any more, or is somebody else's."""
    if "sent_form" not in g:
        g.sent_form = _find(request.args.get(PARAMETER, ""))
    return cast(SentForm | None, g.sent_form)


def _find(token: str) -> SentForm | None:
    if not MARK.fullmatch(token):
        return None
    browser = session.get(BROWSER, "")
    found = find_refused(db_session(), token, current_actor().person_id, browser)
    return SentForm(**json.loads(found)) if found else None
