"""A form that is sent twice changes one thing, and the second gets the answer of the first.

The mark of a form is used when the handler has led the sender on: any other answer (a refusal, a
preview, one row more to fill in) shows the form again, and leaves the mark free.
"""

from collections.abc import Callable

from flask import current_app, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from marketplace.core.used_marks import UsedMark, free_mark, note_answer, take_mark
from marketplace.ui.again import BackToForm
from marketplace.ui.context import db_session
from marketplace.ui.marks import MARK, MARK_FIELD, repeats
from marketplace.ui.sent import fields_to_send_again, fingerprint, written_texts


class MarkMissing(BadRequest):
    """What was sent is no form that this site shows now."""


def use_once(handle: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Run the handler of a form, unless the form has been used already."""
    if not _is_form():
        return handle()
    mark, sent, session = _sent_mark(), fingerprint(), db_session()
    used = take_mark(session, mark, sent)
    if used is not None:
        return _already_saved(used, same=used.holds(mark, sent))
    answer = make_response(handle())
    if isinstance(answer, BackToForm) or not answer.location:
        free_mark(session, mark)
    else:
        note_answer(session, mark, answer.location)
    return answer


def _is_form() -> bool:
    if request.method != "POST" or request.endpoint is None:
        return False
    return not repeats(current_app.view_functions[request.endpoint])


def _sent_mark() -> str:
    mark = request.form.get(MARK_FIELD, "")
    if not MARK.fullmatch(mark):
        raise MarkMissing
    return mark


def _already_saved(used: UsedMark, *, same: bool) -> ResponseReturnValue:
    if used.location and same:
        flash(_("Dette er allerede lagret."))
        return redirect(used.location, 303)
    page = render_template(
        "ui/already_saved.html",
        saved_at=used.location,
        written=written_texts(),
        again=fields_to_send_again(),
    )
    return page, 409
