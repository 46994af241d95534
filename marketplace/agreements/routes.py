"""The agreement of a case in the browser: its versions, and what people do with them."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.agreements import (
    agreement_page,
    forms,
    pdf_file,
    policies,
    queries,
    services,
    writing,
)
from marketplace.agreements.blueprint import blueprint
from marketplace.agreements.difference import compare
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementMove, AgreementState
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.errors import NotFound
from marketplace.pairings.pages.names import Names
from marketplace.pairings.policies import VIEWERS as CASE_VIEWERS
from marketplace.pairings.queries import shown_people
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row
from marketplace.ui.forms import VersionedForm

VIEWERS = roles(*CASE_VIEWERS)
PARTIES = roles(*UNIT_ROLES, Role.ENTREPRENEUR)
SIGNERS = roles(Role.UNIT_LEADER, Role.ENTREPRENEUR)

# ---------------------------------------------------------------- reading


@blueprint.get("/pairings/<int:pairing_id>/agreement")
@access(VIEWERS)
def show(pairing_id: int) -> ResponseReturnValue:
    return _version_page(pairing_id)


@blueprint.get("/pairings/<int:pairing_id>/agreement/versions/<int:number>")
@access(VIEWERS)
def show_version(pairing_id: int, number: int) -> ResponseReturnValue:
    return _version_page(pairing_id, number)


def _version_page(pairing_id: int, number: int | None = None) -> str:
    session, actor = db_session(), current_actor()
    pairing = queries.get_case(session, actor, pairing_id)
    values = agreement_page.values_for(session, actor, pairing, number)
    template = "agreements/show.html" if values["agreement"] else "agreements/none.html"
    return render_template(template, **values)


@blueprint.get("/pairings/<int:pairing_id>/agreement/versions/<int:number>/pdf")
@access(VIEWERS)
def download(pairing_id: int, number: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = queries.get_case(session, actor, pairing_id)
    agreement = queries.get_version(session, pairing.id, number)
    names = Names(shown_people(session, actor, pairing))
    name = pdf_file.file_name(agreement)
    return Response(
        pdf_file.agreement_pdf(agreement, names),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.get("/pairings/<int:pairing_id>/agreement/difference")
@access(VIEWERS)
def difference(pairing_id: int) -> ResponseReturnValue:
    """Any two versions side by side; without a choice the last two."""
    session = db_session()
    pairing = queries.get_case(session, current_actor(), pairing_id)
    versions = queries.list_versions(session, pairing.id)
    if len(versions) < 2:
        raise NotFound
    numbered = {agreement.number: agreement for agreement in versions}
    later = numbered.get(asked_row("to") or 0, versions[0])
    earlier = numbered.get(asked_row("from") or 0, versions[1])
    return render_template(
        "agreements/difference.html",
        pairing=pairing,
        versions=versions,
        earlier=earlier,
        later=later,
        pairs=compare(earlier, later),
    )


# ---------------------------------------------------------------- moves


@blueprint.post("/pairings/<int:pairing_id>/agreement/offer")
@access(PARTIES)
def offer(pairing_id: int) -> ResponseReturnValue:
    """Refused, the draft itself is shown with what is missing."""
    session, actor = db_session(), current_actor()
    agreement = _open(pairing_id)
    form = VersionedForm()
    shown = writing.draft_form(agreement, sent=False)
    if form.validate_on_submit() and shown.attempt(
        lambda: services.offer_version(
            session, actor, agreement=agreement, version=form.row_version
        )
    ):
        return _done(agreement, _("Avtalen er sendt til underskrift. Begge parter får beskjed."))
    return writing.draft_page(agreement, shown, writing.INCOMPLETE)


@blueprint.route("/pairings/<int:pairing_id>/agreement/sign", methods=["GET", "POST"])
@access(SIGNERS)
def sign(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    agreement, form = _open(pairing_id), VersionedForm()
    done = _("Du har skrevet under.")
    return _move_page(
        agreement,
        form,
        lambda: services.sign_version(
            session, actor, agreement=agreement, version=form.row_version
        ),
        expect=services.expect_may_sign,
        template="agreements/sign.html",
        done=done,
        side=policies.side_to_sign(actor, agreement),
    )


@blueprint.route("/pairings/<int:pairing_id>/agreement/send-back", methods=["GET", "POST"])
@access(PARTIES)
def send_back(pairing_id: int) -> ResponseReturnValue:
    form = forms.SendBackForm()
    return _reason_page(
        _open(pairing_id),
        form,
        services.send_back,
        expect=_expect(AgreementMove.SEND_BACK),
        title=_("Send tilbake til utkast"),
        lead=_("Avtalen blir et utkast igjen. Har noen skrevet under, må de gjøre det på nytt."),
        done=_("Avtalen er et utkast igjen. Begge parter får beskjed."),
    )


@blueprint.route("/pairings/<int:pairing_id>/agreement/withdraw", methods=["GET", "POST"])
@access(PARTIES)
def withdraw(pairing_id: int) -> ResponseReturnValue:
    form = forms.WithdrawForm()
    return _reason_page(
        _open(pairing_id),
        form,
        services.withdraw_version,
        expect=services.expect_may_withdraw,
        title=_("Trekk den nye versjonen"),
        lead=_("Avtalen som dere har skrevet under, gjelder fortsatt."),
        done=_("Den nye versjonen er trukket. Begge parter får beskjed."),
    )


# ---------------------------------------------------------------- what the small pages share


def _open(pairing_id: int) -> Agreement:
    session = db_session()
    pairing = queries.get_case(session, current_actor(), pairing_id)
    return queries.get_open_version(session, pairing.id)


def _expect(move: AgreementMove) -> Callable[..., None]:
    return lambda session, actor, agreement: services.expect_move(session, actor, agreement, move)


def _done(agreement: Agreement, message: str) -> ResponseReturnValue:
    if agreement.state is AgreementState.SIGNED:
        message = _("Begge har skrevet under. Avtalen gjelder fra nå.")
    flash(message)
    return redirect(url_for("agreements.show", pairing_id=agreement.pairing_id))


def _reason_page(
    agreement: Agreement,
    form: forms.SendBackForm | forms.WithdrawForm,
    service: Callable[..., None],
    **values: Any,
) -> ResponseReturnValue:
    return _move_page(
        agreement,
        form,
        lambda: service(
            db_session(),
            current_actor(),
            agreement=agreement,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="agreements/reason.html",
        **values,
    )


def _move_page(
    agreement: Agreement,
    form: VersionedForm,
    action: Callable[[], None],
    *,
    expect: Callable[..., None],
    template: str,
    done: str,
    **values: Any,
) -> ResponseReturnValue:
    """A page with one form: shown to those who may make the move now, sent by them."""
    if request.method == "GET":
        expect(db_session(), current_actor(), agreement)
        form.version.data = str(agreement.version)
    if form.validate_on_submit() and form.attempt(action):
        return _done(agreement, done)
    page = render_template(
        template, form=form, agreement=agreement, pairing=agreement.pairing, **values
    )
    return page, 422 if request.method == "POST" else 200
