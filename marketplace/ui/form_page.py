"""A page with one form: load, show it or do one service with it, say what was done, lead on.

A handler loads what the actor may see and says the rest to `form_page`. Where the form stands among
other things, on a page with a handler of its own, the handler of its POST uses `send` alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError
from werkzeug import Response

from marketplace.core.errors import Stale
from marketplace.ui.again import this_page
from marketplace.ui.context import db_session
from marketplace.ui.forms import BaseForm
from marketplace.ui.labels import Wording
from marketplace.ui.last_look import LastLook, has_been_seen, is_to_be_seen, last_look_page

Made = TypeVar("Made")
Next = str | Callable[[Made], str | Response]
"""Where it leads when it is done: an address, or what makes it, or the answer, of what was made."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way back from a page, and what there is."""

    url: str
    name: Wording
    lang: str | None = None


def form_page(
    form: BaseForm,
    action: Callable[[], Made],
    *,
    template: str,
    back: Way | None = None,
    expect: Callable[[], object] | None = None,
    done: str | Callable[[Made], str] = "",
    to: Next[Made] | None = None,
    last_look: Callable[[], LastLook | None] | None = None,
    **values: Any,
) -> ResponseReturnValue:
    """Show the form or send it.

    Whoever opens the page is told at once what `expect` refuses; who comes back to a form that was
    refused has been told, and must see what they typed. It leads `to` where something else than
    the way back is next, and without either to the page itself.

    `last_look` is for what cannot be undone: it says what will be recorded, and nothing counts
    until that has been seen. Without fields to fill in, the page itself shows it.
    """
    if form.is_submitted():
        there = to or (back.url if back else this_page())
        return send(form, action, done=done, to=there, last_look=last_look)
    if expect is not None and form.again is None:
        expect()
    if last_look is not None:
        if is_to_be_seen(form):
            return last_look_page(form, last_look(), back)
        values["last_look"] = None if form.shown_fields else last_look()
    return render_template(template, form=form, back=back, **values)


def send(
    form: BaseForm,
    action: Callable[[], Made],
    *,
    to: Next[Made],
    done: str | Callable[[Made], str] = "",
    page: str | None = None,
    partly: bool = False,
    last_look: Callable[[], LastLook | None] | None = None,
) -> ResponseReturnValue:
    """Do it, say so and lead on; or back to the form, which stands on `page` or at this address.

    `partly` is for a draft, of which the action stores what can be read. With a `last_look`, what
    nothing refuses is shown before it is done: the page of the form asks `is_to_be_seen`.
    """
    made: list[Made] = []
    sound = form.validate_on_submit()
    if sound and last_look is not None and not has_been_seen(form) and last_look() is not None:
        tried = _attempt(form, action)
        db_session().rollback()
        return form.lead_back(page, to_look_at=tried)
    stored = (sound or partly) and _attempt(form, lambda: made.append(action()))
    if not (sound and stored):
        form.half_stored = stored
        return form.lead_back(page)
    if done:
        flash(done(made[0]) if callable(done) else done)
    there = to(made[0]) if callable(to) else to
    return redirect(there) if isinstance(there, str) else there


def _attempt(form: BaseForm, action: Callable[[], object]) -> bool:
    try:
        return form.attempt(action)
    except (Stale, StaleDataError):
        db_session().rollback()
        form.overtake()
        return False
