"""Pairings in the browser: the list, the case, and each thing that people do with it."""

from collections.abc import Callable
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.concepts import queries as concepts
from marketplace.concepts.models import Concept
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.pairings import (
    case_page,
    forms,
    policies,
    queries,
    services,
)
from marketplace.pairings.approval import obstacles_to_approval
from marketplace.pairings.blueprint import asked_pairing, blueprint, to_case
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingMove, PairingState
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row, chosen, page_number, searched_words
from marketplace.ui.forms import VersionedForm
from marketplace.ui.labels import refusal_text

VIEWERS = roles(*policies.VIEWERS)
PROPOSERS = roles(*policies.PROPOSERS)
PARTIES = roles(*UNIT_ROLES, Role.ENTREPRENEUR)
COORDINATORS = roles(Role.COORDINATOR)

# ---------------------------------------------------------------- the list and the case


@blueprint.get("/pairings")
@access(VIEWERS)
def index() -> ResponseReturnValue:
    words = searched_words("words")
    state = chosen(PairingState, request.args.get("state"))
    page = queries.list_pairings(
        db_session(),
        current_actor(),
        state=state,
        words=words,
        page=page_number(),
    )
    kept = {name: value for name, value in (("words", words), ("state", state)) if value}
    return render_template(
        "pairings/index.html", page=page, words=words, state=state, states=PairingState, kept=kept
    )


