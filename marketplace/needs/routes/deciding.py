"""Pages on which leaders and coordinators decide, and units hand over and close."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.errors import Incomplete, NotAllowed, NotNow
from marketplace.needs import policies, queries
from marketplace.needs.checklist import checklist_of
from marketplace.needs.forms.moves import ChangesForm, CloseForm
from marketplace.needs.models import Need
from marketplace.needs.routes.blueprint import blueprint
from marketplace.needs.services import closing, publishing
from marketplace.needs.states import NEED_LIFECYCLE, NeedEvent, NeedMove, NeedRefusal
from marketplace.ui.access import PUBLIC, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.forms import VersionedForm
from marketplace.ui.labels import missing_points, refusal_text
from marketplace.ui.timeline import timeline_rows


@blueprint.get("/needs/review")
@access(roles(Role.COORDINATOR))
def review_queue() -> ResponseReturnValue:
    page = queries.list_waiting_for_review(db_session(), current_actor(), page_number())
    return render_template("needs/review_queue.html", page=page)


@blueprint.get("/needs/<int:need_id>/review")
@access(roles(Role.COORDINATOR))
def review(need_id: int) -> ResponseReturnValue:
    need = _reviewed_need(need_id)
    return _review_page(need, ChangesForm(data={"version": need.version}), 200)


@blueprint.post("/needs/<int:need_id>/publish")
@access(roles(Role.COORDINATOR))
def publish(need_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = _reviewed_need(need_id)
    form = VersionedForm()
    if form.validate_on_submit() and form.attempt(
        lambda: publishing.publish_need(session, actor, need=need, version=form.row_version)
    ):
        flash(_("Behovet er publisert. Enheten får vite det."))
        return redirect(url_for("needs.show", need_id=need_id))
    changes = ChangesForm(formdata=None, data={"version": need.version})
    changes.form_errors = form.form_errors or [_("Last siden på nytt og prøv igjen.")]
    return _review_page(need, changes, 422)


@blueprint.post("/needs/<int:need_id>/ask-for-changes")
@access(roles(Role.COORDINATOR))
def ask_for_changes(need_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = _reviewed_need(need_id)
    form = ChangesForm()
    if form.validate_on_submit() and form.attempt(
        lambda: publishing.ask_for_changes(
            session, actor, need=need, version=form.row_version, reason=form.reason.data or ""
        )
    ):
        flash(_("Behovet er sendt tilbake til enheten med kommentaren din."))
        return redirect(url_for("needs.review_queue"))
    return _review_page(need, form, 422)


@blueprint.post("/needs/<int:need_id>/endorse")
@access(roles(*UNIT_ROLES))
def endorse(need_id: int) -> ResponseReturnValue:
    done = _("Du har godkjent behovet på vegne av enheten.")
    return _one_click(need_id, publishing.endorse_need, done)


@blueprint.post("/needs/<int:need_id>/submit")
@access(roles(*UNIT_ROLES))
def submit(need_id: int) -> ResponseReturnValue:
    done = _("Behovet er sendt til vurdering. En koordinator ser på det.")
    return _one_click(need_id, publishing.submit_need, done)


@blueprint.route("/needs/<int:need_id>/close", methods=["GET", "POST"])
@access(roles(Role.UNIT_LEADER, Role.COORDINATOR))
def close(need_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = queries.get_need(session, actor, need_id)
    closing.expect_closer(actor, need)
    form = CloseForm(data={"version": need.version})
    if not form.is_submitted():
        NEED_LIFECYCLE.check(need.state, NeedMove.CLOSE)
    if form.validate_on_submit() and form.attempt(
        lambda: closing.close_need(
            session,
            actor,
            need=need,
            version=form.row_version,
            outcome=form.outcome.data,
            reason=form.reason.data or "",
        )
    ):
        flash(_("Behovet er avsluttet. De som følger det, får vite hvorfor."))
        return redirect(url_for("needs.show", need_id=need_id))
    return render_template("needs/close.html", need=need, form=form), _status(form)


@blueprint.get("/needs/<int:need_id>/<any(publish, submit, endorse, 'ask-for-changes'):move>")
@access(PUBLIC)
def moved(need_id: int, move: str) -> ResponseReturnValue:  # noqa: ARG001  part of the address
    """Whoever reloads the address that a button posts to comes to the need itself."""
    return redirect(url_for("needs.show", need_id=need_id))


Move = Callable[..., None]


def _one_click(need_id: int, move: Move, done: str) -> ResponseReturnValue:
    """A move that asks for nothing but the version; what hinders it is said on the need's page."""
    session, actor = db_session(), current_actor()
    need = queries.get_need(session, actor, need_id)
    form = VersionedForm()
    version = form.row_version if form.validate() else 0
    try:
        move(session, actor, need=need, version=version)
    except (NotNow, Incomplete) as refused:
        session.rollback()
        points = ". ".join(missing_points(refused))
        flash(f"{refusal_text(refused)} {points}".strip(), "warning")
    else:
        flash(done)
    return redirect(url_for("needs.show", need_id=need_id))


def _reviewed_need(need_id: int) -> Need:
    """A need for its coordinator's eyes; a coordinator of another municipality is refused."""
    need = queries.get_need(db_session(), current_actor(), need_id)
    if not policies.can_review(current_actor(), need):
        raise NotAllowed(NeedRefusal.COORDINATORS_ONLY)
    return need


def _review_page(need: Need, form: ChangesForm, status: int) -> ResponseReturnValue:
    actor: Actor = current_actor()
    page = render_template(
        "needs/review.html",
        need=need,
        form=form,
        moves=policies.open_moves(actor, need),
        own=policies.is_author(actor, need),
        checklist=checklist_of(need),
        story=timeline_rows(queries.list_events(db_session(), actor, need), NeedEvent),
    )
    return page, status


def _status(form: VersionedForm) -> int:
    return 422 if form.is_submitted() else 200
