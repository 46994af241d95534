"""The steps of a procurement."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.procurements import queries
from marketplace.procurements.forms import NewStepForm, StepForm
from marketplace.procurements.models import ProcurementStep
from marketplace.procurements.routes.blueprint import (
    ADVISERS,
    VIEWERS,
    blueprint,
    the_procurement,
    to_page,
    way_to_procurement,
)
from marketplace.procurements.services import planning
from marketplace.procurements.services.expectations import expect_changeable, expect_handler
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import form_page
from marketplace.ui.sent import sent_version


@blueprint.post("/pairings/<int:pairing_id>/procurement/steps/<int:step_id>/done")
@access(VIEWERS)
def finish_step(pairing_id: int, step_id: int) -> ResponseReturnValue:
    step = _step(pairing_id, step_id)
    planning.finish_step(db_session(), current_actor(), step=step, version=sent_version())
    return to_page(pairing_id, _("Trinnet er ferdig."))


@blueprint.post("/pairings/<int:pairing_id>/procurement/steps/<int:step_id>/reopen")
@access(ADVISERS)
def reopen_step(pairing_id: int, step_id: int) -> ResponseReturnValue:
    step = _step(pairing_id, step_id)
    planning.reopen_step(db_session(), current_actor(), step=step, version=sent_version())
    return to_page(pairing_id, _("Trinnet er åpnet igjen."))


@blueprint.route(
    "/pairings/<int:pairing_id>/procurement/steps/<int:step_id>", methods=["GET", "POST"]
)
@access(ADVISERS)
def change_step(pairing_id: int, step_id: int) -> ResponseReturnValue:
    session, actor, step = db_session(), current_actor(), _step(pairing_id, step_id)
    pairing = step.procurement.pairing
    expect_handler(actor, pairing)
    form = StepForm.for_owners(
        queries.list_step_owners(session, pairing),
        version=step.version,
        title=step.title,
        owner_id=str(step.owner_id or ""),
        due_on=step.due_on,
    )
    return form_page(
        form,
        lambda: planning.change_step(
            session,
            actor,
            step=step,
            version=form.row_version,
            title=form.title.data or "",
            owner_id=form.chosen_owner,
            due_on=form.due_on.data,
        ),
        template="procurements/step.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: expect_changeable(actor, step.procurement),
        done=_("Trinnet er endret."),
        title=_("Endre trinn"),
    )


@blueprint.route("/pairings/<int:pairing_id>/procurement/steps/new", methods=["GET", "POST"])
@access(ADVISERS)
def new_step(pairing_id: int) -> ResponseReturnValue:
    session, actor, procurement = db_session(), current_actor(), the_procurement(pairing_id)
    expect_handler(actor, procurement.pairing)
    form = NewStepForm.for_owners(queries.list_step_owners(session, procurement.pairing))
    return form_page(
        form,
        lambda: planning.add_step(
            session,
            actor,
            procurement=procurement,
            title=form.title.data or "",
            owner_id=form.chosen_owner,
            due_on=form.due_on.data,
        ),
        template="procurements/step.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: expect_changeable(actor, procurement),
        done=_("Trinnet er lagt til."),
        title=_("Legg til et trinn"),
    )


def _step(pairing_id: int, step_id: int) -> ProcurementStep:
    return queries.get_step(the_procurement(pairing_id), step_id)
