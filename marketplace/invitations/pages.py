"""What invitations show beside matches, under a need, and over the answer to one."""

from collections.abc import Sequence

from flask import render_template

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.invitations import policies, queries
from marketplace.invitations.models import Invitation
from marketplace.needs.awaited import takes_answers
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC
from marketplace.ui.context import current_actor, db_session


def invite_action(need: Need, concept: Concept, **_values: object) -> str:
    """When it was invited and by whom, or the link for those who may invite it."""
    for invitation in _invitations_of(need):
        if invitation.concept_id == concept.id:
            return render_template("invitations/_invited.html", invitation=invitation)
    published = concept.state is ConceptState.PUBLISHED and takes_answers(need)
    may_not = not published or not policies.can_invite(current_actor(), need)
    if may_not or concept.id in _not_to_be_invited(need):
        return ""
    return render_template("invitations/_invite_action.html", need=need, concept=concept)


def invitations_in_need(need: Need, **_values: object) -> str:
    """For the unit: whom it has invited. For an entrepreneur: that they are."""
    actor = current_actor()
    if need.state not in PUBLIC or not actor.signed_in:
        return ""
    found = [each for each in _invitations_of(need) if policies.can_read_line(actor, each)]
    if not found:
        return ""
    return render_template(
        "invitations/_in_need.html",
        need=need,
        invitations=found,
        invited={each.id for each in found if policies.is_invited(actor, each)},
        answered=queries.answered_concept_ids(db_session(), need.id),
        open=takes_answers(need),
    )


def line_over_answer(need: Need, concept: Concept, **_values: object) -> str:
    """What the unit wrote, for whoever answers it."""
    actor = current_actor()
    own = (each for each in _invitations_of(need) if each.concept_id == concept.id)
    invitation = next(own, None)
    if invitation is None or not policies.is_invited(actor, invitation):
        return ""
    return render_template("invitations/_line.html", invitation=invitation)


def _invitations_of(need: Need) -> Sequence[Invitation]:
    return queries.list_invitations(db_session(), current_actor(), need.id)


def _not_to_be_invited(need: Need) -> set[int]:
    session = db_session()
    left_out = queries.left_out_concept_ids(session, need.id)
    return left_out | queries.answered_concept_ids(session, need.id)
