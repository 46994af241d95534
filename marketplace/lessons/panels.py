"""What lessons show on the pages of needs and cases."""

from flask import render_template

from marketplace.lessons import lesson_page, policies, queries
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.ui.context import current_actor, db_session


def beside_the_form(need: Need, **_values: object) -> str:
    """What others learned, for whoever writes a need like theirs."""
    found = queries.list_like_need(db_session(), need)
    return render_template("lessons/beside_form.html", cases=found)


def of_like_needs(need: Need, **_values: object) -> str:
    """The same for everyone who reads a need; its own cases are among them."""
    found = queries.list_like_need(db_session(), need)
    return render_template("lessons/in_need.html", cases=found, need=need) if found else ""


def next_step(pairing: Pairing, **_values: object) -> str:
    actor = current_actor()
    if not policies.has_page(actor, pairing):
        return ""
    values = lesson_page.next_values(db_session(), actor, pairing)
    return render_template("lessons/next.html", **values) if values else ""
