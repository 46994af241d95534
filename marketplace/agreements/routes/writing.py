"""Pages on which both sides write an agreement."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.agreements import queries
from marketplace.agreements.forms.draft import AgreementForm
from marketplace.agreements.forms.moves import NewVersionForm
from marketplace.agreements.models import Agreement
from marketplace.agreements.pages.version import checklist_of
from marketplace.agreements.routes.blueprint import (
    PARTIES,
    blueprint,
    open_version,
    way_to_agreement,
)
from marketplace.agreements.services import beginning, writing
from marketplace.core.errors import NotNow
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import form_page, send
from marketplace.ui.labels import refusal_text


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
    beginning.expect_version_asker(actor, pairing)
    form = NewVersionForm(obj=queries.find_in_force(session, pairing.id))
    return form_page(
        form,
        lambda: beginning.renegotiate(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="agreements/new_version.html",
        back=way_to_agreement(pairing_id),
        expect=lambda: beginning.expect_may_start_version(session, actor, pairing),
        done=_("Den nye versjonen er et utkast. Den andre parten får beskjed."),
        to=url_for("agreements.edit", pairing_id=pairing_id),
    )


@blueprint.route("/pairings/<int:pairing_id>/agreement/edit", methods=["GET", "POST"])
@access(PARTIES)
def edit(pairing_id: int) -> ResponseReturnValue:
    """What can be read is stored, and the rest is asked for once more."""
    session, actor, agreement = db_session(), current_actor(), open_version(pairing_id)
    form = AgreementForm.of(agreement, queries.list_site_units(session, agreement.pairing))
    if not form.is_submitted():
        return _opened(agreement, form)
    if form.change_rows(request.form):
        return form.lead_back()
    page = "agreements.edit" if "stay" in request.form else "agreements.show"
    return send(
        form,
        lambda: writing.save_draft(
            session,
            actor,
            agreement=agreement,
            version=form.row_version,
            content=form.sound_content(),
        ),
        to=url_for(page, pairing_id=pairing_id),
        done=_("Utkastet er lagret."),
        partly=True,
    )


def _opened(agreement: Agreement, form: AgreementForm) -> ResponseReturnValue:
    """The draft to write in; the version itself, with the reason, while its text is locked."""
    try:
        writing.expect_editable(db_session(), current_actor(), agreement)
    except NotNow as locked:
        if form.again is None:
            flash(refusal_text(locked), "warning")
            return redirect(url_for("agreements.show", pairing_id=agreement.pairing_id))
    return render_template(
        "agreements/edit.html",
        agreement=agreement,
        pairing=agreement.pairing,
        form=form,
        checklist=checklist_of(agreement),
    )
