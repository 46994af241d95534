"""In demo mode only: one click signs in as each of the demo's people."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts import queries
from marketplace.accounts.labels import ROLE_TASKS
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.sign_in import arrive
from marketplace.core.errors import NotFound
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import current_settings, db_session
from marketplace.ui.marks import may_repeat


@blueprint.get("/demo")
@access(PUBLIC)
def demo() -> ResponseReturnValue:
    _only_in_demo()
    people = queries.list_demo_people(db_session())
    return render_template("accounts/demo.html", people=people, tasks=ROLE_TASKS)


@blueprint.post("/demo/<int:person_id>")
@access(PUBLIC)
@may_repeat
def sign_in_as(person_id: int) -> ResponseReturnValue:
    _only_in_demo()
    person = queries.get_person(db_session(), person_id)
    if person.demo_order is None or not person.active:
        raise NotFound
    return arrive(person, target=url_for("home"))


def _only_in_demo() -> None:
    if not current_settings().demo:
        raise NotFound
