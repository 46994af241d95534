"""Pages that everyone may read about needs, and what the feature adds to the application."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from marketplace.accounts.trust import is_trusted, register_contact_readers
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.needs import deciding, policies, queries, writing
from marketplace.needs.blueprint import blueprint
from marketplace.needs.checklist import checklist_of
from marketplace.needs.forms.filters import FilterForm
from marketplace.needs.joining import routes as joining
from marketplace.needs.joining import sections
from marketplace.needs.labels import LABELS, story_of
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import MenuEntry, add_menu_entry

PAGES = (deciding, writing, joining)
"""Importing them puts their pages on the blueprint."""


@blueprint.get("/needs")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    form = FilterForm(request.args)
    form.offer_municipalities(queries.list_municipalities(session))
    wanted = form.wanted()
    page = queries.list_needs(session, actor, wanted, page_number())
    form.state.data = wanted.state
    kept = {f.name: value for f in form if (value := request.args.get(f.name))}
    return render_template("needs/index.html", form=form, page=page, kept=kept, narrowed=bool(kept))


@blueprint.get("/needs/<int:need_id>")
@access(PUBLIC)
def show(need_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = queries.get_need(session, actor, need_id)
    return render_template(
        "needs/show.html",
        need=need,
        inside=policies.can_see_inside(actor, need),
        moves=policies.open_moves(actor, need),
        may_edit=policies.can_edit_now(actor, need),
        may_endorse=policies.can_endorse_now(actor, need),
        may_add=policies.can_add_now(actor, need),
        writes=policies.can_write(actor, need),
        knows_names=is_trusted(session, actor),
        takes_answers=policies.takes_answers(need),
        checklist=checklist_of(need),
        story=story_of(queries.list_events(session, actor, need)),
    )


def _works_in_a_unit(actor: Actor) -> bool:
    return actor.holds(*UNIT_ROLES)


def _coordinates(actor: Actor) -> bool:
    return actor.holds(Role.COORDINATOR)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register_labels(LABELS)
    sections.register()
    register_contact_readers(queries.has_visible_need)
    add_menu_entry(MenuEntry(10, _l("Behov"), "needs.index", lambda _actor: True))
    add_menu_entry(MenuEntry(12, _l("Mine behov"), "needs.mine", _works_in_a_unit))
    add_menu_entry(MenuEntry(14, _l("Til vurdering"), "needs.review_queue", _coordinates))
