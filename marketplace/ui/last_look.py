"""What cannot be undone is shown once more, as it will be recorded, before it counts.

The form is sent and tried; when nothing refuses it, its page shows what will be recorded instead of
the fields, and a button that sends the same once more. Back and Reload only show that page again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from marketplace.ui.again import this_page
from marketplace.ui.forms import BaseForm

SEEN = "seen"
EDIT = "edit"


@dataclass(frozen=True, slots=True)
class LastLook:
    """`facts` are names and texts, as they will be recorded; `meaning` is what follows."""

    heading: str
    meaning: str
    button: str
    facts: Sequence[tuple[str, str]] = ()
    points: Sequence[str] = ()
    """What else will change, one line each."""


def has_been_seen(form: BaseForm) -> bool:
    """What has no fields is seen on its page."""
    return not form.shown_fields or request.form.get(SEEN) == "yes"


def is_to_be_seen(form: BaseForm) -> bool:
    sent = form.again
    return sent is not None and sent.looked_at and request.args.get(EDIT) != "yes"


def last_look_page(form: BaseForm, last_look: LastLook | None, back: Any) -> str:
    """The page that shows it, in place of the form's own."""
    sent = form.again.fields if form.again is not None else ()
    return render_template(
        "ui/last_look.html",
        form=form,
        last_look=last_look,
        back=back,
        sent=[(name, value) for name, value in sent if name != SEEN],
        page=this_page(),
        edit_url=f"{request.full_path}&{EDIT}=yes",
    )
