"""Pages that everyone may read about needs."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.accounts.trust import is_trusted
from marketplace.core.revision import Collection, current_revision
from marketplace.needs import policies, queries
from marketplace.needs.awaited import takes_answers
from marketplace.needs.checklist import checklist_of
from marketplace.needs.forms.filters import FilterForm
from marketplace.needs.pages import story_of
from marketplace.needs.queries import NeedFilter
from marketplace.needs.routes.blueprint import blueprint
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.fragments import same_for_all


@blueprint.get("/needs")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    session = db_session()
    form = FilterForm(request.args)
    form.offer_municipalities(queries.list_municipalities(session))
    wanted = form.wanted()
    form.state.data = wanted.state
    kept = {f.name: value for f in form if (value := request.args.get(f.name))}
    revision = current_revision(session, Collection.NEEDS)
    key = ("needs that are found", wanted, page_number(), tuple(kept.items()), revision)
    found = same_for_all(key, lambda: _found(wanted, kept))
    return render_template(
        "needs/index.html", form=form, wanted=wanted, found=found, narrowed=bool(kept)
    )


def _found(wanted: NeedFilter, kept: dict[str, str]) -> str:
    page = queries.list_needs(db_session(), wanted, page_number())
    return render_template("needs/_found.html", page=page, kept=kept) if page.rows else ""


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
        takes_answers=takes_answers(need),
        checklist=checklist_of(need),
        story=story_of(session, actor, need),
    )
