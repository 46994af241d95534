"""The test of a case in the browser."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from marketplace.agreements import queries as agreements
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.clock import today
from marketplace.pairings import queries as pairings
from marketplace.pairings.awaited import was_approved
from marketplace.pairings.pages.case import title_of
from marketplace.pairings.policies import VIEWERS
from marketplace.pilots import pages, policies, queries
from marketplace.pilots.forms import (
    CompleteForm,
    EffortForm,
    MeasureForm,
    ReportForm,
    StopForm,
)
from marketplace.pilots.models import Pilot
from marketplace.pilots.services import checkpoints, efforts, measuring, running
from marketplace.pilots.services.expectations import (
    expect_move,
    expect_mover,
    expect_nothing_against,
    expect_side,
)
from marketplace.pilots.states import CheckpointAnswer, PilotMove
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.last_look import LastLook
from marketplace.ui.sent import sent_version

blueprint = Blueprint("pilots", __name__, template_folder="templates")

READERS = roles(*VIEWERS)
UNIT = roles(*UNIT_ROLES)
PARTIES = roles(*UNIT_ROLES, Role.ENTREPRENEUR)

# ---------------------------------------------------------------- the test


@blueprint.get("/pairings/<int:pairing_id>/pilot")
@access(READERS)
def show(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = pairings.get_pairing(session, actor, pairing_id)
    if not was_approved(pairing):
        abort(404)
    pilot = queries.find_pilot(session, pairing.id)
    if pilot is None:
        return render_template("pilots/not_yet.html", pairing=pairing)
    values = pages.values_for(session, actor, pairing, pilot)
    return render_template("pilots/show.html", **values)


def _pilot(pairing_id: int) -> Pilot:
    return queries.get_pilot(db_session(), current_actor(), pairing_id)


def _way_to_pilot(pilot: Pilot) -> Way:
    name = Markup("{} {}").format(_("Utprøving:"), title_of(pilot.pairing))
    return Way(url_for("pilots.show", pairing_id=pilot.pairing_id), name)


# ---------------------------------------------------------------- starting and ending


@blueprint.post("/pairings/<int:pairing_id>/pilot/start")
@access(UNIT)
def start(pairing_id: int) -> ResponseReturnValue:
    session, actor, pilot = db_session(), current_actor(), _pilot(pairing_id)
    running.start_pilot(session, actor, pilot=pilot, version=sent_version())
    flash(_("Utprøvingen er i gang. Alle i saken får beskjed."))
    return redirect(url_for("pilots.show", pairing_id=pairing_id))


@blueprint.route("/pairings/<int:pairing_id>/pilot/complete", methods=["GET", "POST"])
@access(UNIT)
def complete(pairing_id: int) -> ResponseReturnValue:
    session, actor, pilot = db_session(), current_actor(), _pilot(pairing_id)
    expect_mover(actor, pilot, PilotMove.COMPLETE)
    form = CompleteForm(data={"version": pilot.version})
    return form_page(
        form,
        lambda: running.complete_pilot(session, actor, pilot=pilot, version=form.row_version),
        template="pilots/complete.html",
        back=_way_to_pilot(pilot),
        expect=lambda: running.expect_may_complete(session, actor, pilot),
        done=_("Utprøvingen er fullført. Nå venter saken på beslutningen."),
        **pages.values_for(session, actor, pilot.pairing, pilot),
    )


@blueprint.route("/pairings/<int:pairing_id>/pilot/stop", methods=["GET", "POST"])
@access(PARTIES)
def stop(pairing_id: int) -> ResponseReturnValue:
    session, actor, pilot = db_session(), current_actor(), _pilot(pairing_id)
    expect_mover(actor, pilot, PilotMove.STOP)
    form = StopForm(data={"version": pilot.version})
    return form_page(
        form,
        lambda: running.stop_pilot(
            session,
            actor,
            pilot=pilot,
            version=form.row_version,
            stop_reason=form.stop_reason.data,
            note=form.note.data or "",
        ),
        template="pilots/stop.html",
        back=_way_to_pilot(pilot),
        expect=lambda: expect_move(actor, pilot, PilotMove.STOP),
        done=_("Utprøvingen er stoppet. Den andre siden blir bedt om sin grunn."),
    )


@blueprint.route("/pairings/<int:pairing_id>/pilot/stop-reason", methods=["GET", "POST"])
@access(PARTIES)
def stop_reason(pairing_id: int) -> ResponseReturnValue:
    session, actor, pilot = db_session(), current_actor(), _pilot(pairing_id)
    expect_side(actor, pilot)
    form = StopForm(data={"version": pilot.version})
    return form_page(
        form,
        lambda: running.give_stop_reason(
            session,
            actor,
            pilot=pilot,
            version=form.row_version,
            stop_reason=form.stop_reason.data,
            note=form.note.data or "",
        ),
        template="pilots/stop_reason.html",
        back=_way_to_pilot(pilot),
        expect=lambda: running.expect_may_give_reason(actor, pilot),
        done=_("Takk. Nå ser begge sider hverandres grunn."),
    )


# ---------------------------------------------------------------- reports and efforts


@blueprint.route(
    "/pairings/<int:pairing_id>/pilot/checkpoints/<int:checkpoint_id>", methods=["GET", "POST"]
)
@access(PARTIES)
def report(pairing_id: int, checkpoint_id: int) -> ResponseReturnValue:
    session, actor, pilot = db_session(), current_actor(), _pilot(pairing_id)
    checkpoint = queries.get_checkpoint(pilot, checkpoint_id)
    expect_side(actor, pilot)
    form, open_version = ReportForm(), agreements.find_open_version(session, pairing_id)
    return form_page(
        form,
        lambda: checkpoints.report_checkpoint(
            session,
            actor,
            checkpoint=checkpoint,
            status=form.status.data,
            note=form.note.data or "",
            hours=form.hours.data or 0,
            money=form.money.data or 0,
            answer=form.answer.data,
            reason=form.reason.data or "",
        ),
        template="pilots/report.html",
        back=_way_to_pilot(pilot),
        expect=lambda: checkpoints.expect_may_report(actor, checkpoint),
        done=_reported(form.answer.data, already_open=open_version is not None),
        last_look=lambda: _last_look(form),
        pairing=pilot.pairing,
        checkpoint=checkpoint,
        side=policies.side_to_report(actor, pilot.pairing, checkpoint),
        open_version=open_version,
        agreement=agreements.find_in_force(session, pairing_id),
    )


def _last_look(form: ReportForm) -> LastLook:
    return LastLook(
        _("Se over rapporten"),
        _(
            "Rapporten sendes én gang, og kan ikke endres etterpå. Navnet ditt og tidspunktet blir"
            " stående, og alle i saken får beskjed."
        ),
        _("Send rapporten"),
        facts=form.written,
    )


def _reported(answer: CheckpointAnswer | None, *, already_open: bool) -> str:
    if answer is not CheckpointAnswer.RENEGOTIATE:
        return _("Rapporten er sendt. Alle i saken får beskjed.")
    if already_open:
        return _(
            "Rapporten er sendt. En ny versjon av avtalen er alt under arbeid, og dere forhandler i"
            " den."
        )
    return _(
        "Rapporten er sendt, og en ny versjon av avtalen er begynt. Gå til avtalen og skriv inn det"
        " dere vil endre."
    )


@blueprint.route("/pairings/<int:pairing_id>/pilot/effort", methods=["GET", "POST"])
@access(PARTIES)
def effort(pairing_id: int) -> ResponseReturnValue:
    session, actor, pilot = db_session(), current_actor(), _pilot(pairing_id)
    side = expect_side(actor, pilot)
    form = EffortForm(data={"used_on": today()})
    return form_page(
        form,
        lambda: efforts.record_effort(
            session,
            actor,
            pilot=pilot,
            hours=form.hours.data or 0,
            money=form.money.data or 0,
            used_on=form.used_on.data or date.max,
            note=form.note.data or "",
        ),
        template="pilots/effort.html",
        back=_way_to_pilot(pilot),
        expect=lambda: efforts.expect_may_record(actor, pilot),
        done=_("Det er ført."),
        side=side,
    )


# ---------------------------------------------------------------- measuring


MEASURED = "/pairings/<int:pairing_id>/pilot/criteria/<int:criterion_id>"


@blueprint.route(MEASURED, methods=["GET", "POST"], defaults={"site_id": None})
@blueprint.route(f"{MEASURED}/sites/<int:site_id>", methods=["GET", "POST"])
@access(UNIT)
def measure(pairing_id: int, criterion_id: int, site_id: int | None) -> ResponseReturnValue:
    session, actor, pilot = db_session(), current_actor(), _pilot(pairing_id)
    criterion = queries.get_criterion(session, pilot, criterion_id)
    site = queries.get_site(session, pilot, site_id) if site_id is not None else None
    expect_nothing_against(policies.measuring_refusal(actor, pilot))
    measured = queries.find_measurement(pilot, criterion, site)
    form = MeasureForm(obj=measured, data={} if measured else {"version": measuring.NOT_YET})
    return form_page(
        form,
        lambda: measuring.measure_criterion(
            session,
            actor,
            pilot=pilot,
            criterion=criterion,
            site=site,
            version=form.row_version,
            reached=form.reached.data,
            value=form.value.data or "",
            note=form.note.data or "",
        ),
        template="pilots/measure.html",
        back=_way_to_pilot(pilot),
        expect=lambda: measuring.expect_may_measure(session, actor, pilot, criterion, site),
        done=_("Målingen er lagret."),
        criterion=criterion,
        site=site,
    )
