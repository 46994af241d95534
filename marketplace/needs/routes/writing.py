"""Pages on which a unit writes its needs."""

from flask import flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from marketplace.core.actor import UNIT_ROLES
from marketplace.core.clock import NORWAY, now
from marketplace.core.errors import NotFound, NotNow, Refused, Stale
from marketplace.needs import queries
from marketplace.needs.checklist import checklist_of
from marketplace.needs.forms.moves import AddendumForm, StartForm
from marketplace.needs.forms.steps import STEPS, DatesForm, StepForm, open_step
from marketplace.needs.models import Need
from marketplace.needs.pages import back_to_need
from marketplace.needs.requirements import TEXTS, wrong_dates
from marketplace.needs.routes.blueprint import blueprint
from marketplace.needs.services import writing
from marketplace.needs.states import NeedRefusal
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.labels import refusal_text
from marketplace.ui.marks import may_repeat
from marketplace.ui.target_group import TargetGroupForm


@blueprint.get("/needs/mine")
@access(roles(*UNIT_ROLES))
def mine() -> ResponseReturnValue:
    page = queries.list_own_needs(db_session(), current_actor(), page_number())
    return render_template("needs/mine.html", page=page)


@blueprint.route("/needs/new", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def new() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    units = queries.list_own_units(session, actor)
    form = StartForm.for_units(units)
    return form_page(
        form,
        lambda: writing.create_need(
            session, actor, unit=form.chosen(units), title=form.title.data or ""
        ),
        template="needs/new.html",
        back=Way(url_for("needs.mine"), _("Mine behov")),
        to=lambda need: url_for("needs.edit", need_id=need.id, step=1),
    )


@blueprint.route("/needs/<int:need_id>/edit/<int:step>", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def edit(need_id: int, step: int) -> ResponseReturnValue:
    need, form = _open(need_id, step)
    if not form.is_submitted():
        return _opened(need, form, step)
    _store(need, form)
    if form.error_list or _points_out_personal_data(form):
        return form.lead_back()
    if step < len(STEPS):
        return redirect(url_for("needs.edit", need_id=need.id, step=step + 1))
    if wrong_dates(need):
        return redirect(url_for("needs.edit", need_id=need.id, step=step))
    flash(_("Alt er lagret. Se over behovet før du sender det til vurdering."))
    return redirect(url_for("needs.show", need_id=need.id))


@blueprint.post("/needs/<int:need_id>/edit/<int:step>/autosave")
@access(roles(*UNIT_ROLES))
@may_repeat
def autosave(need_id: int, step: int) -> ResponseReturnValue:
    """The same as saving the step, answered with what a script needs."""
    need, form = _open(need_id, step)
    if not _store(need, form):
        return jsonify(message=" ".join(text for _at, text in form.error_list)), 409
    values = {"time": now().astimezone(NORWAY).strftime("%H.%M")}
    saved = _("Lagret kl. %(time)s", **values)
    partly = _("Lagret kl. %(time)s, bortsett fra det som må rettes.", **values)
    message = partly if form.error_list else saved
    _points_out_personal_data(form)
    errors = {field.id: " ".join(map(str, field.errors)) for field in form if field.errors}
    return jsonify(version=need.version, message=message, errors=errors)


@blueprint.get("/needs/<int:need_id>/aside")
@access(roles(*UNIT_ROLES))
def aside(need_id: int) -> ResponseReturnValue:
    """What stands beside the form, as a fragment, so that saving can bring it up to date."""
    need = _own_need(need_id)
    return render_template("needs/_aside.html", need=need, checklist=checklist_of(need))


@blueprint.route("/needs/<int:need_id>/addendum", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def add_addendum(need_id: int) -> ResponseReturnValue:
    session, actor, need = db_session(), current_actor(), _own_need(need_id)
    form = AddendumForm(data={"version": need.version})
    return form_page(
        form,
        lambda: writing.add_addendum(
            session, actor, need=need, version=form.row_version, text=form.text.data or ""
        ),
        template="needs/addendum.html",
        back=back_to_need(need),
        expect=lambda: writing.expect_open_for_addenda(need),
        done=_("Opplysningene er lagt til. De som følger behovet, får vite det."),
    )


@blueprint.route("/needs/<int:need_id>/target-group", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def confirm_target(need_id: int) -> ResponseReturnValue:
    session, actor, need = db_session(), current_actor(), _own_need(need_id)
    form = TargetGroupForm(obj=need)
    return form_page(
        form,
        lambda: writing.confirm_target(
            session, actor, need=need, version=form.row_version, target=form.target
        ),
        template="needs/target_group.html",
        back=back_to_need(need),
        expect=lambda: writing.expect_not_closed(need),
        done=_("Takk. Nå vet vi hvem behovet er for."),
    )


def _own_need(need_id: int) -> Need:
    need = queries.get_need(db_session(), current_actor(), need_id)
    writing.expect_writer(current_actor(), need)
    return need


def _open(need_id: int, step: int) -> tuple[Need, StepForm]:
    if not 1 <= step <= len(STEPS):
        raise NotFound
    need = _own_need(need_id)
    return need, open_step(db_session(), need, step)


def _opened(need: Need, form: StepForm, step: int) -> ResponseReturnValue:
    """The step to write in; the need itself, with the reason, while its text is locked.

    What was sent and refused is shown also where the text was locked meanwhile.
    """
    try:
        writing.expect_editable(current_actor(), need)
    except NotNow as locked:
        if form.again is None:
            flash(refusal_text(locked), "warning")
            return redirect(url_for("needs.show", need_id=need.id))
    _points_out_personal_data(form)
    return render_template(
        "needs/edit.html",
        need=need,
        form=form,
        step=step,
        steps=STEPS,
        wrong_dates=wrong_dates(need) if isinstance(form, DatesForm) else [],
        checklist=checklist_of(need),
    )


def _store(need: Need, form: StepForm) -> bool:
    """Save what can be saved of the step; what was typed stays in the form whatever happens."""
    session, actor = db_session(), current_actor()
    form.validate()
    try:
        writing.save_need(
            session, actor, need=need, version=form.row_version, fields=form.sound_fields()
        )
    except (Stale, StaleDataError):
        session.rollback()
        form.overtake()
    except Refused as refused:
        session.rollback()
        form.show(refused)
    else:
        form.half_stored = True
    return form.half_stored


def _points_out_personal_data(form: StepForm) -> bool:
    """A draft keeps it, so that nothing is lost; whoever writes is told that it has to go."""
    return form.point_out_personal_data(TEXTS, NeedRefusal.PERSONAL_DATA)
