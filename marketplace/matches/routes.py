"""Matches in the browser: for a unit's need, and for an entrepreneur's concept."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.concepts import queries as concepts
from marketplace.concepts.policies import can_edit
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.errors import NotFound
from marketplace.matches import policies, queries
from marketplace.matches.forms import DismissForm, SearchForm
from marketplace.matches.search import search_within_need
from marketplace.matches.services import judging
from marketplace.matches.wording import nearest_needs
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.ui.access import PUBLIC, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number, searched_words
from marketplace.ui.form_page import send

blueprint = Blueprint("matches", __name__, template_folder="templates")

NEED_SIDE = roles(*UNIT_ROLES, *policies.READERS)
UNIT_SIDE = roles(*UNIT_ROLES)
CONCEPT_SIDE = roles(Role.ENTREPRENEUR)
NEAREST = 3
"""Of those that are no match: the page is never a dead end."""

CONCEPTS_AT_A_TIME = 5
"""Each is ranked anew when the page is shown."""
NEEDS_FOR_EACH = 5


@blueprint.get("/needs/<int:need_id>/matches")
@access(NEED_SIDE)
def for_need(need_id: int) -> ResponseReturnValue:
    session, need, words = db_session(), _need_with_matches(need_id), searched_words()
    judged = queries.standing_judgements(session, need.id).values()
    found = search_within_need(session, need, words, page_number()) if words else None
    matches = queries.rank_concepts(session, need) if found is None else ()
    most = queries.SHOWN if "weaker" in request.args else NEAREST
    near = queries.near_concepts(session, need, most + 1) if found is None else ()
    return render_template(
        "matches/for_need.html",
        need=need,
        form=SearchForm(data={"q": words}),
        words=words,
        found=found,
        matches=matches,
        near=near[:most],
        more=queries.SHOWN if len(near) > most == NEAREST else 0,
        judged=list(judged),
        may_judge=policies.can_judge(current_actor(), need),
    )


@blueprint.get("/needs/<int:need_id>/matches/<int:concept_id>")
@access(NEED_SIDE)
def explain(need_id: int, concept_id: int) -> ResponseReturnValue:
    session, need = db_session(), _need_with_matches(need_id)
    concept = queries.get_published_concept(session, concept_id)
    return render_template(
        "matches/explain.html",
        need=need,
        concept=concept,
        explanation=queries.explain_pair(session, need, concept),
        judgement=queries.standing_judgement(session, need.id, concept.id),
        may_judge=policies.can_judge(current_actor(), need),
        form=DismissForm(),
    )


@blueprint.post("/needs/<int:need_id>/matches/<int:concept_id>/shortlist")
@access(UNIT_SIDE)
def shortlist(need_id: int, concept_id: int) -> ResponseReturnValue:
    need = _need_with_matches(need_id)
    concept = queries.get_published_concept(db_session(), concept_id)
    judging.shortlist_concept(db_session(), current_actor(), need=need, concept=concept)
    flash(_("«%(title)s» er på kortlisten.", title=concept.title))
    return redirect(url_for("matches.for_need", need_id=need.id))


@blueprint.post("/needs/<int:need_id>/matches/<int:concept_id>/dismiss")
@access(UNIT_SIDE)
def dismiss(need_id: int, concept_id: int) -> ResponseReturnValue:
    session, actor, need = db_session(), current_actor(), _need_with_matches(need_id)
    concept, form = queries.get_published_concept(session, concept_id), DismissForm()
    return send(
        form,
        lambda: judging.dismiss_concept(
            session,
            actor,
            need=need,
            concept=concept,
            reason=form.reason.data,
            note=form.note.data or "",
        ),
        page=url_for("matches.explain", need_id=need_id, concept_id=concept_id),
        done=_(
            "«%(title)s» vises ikke lenger blant treffene. Du kan angre nederst på siden.",
            title=concept.title,
        ),
        to=url_for("matches.for_need", need_id=need_id),
    )


@blueprint.post("/needs/<int:need_id>/matches/<int:concept_id>/undo")
@access(UNIT_SIDE)
def undo(need_id: int, concept_id: int) -> ResponseReturnValue:
    need = _need_with_matches(need_id)
    concept = queries.get_any_concept(db_session(), concept_id)
    judging.undo_judgement(db_session(), current_actor(), need=need, concept=concept)
    flash(_("Vurderingen av «%(title)s» er angret.", title=concept.title))
    return redirect(url_for("matches.for_need", need_id=need.id))


@blueprint.get("/matches")
@access(CONCEPT_SIDE)
def mine() -> ResponseReturnValue:
    """The best needs for each of an entrepreneur's published concepts."""
    session = db_session()
    actor = current_actor()
    page = concepts.list_own_published_page(session, actor, page_number(), CONCEPTS_AT_A_TIME)
    ranked = queries.rank_needs_for_each(session, page.rows, limit=NEEDS_FOR_EACH)
    shown = list(zip(page.rows, ranked, strict=True))
    return render_template("matches/mine.html", ranked=shown, page=page)


@blueprint.get("/concepts/<int:concept_id>/matches")
@access(CONCEPT_SIDE)
def for_concept(concept_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    concept = concepts.get_concept(session, actor, concept_id)
    if not policies.can_see_needs_for(actor, concept):
        raise NotFound
    matches = queries.rank_needs(session, concept)
    return render_template(
        "matches/for_concept.html",
        concept=concept,
        matches=matches,
        nearest=None if matches else nearest_needs(session, concept),
        may_edit=can_edit(actor, concept),
    )


@blueprint.get("/help/matches")
@access(PUBLIC)
def how_it_works() -> ResponseReturnValue:
    return render_template("matches/how_it_works.html")


def _need_with_matches(need_id: int) -> Need:
    session, actor = db_session(), current_actor()
    need = needs.get_need(session, actor, need_id)
    if not policies.can_see_concepts_for(actor, need):
        raise NotFound
    return need
