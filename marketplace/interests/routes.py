"""Interests in the browser: answering a need, and following the answer."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.concepts import queries as concepts
from marketplace.concepts.models import Concept
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.audit import events_of
from marketplace.interests import policies, queries, services
from marketplace.interests.forms import ChangeForm, DeclineForm, RegisterForm, WithdrawForm
from marketplace.interests.labels import next_step
from marketplace.interests.models import Interest
from marketplace.interests.pages import offered
from marketplace.interests.states import INTEREST_LIFECYCLE, InterestEvent, InterestMove
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.needs.pages import back_to_need
from marketplace.ui.access import SIGNED_IN, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row, page_number
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.timeline import timeline_rows

blueprint = Blueprint("interests", __name__, template_folder="templates")

OWNERS = roles(Role.ENTREPRENEUR)


@blueprint.get("/interests")
@access(OWNERS)
def index() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    page = queries.list_own_interests(session, actor, page_number())
    return render_template("interests/index.html", page=page, next_step=next_step)


@blueprint.route("/needs/<int:need_id>/interests/new", methods=["GET", "POST"])
@access(OWNERS)
def register(need_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = needs.get_need(session, actor, need_id)
    concept = _chosen_concept(need)
    if concept is None:
        return _choose_concept(need)
    form = RegisterForm()
    return form_page(
        form,
        lambda: services.register_interest(
            session, actor, need=need, concept=concept, points=form.points
        ),
        template="interests/new.html",
        back=back_to_need(need),
        expect=lambda: services.check_registrable(session, actor, need=need, concept=concept),
        done=_("Interessen er meldt. Enheten har fått beskjed."),
        need=need,
        concept=concept,
        several=len(concepts.list_own_published(session, actor)) > 1,
    )


@blueprint.get("/needs/<int:need_id>/interests/choose")
@access(OWNERS)
def choose(need_id: int) -> ResponseReturnValue:
    return _choose_concept(needs.get_need(db_session(), current_actor(), need_id))


@blueprint.get("/interests/<int:interest_id>")
@access(SIGNED_IN)
def show(interest_id: int) -> ResponseReturnValue:
    session, actor, interest = db_session(), current_actor(), _load(interest_id)
    return render_template(
        "interests/show.html",
        interest=interest,
        need=interest.need,
        concept=interest.concept,
        own=policies.can_change(actor, interest),
        moves=offered(interest),
        next_step=next_step(interest),
        history=timeline_rows(events_of(session, [interest]), InterestEvent),
    )


@blueprint.route("/interests/<int:interest_id>/edit", methods=["GET", "POST"])
@access(OWNERS)
def edit(interest_id: int) -> ResponseReturnValue:
    session, actor, interest = db_session(), current_actor(), _load(interest_id)
    form = ChangeForm(obj=interest)
    services.expect_owner(actor, interest)
    return form_page(
        form,
        lambda: services.change_interest(
            session, actor, interest=interest, version=form.row_version, points=form.points
        ),
        template="interests/edit.html",
        back=_back(interest),
        expect=lambda: services.check_changeable(interest),
        done=_("Svaret er endret."),
        interest=interest,
    )


@blueprint.route("/interests/<int:interest_id>/withdraw", methods=["GET", "POST"])
@access(OWNERS)
def withdraw(interest_id: int) -> ResponseReturnValue:
    session, actor, interest = db_session(), current_actor(), _load(interest_id)
    form = WithdrawForm(data={"version": interest.version})
    services.expect_owner(actor, interest)
    return form_page(
        form,
        lambda: services.withdraw_interest(
            session,
            actor,
            interest=interest,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="interests/withdraw.html",
        back=_back(interest),
        expect=lambda: INTEREST_LIFECYCLE.check(interest.state, InterestMove.WITHDRAW),
        done=_("Interessen er trukket. Enheten har fått beskjed."),
        interest=interest,
    )


@blueprint.route("/interests/<int:interest_id>/decline", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def decline(interest_id: int) -> ResponseReturnValue:
    session, actor, interest = db_session(), current_actor(), _load(interest_id)
    form = DeclineForm(data={"version": interest.version})
    return form_page(
        form,
        lambda: services.decline_interest(
            session,
            actor,
            interest=interest,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="interests/decline.html",
        back=_back(interest),
        expect=lambda: services.check_declinable(actor, interest),
        done=_("Dere har sagt nei. Entreprenøren får begrunnelsen."),
        interest=interest,
    )


def _load(interest_id: int) -> Interest:
    return queries.get_interest(db_session(), current_actor(), interest_id)


def _back(interest: Interest) -> Way:
    page = url_for("interests.show", interest_id=interest.id)
    return Way(page, interest.concept.title, interest.concept.language)


def _chosen_concept(need: Need) -> Concept | None:
    """The concept in the address, or the only one there is to answer with."""
    session, actor = db_session(), current_actor()
    concept_id = asked_row("concept")
    if concept_id is not None:
        return concepts.get_concept(session, actor, concept_id)
    published = concepts.list_own_published(session, actor)
    standing = queries.list_interests_for_need(session, actor, need)
    return published[0] if len(published) == 1 and not standing else None


def _choose_concept(need: Need) -> str:
    session, actor = db_session(), current_actor()
    services.check_open(need)
    standing = queries.list_interests_for_need(session, actor, need)
    return render_template(
        "interests/choose.html",
        need=need,
        concepts=concepts.list_own_published(session, actor),
        registered={interest.concept_id: interest for interest in standing},
    )
