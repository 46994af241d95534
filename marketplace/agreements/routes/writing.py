"""Pages on which both sides write an agreement."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from marketplace.agreements import queries
from marketplace.agreements.forms import draft, moves
from marketplace.agreements.models import Agreement
from marketplace.agreements.pages.version import checklist_of
from marketplace.agreements.routes.blueprint import PARTIES, blueprint
from marketplace.agreements.services import beginning, writing
from marketplace.agreements.states import AgreementTrigger
from marketplace.core.errors import NotNow, Refused, Stale
from marketplace.pairings.models import Pairing
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.labels import refusal_text

SAVED, INCOMPLETE, CONFLICT = 200, 422, 409


@blueprint.post("/pairings/<int:pairing_id>/agreement/start")
@access(PARTIES)
def start(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = queries.get_case(session, actor, pairing_id)
    beginning.start_agreement(session, actor, pairing=pairing)
    flash(_("Utkastet er laget fra malen. Begge parter kan skrive i det."))
    return redirect(url_for("agreements.edit", pairing_id=pairing.id))


@blueprint.route("/pairings/<int:pairing_id>/agreement/new-version", methods=["GET", "POST"])
@access(PARTIES)
def new_version(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = queries.get_case(session, actor, pairing_id)
    form = moves.NewVersionForm()
    if request.method == "GET":
        in_force = beginning.expect_may_start_version(session, actor, pairing)
        form.version.data = str(in_force.version)
    if form.validate_on_submit() and form.attempt(lambda: _begin(pairing, form)):
        flash(_("Den nye versjonen er et utkast. Den andre parten får beskjed."))
        return redirect(url_for("agreements.edit", pairing_id=pairing.id))
    page = render_template("agreements/new_version.html", form=form, pairing=pairing)
    return page, INCOMPLETE if request.method == "POST" else SAVED


def _begin(pairing: Pairing, form: moves.NewVersionForm) -> None:
    session, actor = db_session(), current_actor()
    beginning.expect_may_start_version(session, actor, pairing).expect_version(form.row_version)
    beginning.start_version(
        session,
        actor,
        pairing=pairing,
        trigger=AgreementTrigger.RENEGOTIATION,
        reason=form.reason.data or "",
    )


@blueprint.route("/pairings/<int:pairing_id>/agreement/edit", methods=["GET", "POST"])
@access(PARTIES)
def edit(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = queries.get_case(session, actor, pairing_id)
    agreement = queries.get_open_version(session, pairing.id)
    form = draft_form(agreement, sent=request.method == "POST")
    if not form.is_submitted():
        return _opened(agreement, form)
    if form.change_rows(request.form):
        return draft_page(agreement, form, SAVED)
    status = _store(agreement, form)
    if status != SAVED:
        return draft_page(agreement, form, status)
    flash(_("Utkastet er lagret."))
    page = "agreements.edit" if "stay" in request.form else "agreements.show"
    return redirect(url_for(page, pairing_id=pairing.id))


def draft_form(agreement: Agreement, *, sent: bool) -> draft.AgreementForm:
    units = queries.list_site_units(db_session(), agreement.pairing)
    return draft.AgreementForm.of(agreement, units, sent=sent)


def draft_page(agreement: Agreement, form: draft.AgreementForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "agreements/edit.html",
        agreement=agreement,
        pairing=agreement.pairing,
        form=form,
        overtaken=form.stored_differently(agreement) if status == CONFLICT else [],
        checklist=checklist_of(agreement),
        pressed=request.form.get("add", ""),
    )
    return page, status


def _opened(agreement: Agreement, form: draft.AgreementForm) -> ResponseReturnValue:
    """The draft to write in; the version itself, with the reason, while its text is locked."""
    try:
        writing.expect_editable(db_session(), current_actor(), agreement)
    except NotNow as locked:
        flash(refusal_text(locked), "warning")
        return redirect(url_for("agreements.show", pairing_id=agreement.pairing_id))
    return draft_page(agreement, form, SAVED)


def _store(agreement: Agreement, form: draft.AgreementForm) -> int:
    """Save what can be saved; what was typed stays in the form whatever happens."""
    session, actor = db_session(), current_actor()
    form.validate()
    version = 0 if form.version.errors else form.row_version
    content = form.sound_content()
    try:
        writing.save_draft(session, actor, agreement=agreement, version=version, content=content)
    except (Stale, StaleDataError):
        session.rollback()
        form.version.data = str(agreement.version)
        form.form_errors = [_overtaken()]
        return CONFLICT
    except Refused as refused:
        session.rollback()
        form.show(refused)
        return INCOMPLETE
    form.version.data = str(agreement.version)
    return INCOMPLETE if form.error_list else SAVED


def _overtaken() -> str:
    return _(
        "Noen andre har lagret her mens du skrev. Det du skrev, står fortsatt i skjemaet. Se hva"
        " som er lagret, og lagre på nytt når teksten er slik dere vil ha den."
    )
