"""Pages on which leaders and coordinators decide, and units hand over and close."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.errors import NotAllowed
from marketplace.needs import policies, queries
from marketplace.needs.checklist import checklist_of
from marketplace.needs.forms.moves import ChangesForm, CloseForm, RefuseForm, TakeBackForm
from marketplace.needs.models import Need
from marketplace.needs.pages import back_to_need, story_of
from marketplace.needs.routes.blueprint import blueprint
from marketplace.needs.services import closing, publishing, returning
from marketplace.needs.states import NEED_LIFECYCLE, NeedMove, NeedRefusal
from marketplace.ui.access import PUBLIC, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.form_page import form_page, send
from marketplace.ui.forms import VersionedForm


@blueprint.get("/needs/review")
@access(roles(Role.COORDINATOR))
def review_queue() -> ResponseReturnValue:
    page = queries.list_waiting_for_review(db_session(), current_actor(), page_number())
    return render_template("needs/review_queue.html", page=page)


@blueprint.get("/needs/<int:need_id>/review")
@access(roles(Role.COORDINATOR))
def review(need_id: int) -> ResponseReturnValue:
    session, actor, need = db_session(), current_actor(), _reviewed_need(need_id)
    return render_template(
        "needs/review.html",
        need=need,
        form=ChangesForm(data={"version": need.version}),
        moves=policies.open_moves(actor, need),
        own=policies.is_author(actor, need),
        checklist=checklist_of(need),
        story=story_of(session, actor, need),
    )


@blueprint.post("/needs/<int:need_id>/publish")
@access(roles(Role.COORDINATOR))
def publish(need_id: int) -> ResponseReturnValue:
    need, version = _reviewed_need(need_id), VersionedForm().row_version
    publishing.publish_need(db_session(), current_actor(), need=need, version=version)
    return _to_need(need, _("Behovet er publisert. Enheten får vite det."))


@blueprint.post("/needs/<int:need_id>/ask-for-changes")
@access(roles(Role.COORDINATOR))
def ask_for_changes(need_id: int) -> ResponseReturnValue:
    session, actor, need = db_session(), current_actor(), _reviewed_need(need_id)
    form = ChangesForm(data={"version": need.version})
    return send(
        form,
        lambda: returning.ask_for_changes(
            session, actor, need=need, version=form.row_version, reason=form.reason.data or ""
        ),
        page=url_for("needs.review", need_id=need_id),
        done=_("Behovet er sendt tilbake til enheten med kommentaren din."),
        to=url_for("needs.review_queue"),
    )


@blueprint.post("/needs/<int:need_id>/endorse")
@access(roles(*UNIT_ROLES))
def endorse(need_id: int) -> ResponseReturnValue:
    need, version = _need(need_id), VersionedForm().row_version
    publishing.endorse_need(db_session(), current_actor(), need=need, version=version)
    return _to_need(need, _("Du har godkjent behovet på vegne av enheten."))


@blueprint.post("/needs/<int:need_id>/submit")
@access(roles(*UNIT_ROLES))
def submit(need_id: int) -> ResponseReturnValue:
    need, version = _need(need_id), VersionedForm().row_version
    publishing.submit_need(db_session(), current_actor(), need=need, version=version)
    return _to_need(need, _("Behovet er sendt til vurdering. En koordinator ser på det."))


@blueprint.route("/needs/<int:need_id>/refuse", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def refuse(need_id: int) -> ResponseReturnValue:
    session, actor, need = db_session(), current_actor(), _need(need_id)
    form = RefuseForm(data={"version": need.version})
    return form_page(
        form,
        lambda: returning.refuse_need(
            session, actor, need=need, version=form.row_version, reason=form.reason.data or ""
        ),
        template="needs/refuse.html",
        back=back_to_need(need),
        expect=lambda: returning.check_refusable(actor, need),
        done=_("Du har sagt nei. Den som skrev behovet, og koordinatorene får vite hvorfor."),
    )


@blueprint.route("/needs/<int:need_id>/take-back", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def take_back(need_id: int) -> ResponseReturnValue:
    session, actor, need = db_session(), current_actor(), _need(need_id)
    form = TakeBackForm(data={"version": need.version})
    return form_page(
        form,
        lambda: returning.take_back_need(
            session, actor, need=need, version=form.row_version, reason=form.reason.data or ""
        ),
        template="needs/take_back.html",
        back=back_to_need(need),
        expect=lambda: returning.check_taking_back(actor, need),
        done=_("Behovet er tatt tilbake. Nå kan dere skrive på det igjen."),
    )


@blueprint.route("/needs/<int:need_id>/close", methods=["GET", "POST"])
@access(roles(Role.UNIT_LEADER, Role.COORDINATOR))
def close(need_id: int) -> ResponseReturnValue:
    session, actor, need = db_session(), current_actor(), _need(need_id)
    form = CloseForm(data={"version": need.version})
    closing.expect_closer(actor, need)
    return form_page(
        form,
        lambda: closing.close_need(
            session,
            actor,
            need=need,
            version=form.row_version,
            outcome=form.outcome.data,
            reason=form.reason.data or "",
        ),
        template="needs/close.html",
        back=back_to_need(need),
        expect=lambda: NEED_LIFECYCLE.check(need.state, NeedMove.CLOSE),
        done=_("Behovet er avsluttet. De som følger det, får vite hvorfor."),
    )


@blueprint.get("/needs/<int:need_id>/<any(publish, submit, endorse, 'ask-for-changes'):move>")
@access(PUBLIC)
def moved(need_id: int, move: str) -> ResponseReturnValue:  # noqa: ARG001  part of the address
    """Whoever reloads the address that a button posts to comes to the need itself."""
    return redirect(url_for("needs.show", need_id=need_id))


def _need(need_id: int) -> Need:
    return queries.get_need(db_session(), current_actor(), need_id)


def _reviewed_need(need_id: int) -> Need:
    """A need for its coordinator's eyes; a coordinator of another municipality is refused."""
    need = _need(need_id)
    if not policies.can_review(current_actor(), need):
        raise NotAllowed(NeedRefusal.COORDINATORS_ONLY)
    return need


def _to_need(need: Need, done: str) -> ResponseReturnValue:
    flash(done)
    return redirect(url_for("needs.show", need_id=need.id))
