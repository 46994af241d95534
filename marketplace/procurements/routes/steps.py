"""The steps of a procurement."""

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.procurements import queries
from marketplace.procurements.forms import NewStepForm, StepForm
from marketplace.procurements.models import ProcurementStep
from marketplace.procurements.routes.blueprint import (
    ADVISERS,
    blueprint,
    small_page,
    the_procurement,
    to_page,
)
from marketplace.procurements.services import planning
from marketplace.procurements.services.expectations import expect_changeable
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.forms import VersionedForm


@blueprint.post("/pairings/<int:pairing_id>/procurement/steps/<int:step_id>/done")
@access(ADVISERS)
def finish_step(pairing_id: int, step_id: int) -> ResponseReturnValue:
    step, form = _step(pairing_id, step_id), VersionedForm()
    if not form.validate_on_submit():
        abort(400)
    planning.finish_step(db_session(), current_actor(), step=step, version=form.row_version)
    return to_page(pairing_id, _("Trinnet er ferdig."))


@blueprint.post("/pairings/<int:pairing_id>/procurement/steps/<int:step_id>/reopen")
@access(ADVISERS)
def reopen_step(pairing_id: int, step_id: int) -> ResponseReturnValue:
    step, form = _step(pairing_id, step_id), VersionedForm()
    if not form.validate_on_submit():
        abort(400)
    planning.reopen_step(db_session(), current_actor(), step=step, version=form.row_version)
    return to_page(pairing_id, _("Trinnet er åpnet igjen."))


@blueprint.route(
    "/pairings/<int:pairing_id>/procurement/steps/<int:step_id>", methods=["GET", "POST"]
)
@access(ADVISERS)
def change_step(pairing_id: int, step_id: int) -> ResponseReturnValue:
    step = _step(pairing_id, step_id)
    expect_changeable(current_actor(), step.procurement)
    form = StepForm(obj=step)
    form.offer(queries.list_step_owners(db_session(), step.procurement.pairing))
    return small_page(
        step.procurement.pairing,
        form,
        lambda: planning.change_step(
            db_session(),
            current_actor(),
            step=step,
            version=form.row_version,
            title=form.title.data or "",
            owner_id=form.chosen_owner,
            due_on=form.due_on.data,
        ),
        template="procurements/step.html",
        done=_("Trinnet er endret."),
        title=_("Endre trinn"),
    )


@blueprint.route("/pairings/<int:pairing_id>/procurement/steps/new", methods=["GET", "POST"])
@access(ADVISERS)
def new_step(pairing_id: int) -> ResponseReturnValue:
    procurement, form = the_procurement(pairing_id), NewStepForm()
    expect_changeable(current_actor(), procurement)
    form.offer(queries.list_step_owners(db_session(), procurement.pairing))
    return small_page(
        procurement.pairing,
        form,
        lambda: planning.add_step(
            db_session(),
            current_actor(),
            procurement=procurement,
            title=form.title.data or "",
            owner_id=form.chosen_owner,
            due_on=form.due_on.data,
        ),
        template="procurements/step.html",
        done=_("Trinnet er lagt til."),
        title=_("Legg til et trinn"),
    )


def _step(pairing_id: int, step_id: int) -> ProcurementStep:
    return queries.get_step(the_procurement(pairing_id), step_id)
