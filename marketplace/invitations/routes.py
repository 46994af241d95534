"""Invitations in the browser: sending one, and following the one that was received."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.errors import NotFound
from marketplace.interests.queries import standing_interest
from marketplace.invitations import policies, queries, services
from marketplace.invitations.forms import InviteForm
from marketplace.matches.policies import can_see_concepts_for
from marketplace.matches.queries import get_published_concept
from marketplace.needs import queries as needs
from marketplace.needs.awaited import takes_answers
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import Way, form_page

blueprint = Blueprint("invitations", __name__, template_folder="templates")


@blueprint.route("/needs/<int:need_id>/matches/<int:concept_id>/invite", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES, Role.COORDINATOR))
def invite(need_id: int, concept_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = needs.get_need(session, actor, need_id)
    if not can_see_concepts_for(actor, need):
        raise NotFound
    concept = get_published_concept(session, concept_id)
    form = InviteForm()
    services.expect_may_invite(actor, need)
    return form_page(
        form,
        lambda: services.invite_concept(
            session, actor, need=need, concept=concept, line=form.line.data or ""
        ),
        template="invitations/invite.html",
        back=Way(url_for("matches.for_need", need_id=need.id), _("Alle treff for behovet")),
        expect=lambda: services.expect_invitable(session, need=need, concept=concept),
        done=_("«%(title)s» er invitert til å svare på behovet.", title=concept.title),
        need=need,
        concept=concept,
    )


@blueprint.get("/invitations/<int:invitation_id>")
@access(roles(Role.ENTREPRENEUR))
def accept(invitation_id: int) -> ResponseReturnValue:
    """Where the message leads: the form that answers, or what has become of it since."""
    session, actor = db_session(), current_actor()
    invitation = queries.get_invitation(session, actor, invitation_id)
    if not policies.is_invited(actor, invitation):
        raise NotFound
    need, concept = invitation.need, invitation.concept
    interest = standing_interest(session, need.id, concept.id)
    if interest is not None:
        return redirect(url_for("interests.show", interest_id=interest.id))
    if not takes_answers(need):
        return redirect(url_for("needs.show", need_id=need.id))
    return redirect(url_for("interests.register", need_id=need.id, concept=concept.id))