@blueprint.get("/pairings/<int:pairing_id>")
@access(VIEWERS)
def show(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = asked_pairing(pairing_id)
    return render_template(
        "pairings/show.html",
        **case_page.values_for(session, actor, pairing),
        deciding_refusal=policies.deciding_refusal(actor, pairing),
    )


# ---------------------------------------------------------------- proposing


@blueprint.get("/pairings/new")
@access(PROPOSERS)
def propose() -> ResponseReturnValue:
    need, concept = _proposed_parts()
    services.expect_may_propose(db_session(), current_actor(), need=need, concept=concept)
    return _propose_page(forms.ProposeForm(), need, concept)


@blueprint.post("/pairings/new")
@access(PROPOSERS)
def send_proposal() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need, concept = _proposed_parts()
    form = forms.ProposeForm()
    made: list[Pairing] = []
    if form.validate_on_submit() and form.attempt(
        lambda: made.append(
            services.propose_pairing(
                session, actor, need=need, concept=concept, motivation=form.motivation.data or ""
            )
        )
    ):
        return to_case(made[0], _("Koblingen er foreslått. De andre i saken får beskjed."))
    return _propose_page(form, need, concept), 422


def _proposed_parts() -> tuple[Need, Concept]:
    """The need and the concept named in the address, as far as this person may see them."""
    session, actor = db_session(), current_actor()
    need_id = asked_row("need")
    concept_id = asked_row("concept")
    if need_id is None or concept_id is None:
        abort(404)
    return needs.get_need(session, actor, need_id), concepts.get_concept(session, actor, concept_id)


def _propose_page(form: forms.ProposeForm, need: Need, concept: Concept) -> str:
    side = policies.proposing_side(current_actor(), need, concept)
    return render_template(
        "pairings/propose.html", form=form, need=need, concept=concept, side=side
    )


# ---------------------------------------------------------------- the parties answer


@blueprint.post("/pairings/<int:pairing_id>/accept")
@access(PARTIES)
def accept(pairing_id: int) -> ResponseReturnValue:
    pairing, form = asked_pairing(pairing_id), VersionedForm()
    if not form.validate_on_submit():
        abort(400)
    services.accept_pairing(
        db_session(), current_actor(), pairing=pairing, version=form.row_version
    )
    if pairing.state is PairingState.ACCEPTED:
        return to_case(pairing, _("Du har sagt ja. Nå avgjør en koordinator koblingen."))
    return to_case(pairing, _("Du har sagt ja. Nå venter vi på den andre parten."))


@blueprint.route("/pairings/<int:pairing_id>/changes", methods=["GET", "POST"])
@access(PROPOSERS)
def changes(pairing_id: int) -> ResponseReturnValue:
    return _reason_page(
        asked_pairing(pairing_id),
        PairingMove.ASK_FOR_CHANGES,
        forms.ChangesForm(),
        services.ask_for_changes,
        title=_("Be om endringer"),
        lead=_(
            "Forslaget går tilbake til den som foreslo koblingen. Etterpå må begge si ja igjen."
        ),
        done=_("Du har bedt om endringer. De andre i saken får beskjed."),
    )


@blueprint.route("/pairings/<int:pairing_id>/withdraw", methods=["GET", "POST"])
@access(PROPOSERS)
def withdraw(pairing_id: int) -> ResponseReturnValue:
    pairing = asked_pairing(pairing_id)
    asked = policies.side_to_accept(current_actor(), pairing) is not None
    return _reason_page(
        pairing,
        PairingMove.WITHDRAW,
        forms.WithdrawForm(),
        services.withdraw_pairing,
        title=_("Si nei") if asked else _("Trekk koblingen"),
        lead=_("Saken avsluttes. Behovet og konseptet kan kobles på nytt senere."),
        done=_("Koblingen er trukket. De andre i saken får beskjed."),
    )


@blueprint.route("/pairings/<int:pairing_id>/propose-again", methods=["GET", "POST"])
@access(PROPOSERS)
def propose_again(pairing_id: int) -> ResponseReturnValue:
    pairing = asked_pairing(pairing_id)
    form = forms.ProposeAgainForm(obj=pairing)
    return _move_page(
        pairing,
        PairingMove.PROPOSE_AGAIN,
        form,
        lambda: services.propose_again(
            db_session(),
            current_actor(),
            pairing=pairing,
            version=form.row_version,
            motivation=form.motivation.data or "",
        ),
        template="pairings/propose_again.html",
        done=_("Koblingen er foreslått på nytt. De andre i saken får beskjed."),
    )


# ---------------------------------------------------------------- the coordinator decides


@blueprint.get("/pairings/<int:pairing_id>/approve")
@access(COORDINATORS)
def approve(pairing_id: int) -> ResponseReturnValue:
    pairing = asked_pairing(pairing_id)
    return _approve_page(pairing, forms.ApproveForm(obj=pairing))


@blueprint.post("/pairings/<int:pairing_id>/approve")
@access(COORDINATORS)
def send_approval(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = asked_pairing(pairing_id)
    form = forms.ApproveForm()
    if form.validate_on_submit() and form.attempt(
        lambda: services.approve_pairing(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            points=form.ticked,
            no_conflict=bool(form.no_conflict.data),
        )
    ):
        return to_case(pairing, _("Koblingen er godkjent. Begge parter får beskjed."))
    return _approve_page(pairing, form), 422


def _approve_page(pairing: Pairing, form: forms.ApproveForm) -> str:
    session, actor = db_session(), current_actor()
    obstacles = [refusal_text(o) for o in obstacles_to_approval(session, actor, pairing)]
    return render_template(
        "pairings/approve.html",
        form=form,
        obstacles=obstacles,
        **case_page.values_for(session, actor, pairing),
    )


@blueprint.route("/pairings/<int:pairing_id>/decline", methods=["GET", "POST"])
@access(COORDINATORS)
def decline(pairing_id: int) -> ResponseReturnValue:
    pairing, form = asked_pairing(pairing_id), forms.DeclineForm()
    return _move_page(
        pairing,
        PairingMove.DECLINE,
        form,
        lambda: services.decline_pairing(
            db_session(),
            current_actor(),
            pairing=pairing,
            version=form.row_version,
            decline_reason=form.decline_reason.data,
            reason=form.reason.data or "",
        ),
        template="pairings/decline.html",
        done=_("Koblingen er avslått. Begge parter får se grunnen."),
    )


@blueprint.route("/pairings/<int:pairing_id>/conflict", methods=["GET", "POST"])
@access(COORDINATORS)
def conflict(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing, form = asked_pairing(pairing_id), forms.ConflictForm()
    services.expect_may_declare_conflict(actor, pairing)
    if form.validate_on_submit() and form.attempt(
        lambda: services.declare_conflict(
            session, actor, pairing=pairing, reason=form.reason.data or ""
        )
    ):
        return to_case(pairing, _("Du er meldt inhabil. En annen koordinator må ta saken."))
    page = render_template("pairings/conflict.html", form=form, pairing=pairing)
    return page, 422 if request.method == "POST" else 200


# ---------------------------------------------------------------- what the small pages share


def _reason_page(
    pairing: Pairing,
    move: PairingMove,
    form: forms.ChangesForm | forms.WithdrawForm,
    service: Callable[..., None],
    *,
    done: str,
    **texts: str,
) -> ResponseReturnValue:
    return _move_page(
        pairing,
        move,
        form,
        lambda: service(
            db_session(),
            current_actor(),
            pairing=pairing,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="pairings/reason.html",
        done=done,
        **texts,
    )


def _move_page(
    pairing: Pairing,
    move: PairingMove,
    form: VersionedForm,
    action: Callable[[], None],
    *,
    template: str,
    done: str,
    **values: Any,
) -> ResponseReturnValue:
    """A page with one form: shown to those who may make the move now, sent by them."""
    if request.method == "GET":
        services.expect_move(current_actor(), pairing, move)
        form.version.data = str(pairing.version)
    if form.validate_on_submit() and form.attempt(action):
        return to_case(pairing, done)
    page = render_template(template, form=form, pairing=pairing, **values)
    return page, 422 if request.method == "POST" else 200
